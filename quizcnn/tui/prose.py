"""Markdown as the terminal shows it: own line breaks (Chinese between characters), code marked, mathematics on one line.

Textual wraps at spaces only, which drops a Chinese run whole to the next row; so lines are broken here and styles put back on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from textual.content import Content, Span
from textual.geometry import Size
from textual.widget import Widget

from quizcnn.figures.mathematics import inline
from quizcnn.text import break_lines, display_width
from quizcnn.tui.themes import in_symbols

_MARKS = re.compile(r"(`[^`\n]+`|\*\*[^*\n]+\*\*|(?<![*\w])\*[^*\s][^*\n]*\*(?![*\w]))")


@dataclass(frozen=True, slots=True)
class Styled:
    """Plain text with the styles of its stretches ``(start, end, style)``."""

    plain: str
    spans: tuple[tuple[int, int, str], ...] = ()


@lru_cache(maxsize=512)
def parse(markdown: str) -> Styled:
    """Code spans, bold and emphasis as styles; mathematics as readable text."""
    plain, spans = "", []
    for piece in _MARKS.split(inline(markdown)):
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


def lay_out(styled: Styled, width: int, indent: int = 0) -> Content:
    """The text broken to ``width`` cells, rows after the first of a paragraph indented by ``indent``, styles in place."""
    rows: list[str] = []
    spans: list[Span] = []
    length, cursor = 0, 0
    for paragraph in styled.plain.split("\n"):
        for number, row in enumerate(_rows(paragraph, width, indent)):
            lead = " " * indent if number else ""
            start = styled.plain.find(row, cursor) if row else cursor
            cursor = start + len(row)
            offset = length + len(lead) - start
            spans += [
                Span(max(begin, start) + offset, min(end, cursor) + offset, style)
                for begin, end, style in styled.spans
                if begin < cursor and end > start
            ]
            rows.append(lead + row)
            length += len(lead) + len(row) + 1
    return Content("\n".join(rows), spans=spans)


def _rows(paragraph: str, width: int, indent: int) -> list[str]:
    if paragraph.startswith("|"):
        return [paragraph]
    return break_lines(paragraph, max(8, width - indent)) or [""]


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


class Prose(Widget):
    """A block of Markdown that breaks its own lines at whatever width it has."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(
        self, markdown: str = "", *, indent: int = 0, style: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._markdown, self._indent, self._style = markdown, indent, style

    def show(self, markdown: str, style: str = "") -> None:
        """Put another text in place."""
        self._markdown, self._style = markdown, style
        self.display = bool(markdown)
        self.refresh(layout=True)

    @property
    def text(self) -> str:
        return self._markdown

    def content_at(self, width: int) -> Content:
        """The text as set at a width."""
        content = lay_out(parse(tabulate(self._markdown)), max(8, width), self._indent)
        return content.stylize(self._style) if self._style else content

    def render(self) -> Content:
        return in_symbols(self.content_at(self.content_size.width), self.app)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.content_at(width).plain.count("\n") + 1 if self._markdown else 0
