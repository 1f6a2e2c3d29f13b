"""The first row of a drill: where I am, how far, what is left."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from quizcnn.services.views import Ask
from quizcnn.services.words import MINUTES_LEFT, UNCOUNTED, area_name, say
from quizcnn.text import Lang, Text, display_width, truncate
from quizcnn.tui.themes import in_symbols

LEFT = Text("{new} new  {due} due", "新卡 {new}  到期 {due}")
AGAIN = Text("+ {again} again", "+ {again} 重做")
SECONDS_LEFT = Text("{seconds} s left", "剩 {seconds} 秒")
TIME_IS_UP = Text("the minute is over", "一分钟已到")
BAR = 20


class ProgressRow(Widget):
    """Area and topic at the left, place and bar in the middle, what is left at the right."""

    DEFAULT_CSS = "ProgressRow { height: 1; width: 1fr; background: $panel; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ask: Ask | None = None
        self._lang: Lang = "en"
        self._seconds: int | None = None

    def show(self, ask: Ask, lang: Lang, seconds: int | None = None) -> None:
        """Of a question against the clock with the seconds that are left, which stand in place of what is left to do."""
        if (ask, lang, seconds) != (self._ask, self._lang, self._seconds):
            self._ask, self._lang, self._seconds = ask, lang, seconds
            self.refresh()

    def render(self) -> Content:
        return in_symbols(self._set(), self.app)

    def _set(self) -> Content:
        ask, lang = self._ask, self._lang
        if ask is None:
            return Content("quizcnn")
        place = f"{ask.number}/{ask.total - ask.again}"
        if ask.again:
            place += f" {AGAIN[lang].format(again=ask.again)}"
        left = LEFT[lang].format(new=ask.new_left, due=ask.due_left) if ask.counted else UNCOUNTED[lang]
        if ask.minutes_left is not None:
            place, left = str(ask.number), say(MINUTES_LEFT, lang, minutes=ask.minutes_left)
        if self._seconds is not None:
            left = say(SECONDS_LEFT, lang, seconds=self._seconds) if self._seconds > 0 else TIME_IS_UP[lang]
        room = self.content_size.width
        middle = place if room < 70 or ask.minutes_left is not None else f"{place} {self._bar(ask)}"
        spare = room - display_width(middle) - display_width(left) - 4
        where = truncate(f"{area_name(ask.area, lang)} > {ask.topic[lang]}", max(4, spare))
        gap = " " * max(1, spare - display_width(where) + 2)
        return Content.assemble(
            (where, "bold"), gap, (place, "$focus bold"), middle[len(place) :], "  ", (left, "$quiet")
        )

    @staticmethod
    def _bar(ask: Ask) -> str:
        done = round(BAR * (ask.number - 1) / max(1, ask.total))
        return "━" * done + "─" * (BAR - done)
