"""One line of typing, as every screen with an input uses it."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.widgets import Input

from quizcnn.tui.widgets.typing import LeftOut, PrefixKeys

LONGEST = 10_000
Before = Callable[[events.Key], bool]
"""Sees a key before the line does and says whether it took it."""


class Line(Input):
    """One line of typing; Esc and a letter is a command, Enter and the arrows belong to the field around it."""

    DEFAULT_CSS = """
    Line { border: none; height: 1; padding: 0; background: $surface; color: $foreground; width: 1fr; }
    Line:focus { border: none; background: $panel; }
    """

    class Entered(Message):
        """Enter was pressed in a line at a moment."""

        def __init__(self, line: Line, at: float) -> None:
            super().__init__()
            self.line, self.at = line, at

    def __init__(self, *, id: str | None = None, before: Before | None = None, esc_leaves: bool = False) -> None:
        """With ``esc_leaves`` one Esc goes up to the screen, and no letter after it is a command."""
        super().__init__(id=id, select_on_focus=False, max_length=LONGEST, compact=True)
        self._prefix = PrefixKeys(self.post_message)
        self._before, self._esc_leaves = before, esc_leaves

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    async def _on_key(self, event: events.Key) -> None:
        if not (self._esc_leaves and event.key == "escape") and self._prefix.take(event):
            return
        if self._before is not None and self._before(event):
            event.stop()
            event.prevent_default()
            return
        if event.key == "enter":
            # Taken here, since a screen takes every Enter that no field takes.
            event.stop()
            event.prevent_default()
            self.post_message(self.Entered(self, event.time))
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        # An input of one line would keep the first pasted line and drop the rest without a word.
        first, *rest = [line.strip() for line in event.text.strip().splitlines()] or [""]
        self.insert_text_at_cursor(first[:LONGEST])
        if any(rest):
            self.post_message(LeftOut(sum(map(bool, rest))))
        event.stop()
        event.prevent_default()
