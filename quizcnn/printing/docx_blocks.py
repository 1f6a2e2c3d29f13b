"""Blocks as paragraphs and tables of a Word document, all of a question held together on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from quizcnn.generation.lettering import letter
from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Cells,
    CodeBlock,
    Inlines,
    Listing,
    Note,
    Options,
    Pairs,
    Paragraph,
    Picture,
    Quick,
    Room,
    Ruled,
    Second,
    Steps,
    Table,
    Ticks,
    Words,
    WrongValues,
)
from quizcnn.printing.docx_drawing import draw_shapes
from quizcnn.printing.docx_runs import Look, inlines, tab, underlined, words
from quizcnn.printing.docx_tables import ALL_BORDERS, FAINT, Place, cell, paragraph, row, spacer, table
from quizcnn.printing.html_blocks import width_of
from quizcnn.printing.ooxml import Xml, el, joined
from quizcnn.text import display_width

NUMBER = 9.0
"""Millimetres for the number of a question in print that is not large."""
CELL_WIDTH, CELL_HEIGHT, RULE_HEIGHT = 13.0, 8.0, 8.0
MOST_BESIDE = 4
LINE, SHORT_LINE, LETTER_LINE = 76, 20, 12
"""Lines to write on, in blanks of a quarter of the type."""


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks with the words of their paper into ``width`` millimetres; ``scale`` is how much larger print is."""

    words: Words
    look: Look
    width: float
    scale: float = 1.0
    columns: int = MOST_BESIDE
    pictures: Iterator[int] = field(default_factory=lambda: count(1))

    def blocks(self, blocks: Sequence[Block]) -> Xml:
        return joined(each for block in blocks for each in self.block(block))

    @property
    def number(self) -> float:
        """Millimetres from the edge of a question to its text."""
        return NUMBER * self.scale

    @property
    def _place(self) -> Place:
        return Place(left=self.number, held=True)

    @property
    def _inner(self) -> float:
        return self.width - self.number

    @property
    def full(self) -> int:
        """About how many letters stand on a line of the page, half as wide as they are high."""
        return int(self.width / (self.look.size * 0.178))

    @property
    def letters(self) -> int:
        """The same beside the number of a question."""
        return int(self._inner / (self.look.size * 0.178))

    @staticmethod
    def blanks(letters: int) -> int:
        """How many blanks to write on take the room of so many letters, in the type whose blanks are widest."""
        return max(SHORT_LINE, int(1.7 * letters))

    def block(self, block: Block) -> Iterator[Xml]:
        match block:
            case Paragraph(content=content):
                yield paragraph(self._place, inlines(content, self.look))
            case CodeBlock(text=code):
                yield paragraph(self._place, words(code, replace(self.look, code=True)))
            case Table(head=head, rows=rows):
                yield self._table(head, rows)
            case Listing(items=items):
                yield from (paragraph(replace(self._place, after=1), inlines(item, self.look)) for item in items)
            case Note(head=head, content=content):
                yield self.note(head, content, self._place)
            case Picture():
                drawn = el("w:r", draw_shapes(block, next(self.pictures), self.scale))
                yield paragraph(replace(self._place, align="left", before=2), drawn)
            case Second(blocks=second):
                yield replace(self, look=replace(self.look, size=self.look.size * 0.92)).blocks(second)
            case Quick(head=head, items=items):
                keys = tuple(words(f"{number}{self.words.mark} ", self.look) + inlines(key, replace(self.look, bold=True)) for number, key in items)  # fmt: skip
                yield from self._quick(head, [Xml(key) for key in keys])
            case _:
                yield from self._key(block)

    def note(self, head: str, content: Inlines, place: Place) -> Xml:
        stop = "　" if self.words.mark == "．" else ". "
        return paragraph(place, words(head + stop, replace(self.look, bold=True)), inlines(content, self.look))

    def _key(self, block: Block) -> Iterator[Xml]:
        widths = (self._inner * 0.3, self._inner * 0.59, self._inner * 0.11)
        match block:
            case Steps(rows=steps):
                bold = replace(self.look, bold=True)
                lines = ((inlines(each.caption, self.look), inlines((each.formula,), self.look), words(each.points, bold)) for each in steps)  # fmt: skip
                yield self._rows(widths, lines)
            case WrongValues(rows=values):
                widths = (self._inner * 0.3, self._inner * 0.6, self._inner * 0.1)
                wrong = ((words(each.value, replace(self.look, bold=True)), inlines(each.label, self.look), words(each.credit, self.look)) for each in values)  # fmt: skip
                yield self._rows(widths, wrong, ("top", "bottom"))
            case Ticks(items=items):
                for weight, item in items:
                    told = words(f"☐ {weight} ".replace("  ", " "), self.look)
                    yield paragraph(replace(self._place, left=self.number + 12, hanging=12, after=1), told, inlines(item, self.look))  # fmt: skip
            case _:
                yield from self._answer(block)

    def _rows(self, widths: Sequence[float], lines: Iterator[tuple[Xml, ...]], borders: Sequence[str] = ()) -> Xml:
        """Lines of cells, the last one to the right; a little room follows."""
        cells = ([cell(width, paragraph(Place(before=1, after=1, held=True, align="right" if place == len(widths) - 1 else ""), each)) for place, (width, each) in enumerate(zip(widths, line, strict=True))] for line in lines)  # fmt: skip
        return Xml(table(widths, map(row, cells), left=self.number, borders=borders) + spacer(1.5, held=True))

    def _answer(self, block: Block) -> Iterator[Xml]:
        match block:
            case Options(items=items):
                yield self._options(items)
            case Blanks(fields=fields):
                yield from (paragraph(replace(self._place, after=8), *self.blank(each)) for each in fields)
            case Cells():
                yield from self._cells(block)
            case Boxed(items=items, ask=ask):
                yield from (self._item(f"{number}", item) for number, item in enumerate(items, 1))
                yield paragraph(replace(self._place, before=3), words(ask, self.look))
                yield self._boxes(1, len(items), CELL_HEIGHT, CELL_HEIGHT - 2)
            case Pairs(left=left, right=right):
                yield self._pairs(left, right)
            case Ruled(lines=lines):
                height = RULE_HEIGHT * self.scale
                lined = [row([cell(self._inner, paragraph(Place(after=0, held=True)))], height=height, exact=True)] * lines  # fmt: skip
                yield Xml(table([self._inner], lined, left=self.number, borders=("bottom", "insideH"), colour=FAINT) + spacer(2, held=True))  # fmt: skip
            case Room(height=height, framed=True):
                yield self._boxes(1, 1, self._inner / self.scale, height / self.scale)
            case Room(height=height):
                yield spacer(height, held=True)

    def _item(self, head: str, item: Inlines) -> Xml:
        place = replace(self._place, left=self.number + 7, hanging=7, after=2)
        return paragraph(place, words(head, self.look), tab(), inlines(item, self.look))

    def _options(self, items: Sequence[Inlines]) -> Xml:
        """Lettered options, as many side by side as there is room for."""
        columns = self._columns(items)
        width = self._inner / columns
        place = Place(left=7, hanging=7, after=2, held=True)
        cells = [cell(width, paragraph(place, words(f"{letter(at)}.", self.look), tab(), inlines(item, self.look)), middle=False) for at, item in enumerate(items)]  # fmt: skip
        rows = [row(cells[start : start + columns] + [cell(width)] * (columns - len(cells[start : start + columns]))) for start in range(0, len(cells), columns)]  # fmt: skip
        return Xml(table([width] * columns, rows, left=self.number) + spacer(1.5, held=True))

    def _columns(self, items: Sequence[Inlines]) -> int:
        widest = max(map(width_of, items)) + 6
        fitting = [
            number for number in (len(items), 2, 1) if number <= self.columns and widest * number <= self.letters
        ]
        return fitting[0] if fitting else 1

    def blank(self, blank: Blank) -> Iterator[Xml]:
        """One line to write on, with what stands before and after it."""
        if blank.label:
            named = not getattr(blank.label[0], "text", "").startswith("(")
            yield inlines(blank.label, self.look)
            yield words(" = " if named else " ", self.look)
        told = width_of(blank.label) + display_width(blank.unit + blank.after) + 5
        yield underlined(min(LINE, self.blanks(self.letters - told)), self.look)
        yield words(f" {blank.unit}" if blank.unit else "", self.look)
        yield words(f" {blank.after}" if blank.after else "", replace(self.look, grey=True))

    def _cells(self, cells: Cells) -> Iterator[Xml]:
        yield paragraph(self._place, inlines(cells.label, self.look), words(" =", self.look))
        if len(cells.axes) != cells.columns or cells.rows > 1:
            yield self._boxes(cells.rows, cells.columns, CELL_WIDTH, CELL_HEIGHT)
            return
        width = CELL_WIDTH * self.scale
        empty = row([cell(width, borders=("top", "left", "bottom", "right"))] * cells.columns, height=CELL_HEIGHT * self.scale)  # fmt: skip
        named = (cell(width, paragraph(Place(after=0, align="center", held=True), words(axis, replace(self.look, grey=True, size=self.look.size * 0.8)))) for axis in cells.axes)  # fmt: skip
        yield Xml(table([width] * cells.columns, [empty, row(named)], left=self.number) + spacer(2, held=True))

    def _boxes(self, rows: int, columns: int, width: float, height: float) -> Xml:
        width, height = width * self.scale, height * self.scale
        line = row([cell(width, paragraph(Place(after=0, held=True)))] * columns, height=height)
        return Xml(
            table([width] * columns, [line] * rows, left=self.number, borders=ALL_BORDERS) + spacer(2, held=True)
        )

    def _pairs(self, left: Sequence[Inlines], right: Sequence[Inlines]) -> Xml:
        """Items, a line for each, and the targets beside them."""
        shares = (0.38, 0.14, 0.48) if self.columns > 1 else (0.5, 0.16, 0.34)
        widths = [self._inner * share for share in shares]
        place = Place(left=9, hanging=9, after=3, held=True)

        def told(head: str, items: Sequence[Inlines], at: int) -> Xml:
            if at >= len(items):
                return paragraph(place)
            return paragraph(place, words(head, self.look), tab(), inlines(items[at], self.look))

        rows = (
            row(
                (
                    cell(widths[0], told(f"({at + 1})", left, at), middle=False),
                    cell(
                        widths[1],
                        paragraph(
                            place, underlined(LETTER_LINE, self.look) if at < len(left) else words("", self.look)
                        ),
                        middle=False,
                    ),
                    cell(widths[2], told(f"{letter(at)}.", right, at), middle=False),
                )
            )
            for at in range(max(len(left), len(right)))
        )
        return Xml(table(widths, rows, left=self.number) + spacer(1.5, held=True))

    def _table(self, head: Sequence[Inlines], rows: Sequence[Sequence[Inlines]]) -> Xml:
        width = self._inner / len(head)
        place = Place(after=1, align="center", held=True)
        heads = row([cell(width, paragraph(place, inlines(each, replace(self.look, bold=True)))) for each in head], head=True)  # fmt: skip
        lines = [row([cell(width, paragraph(place, inlines(each, self.look))) for each in line]) for line in rows]
        return Xml(table([width] * len(head), [heads, *lines], left=self.number, borders=ALL_BORDERS) + spacer(1.5, held=True))  # fmt: skip

    def _quick(self, head: str, keys: Sequence[Xml]) -> Iterator[Xml]:
        yield paragraph(Place(held=True, before=4), words(head, replace(self.look, bold=True)))
        columns, width = 4, self.width / 4
        cells = [cell(width, paragraph(Place(after=2), key)) for key in keys]
        rows = [row(cells[start : start + columns] + [cell(width)] * (columns - len(cells[start : start + columns]))) for start in range(0, len(cells), columns)]  # fmt: skip
        yield Xml(table([width] * columns, rows, borders=ALL_BORDERS) + spacer(2))
