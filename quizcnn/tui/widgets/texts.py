"""Free text: Enter checks, Ctrl+J makes a new line (or the other way about, by setting). And the self-rated card."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import TextArea

from quizcnn.tui.widgets.typing import Field, PrefixKeys

LONGEST = 2000


class FreeText(TextArea):
    """Three rows to write in; Enter belongs to the field around it."""

    DEFAULT_CSS = """
    FreeText { height: 5; border: none; padding: 0 1; background: $surface; color: $foreground; }
    FreeText:focus { border: none; background: $panel; }
    """

    def __init__(self, *, enter_checks: bool) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, compact=True)
        self._prefix = PrefixKeys(self.post_message)
        self._enter_checks = enter_checks

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        checks = "enter" if self._enter_checks else "ctrl+s"
        if event.key == checks:
            event.stop()
            event.prevent_default()
            if isinstance(self.parent, TextField):
                self.parent.check()
        elif event.key in ("ctrl+j", "shift+enter") or (event.key == "enter" and not self._enter_checks):
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)


class TextField(Field):
    """A typed answer in free words."""

    DEFAULT_CSS = "TextField { height: auto; width: 1fr; }"

    def __init__(self, *, enter_checks: bool = True) -> None:
        super().__init__()
        self._area = FreeText(enter_checks=enter_checks)

    def compose(self) -> ComposeResult:
        yield self._area

    def texts(self) -> tuple[str, ...]:
        return (self._area.text[:LONGEST],)

    def fill(self, texts: tuple[str, ...]) -> None:
        self._area.text = texts[0] if texts else ""
        self._area.move_cursor(self._area.document.end)

    def focus_first(self) -> None:
        self._area.focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.texts()))


class RecallField(Field, can_focus=True):
    """Nothing to type: say it aloud, then Enter shows the back."""

    DEFAULT_CSS = "RecallField { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._prefix = PrefixKeys(self.post_message)

    def texts(self) -> tuple[str, ...]:
        return ("3",)

    def fill(self, texts: tuple[str, ...]) -> None:
        """There is nothing to fill."""

    def render(self) -> str:
        return ""

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        if event.key == "enter":
            event.stop()
            self.check()
