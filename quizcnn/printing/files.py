"""The papers and keys of an exam as files: name to content, and on which page every question came to stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from quizcnn.generation.exam import Exam, Version
from quizcnn.printing.document import Paper
from quizcnn.printing.fields import Space
from quizcnn.printing.key import build_key
from quizcnn.printing.markdown import write_markdown
from quizcnn.printing.paper import build_paper
from quizcnn.text import Lang

Format: TypeAlias = Literal["md", "pdf"]
Size: TypeAlias = Literal["a4", "letter"]
SheetPlace: TypeAlias = Literal["last", "separate", "none"]
HAND_OUT, KEY = "hand-out", "key"


@dataclass(frozen=True, slots=True)
class Layout:
    """How an exam is printed. ``sheet``: the answer sheet as the last leaf, as a file of its own, or not at all.

    ``duplex`` pads papers to an even number of pages and begins the sheet on a leaf of its own.
    """

    form: Format
    size: Size = "a4"
    space: Space = "normal"
    sheet: SheetPlace = "last"
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """``files`` by their path below the output folder; ``pages`` by version letter and question number, 0 for the number of pages."""

    files: Mapping[str, bytes]
    pages: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    typst: str | None = None


def file_names(name: str, letters: str, layout: Layout) -> tuple[str, ...]:
    """The paths that :func:`print_exam` will write for so many versions."""
    sheets = [_path(HAND_OUT, name, letter, layout, "-sheet") for letter in letters if layout.sheet == "separate"]
    papers = [_path(HAND_OUT, name, letter, layout) for letter in letters]
    return (*papers, *sheets, *(_path(KEY, name, letter, layout, "-key") for letter in letters))


def _path(folder: str, name: str, letter: str, layout: Layout, what: str = "") -> str:
    return f"{folder}/{name}-{letter}{what}.{layout.form}"


def print_exam(exam: Exam, lang: Lang, layout: Layout) -> Printed:
    """Every paper and key of the exam. PDF needs the extra ``pdf``: ``UsageError`` says so where it is missing."""
    documents = dict(item for version in exam.versions for item in _documents(exam, version, lang, layout))
    if layout.form == "md":
        return Printed({path: write_markdown(document).encode() for path, document in documents.items()})
    from quizcnn.printing.typst import set_documents

    pressed = set_documents(list(documents.values()), layout.size, duplex=layout.duplex)
    found = dict(zip(documents, pressed.documents, strict=True))
    pages = {document.letter: found[path].pages for path, document in documents.items() if document.kind == "paper"}
    return Printed({path: each.pdf for path, each in found.items()}, pages, pressed.typst)


def _documents(exam: Exam, version: Version, lang: Lang, layout: Layout) -> Iterator[tuple[str, Paper]]:
    """The documents of one version by their paths."""
    name, letter = exam.blueprint.id, version.letter
    paper = build_paper(exam, version, lang, layout.space)
    yield _path(HAND_OUT, name, letter, layout), paper if layout.sheet == "last" else replace(paper, sheet=None)
    if layout.sheet == "separate":
        yield _path(HAND_OUT, name, letter, layout, "-sheet"), replace(paper, kind="sheet", sections=(), score=None, conventions=None)  # fmt: skip
    yield _path(KEY, name, letter, layout, "-key"), build_key(exam, version, lang)
