"""One line for a terminal that is too small; it goes away when there is room."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from quizcnn.text import Lang, Text
from quizcnn.tui.prose import Prose

TOO_SMALL = Text(
    "quizcnn needs {columns} x {rows}; `quizcnn drill --plain` needs nothing.",
    "quizcnn 需要 {columns} x {rows}；`quizcnn drill --plain` 不限大小。",
)


class TooSmallScreen(ModalScreen[None]):
    """Covers the screen below until the terminal is large enough."""

    DEFAULT_CSS = "TooSmallScreen { background: $background; }"

    def __init__(self, needed: tuple[int, int]) -> None:
        super().__init__()
        self._needed = needed

    def compose(self) -> ComposeResult:
        lang: Lang = getattr(self.app, "lang", "en")
        yield Prose(TOO_SMALL[lang].format(columns=self._needed[0], rows=self._needed[1]))
