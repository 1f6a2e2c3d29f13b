"""Settings: every change is saved at once and said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.clock import now
from quizcnn.errors import QuizError
from quizcnn.services.words import day_name
from quizcnn.settings import Settings, save_settings
from quizcnn.text import Lang, Text, pad
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.themes import choose_theme

TITLE = Text("Settings", "设置")
SAVED = Text("{row} saved: {value}", "已保存 {row}：{value}")
NO_DATE = Text("no date", "无日期")
WORDS = {
    True: Text("on", "开"), False: Text("off", "关"), "en": Text("English", "English"), "zh": Text("中文", "中文"),
    "auto": Text("auto", "自动"), "dark": Text("dark", "深色"), "light": Text("light", "浅色"),
    "checks": Text("checks", "核对"), "new line": Text("new line", "换行"),
    "unicode": Text("unicode", "unicode"), "ascii": Text("ascii", "ascii"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its name in the file, its label, and the values that left and right walk over."""

    name: str
    label: Text
    values: Sequence[Any]
    shown: Callable[[Any, Lang], str]


def _word(value: Any, lang: Lang) -> str:
    return WORDS[value][lang] if value in WORDS else str(value)


def _percent(value: Any, lang: Lang) -> str:
    return f"{value:.0%}"


def _date(value: Any, lang: Lang) -> str:
    return NO_DATE[lang] if value is None else day_name(value, lang)


ROWS = (
    Row("language", Text("Language", "语言"), ("en", "zh"), _word),
    Row("interview_date", Text("Interview on", "面试日期"), (), _date),
    Row("minutes", Text("Minutes a day", "每天分钟数"), (5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120), _word),
    Row("new_per_day", Text("New cards a day", "每天新卡"), (0, 3, 5, 8, 10, 15, 20, 30), _word),
    Row("reviews_per_day", Text("Reviews a day", "每天复习"), (20, 40, 60, 80, 100, 150, 200), _word),
    Row("desired_retention", Text("Remember", "目标记住率"), (0.8, 0.85, 0.9, 0.95), _percent),
    Row("theme", Text("Theme", "主题"), ("auto", "dark", "light"), _word),
    Row("symbols", Text("Symbols", "符号"), ("auto", "unicode", "ascii"), _word),
    Row("enter_in_text", Text("Enter in long text", "长文中的 Enter"), ("checks", "new line"), _word),
    Row("digit_answers_at_once", Text("A digit answers at once", "按数字即作答"), (True, False), _word),
)


class SettingsScreen(QuizScreen[None]):
    """Arrows walk and change; digits choose; r puts the default back."""

    offers = ("language", "help")

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._line = ""

    def compose(self) -> ComposeResult:
        yield Prose(id="title", classes="title")
        with VerticalScroll(id="rows", can_focus=False):
            for row in ROWS:
                yield Prose(id=row.name)
        yield Prose(id="line")
        yield KeyRow()

    def enter_means(self) -> Text:
        return Text("next row", "下一行")

    def key_items(self) -> list[Item]:
        lang = self.lang
        return [
            ("↑↓", Text("row", "行")[lang], ""),
            ("←→", Text("choose", "选择")[lang], ""),
            *super().key_items()[:1],
            ("r", Text("default", "默认")[lang], ""),
            ("Esc", Text("back", "返回")[lang], "back"),
        ]

    def show_words(self) -> None:
        lang = self.lang
        settings = self.quiz.context.settings
        self.query_one("#title", Prose).show(TITLE[lang])
        for place, row in enumerate(ROWS):
            value = getattr(settings, row.name)
            mark = ">" if place == self._row else " "
            others = "  ".join(
                f"[{row.shown(each, lang)}]" if each == value else row.shown(each, lang) for each in row.values
            )
            text = others if len(row.values) <= 3 and row.values else row.shown(value, lang)
            self.query_one(f"#{row.name}", Prose).show(
                f"{mark} {pad(row.label[lang], 26)}{text}", "bold" if place == self._row else ""
            )
        self.query_one("#line", Prose).show(self._line)
        self.show_keys()

    def on_key(self, event: events.Key) -> None:
        moves = {"up": -1, "down": 1, "enter": 1}
        if event.key in moves:
            self._row = (self._row + moves[event.key]) % len(ROWS)
        elif event.key in ("left", "right"):
            self._change(1 if event.key == "right" else -1)
        elif event.key.isdigit() and 0 < int(event.key) <= len(ROWS[self._row].values):
            self._save(ROWS[self._row].values[int(event.key) - 1])
        elif event.key == "r":
            self._save(getattr(Settings(), ROWS[self._row].name))
        else:
            super().on_key(event)
            return
        event.stop()
        self.show_words()

    def _change(self, step: int) -> None:
        row, settings = ROWS[self._row], self.quiz.context.settings
        value = getattr(settings, row.name)
        if row.name == "interview_date":
            today = now().astimezone().date()
            day = (value or today + timedelta(days=20)) + timedelta(days=step)
            self._save(day if day >= today else None)
            return
        values = list(row.values)
        place = (
            values.index(value) if value in values else min(range(len(values)), key=lambda i: abs(values[i] - value))
        )
        self._save(values[(place + step) % len(values)])

    def _save(self, value: Any) -> None:
        row = ROWS[self._row]
        try:
            save_settings(replace(self.quiz.context.settings, **{row.name: value}))
        except QuizError as error:
            self._line = str(error)
            return
        self.quiz.context.forget_settings()
        self._line = SAVED[self.lang].format(row=row.label[self.lang], value=row.shown(value, self.lang))
        if row.name == "language" and value != self.lang:
            self.quiz.switch_language()
        if row.name == "theme":
            self.app.theme = choose_theme(value).name
