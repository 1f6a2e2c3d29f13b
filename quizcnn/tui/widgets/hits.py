"""The hits of a search, one row each: only the rows in sight are worded and drawn, so that thousands cost no more than ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizcnn.bank.catalog import Row
from quizcnn.text import display_width, pad, truncate
from quizcnn.tui.themes import in_symbols

LEAD, GAP = 2, 2
KIND, LEVEL, WHEN, MARKS = 11, 6, 12, 7
LEAST_NAME = 20
LEAST_REMARK = 8
WIDE = 70
"""Narrower lists leave out the kind, the marks and the remark."""


@dataclass(frozen=True, slots=True)
class HitLine:
    """What a row says of its question."""

    name: str
    kind: str
    level: str
    """The difficulty, and a mark where it is flagged."""
    when: str
    """Where it stands with the learner."""
    marks: str = ""
    """How the last answers went."""
    remark: str = ""
    """The last mistake."""


class HitList(Widget, can_focus=False):
    """A cursor on one row; the row stays in sight."""

    DEFAULT_CSS = "HitList { height: 1fr; width: 1fr; }"

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, line_of: Callable[[Row], HitLine], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line_of = line_of
        self._rows: Sequence[Row] = ()
        self._cursor = self._top = self._longest = 0
        self._lit = False

    def show(self, rows: Sequence[Row], cursor: int, *, lit: bool) -> None:
        """Put other hits in place, the cursor on one of them; ``lit`` where the arrows and letters belong to the list."""
        if rows is not self._rows:
            self._rows, self._longest = rows, max((len(row.id) for row in rows), default=0)
        self._cursor, self._lit = cursor, lit
        self.refresh()

    @property
    def page(self) -> int:
        """The rows of one page."""
        return max(1, self.size.height - 1)

    def _window(self) -> range:
        """The places of the rows in sight; the cursor is among them, and no row stands empty while there are more."""
        height = max(1, self.content_size.height)
        self._top = max(0, min(self._top, self._cursor, len(self._rows) - height))
        self._top = max(self._top, self._cursor - height + 1)
        return range(self._top, min(len(self._rows), self._top + height))

    def render(self) -> Content:
        width = self.content_size.width
        lines = [self._draw(place, width) for place in self._window()]
        return in_symbols(Content("\n").join(lines), self.app)

    def _draw(self, place: int, width: int) -> Content:
        line, here = self._line_of(self._rows[place]), place == self._cursor
        if width < WIDE:
            name = max(LEAST_NAME, min(self._longest + GAP, width - LEAD - LEVEL - WHEN))
            cells = f"{_cell(line.name, name)}{pad(line.level, LEVEL)}{line.when}"
        else:
            name = max(LEAST_NAME, min(self._longest + GAP, width - LEAD - KIND - LEVEL - WHEN - MARKS))
            cells = f"{_cell(line.name, name)}{pad(line.kind, KIND)}{pad(line.level, LEVEL)}{pad(line.when, WHEN)}{pad(line.marks, MARKS)}"
            room = width - LEAD - display_width(cells)
            cells += truncate(line.remark, room) if room >= LEAST_REMARK else ""
        content = Content(f"{'> ' if here else '  '}{cells}".rstrip())
        return content.stylize("bold $focus" if self._lit else "bold") if here else content

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y
        if place < len(self._rows):
            self.post_message(self.Chosen(place))
            event.stop()


def _cell(text: str, width: int) -> str:
    return pad(truncate(text, width - GAP), width)
