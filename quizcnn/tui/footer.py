"""The last row: what the keys do here. Enter stands first, help last and never cut; the rest goes by rank while it fits."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from quizcnn.text import display_width
from quizcnn.tui.themes import in_symbols

GAP = 3
Item = tuple[str, str, str]
"""Key as shown, what it does, the command that a click runs."""


class KeyRow(Widget):
    """The footer of every screen, from the screen's own items."""

    DEFAULT_CSS = (
        "KeyRow { dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }"
    )

    class Chosen(Message):
        """A command was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: Sequence[Item] = ()
        self._last: Item | None = None
        self._lit = False

    def show(self, items: Sequence[Item], last: Item | None = None, *, lit: bool = False) -> None:
        """Put these items in the row; ``lit`` marks that the next key is a command."""
        self._items, self._last, self._lit = items, last, lit
        self.refresh()

    def render(self) -> Content:
        return in_symbols(self._set()[0], self.app)

    def _set(self) -> tuple[Content, list[tuple[int, int, str]]]:
        room = self.content_size.width
        last = f"{self._last[0]} {self._last[1]}" if self._last else ""
        room -= display_width(last)
        parts: list[tuple[str, str]] = []
        places: list[tuple[int, int, str]] = []
        at = 0
        for key, label, command in self._items:
            gap = GAP if parts else 0
            wide = display_width(f"{key} {label}".rstrip())
            if at + gap + wide + 2 > room:
                continue
            parts += [
                (" " * gap, ""),
                (key, "bold $focus reverse" if self._lit else "bold $focus"),
                (f" {label}" if label else "", ""),
            ]
            places.append((at + gap, at + gap + wide, command))
            at += gap + wide
        if self._last:
            parts += [(" " * max(1, room - at), ""), (self._last[0], "bold $focus"), (f" {self._last[1]}", "")]
            places.append((room, room + display_width(last), self._last[2]))
        return Content.assemble(*parts), places

    def on_click(self, event: Click) -> None:
        x = event.x - self.gutter.left
        for start, end, command in self._set()[1]:
            if start <= x < end:
                self.post_message(self.Chosen(command))
                event.stop()
                return
