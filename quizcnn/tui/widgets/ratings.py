"""The four ratings with their next intervals; Enter takes the proposed one."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message

from quizcnn.services.views import Result
from quizcnn.services.words import RATINGS, short_interval
from quizcnn.text import Lang, display_width, pad
from quizcnn.tui.prose import Block

GAP = 3


class RatingRow(Block):
    """``1 Again 1m   2 Hard 6m   3 Good 10m   4 Easy 8d``; two rows of two where one has no room."""

    DEFAULT_CSS = "RatingRow { padding: 0 1; background: $surface; }"

    class Chosen(Message):
        """A rating was clicked."""

        def __init__(self, rating: int) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._result: Result | None = None
        self._lang: Lang = "en"

    def show(self, result: Result | None, lang: Lang) -> None:
        """Show the ratings of a result; nothing where the schedule does not hear of it."""
        self._result, self._lang = result, lang
        self.put()

    def shows_nothing(self) -> bool:
        return self._result is None or self._result.intervals is None

    def _cells(self) -> list[tuple[int, str]]:
        intervals = (self._result.intervals if self._result else None) or {}
        return [
            (number, f"{number} {name[self._lang]} {short_interval(intervals[number], self._lang)}")
            for number, name in RATINGS.items()
            if number in intervals
        ]

    def _rows(self, width: int) -> list[list[tuple[int, str]]]:
        cells = self._cells()
        wide = sum(display_width(text) + GAP for _, text in cells) - GAP
        return [cells] if wide <= width else [cells[:2], cells[2:]]

    def content_at(self, width: int) -> Content:
        proposed = self._result.proposed if self._result else None
        rows = self._rows(width)
        column = max((display_width(text) for row in rows for _, text in row), default=0) if len(rows) > 1 else 0
        parts: list[str | tuple[str, str]] = []
        for place, row in enumerate(rows):
            parts.append("\n" if place else "")
            for number, text in row:
                gap = " " * (column - display_width(text) + GAP if column else GAP)
                parts += [(text, "reverse bold" if number == proposed else ""), gap]
        if len(rows) == 1 and proposed is not None:
            room = width - sum(display_width(text) + GAP for _, text in rows[0])
            end = f"Enter = {proposed} {RATINGS[proposed][self._lang]}"
            if room >= display_width(end):
                parts.append((pad(end, room, align="right"), "$quiet"))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        rows = self._rows(self.content_size.width)
        row = event.y - self.gutter.top
        if not 0 <= row < len(rows):
            return
        column = max(display_width(text) for line in rows for _, text in line) if len(rows) > 1 else 0
        at = self.gutter.left
        for number, text in rows[row]:
            if at <= event.x < at + display_width(text):
                self.post_message(self.Chosen(number))
                event.stop()
                return
            at += (column or display_width(text)) + GAP
