"""Fields of one line and more: numbers, words, shapes, formulas, gaps, parts. Each says live what it reads."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label

from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.base import Grade, Invalid, Parsed, Verdict
from quizcnn.grading.shape import AXES, ShapeAnswer
from quizcnn.services.presentation import SYMBOLS
from quizcnn.services.views import Result
from quizcnn.services.words import READ_AS, UNREADABLE, say
from quizcnn.text import Lang, Text, display_width
from quizcnn.tui.themes import in_symbols
from quizcnn.tui.widgets.line import Line
from quizcnn.tui.widgets.typing import Field

RIGHT_IS = Text("right: {key}", "应为 {key}")


class LinesField(Field):
    """One labelled line for each field of the question; Enter goes on to the next, in the last one it checks."""

    DEFAULT_CSS = """
    LinesField Vertical { height: auto; }
    LinesField Horizontal { height: 1; width: 1fr; }
    LinesField Label.name { color: $quiet; width: auto; }
    LinesField Label.mark { color: $focus; width: 2; text-style: bold; }
    LinesField Label.live { color: $quiet; width: auto; max-width: 45%; text-align: right; padding-left: 1; }
    """

    def __init__(self, fields: Sequence[AnswerField], lang: Lang, *, preview: bool = True) -> None:
        super().__init__()
        self._fields, self._lang, self._preview = tuple(fields), lang, preview
        self._place = 0
        self._asked = False
        """Whether the learner was told of the empty line that has the caret; then Enter in it checks."""

    def compose(self) -> ComposeResult:
        with Vertical():
            for place in range(len(self._fields)):
                with Horizontal():
                    yield Label("", classes="name", id=f"name{place}", markup=False)
                    yield Label(">", classes="mark", markup=False)
                    yield Line(id=f"line{place}", before=self.before)
                    yield Label("", classes="live", id=f"live{place}", markup=False)

    def on_mount(self) -> None:
        self.speak(self._lang)

    def speak(self, lang: Lang) -> None:
        self._lang = lang
        names = [field.label[lang] for field in self._fields] if len(self._fields) > 1 else []
        width = max(map(display_width, names), default=0)
        for place, name in enumerate(names):
            self.query_one(f"#name{place}", Label).update(name + " " * (width - display_width(name) + 1))
        if not self.disabled:
            for place, text in enumerate(self.texts()):
                self._say_live(place, self._live(place, text))

    def rows_at(self, width: int) -> int:
        return len(self._fields)

    def before(self, event: events.Key) -> bool:
        """What the field does with a key before its line sees it."""
        return False

    def lines(self) -> list[Line]:
        return list(self.query(Line))

    def texts(self) -> tuple[str, ...]:
        return tuple(line.value for line in self.lines())

    def fill(self, texts: tuple[str, ...]) -> None:
        for line, text in zip(self.lines(), texts, strict=False):
            line.value = text
            line.cursor_position = len(text)

    def focus_first(self) -> None:
        lines = self.lines()
        next((line for line in lines if not line.value), lines[0]).focus()

    def focus_again(self, place: int | None = None) -> None:
        lines = self.lines()
        self._asked = place is not None
        lines[min(self._place if place is None else place, len(lines) - 1)].focus()

    def enter_checks(self) -> bool:
        return self._asked or self._focused() == len(self._fields) - 1

    def _focused(self) -> int:
        return next((place for place, line in enumerate(self.lines()) if line.has_focus), self._place)

    def check(self, at: float | None = None) -> None:
        self._place = self._focused()
        super().check(at)

    # ------------------------------------------------------------------ what it reads

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        place = int((event.input.id or "line0")[4:])
        self._asked = False
        if not self.disabled:
            self._say_live(place, self._live(place, event.value))
            self.post_message(self.Changed(self.texts()))

    def _say_live(self, place: int, words: str, style: str = "") -> None:
        content = Content.styled(words, style) if style else Content(words)
        self.query_one(f"#live{place}", Label).update(in_symbols(content, self.app))

    def _read(self, place: int, text: str) -> Parsed[object] | Invalid | None:
        return self._fields[place].answer.read(text, self._lang) if text.strip() else None

    def _live(self, place: int, text: str) -> str:
        """What the line reads as, where that says more than the line; the axes of a shape by name."""
        parsed = self._read(place, text) if self._preview else None
        if parsed is None or isinstance(parsed, Invalid):
            return ""
        answer = self._fields[place].answer
        if isinstance(answer, ShapeAnswer):
            sizes = parsed.shown.split("x")
            names = answer.axes if len(answer.axes) == len(sizes) else AXES.get(len(sizes), ())
            return "   ".join(f"{name} {size}" for name, size in zip(names, sizes, strict=False))
        return "" if _plain(parsed.shown) == _plain(text) else f"= {parsed.shown}"

    def show_result(self, result: Result, lang: Lang) -> None:
        grades = result.grade.parts or (result.grade,) * len(self._fields)
        for place, (text, grade) in enumerate(zip(self.texts(), grades, strict=False)):
            self._say_live(place, *self._came_to(place, text, grade, result, lang))

    def _came_to(self, place: int, text: str, grade: Grade, result: Result, lang: Lang) -> tuple[str, str]:
        """The words at the right of a line once it was checked, and their style."""
        if result.grade.verdict is Verdict.UNREADABLE:
            bad = isinstance(self._read(place, text), Invalid)
            return (UNREADABLE[lang], "$unread bold") if bad else ("", "")
        if len(self._fields) == 1:
            news = self._preview and grade.read and _plain(grade.read) != _plain(text)
            return (say(READ_AS, lang, value=_brief(grade.read)), "") if news else ("", "")
        if not result.recorded:
            return "", ""
        if result.revealed:
            return _brief(self._fields[place].answer.shown()[lang]), "$right bold"
        if grade.is_correct:
            return SYMBOLS[grade.verdict], "$right bold"
        return f"{SYMBOLS[grade.verdict]} {RIGHT_IS[lang].format(key=_brief(grade.key[lang]))}", "$wrong bold"

    # ------------------------------------------------------------------ moving

    def on_line_entered(self, message: Line.Entered) -> None:
        message.stop()
        lines = self.lines()
        place = lines.index(message.line)
        if self._asked or place + 1 == len(lines):
            self.check(message.at)
        else:
            lines[place + 1].focus()

    def on_key(self, event: events.Key) -> None:
        lines = self.lines()
        if event.key in ("up", "down") and len(lines) > 1:
            place = self._focused() + (1 if event.key == "down" else -1)
            lines[max(0, min(len(lines) - 1, place))].focus()
            event.stop()

    def first_unreadable(self) -> int | None:
        """The first line that cannot be read."""
        readings = (self._read(place, text) for place, text in enumerate(self.texts()))
        return next((place for place, reading in enumerate(readings) if isinstance(reading, Invalid)), None)


def _plain(text: str) -> str:
    return text.replace(" ", "").strip()


def _brief(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
