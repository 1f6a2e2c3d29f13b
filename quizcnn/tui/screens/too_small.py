"""One line over a screen that has too little room; it goes away when there is enough."""

from __future__ import annotations

from textual.content import Content

from quizcnn.text import Lang, Text
from quizcnn.tui.prose import Block, lay_out, parse

SMALLEST = (60, 16)
TOO_SMALL = Text(
    "quizcnn needs {columns} x {rows}; `quizcnn drill --plain` needs nothing.",
    "quizcnn 需要 {columns} x {rows}；`quizcnn drill --plain` 不限大小。",
)


class TooSmall(Block):
    """Covers the screen below; what is typed there stays."""

    DEFAULT_CSS = "TooSmall { layer: above; width: 100%; height: 100%; background: $background; }"

    def content_at(self, width: int) -> Content:
        lang: Lang = getattr(self.app, "lang", "en")
        return lay_out(parse(TOO_SMALL[lang].format(columns=SMALLEST[0], rows=SMALLEST[1])), width)
