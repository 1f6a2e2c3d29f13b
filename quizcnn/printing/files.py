"""The papers and keys of an exam as files: name to content, and on which page every question came to stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from quizcnn.generation.exam import Exam
from quizcnn.printing.fields import Space
from quizcnn.printing.key import build_key
from quizcnn.printing.markdown import write_markdown
from quizcnn.printing.paper import build_paper
from quizcnn.text import Lang

Format: TypeAlias = Literal["md", "pdf"]
Size: TypeAlias = Literal["a4", "letter"]
HAND_OUT, KEY = "hand-out", "key"


@dataclass(frozen=True, slots=True)
class Printed:
    """``files`` by their path below the output folder; ``pages`` by version letter and question number, 0 for the number of pages."""

    files: Mapping[str, bytes]
    pages: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    typst: str | None = None


def file_names(name: str, letters: str, form: Format) -> tuple[str, ...]:
    """The paths that :func:`print_exam` will write for so many versions."""
    return tuple(path for letter in letters for path in (_paper_path(name, letter, form), _key_path(name, letter, form)))  # fmt: skip


def _paper_path(name: str, letter: str, form: Format) -> str:
    return f"{HAND_OUT}/{name}-{letter}.{form}"


def _key_path(name: str, letter: str, form: Format) -> str:
    return f"{KEY}/{name}-{letter}-key.{form}"


def print_exam(exam: Exam, lang: Lang, form: Format, *, size: Size = "a4", space: Space = "normal") -> Printed:
    """Every paper and key of the exam. PDF needs the extra ``pdf``: ``UsageError`` says so where it is missing."""
    name = exam.blueprint.id
    papers = {_paper_path(name, version.letter, form): build_paper(exam, version, lang, space) for version in exam.versions}  # fmt: skip
    keys = {_key_path(name, version.letter, form): build_key(exam, version, lang) for version in exam.versions}
    documents = papers | keys
    if form == "md":
        return Printed({path: write_markdown(document).encode() for path, document in documents.items()})
    from quizcnn.printing.typst import set_documents

    set_ = set_documents(list(documents.values()), size)
    files = {path: each.pdf for path, each in zip(documents, set_.documents, strict=True)}
    pages = {
        document.letter: each.pages
        for document, each in zip(documents.values(), set_.documents, strict=True)
        if document.kind == "paper"
    }  # fmt: skip
    return Printed(files, pages, set_.typst)
