"""A paper as frozen values: the leaves that are handed out and the key, made once, written by every writer.

Text here is what is meant, not markup: a writer escapes it for its own format. Lengths are in millimetres. The tree is
Paper > Section > Question > Block > Inline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizcnn.text import Lang


@dataclass(frozen=True, slots=True)
class Run:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text in the type of code."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX; ``display`` sets it large."""

    latex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Styled:
    """``second``: the second language of a paper in both."""

    style: Literal["strong", "emph", "faint", "second"]
    content: Inlines


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a sentence with its small letter; ``width`` in letters."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""


Inline: TypeAlias = "Run | Code | Formula | Styled | Gap | Break"
Inlines: TypeAlias = "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; no cell is empty but on purpose."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items one below the other."""

    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: SVG, its words, and its size in pixels of the SVG."""

    svg: str
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Options:
    """Lettered options; ``many``: several may be right."""

    items: tuple[Inlines, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write one value on: what stands before and after it."""

    label: Inlines
    unit: str = ""
    after: str = ""
    """A remark on the form, as "4 decimal places"."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """Several lines to write on."""

    fields: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Empty cells to fill: a matrix, or a shape in brackets with its axes named below."""

    label: Inlines
    rows: int
    columns: int
    axes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boxed:
    """Numbered lines, and below them one box for each, in which their numbers are written in the right order."""

    items: tuple[Inlines, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Numbered items with a short line each, lettered targets beside them."""

    left: tuple[Inlines, ...]
    right: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Lines to write prose on."""

    lines: int


@dataclass(frozen=True, slots=True)
class Room:
    """Empty room to work in, ``height`` in millimetres; ``framed`` draws its edge."""

    height: float
    framed: bool = False


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One line of a worked solution with the points that it earns."""

    formula: Formula
    caption: Inlines
    points: str


@dataclass(frozen=True, slots=True)
class Steps:
    rows: tuple[WorkedStep, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of the key under a short bold head."""

    head: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A named mistake: the value that it gives here, what it is, what it earns."""

    value: str
    label: Inlines
    credit: str


@dataclass(frozen=True, slots=True)
class WrongValues:
    rows: tuple[WrongValue, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Key points to tick off, each with what it earns."""

    items: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class Quick:
    """Short answers at a glance: number and answer."""

    head: str
    items: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class Second:
    """The stem in the second language of a paper in both, below the first and without a number."""

    blocks: tuple[Block, ...]


MOST_LETTERS = 6
"""So many letters to mark stand in half a row of the answer sheet."""
Block: TypeAlias = "Paragraph | CodeBlock | Table | Listing | Picture | Options | Blanks | Cells | Boxed | Pairs | Ruled | Room | Steps | Note | WrongValues | Ticks | Quick | Second"  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the stem, then what is answered on. ``room`` is its share of what a page has left."""

    id: str
    number: int
    points: str
    stem: tuple[Block, ...]
    answer: tuple[Block, ...]
    room: float = 0.0
    heading: str = ""
    """A line above the stem, for keys."""
    closing: str = ""
    """The brackets at the end of a Chinese stem, in which the letter is written."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rule: str
    questions: tuple[Question, ...]
    second: str = ""
    """Title and rule in the second language."""
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the answer sheet: a number and what to mark or write."""

    number: int
    letters: tuple[str, ...] = ()
    many: bool = False
    blanks: tuple[Blank, ...] = ()
    boxes: int = 0
    note: str = ""

    @property
    def is_short(self) -> bool:
        """Whether half the width is enough."""
        return 0 < len(self.letters) <= MOST_LETTERS or bool(self.note)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    rows: tuple[SheetRow, ...]
    foot: str


def pair_rows(rows: tuple[SheetRow, ...]) -> Iterator[tuple[SheetRow, ...]]:
    """Two short rows that follow each other together, every other row alone."""
    place = 0
    while place < len(rows):
        count = 2 if len(rows) > place + 1 and rows[place].is_short and rows[place + 1].is_short else 1
        yield rows[place : place + count]
        place += count


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Three rows (part, points, score): the heads and the numbers of each column, the total last."""

    heads: tuple[str, str, str]
    parts: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of the frame, in the paper's language; ``{page}`` and ``{pages}`` are filled when it is set.

    ``mark`` stands after a question's number, ``brackets`` around points and rules; ``blank`` is read out for a line to write on.
    """

    name: str
    date: str
    code: str
    page: str
    page_points: str
    end: str
    mark: str = "."
    brackets: tuple[str, str] = ("(", ")")
    blank: str = "blank"

    def page_pieces(self) -> list[str]:
        """What is printed at the foot: words, ``{page}`` and ``{pages}`` in turn."""
        return [piece for piece in re.split(r"(\{pages?\})", self.page) if piece]

    def bracketed(self, text: str) -> str:
        """``text`` in the paper's brackets; nothing for nothing."""
        return f"{self.brackets[0]}{text}{self.brackets[1]}" if text else ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The Chinese binding margin: what is filled in outside the dotted line, and the words along it."""

    fields: tuple[str, ...]
    line: str
    rule: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: the paper of a version with its answer sheet, the sheet alone, or the key.

    ``form``: as English papers are set, as Chinese ones are, or in both languages, the second below the first.
    """

    kind: Literal["paper", "sheet", "key"]
    lang: Lang
    title: str
    facts: str
    """The line under the title: minutes, points, what is allowed."""
    code: str
    letter: str
    version: str
    """"Version B" in the paper's language."""
    words: Words
    score: ScoreTable | None
    conventions: Note | None
    sections: tuple[Section, ...]
    sheet: Sheet | None = None
    form: Literal["plain", "chinese", "both"] = "plain"
    second: tuple[str, ...] = ()
    """Lines below the title in the second language."""
    front: tuple[Block, ...] = ()
    """What stands before the first part."""
    seal: Seal | None = None
