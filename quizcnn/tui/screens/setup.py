"""The first run: language, date and minutes on one screen, asked once; then the first question."""

from __future__ import annotations

import os
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from quizcnn.clock import now
from quizcnn.errors import QuizError, UsageError
from quizcnn.services.context import Context
from quizcnn.services.dates import read_date
from quizcnn.services.plan import MINUTES_A_CARD
from quizcnn.services.words import day_name
from quizcnn.settings import save_changes
from quizcnn.text import Lang, Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.line import Line

DATE = Text("Interview on", "面试日期")
MINUTES = Text("Minutes a day", "每天分钟数")
EMPTY = Text("= none; or: in 3 weeks", "= 可空着，或填 3 周后")
IN_DAYS = Text("= {weekday} {day}, in {days} days", "= {day}（{weekday}），还有 {days} 天")
IN_DAYS_SHORT = Text("= {day}, in {days} days", "= {day}，{days} 天")
LEAST_WIDTH = 70
SPOKEN: dict[str, Lang] = {"1": "en", "2": "zh"}
LANGUAGES = {"1": "1", "2": "2", "１": "1", "２": "2", "left": "1", "right": "2"}
"""Keys of the language field by the number that they choose; it stands in place of the one before."""
WEEKDAYS = (
    Text("Mon", "周一"), Text("Tue", "周二"), Text("Wed", "周三"), Text("Thu", "周四"), Text("Fri", "周五"),
    Text("Sat", "周六"), Text("Sun", "周日"),
)  # fmt: skip
PAST = Text("that day is past", "这一天已经过去")
NO_DATE = Text("not a date; 12 Dec or in 3 weeks", "不是日期，可写 12 月 12 日或 3 周后")
NO_MINUTES = Text("a whole number from 1 to 600", "1 到 600 的整数")
ABOUT = Text("= about {count} questions", "= 约 {count} 题")
NOTE = Text(
    "You start with what interviews ask most. Everything here can be changed later.",
    "从面试最常问的开始。这里的设置以后都能改。",
)


class SetupScreen(QuizScreen[Lang]):
    """Gives the language chosen; the settings are saved on the way."""

    offers = ("help",)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._parts = context

    def compose(self) -> ComposeResult:
        yield TitleRow("quizcnn", "Welcome / 欢迎")
        with Horizontal():
            yield Label("Language / 语言", classes="name", markup=False)
            yield Line(id="language", before=self._choose_language)
            yield Label("1 English   2 中文", classes="echo", markup=False)
        for name in ("date", "minutes"):
            with Horizontal():
                yield Label("", classes="name", id=f"{name}-name", markup=False)
                yield Line(id=name)
                yield Label("", classes="echo", id=f"{name}-echo", markup=False)
        yield Prose("", id="line")
        yield KeyRow()

    def on_mount(self) -> None:
        speaks_chinese = self.lang == "zh" or os.environ.get("LANG", "").startswith("zh")
        self.query_one("#language", Line).value = "2" if speaks_chinese else "1"
        self.query_one("#minutes", Line).value = str(self._parts.settings.minutes)
        self.query_one("#language", Line).focus()

    def enter_means(self) -> Text:
        return Text("next field, then the first question", "下一栏，最后开始第一题")

    def key_items(self) -> list[Item]:
        return [
            super().key_items()[0],
            ("↑", Text("field before", "上一栏")[self.lang], ""),
            ("^Q", Text("quit", "退出")[self.lang], "quit"),
        ]

    def item(self, name: str) -> Item:
        """Help by its F-key: a question mark would be typed."""
        key, label, command = super().item(name)
        return (self.quiz.keys.twin(name) or key) if name == "help" else key, label, command

    def show_words(self) -> None:
        self.query_one("#date-name", Label).update(DATE[self.lang])
        self.query_one("#minutes-name", Label).update(MINUTES[self.lang])
        self.query_one("#line", Prose).show(NOTE[self.lang])
        self._echo()
        self.show_keys()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "language":
            wanted = SPOKEN.get(event.value, self.lang)
            if wanted != self.lang:
                self.quiz.switch_language()
        self._echo()

    def _choose_language(self, event: events.Key) -> bool:
        """A number takes the place of the one that stands there; typed behind it, it would be lost. Nothing else is typed here."""
        chosen = LANGUAGES.get(event.character or event.key) or LANGUAGES.get(event.key)
        if chosen is not None:
            line = self.query_one("#language", Line)
            line.value, line.cursor_position = chosen, len(chosen)
        return chosen is not None or event.is_printable

    def _echo(self) -> None:
        self.query_one("#date-echo", Label).update(self._date_echo())
        minutes = self._minutes()
        words = ABOUT[self.lang].format(count=round(minutes / MINUTES_A_CARD)) if minutes else NO_MINUTES[self.lang]
        self.query_one("#minutes-echo", Label).update(words)

    def _date_echo(self) -> str:
        lang = self.lang
        try:
            day = self._date()
        except UsageError:
            return NO_DATE[lang]
        if day is None:
            return EMPTY[lang]
        days = (day - self._today()).days
        if days < 0:
            return PAST[lang]
        line = IN_DAYS if self.app.size.width >= LEAST_WIDTH else IN_DAYS_SHORT
        return line[lang].format(day=day_name(day, lang), days=days, weekday=WEEKDAYS[day.weekday()][lang])

    @staticmethod
    def _today() -> date:
        return now().astimezone().date()

    def _date(self) -> date | None:
        text = self.query_one("#date", Line).value.strip()
        return read_date(text, self._today()) if text else None

    def _minutes(self) -> int:
        text = self.query_one("#minutes", Line).value.strip()
        return int(text) if text.isdecimal() and 0 < int(text) <= 600 else 0

    def take_key(self, event: events.Key) -> bool:
        if event.key not in ("up", "down"):
            return super().take_key(event)
        lines = list(self.query(Line))
        place = next((place for place, line in enumerate(lines) if line.has_focus), 0)
        lines[max(0, min(len(lines) - 1, place + (1 if event.key == "down" else -1)))].focus()
        return True

    def on_line_entered(self, message: Line.Entered) -> None:
        message.stop()
        if not self.quiz.is_fresh(message.at):
            return
        lines = list(self.query(Line))
        place = lines.index(message.line)
        if place + 1 < len(lines):
            lines[place + 1].focus()
        else:
            self._finish()

    def _finish(self) -> None:
        """Save and go on; what cannot be read keeps its text and gets the caret."""
        try:
            day = self._date()
        except UsageError:
            self._refuse("date", NO_DATE[self.lang])
            return
        if day is not None and day < self._today():
            self._refuse("date", PAST[self.lang])
        elif not self._minutes():
            self._refuse("minutes", f"{MINUTES[self.lang]}: {NO_MINUTES[self.lang]}")
        else:
            self._save(day)

    def _refuse(self, name: str, why: str) -> None:
        self.query_one("#line", Prose).show(why, "$wrong", "? ")
        self.query_one(f"#{name}", Line).focus()

    def _save(self, day: date | None) -> None:
        try:
            save_changes(language=self.lang, interview_date=day, minutes=self._minutes())
        except QuizError as error:
            self.query_one("#line", Prose).show(str(error), "$wrong", "✗ ")
            return
        self._parts.forget_settings()
        self.dismiss(self.lang)

    def do_language(self) -> None:
        self.query_one("#language", Line).value = "1" if self.lang == "zh" else "2"

    def do_find(self) -> None:
        """Nothing to find before the first question."""

    def do_back(self) -> None:
        """There is nothing behind the first screen."""
