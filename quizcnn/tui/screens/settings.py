"""Settings: every change is saved at once and said so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label

from quizcnn.clock import now
from quizcnn.errors import QuizError
from quizcnn.services.dates import read_date
from quizcnn.services.words import day_name
from quizcnn.settings import Settings, change, legal_values, save_changes
from quizcnn.text import Lang, Text, pad
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.themes import choose_theme
from quizcnn.tui.widgets.line import Line

TITLE = Text("Settings", "设置")
SAVED = Text("{row} saved: {value}", "已保存 {row}：{value}")
REFUSED = Text("{value} is not saved; legal: {legal}", "没有保存 {value}；可填：{legal}")
NO_DATE = Text("no date", "无日期")
NEXT_START = Text("{row} saved: {value}, from the next start on", "已保存 {row}：{value}，下次启动时生效")
DATES = Text("12 Dec, 2026-12-12, in 3 weeks, or empty", "12月12日、2026-12-12、3 周后，或空着")
WHOLE = Text("a whole number", "整数")
WORDS = {
    True: Text("on", "开"), False: Text("off", "关"), "en": Text("English", "English"), "zh": Text("中文", "中文"),
    "auto": Text("auto", "自动"), "dark": Text("dark", "深色"), "light": Text("light", "浅色"),
    "checks": Text("checks", "核对"), "new line": Text("new line", "换行"),
    "unicode": Text("unicode", "unicode"), "ascii": Text("ascii", "ascii"),
    "drawn": Text("drawn", "程序绘制"), "terminal": Text("the terminal's", "终端光标"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its name in the file, its label, and the values that left and right walk over."""

    name: str
    label: Text
    values: Sequence[Any]
    shown: Callable[[Any, Lang], str]
    typed: bool = False
    """Digits type a value; else they choose one."""
    at_start: bool = False
    """Taken up when the program starts."""


def _word(value: Any, lang: Lang) -> str:
    return WORDS[value][lang] if not isinstance(value, int) or isinstance(value, bool) else str(value)


def _percent(value: Any, lang: Lang) -> str:
    return f"{value:.0%}"


def _date(value: Any, lang: Lang) -> str:
    return NO_DATE[lang] if value is None else day_name(value, lang)


ROWS = (
    Row("language", Text("Language", "语言"), ("en", "zh"), _word),
    Row("interview_date", Text("Interview on", "面试日期"), (), _date, typed=True),
    Row(
        "minutes", Text("Minutes a day", "每天分钟数"), (5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120), _word, typed=True
    ),
    Row("new_per_day", Text("New cards a day", "每天新卡"), (0, 3, 5, 8, 10, 15, 20, 30), _word, typed=True),
    Row("reviews_per_day", Text("Reviews a day", "每天复习"), (20, 40, 60, 80, 100, 150, 200), _word, typed=True),
    Row("desired_retention", Text("Remember", "目标记住率"), (0.8, 0.85, 0.9, 0.95), _percent),
    Row("theme", Text("Theme", "主题"), ("auto", "dark", "light"), _word),
    Row("symbols", Text("Symbols", "符号"), ("auto", "unicode", "ascii"), _word),
    Row("motion", Text("Motion", "动态"), (True, False), _word),
    Row("caret", Text("Caret", "光标"), ("drawn", "terminal"), _word, at_start=True),
    Row("enter_in_text", Text("Enter in long text", "长文中的 Enter"), ("checks", "new line"), _word),
    Row("digit_answers_at_once", Text("A digit answers at once", "按数字即作答"), (True, False), _word),
)
LABELS = 26


class SettingsScreen(QuizScreen[None]):
    """Arrows walk and change; digits choose or type; r puts the default back."""

    offers = ("help",)

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._line, self._style = "", ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="rows", can_focus=False):
            for row in ROWS:
                yield Prose(id=row.name)
        with Horizontal(id="typing"):
            yield Label("", id="typing-name", markup=False)
            yield Line(id="typing-line", esc_leaves=True)
            yield Label("", id="typing-how", classes="quiet", markup=False)
        yield KeyRow()

    def enter_means(self) -> Text:
        return Text("save", "保存") if self._is_typing() else Text("next row", "下一行")

    def key_items(self) -> list[Item]:
        lang = self.lang
        back = ("Esc", Text("back", "返回")[lang], "back")
        enter = super().key_items()[0]
        if self._is_typing():
            return [enter, back]
        digits = Text("type", "输入")[lang] if ROWS[self._row].typed else Text("choose", "选择")[lang]
        return [
            enter, ("↑↓", Text("row", "行")[lang], ""), ("←→", Text("choose", "选择")[lang], ""), ("0-9", digits, ""),
            ("r", Text("default", "默认")[lang], ""), back,
        ]  # fmt: skip

    def show_words(self) -> None:
        lang, settings = self.lang, self.quiz.context.settings
        self.query_one(TitleRow).show(TITLE[lang], self._line, self._style)
        for place, row in enumerate(ROWS):
            value = getattr(settings, row.name)
            here = place == self._row
            shown = row.shown(value, lang)
            if 0 < len(row.values) <= 3:
                options = (row.shown(each, lang) for each in row.values)
                shown = "  ".join(f"[{each}]" if each == shown else f" {each} " for each in options)
            text = f"{'>' if here else ' '} {pad(row.label[lang], LABELS)}{shown}"
            self.query_one(f"#{row.name}", Prose).show(text, "bold $focus" if here else "")
        self.show_keys()

    # ------------------------------------------------------------------ keys

    def _is_typing(self) -> bool:
        return self.query_one("#typing").has_class("open")

    def take_key(self, event: events.Key) -> bool:
        if self._is_typing() and event.is_printable and event.character:
            # Typed or committed by an input method faster than the line takes the focus.
            self.query_one("#typing-line", Line).insert_text_at_cursor(event.character)
            return True
        if self._is_typing() or not self._take_row_key(event):
            return super().take_key(event)
        self.show_words()
        return True

    def _take_row_key(self, event: events.Key) -> bool:
        """Walk, choose or begin to type on the row under the cursor."""
        row, moves = ROWS[self._row], {"up": -1, "down": 1, "enter": 1}
        digit = int(event.character) if event.character and event.character.isdecimal() else -1
        if event.key in moves:
            self._row = (self._row + moves[event.key]) % len(ROWS)
            self.query_one(f"#{ROWS[self._row].name}").scroll_visible(animate=False)
        elif event.key in ("left", "right"):
            self._walk(1 if event.key == "right" else -1)
        elif digit >= 0 and row.typed:
            self._open_typing(str(digit))
        elif 0 < digit <= len(row.values):
            self._save(row.values[digit - 1])
        elif event.key == "r":
            self._save(getattr(Settings(), row.name))
        else:
            return False
        return True

    def _open_typing(self, text: str) -> None:
        row, line = ROWS[self._row], self.query_one("#typing-line", Line)
        self.query_one("#typing").add_class("open")
        self.query_one("#typing-name", Label).update(f"{row.label[self.lang]} > ")
        how = DATES if row.name == "interview_date" else WHOLE
        self.query_one("#typing-how", Label).update(f"  {how[self.lang]}")
        line.value = text
        line.cursor_position = len(text)
        line.focus()

    def _close_typing(self) -> None:
        self.query_one("#typing").remove_class("open")
        self.set_focus(None)
        self.show_words()

    def on_line_entered(self, message: Line.Entered) -> None:
        message.stop()
        row, text = ROWS[self._row], message.line.value.strip()
        try:
            value: Any = text
            if row.name == "interview_date":
                value = read_date(text, now().astimezone().date()) if text else ""
            elif text.isdecimal():
                value = int(text)
            changed = change(self.quiz.context.settings, **{row.name: value})
        except QuizError:
            legal = DATES[self.lang] if row.name == "interview_date" else legal_values(row.name)
            self._say(REFUSED[self.lang].format(value=text[:20], legal=legal), "$wrong")
            return
        self._save(getattr(changed, row.name))
        self._close_typing()

    def do_back(self) -> None:
        if self._is_typing():
            self._close_typing()
        else:
            super().do_back()

    # ------------------------------------------------------------------ changing

    def _walk(self, step: int) -> None:
        row = ROWS[self._row]
        value = getattr(self.quiz.context.settings, row.name)
        if row.name == "interview_date":
            today = now().astimezone().date()
            day = (value or today + timedelta(days=20)) + timedelta(days=step)
            self._save(day if day >= today else None)
            return
        place = min(range(len(row.values)), key=lambda place: _distance(row.values[place], value))
        self._save(row.values[(place + step) % len(row.values)])

    def _say(self, line: str, style: str = "") -> None:
        self._line, self._style = line, style
        self.show_words()

    def _save(self, value: Any) -> None:
        row = ROWS[self._row]
        try:
            save_changes(**{row.name: value})
        except QuizError as error:
            self._say(str(error), "$wrong")
            return
        self.quiz.context.forget_settings()
        self.quiz.take_up_settings()
        if row.name == "language" and value != self.lang:
            self.quiz.switch_language()
        if row.name == "theme":
            self.app.theme = choose_theme(value).name
        line = NEXT_START if row.at_start else SAVED
        self._say(line[self.lang].format(row=row.label[self.lang], value=row.shown(value, self.lang)))


def _distance(a: Any, b: Any) -> float:
    """How far apart two values of a setting are; words are equal or not."""
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b)
    return float(a != b)
