"""The papers and keys of an exam as files: name to content, and on which page every question came to stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizcnn.generation.exam import Exam, Version
from quizcnn.printing.both import merge
from quizcnn.printing.document import Paper
from quizcnn.printing.key import build_key
from quizcnn.printing.layout import Layout, PaperLang
from quizcnn.printing.paper import build_paper
from quizcnn.text import LANGS

HAND_OUT, KEY = "hand-out", "key"


@dataclass(frozen=True, slots=True)
class Printed:
    """``files`` by their path below the output folder; ``pages`` by version letter and question number, 0 for the number of pages."""

    files: Mapping[str, bytes]
    pages: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    typst: str | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Where versions have not the same number of pages, who holds how many."""
        counts = {letter: pages[0] for letter, pages in self.pages.items()}
        if len(set(counts.values())) < 2:
            return ()
        return ("versions differ in pages: " + ", ".join(f"{letter} {count}" for letter, count in counts.items()) + "; --duplex evens out odd and even",)  # fmt: skip


def file_names(name: str, letters: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """The paths that :func:`print_exam` will write for so many versions."""
    sheets = [_path(HAND_OUT, name, letter, layout, "-sheet") for letter in letters if layout.sheet == "separate"]
    papers = [_path(HAND_OUT, name, letter, layout) for letter in letters]
    return (*papers, *sheets, *(_path(KEY, name, letter, layout, "-key") for letter in letters))


def _path(folder: str, name: str, letter: str, layout: Layout, what: str = "") -> str:
    return f"{folder}/{name}-{letter}{what}.{layout.form}"


def print_exam(exam: Exam, lang: PaperLang, layout: Layout) -> Printed:
    """Every paper and key of the exam. PDF needs the extra ``pdf``: ``UsageError`` says so where it is missing."""
    documents = dict(item for version in exam.versions for item in _documents(exam, version, lang, layout))
    if layout.form != "pdf":
        return Printed({path: write_document(document, layout) for path, document in documents.items()})
    from quizcnn.printing.typst import set_documents

    pressed = set_documents(list(documents.values()), layout)
    found = dict(zip(documents, pressed.documents, strict=True))
    pages = {document.letter: found[path].pages for path, document in documents.items() if document.kind == "paper"}
    return Printed({path: each.pdf for path, each in found.items()}, pages, pressed.typst)


def write_document(document: Paper, layout: Layout) -> bytes:
    """A document in a format that is written here, without another program."""
    if layout.form == "html":
        from quizcnn.printing.html import write_html

        return write_html(document, layout).encode()
    if layout.form == "docx":
        from quizcnn.printing.docx import write_docx

        return write_docx(document, layout)
    from quizcnn.printing.markdown import write_markdown

    return write_markdown(document).encode()


def _documents(exam: Exam, version: Version, lang: PaperLang, layout: Layout) -> Iterator[tuple[str, Paper]]:
    """The documents of one version by their paths."""
    name, letter = exam.blueprint.id, version.letter
    paper = _paper(exam, version, lang, layout)
    yield _path(HAND_OUT, name, letter, layout), paper if layout.sheet == "last" else replace(paper, sheet=None)
    if layout.sheet == "separate":
        bare = replace(paper, kind="sheet", sections=(), score=None, conventions=None, seal=None)
        yield _path(HAND_OUT, name, letter, layout, "-sheet"), bare
    yield _path(KEY, name, letter, layout, "-key"), _key(exam, version, lang)


def _paper(exam: Exam, version: Version, lang: PaperLang, layout: Layout) -> Paper:
    if lang != "both":
        return build_paper(exam, version, lang, layout.space, seal=layout.seal)
    en, zh = (build_paper(exam, version, each, layout.space, form="plain", seal=layout.seal) for each in LANGS)
    return merge(en, zh)


def _key(exam: Exam, version: Version, lang: PaperLang) -> Paper:
    if lang != "both":
        return build_key(exam, version, lang)
    en, zh = (build_key(exam, version, each, form="plain") for each in LANGS)
    return merge(en, zh)
