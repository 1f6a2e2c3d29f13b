"""Free text: Enter checks, Ctrl+J makes a new line (or the other way about, by setting). And the self-rated card."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import TextArea

from quizcnn.grading.base import PointResult
from quizcnn.services.views import Result
from quizcnn.text import Lang, Text
from quizcnn.tui.prose import Block, Styled, lay_out
from quizcnn.tui.widgets.typing import Field, PrefixKeys

ROWS = 4
JOINED = 8
"""Marks of one point with so many characters or fewer between them become one."""
SAY_ALOUD = Text("Say it aloud, then Enter shows the back.", "先说一遍，再按 Enter 看背面。")


class FreeText(TextArea):
    """Rows to write in; Enter belongs to the field around it."""

    DEFAULT_CSS = f"""
    FreeText {{ height: {ROWS}; border: none; padding: 0 1; background: $surface; color: $foreground; }}
    FreeText:focus {{ border: none; background: $panel; }}
    """

    def __init__(self, *, enter_checks: bool) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, compact=True)
        self._prefix = PrefixKeys(self.post_message)
        self._enter_checks = enter_checks

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        checks = "enter" if self._enter_checks else "ctrl+s"
        if event.key == checks:
            if isinstance(self.parent, TextField):
                self.parent.check(event.time)
        elif event.key in ("ctrl+j", "shift+enter") or (event.key == "enter" and not self._enter_checks):
            self.insert("\n")
        elif event.key == "ctrl+z" and self.history.undo_stack:
            self.undo()
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class OwnWords(Block):
    """What was typed, with the words that decided each point in numbered brackets."""

    def __init__(self) -> None:
        super().__init__()
        self._styled = Styled("")
        self.display = False

    def show(self, text: str, points: Sequence[PointResult]) -> None:
        """Mark the points in the text."""
        self._styled = mark_points(text, points)
        self.put()

    def content_at(self, width: int) -> Content:
        return lay_out(self._styled, width, "> ")


def mark_points(text: str, points: Sequence[PointResult]) -> Styled:
    """``[1 ...]`` around what earned point 1, ``[!3 ...]`` around what contradicts point 3."""
    plain, styles, at = "", [], 0
    for start, end, number, against in _stretches(points):
        plain += text[at:start]
        marked = f"[{'!' if against else ''}{number} {text[start:end]}]"
        styles.append((len(plain), len(plain) + len(marked), "$unread reverse" if against else "$right bold underline"))
        plain += marked
        at = end
    return Styled(plain + text[at:], tuple(styles))


def _stretches(points: Sequence[PointResult]) -> list[tuple[int, int, int, bool]]:
    """The marked stretches in order, those of one point joined where little lies between them."""
    spans = sorted(
        (start, end, number, point.state == "contradicted")
        for number, point in enumerate(points, 1)
        for start, end in point.spans
        if point.state != "missed"
    )
    found: list[tuple[int, int, int, bool]] = []
    for start, end, number, against in spans:
        last = found[-1] if found else (0, 0, 0, False)
        if last[2:] == (number, against) and start - last[1] <= JOINED:
            found[-1] = (last[0], max(end, last[1]), number, against)
        elif start >= last[1]:
            found.append((start, end, number, against))
    return found


class TextField(Field):
    """A typed answer in free words; after Enter the words carry the marks."""

    def __init__(self, *, enter_checks: bool = True) -> None:
        super().__init__()
        self._area = FreeText(enter_checks=enter_checks)
        self._own = OwnWords()

    def compose(self) -> ComposeResult:
        yield self._area
        yield self._own

    def rows_at(self, width: int) -> int:
        return self._own.rows_at(width) if self._own.display else ROWS

    def texts(self) -> tuple[str, ...]:
        return (self._area.text,)

    def fill(self, texts: tuple[str, ...]) -> None:
        self._area.text = texts[0] if texts else ""
        self._area.move_cursor(self._area.document.end)
        self._area.history.clear()

    def focus_first(self) -> None:
        self._area.focus()

    def show_result(self, result: Result, lang: Lang) -> None:
        if result.recorded and not result.revealed:
            self._area.display = False
            self._own.show(self._area.text.strip(), result.grade.points)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.texts()))


class RecallField(Field, can_focus=True):
    """Nothing to type: say it aloud, then Enter shows the back. Letters are commands."""

    DEFAULT_CSS = "RecallField { height: 1; color: $quiet; }"
    types_text = False

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._prefix = PrefixKeys(self.post_message)
        self._lang = lang

    def speak(self, lang: Lang) -> None:
        self._lang = lang
        self.refresh()

    def texts(self) -> tuple[str, ...]:
        return ("3",)

    def fill(self, texts: tuple[str, ...]) -> None:
        """There is nothing to fill."""

    def show_result(self, result: Result, lang: Lang) -> None:
        self.display = not result.recorded

    def rows_at(self, width: int) -> int:
        return int(self.display)

    def render(self) -> str:
        return SAY_ALOUD[self._lang]

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        if event.key == "enter":
            event.stop()
            self.check(event.time)
