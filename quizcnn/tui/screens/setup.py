"""The first run: language, date and minutes on one screen, asked once; then the first question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from quizcnn.clock import now
from quizcnn.errors import QuizError, UsageError
from quizcnn.services.context import Context
from quizcnn.services.dates import read_date
from quizcnn.services.words import day_name
from quizcnn.settings import save_settings
from quizcnn.text import Lang, Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.lines import Line

DATE = Text("Interview on", "面试日期")
MINUTES = Text("Minutes a day", "每天分钟数")
EMPTY = Text("empty: no date", "可空着")
IN_DAYS = Text("= {day}, in {days} days", "= {day}，还有 {days} 天")
PAST = Text("that day is past; leave it empty for no date", "这一天已经过去；没有日期就空着")
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
        yield Prose("quizcnn        Welcome / 欢迎", classes="title")
        with Horizontal():
            yield Label("Language / 语言", classes="name", markup=False)
            yield Line(id="language")
            yield Label("1 English   2 中文", classes="echo", markup=False)
        for name in ("date", "minutes"):
            with Horizontal():
                yield Label("", classes="name", id=f"{name}-name", markup=False)
                yield Line(id=name)
                yield Label("", classes="echo", id=f"{name}-echo", markup=False)
        yield Prose("", id="line")
        yield KeyRow()

    def on_mount(self) -> None:
        self.query_one("#language", Line).value = "2" if self.lang == "zh" else "1"
        self.query_one("#minutes", Line).value = str(self._parts.settings.minutes)
        super().on_mount()
        self.query_one("#language", Line).focus()

    def types_text(self) -> bool:
        return False

    def enter_means(self) -> Text:
        return Text("next field, then the first question", "下一栏，最后开始第一题")

    def key_items(self) -> list[Item]:
        return [
            super().key_items()[0],
            ("↑", Text("field before", "上一栏")[self.lang], ""),
            ("^Q", Text("quit", "退出")[self.lang], "quit"),
        ]

    def show_words(self) -> None:
        self.query_one("#date-name", Label).update(DATE[self.lang])
        self.query_one("#minutes-name", Label).update(MINUTES[self.lang])
        self.query_one("#line", Prose).show("\n" + NOTE[self.lang])
        self._echo()
        self.show_keys()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "language":
            wanted: Lang = "zh" if event.value.strip() in ("2", "中文", "zh") else "en"
            if wanted != self.lang:
                self.quiz.lang = wanted
                self.show_words()
        self._echo()

    def _echo(self) -> None:
        lang = self.lang
        text = self.query_one("#date", Line).value
        echo = EMPTY[lang]
        if text.strip():
            try:
                day = self._date()
                days = (day - self._today()).days if day else 0
                echo = (IN_DAYS if days >= 0 else PAST)[lang].format(day=day_name(day, lang) if day else "", days=days)
            except UsageError as error:
                echo = str(error)
        self.query_one("#date-echo", Label).update(echo)
        minutes = self._minutes()
        self.query_one("#minutes-echo", Label).update(ABOUT[lang].format(count=round(minutes / 1.5)) if minutes else "")

    @staticmethod
    def _today() -> date:
        return now().astimezone().date()

    def _date(self) -> date | None:
        text = self.query_one("#date", Line).value.strip()
        return read_date(text, self._today()) if text else None

    def _minutes(self) -> int:
        text = self.query_one("#minutes", Line).value.strip()
        return int(text) if text.isdecimal() and 0 < int(text) <= 600 else 0

    def on_key(self, event: events.Key) -> None:
        lines = list(self.query(Line))
        place = next((place for place, line in enumerate(lines) if line.has_focus), 0)
        if event.key in ("up", "down"):
            lines[max(0, min(len(lines) - 1, place + (1 if event.key == "down" else -1)))].focus()
            event.stop()
        else:
            super().on_key(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.accept_enter():
            return
        lines = list(self.query(Line))
        place = lines.index(self.query_one(f"#{event.input.id}", Line))
        if place + 1 < len(lines):
            lines[place + 1].focus()
        else:
            self._finish()

    def _finish(self) -> None:
        try:
            day = self._date()
            if day is not None and day < self._today():
                raise UsageError(PAST[self.lang])
            if not self._minutes():
                raise UsageError(
                    Text("minutes a day: a whole number from 1 to 600", "每天分钟数：1 到 600 的整数")[self.lang]
                )
            chosen = replace(self._parts.settings, language=self.lang, interview_date=day, minutes=self._minutes())
            save_settings(chosen)
        except QuizError as error:
            self.query_one("#line", Prose).show(f"\n{error}", "$wrong")
            return
        self._parts.forget_settings()
        self.dismiss(self.lang)
