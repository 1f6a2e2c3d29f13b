"""Fields of one line and more: numbers, words, shapes, formulas, gaps, parts. Each says live what it reads."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label

from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.base import Invalid
from quizcnn.text import Lang, display_width
from quizcnn.tui.widgets.typing import Field, PrefixKeys

LONGEST = 10_000


class Line(Input):
    """One line of typing; Esc and a letter is a command, Enter and the arrows belong to the field around it."""

    DEFAULT_CSS = """
    Line { border: none; height: 1; padding: 0; background: $surface; color: $foreground; width: 1fr; }
    Line:focus { border: none; background: $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, select_on_focus=False, max_length=LONGEST, compact=True)
        self._prefix = PrefixKeys(self.post_message)

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        if event.key == "enter":
            # Taken here, since a screen takes every Enter that no field takes.
            event.stop()
            event.prevent_default()
            await self.action_submit()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        # An input of one line would keep the first pasted line and drop the rest without a word.
        joined = " ".join(event.text.split())
        self.insert_text_at_cursor(joined[:LONGEST])
        event.stop()
        event.prevent_default()


class LinesField(Field):
    """One labelled line for each field of the question; Enter goes on to the next, in the last one it checks."""

    DEFAULT_CSS = """
    LinesField { height: auto; width: 1fr; }
    LinesField Horizontal { height: 1; width: 1fr; }
    LinesField Label.name { color: $quiet; width: auto; }
    LinesField Label.mark { color: $focus; width: 2; text-style: bold; }
    LinesField Label.live { color: $quiet; width: auto; max-width: 40%; text-align: right; padding-left: 1; }
    """

    def __init__(self, fields: Sequence[AnswerField], lang: Lang, *, preview: bool = True) -> None:
        super().__init__()
        self._fields, self._lang, self._preview = tuple(fields), lang, preview

    def compose(self) -> ComposeResult:
        names = [field.label[self._lang] for field in self._fields] if len(self._fields) > 1 else [""]
        width = max(display_width(name) for name in names)
        with Vertical():
            for place, name in enumerate(names):
                with Horizontal():
                    if name:
                        yield Label(name + " " * (width - display_width(name) + 1), classes="name", markup=False)
                    yield Label(">", classes="mark", markup=False)
                    yield Line(id=f"line{place}")
                    yield Label("", classes="live", id=f"live{place}", markup=False)

    def lines(self) -> list[Line]:
        return list(self.query(Line))

    def texts(self) -> tuple[str, ...]:
        return tuple(line.value for line in self.lines())

    def fill(self, texts: tuple[str, ...]) -> None:
        for line, text in zip(self.lines(), texts, strict=False):
            line.value = text
            line.cursor_position = len(text)

    def focus_first(self) -> None:
        self.lines()[0].focus()

    def append(self, mark: str) -> None:
        """Type a mark at the end of the open line, as a choice made with the arrows does."""
        line = next((line for line in self.lines() if line.has_focus), self.lines()[-1])
        line.value = f"{line.value.rstrip()} {mark}".strip() + " "
        line.cursor_position = len(line.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        place = int((event.input.id or "line0")[4:])
        self.query_one(f"#live{place}", Label).update(self._live(place, event.value))
        self.post_message(self.Changed(self.texts()))

    def _live(self, place: int, text: str) -> str:
        """What the line reads as, where that says more than the line."""
        if not self._preview or not text.strip():
            return ""
        parsed = self._fields[place].answer.read(text, self._lang)
        if isinstance(parsed, Invalid) or parsed.shown.replace(",", "") == text.strip().replace(",", ""):
            return ""
        return f"= {parsed.shown}"

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        lines = self.lines()
        place = int((event.input.id or "line0")[4:])
        if place + 1 < len(lines):
            lines[place + 1].focus()
        else:
            self.check()

    def on_key(self, event: events.Key) -> None:
        lines = self.lines()
        place = next((place for place, line in enumerate(lines) if line.has_focus), 0)
        if event.key in ("up", "down") and len(lines) > 1:
            lines[max(0, min(len(lines) - 1, place + (1 if event.key == "down" else -1)))].focus()
            event.stop()
