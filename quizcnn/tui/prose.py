"""Markdown as the terminal shows it: own line breaks (Chinese between characters), code marked, mathematics on one line.

Formulas that stand alone, worked steps among them, are drawn in two dimensions where the terminal is high enough.

Textual wraps at spaces only, which drops a Chinese run whole to the next row; so lines are broken here and styles put back on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.content import Content, Span
from textual.geometry import Size
from textual.widget import Widget

from quizcnn.figures.box import Box
from quizcnn.figures.boxes import fit_formula
from quizcnn.figures.mathematics import inline, one_line
from quizcnn.text import break_places, display_width, truncate
from quizcnn.tui.themes import in_symbols

_MARKS = re.compile(r"(`[^`\n]+`|\*\*[^*\n]+\*\*|(?<![*A-Za-z0-9_])\*[^*\s][^*\n]*\*(?![*A-Za-z0-9_]))")
_DISPLAY = re.compile(r"^[ ]*\$\$(?P<latex>(?:\\.|[^$\\])+?)\$\$[ ]*$", re.MULTILINE)
"""A formula in a paragraph of its own."""
NARROWEST = 8
ROOMY = 30
"""Rows of a terminal from which formulas are drawn in two dimensions."""
NOTE_GAP = 3
LEAST_NOTE = 28
"""Reasons with less room than this beside their options go below them."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Plain text with the styles of its stretches ``(start, end, style)``."""

    plain: str
    spans: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a lead (number, symbol), Markdown that hangs from it, and a remark at its right or below it."""

    text: str
    lead: str = ""
    style: str = ""
    note: str = ""
    note_style: str = "$quiet"
    plain: bool = False
    """The text is no Markdown: it was typed."""
    formula: str = ""
    """LaTeX that is drawn in two dimensions where there is room; elsewhere the text stands for it."""


@lru_cache(maxsize=512)
def parse(markdown: str, ascii_only: bool = False) -> Styled:
    """Code spans, bold and emphasis as styles; mathematics as readable text."""
    plain, spans = "", []
    for piece in _MARKS.split(inline(markdown, ascii=ascii_only)):
        style, text = _style(piece)
        if style:
            spans.append((len(plain), len(plain) + len(text), style))
        plain += text
    return Styled(plain, tuple(spans))


def _style(piece: str) -> tuple[str, str]:
    if len(piece) > 2 and piece[0] == piece[-1] == "`":
        return "$focus", piece[1:-1]
    if len(piece) > 4 and piece.startswith("**") and piece.endswith("**"):
        return "bold", piece[2:-2]
    if len(piece) > 2 and piece[0] == piece[-1] == "*":
        return "italic", piece[1:-1]
    return "", piece


def embolden(styled: Styled, pieces: Sequence[str]) -> Styled:
    """The text with these pieces of it in bold."""
    places = ((styled.plain.find(piece), piece) for piece in pieces)
    bold = tuple((start, start + len(piece), "bold $focus") for start, piece in places if start >= 0)
    return Styled(styled.plain, styled.spans + bold)


def lay_out(styled: Styled, width: int, lead: str = "") -> Content:
    """The text broken to ``width`` cells behind ``lead``; later rows stand under the first, styles in place."""
    indent = display_width(lead)
    rows: list[str] = []
    spans: list[Span] = []
    length = 0
    for start, end in break_places(styled.plain, max(NARROWEST, width - indent)):
        before = lead if not rows else " " * indent
        offset = length + len(before) - start
        spans += [
            Span(max(begin, start) + offset, min(stop, end) + offset, style)
            for begin, stop, style in styled.spans
            if begin < end and stop > start
        ]
        rows.append(before + styled.plain[start:end])
        length += len(rows[-1]) + 1
    return Content("\n".join(rows), spans=spans)


def set_items(
    items: Sequence[Item], width: int, *, even: bool = False, ascii_only: bool = False, tall: bool = False
) -> tuple[Content, ...]:
    """Each item as set at a width, remarks in one column where they fit in a row; with ``even`` all at the side or all below.

    ``tall`` draws formulas in two dimensions, with a blank row around each that needs more than one.
    """
    bodies = [_body(item, width, ascii_only, tall) for item in items]
    wide = [
        display_width(item.lead) + (body.width if isinstance(body, Box) else display_width(body.plain))
        for item, body in zip(items, bodies, strict=True)
    ]
    notes = [display_width(parse(item.note, ascii_only).plain) for item in items]
    column = max(wide, default=0) if even else _best_column(wide, notes, width)
    if even:
        aside = [column + NOTE_GAP + LEAST_NOTE <= width] * len(items)
    else:
        aside = [own <= column and column + NOTE_GAP + note <= width for own, note in zip(wide, notes, strict=True)]
    contents = [
        _set_item(item, body, width, column if beside else 0, ascii_only)
        for item, body, beside in zip(items, bodies, aside, strict=True)
    ]
    apart = [
        place > 0 and any(isinstance(body, Box) for body in bodies[place - 1 : place + 1])
        for place in range(len(contents))
    ]
    return tuple(
        Content.assemble("\n", content) if blank else content for content, blank in zip(contents, apart, strict=True)
    )


def _body(item: Item, width: int, ascii_only: bool, tall: bool) -> Styled | Box:
    """The text of an item, or its formula where that is drawn."""
    if tall and item.formula:
        box = fit_formula(item.formula, width - display_width(item.lead), ascii=ascii_only)
        if box is not None and box.is_tall:
            return box
    return Styled(item.text) if item.plain else parse(item.text, ascii_only)


def _best_column(wide: Sequence[int], notes: Sequence[int], width: int) -> int:
    """Where the remarks begin, so that as many as can be stand in one row with their text."""

    def fitting(column: int) -> int:
        return sum(
            own <= column and column + NOTE_GAP + note <= width for own, note in zip(wide, notes, strict=True) if note
        )

    return max(sorted(set(wide)), key=fitting, default=0)


def _set_item(item: Item, body: Styled | Box, width: int, column: int, ascii_only: bool) -> Content:
    """One item; with a ``column`` its remark begins there, on the line that the text begins on or a formula stands on."""
    first = body.baseline if isinstance(body, Box) else 0
    content = _draw(body, item.lead) if isinstance(body, Box) else lay_out(body, width, item.lead)
    if item.style:
        content = content.stylize(item.style)
    if not item.note:
        return content
    note = parse(item.note, ascii_only)
    if not column:
        below = lay_out(note, width, " " * (display_width(item.lead) + 2)).stylize(item.note_style)
        return Content.assemble(content, "\n", below)
    start = column + NOTE_GAP
    rows = [*content.split("\n"), *[Content("")] * first]
    remarks = lay_out(note, width - start).stylize(item.note_style).split("\n")
    for place, remark in enumerate(remarks, first):
        row = rows[place] if place < len(rows) else Content("")
        gap = " " * (start - display_width(row.plain))
        rows[place : place + 1] = [Content.assemble(row, gap, remark)]
    return Content("\n").join(rows[: max(content.plain.count("\n") + 1, first + len(remarks))])


def _draw(box: Box, lead: str = "") -> Content:
    """A formula in two dimensions, ``lead`` before the line that it stands on."""
    blank = " " * display_width(lead)
    rows = ((lead if place == box.baseline else blank) + line.rstrip() for place, line in enumerate(box.lines))
    return Content("\n".join(rows))


def tabulate(markdown: str) -> str:
    """Pipe tables set in aligned columns; everything else as it stands."""
    lines = markdown.split("\n")
    found: list[str] = []
    place = 0
    while place < len(lines):
        if lines[place].startswith("|"):
            end = place
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            found += _table(lines[place:end])
            place = end
        else:
            found.append(lines[place])
            place += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip("\n")


def _table(lines: list[str]) -> list[str]:
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    widths = [max(display_width(cell) for cell in column) for column in zip(*rows, strict=False)]
    return [
        "  "
        + "   ".join(
            cell + " " * (size - display_width(cell)) for cell, size in zip(row, widths, strict=False)
        ).rstrip()
        for row in rows
    ]


class Block(Widget):
    """A block that breaks its own lines at whatever width it has, and knows how many rows that takes."""

    DEFAULT_CSS = "Block { height: auto; width: 1fr; }"

    def content_at(self, width: int) -> Content:
        """The block as set at a width."""
        raise TypeError(f"{type(self).__name__} has no content")

    def shows_nothing(self) -> bool:
        """Whether there is nothing to show."""
        return False

    def rows_at(self, width: int) -> int:
        """The rows that it takes at a width."""
        return 0 if self.shows_nothing() else self.content_at(max(NARROWEST, width)).plain.count("\n") + 1

    @property
    def ascii_only(self) -> bool:
        """Whether the learner wants plain symbols."""
        return bool(getattr(self.app, "ascii_symbols", False))

    @property
    def is_roomy(self) -> bool:
        """Whether the terminal is high enough for formulas in two dimensions."""
        return self.app.size.height >= ROOMY

    def put(self) -> None:
        """Take the new content into the layout."""
        self.display = not self.shows_nothing()
        self.refresh(layout=True)

    def render(self) -> Content:
        return in_symbols(self.content_at(self.content_size.width), self.app)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.rows_at(width)


class Prose(Block):
    """Paragraphs of Markdown."""

    def __init__(self, markdown: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._markdown, self._lead, self._style = markdown, "", ""
        self._bold: tuple[str, ...] = ()

    def show(self, markdown: str, style: str = "", lead: str = "", bold: tuple[str, ...] = ()) -> None:
        """Put another text in place, hanging from ``lead``; the pieces in ``bold`` stand out."""
        self._markdown, self._lead, self._style, self._bold = markdown, lead, style, bold
        self.put()

    def shows_nothing(self) -> bool:
        return not self._markdown

    def content_at(self, width: int) -> Content:
        room, blank = max(NARROWEST, width), " " * display_width(self._lead)
        contents = [
            self._formula(text, room, blank) if place % 2 else self._text(text, room, blank if place else self._lead)
            for place, text in enumerate(_DISPLAY.split(tabulate(self._markdown)))
            if text.strip()
        ]
        content = Content("\n").join(contents)
        return content.stylize(self._style) if self._style else content

    def _text(self, markdown: str, width: int, lead: str) -> Content:
        return lay_out(
            embolden(parse(markdown.removeprefix("\n").removesuffix("\n"), self.ascii_only), self._bold), width, lead
        )

    def _formula(self, latex: str, width: int, lead: str) -> Content:
        lead += "  "
        box = fit_formula(latex, width - len(lead), ascii=self.ascii_only) if self.is_roomy else None
        if box is not None and box.is_tall:
            return _draw(box, lead)
        return lay_out(Styled(one_line(latex, ascii=self.ascii_only)), width, lead)


class TitleRow(Block):
    """The first row of a screen: its name at the left, what there is to say at the right."""

    DEFAULT_CSS = "TitleRow { height: 1; background: $panel; padding: 0 1; }"

    def __init__(self, left: str = "", right: str = "", *, id: str | None = "title") -> None:
        super().__init__(id=id)
        self._left, self._right, self._style = left, right, ""

    def show(self, left: str, right: str = "", style: str = "") -> None:
        """Put other words in the row; the right ones in ``style``."""
        self._left, self._right, self._style = left, right, style
        self.refresh()

    def content_at(self, width: int) -> Content:
        right = truncate(self._right, max(0, width - display_width(self._left) - NOTE_GAP))
        gap = " " * max(0, width - display_width(self._left) - display_width(right))
        return Content.assemble((self._left, "bold"), gap, (right, self._style))


class Items(Block):
    """A list of items."""

    def __init__(self, *, even: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._items: tuple[Item, ...] = ()
        self._even = even

    def show(self, items: Sequence[Item]) -> None:
        """Put other items in place."""
        self._items = tuple(items)
        self.put()

    def shows_nothing(self) -> bool:
        return not self._items

    def content_at(self, width: int) -> Content:
        return Content("\n").join(self._set(width))

    def _set(self, width: int) -> tuple[Content, ...]:
        """The items at a width; formulas are drawn where the whole list then takes no more than half of the screen."""
        width = max(NARROWEST, width)
        if self.is_roomy and any(item.formula for item in self._items):
            drawn = set_items(self._items, width, even=self._even, ascii_only=self.ascii_only, tall=True)
            if sum(content.plain.count("\n") + 1 for content in drawn) <= self.app.size.height // 2:
                return drawn
        return set_items(self._items, width, even=self._even, ascii_only=self.ascii_only)

    def item_at(self, row: int) -> int:
        """Which item stands at a row of the block, for clicks; -1 below the last."""
        end = 0
        for place, content in enumerate(self._set(self.content_size.width)):
            end += content.plain.count("\n") + 1
            if row < end:
                return place
        return -1
