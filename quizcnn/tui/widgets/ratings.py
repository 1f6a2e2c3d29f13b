"""The four ratings with their next intervals; Enter takes the proposed one."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from quizcnn.services.views import Result
from quizcnn.services.words import RATINGS, short_interval
from quizcnn.text import Lang, display_width
from quizcnn.tui.themes import in_symbols


class RatingRow(Widget):
    """``1 Again 1m   2 Hard 6m   3 Good 10m   4 Easy 8d``."""

    DEFAULT_CSS = "RatingRow { height: 1; width: 1fr; padding: 0 1; background: $surface; }"

    class Chosen(Message):
        def __init__(self, rating: int) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._result: Result | None = None
        self._lang: Lang = "en"

    def show(self, result: Result, lang: Lang) -> None:
        self._result, self._lang = result, lang
        self.styles.height = 1 if self.app.size.width >= 64 else 2
        self.refresh(layout=True)

    def _cells(self) -> list[tuple[int, str]]:
        result = self._result
        if result is None or result.intervals is None:
            return []
        return [
            (number, f"{number} {RATINGS[number][self._lang]} {short_interval(result.intervals[number])}")
            for number in RATINGS
        ]

    def render(self) -> Content:
        return in_symbols(self._set(), self.app)

    def _set(self) -> Content:
        result = self._result
        if result is None or result.proposed is None:
            return Content("")
        parts: list[str | tuple[str, str]] = []
        for number, text in self._cells():
            parts += [(text, "reverse bold" if number == result.proposed else ""), "   "]
        room = self.content_size.width - sum(display_width(text) + 3 for _, text in self._cells())
        end = f"Enter = {result.proposed} {RATINGS[result.proposed][self._lang]}"
        if room >= display_width(end):
            parts += [" " * (room - display_width(end)), (end, "$quiet")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        at = 1
        for number, text in self._cells():
            if at <= event.x < at + display_width(text):
                self.post_message(self.Chosen(number))
                event.stop()
                return
            at += display_width(text) + 3
