"""A table of a few figures: names at the left, their figures in columns, a cursor on the rows that can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from quizcnn.services.requests import DrillRequest
from quizcnn.text import display_width, pad, truncate
from quizcnn.tui.prose import Block

LEAD, GAP = 2, 2
LEAST_NAME = 10


@dataclass(frozen=True, slots=True)
class TableRow:
    """A name and its figures, already in columns. ``request`` is what the row practises; ``detail`` says it in full."""

    name: str
    figures: str = ""
    key: str = ""
    """Tells the row from the others of its table, whatever the language and the span."""
    request: DrillRequest | None = None
    detail: str = ""
    style: str = ""


class TableBlock(Block):
    """A head and its rows, figures under each other; names are cut where room is short."""

    DEFAULT_CSS = "TableBlock { margin-bottom: 1; }"

    class Chosen(Message):
        """A row that practises something was clicked."""

        def __init__(self, table: TableBlock, place: int) -> None:
            super().__init__()
            self.table, self.place = table, place

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._head = TableRow("")
        self.rows: tuple[TableRow, ...] = ()
        self._cursor: int | None = None

    def show(self, head: TableRow, rows: Sequence[TableRow]) -> None:
        """Put another table in place."""
        self._head, self.rows = head, tuple(rows)
        self._cursor = None
        self.put()

    def point(self, place: int | None) -> None:
        """Set the cursor on a row, or take it away."""
        self._cursor = place
        self.refresh()

    def shows_nothing(self) -> bool:
        return not self.rows

    def content_at(self, width: int) -> Content:
        figures = max((display_width(row.figures) for row in (self._head, *self.rows)), default=0)
        longest = max(
            (display_width(row.name) + LEAD for row in self.rows if row.figures), default=display_width(self._head.name)
        )
        longest = max(longest, display_width(self._head.name) if self._head.figures else 0)
        names = max(LEAST_NAME, min(longest + GAP, width - figures))
        lines = [_line(self._head, names, width, "").stylize("bold")]
        for place, row in enumerate(self.rows):
            here = place == self._cursor
            line = _line(row, names, width, "> " if here else "  ")
            lines.append(line.stylize("bold $focus") if here else line.stylize(row.style) if row.style else line)
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        place = event.y - 1
        if 0 <= place < len(self.rows) and self.rows[place].request is not None:
            self.post_message(self.Chosen(self, place))
            event.stop()


def _line(row: TableRow, names: int, width: int, lead: str) -> Content:
    if not row.figures:
        return Content(lead + truncate(row.name, width - len(lead)))
    name = pad(truncate(row.name, names - len(lead) - 1), names - len(lead))
    return Content(f"{lead}{name}{row.figures}".rstrip())
