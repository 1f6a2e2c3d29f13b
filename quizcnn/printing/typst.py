"""The Typst writer: documents as JSON data for one fixed template, set in a process of their own.

No string of a document is ever markup: the template reads the data and prints strings. Root is a temporary folder that holds the
template alone, there are no packages, and no fonts but those of the wheels, so that pages are the same on every machine. A
question higher than a page is set again so that it may break between its blocks.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TypeAlias

from quizcnn.errors import QuizError, UsageError
from quizcnn.figures.mathematics import one_line
from quizcnn.printing.document import Break, Code, Formula, Gap, Inline, Paper, Picture, Run, Styled
from quizcnn.printing.layout import Layout, type_size
from quizcnn.printing.mathematics import read_formula
from quizcnn.printing.plain import clean
from quizcnn.solvers.values import Json

TEMPLATE = Path(__file__).with_name("template.typ")
SECONDS, SECONDS_EACH = 20, 2
"""How long setting may take: so long at all, and so much more for each document."""
BOXED_CODE = 24
"""Code up to so many characters stays on one line."""
SIZES = {"a4": "a4", "letter": "us-letter"}
PLAIN = Layout("pdf")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BREAKS = re.compile(r"(?<=[(,=/ ])(?=[^ ])")
INLINES = (Run, Code, Formula, Styled, Gap, Break)
_UNBROKEN = re.compile(r"[!-~]{20}(?=[!-~]{20})")
"""A stretch without a place to break at; a longer word would leave the page."""
Marks: TypeAlias = "Sequence[Mapping[str, str | int | float]]"


@dataclass(frozen=True, slots=True)
class Set:
    """One document as PDF; ``pages`` gives the page of every question, and under 0 the number of pages.

    ``rows`` gives for every number on the answer sheet the page and the height of its row, in millimetres from the upper edge.
    """

    pdf: bytes
    pages: Mapping[int, int]
    rows: Mapping[int, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Pressed:
    documents: tuple[Set, ...]
    typst: str


def set_documents(papers: Sequence[Paper], layout: Layout) -> Pressed:
    """The papers as PDF, in order; the versions of one paper get the same number of pages where that can be had.

    ``UsageError`` where the extra is not installed, ``QuizError`` where setting fails.
    """
    return press([document_data(paper, layout) for paper in papers])


def document_data(paper: Paper, layout: Layout = PLAIN) -> dict[str, Json]:
    """A document as the template reads it."""
    data = _value(paper)
    if not isinstance(data, dict):
        raise TypeError("a paper is a mapping")
    duplex = layout.duplex and paper.kind == "paper"
    return {
        **data,
        "size": SIZES[layout.size],
        "duplex": duplex,
        "large": layout.large,
        "base": type_size(paper, layout),
    }


def _value(value: object) -> Json:
    """Any value of the document tree as JSON; every string loses what must not be printed."""
    if isinstance(value, str):
        return breakable(clean(value))
    if isinstance(value, tuple):
        return _inlines(value) if value and isinstance(value[0], INLINES) else [_value(item) for item in value]
    if isinstance(value, Formula):
        return _formula(value)
    if isinstance(value, Picture):
        return {"t": "Picture", "svg": value.svg, "alt": clean(value.alt), "width": value.width, "height": value.height}
    if is_dataclass(value) and not isinstance(value, type):
        return {"t": type(value).__name__} | {each.name: _value(getattr(value, each.name)) for each in fields(value)}
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a document")


def breakable(text: str) -> str:
    """``text`` with invisible places to break at in words that no line holds."""
    return _UNBROKEN.sub(lambda found: found[0] + "\u200b", text)


def _formula(formula: Formula) -> Json:
    """A formula with its words for those who hear it; one that cannot be read is text, which may break over lines."""
    words = clean(one_line(clean(formula.latex)))
    tree = read_formula(formula.latex)
    if tree is None:
        return {"t": "Run", "text": breakable(words)}
    return {"t": "Formula", "m": tree, "alt": words, "display": formula.display}


def _inlines(content: tuple[Inline, ...]) -> list[Json]:
    """Inlines in order, with what holds neighbours together or apart: a gap sticks to the code around it, a formula gets
    a little room beside a Chinese character."""
    found: list[Json] = []
    for place, inline in enumerate(content):
        before = content[place - 1] if place else None
        if before is not None:
            found += _seam(before, inline)
        found.append(_code(inline) if isinstance(inline, Code) else _value(inline))
    return found


def _seam(before: Inline, after: Inline) -> list[Json]:
    if isinstance(before, Gap) or isinstance(after, Gap):
        first, last = _edge(before, -1), _edge(after, 0)
        return [] if " " in (first, last) or _HAN.match(first) or _HAN.match(last) else [{"t": "Join"}]
    one, other = (before, after) if isinstance(after, Formula | Code) else (after, before)
    if isinstance(other, Formula | Code) and isinstance(one, Run):
        edge = _edge(one, -1 if one is before else 0)
        return [{"t": "Thin"}] if _HAN.match(edge) else []
    return []


def _edge(inline: Inline, place: int) -> str:
    """The first or last character that is printed of an inline."""
    if isinstance(inline, Run | Code):
        return inline.text[place] if inline.text else ""
    if isinstance(inline, Styled) and inline.content:
        return _edge(inline.content[place], place)
    return "x"


def _code(code: Code) -> Json:
    """Code; a long one in pieces between which a line may break."""
    text = clean(code.text)
    pieces: list[Json] = list(_BREAKS.split(text)) if len(text) > BOXED_CODE else [text]
    return {"t": "Code", "pieces": pieces}


def press(documents: Sequence[dict[str, Json]], template: Path | None = None) -> Pressed:
    """Set documents of this template (that of papers without one) in a child process with a time limit and no way to anything but the template and the fonts.

    Raises as :func:`set_documents` does.
    """
    for name in ("typst", "noto_cjk_sans_otc"):
        if importlib.util.find_spec(name) is None:
            raise UsageError("PDF needs Typst and its Chinese font, which are not installed", mend='pip install "quizcnn[pdf]", or take --format md')  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="quizcnn-") as folder:
        root = Path(folder).resolve()
        (root / "paper.typ").write_bytes((template or TEMPLATE).read_bytes())
        task = json.dumps({"root": str(root), "documents": documents}).encode()
        limit = SECONDS + SECONDS_EACH * len(documents)
        try:
            done = subprocess.run([sys.executable, "-m", "quizcnn.printing.press"], input=task, capture_output=True, timeout=limit, cwd=root, env=_environment(), check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            raise QuizError(f"setting the PDF took more than {limit} seconds and was stopped", mend="take --format md") from None  # fmt: skip
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise QuizError(f"the PDF could not be set: {last[0][:300]}", mend="take --format md, and report this as a fault")  # fmt: skip
    answer = json.loads(done.stdout)
    found = (Set(base64.b64decode(each["pdf"]), _pages(each["marks"], each["count"]), _rows(each["marks"])) for each in answer["set"])  # fmt: skip
    return Pressed(tuple(found), answer["typst"])


def _environment() -> dict[str, str]:
    """The child finds the same packages, and its threads and heaps are few, so that the memory limit means something."""
    package = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


def _pages(marks: Marks, count: int) -> dict[int, int]:
    pages = {int(mark["number"]): int(mark["page"]) for mark in marks if mark["what"] == "start"}
    return {0: count, **pages}


def _rows(marks: Marks) -> dict[int, tuple[int, float]]:
    return {int(mark["number"]): (int(mark["page"]), float(mark["y"])) for mark in marks if mark["what"] == "row"}
