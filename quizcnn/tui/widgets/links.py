"""Lines that lead somewhere, in columns under a head, with a cursor; and formulas in two dimensions one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from quizcnn.figures.boxes import draw_formula
from quizcnn.text import display_width, pad, truncate
from quizcnn.tui.prose import Block

GAP = 3
LEAST = 12
"""The first column is cut before the others, but not below this."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line and what it leads to: a question, or a topic."""

    cells: tuple[str, ...]
    target: str
    is_topic: bool = False


class Links(Block):
    """A head and the links below it, each column as wide as its widest cell; where room is short the last one is cut."""

    DEFAULT_CSS = "Links { margin-bottom: 1; }"

    class Chosen(Message):
        """A link was clicked."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._head = ""
        self.links: tuple[Link, ...] = ()
        self._cursor: int | None = None

    def show(self, head: str, links: Sequence[Link]) -> None:
        """Put other links in place; the cursor is taken away."""
        self._head, self.links, self._cursor = head, tuple(links), None
        self.put()

    def point(self, place: int | None) -> None:
        """Set the cursor on a link, or take it away."""
        self._cursor = place
        self.refresh()

    def shows_nothing(self) -> bool:
        return not self.links

    def content_at(self, width: int) -> Content:
        widths = [
            max(map(display_width, column)) + GAP for column in zip(*(link.cells for link in self.links), strict=True)
        ]
        widths[0] = max(LEAST, min(widths[0], width - 2 - sum(widths[1:-1]) - LEAST))
        lines = [Content(self._head).stylize("bold")]
        for place, link in enumerate(self.links):
            cells = "".join(
                pad(truncate(cell, wide - GAP), wide) for cell, wide in zip(link.cells, widths, strict=True)
            )
            here = place == self._cursor
            line = Content(truncate(f"{'> ' if here else '  '}{cells}".rstrip(), width))
            lines.append(line.stylize("bold $focus") if here else line)
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        place = event.y - 1
        if 0 <= place < len(self.links):
            self.post_message(self.Chosen(self.links[place]))
            event.stop()


class Formulas(Block):
    """Formulas, a blank row between them; on one line where there is no room for two dimensions."""

    DEFAULT_CSS = "Formulas { margin-bottom: 1; }"

    def __init__(self, *, indent: int = 0, id: str | None = None) -> None:
        super().__init__(id=id)
        self._formulas: tuple[str, ...] = ()
        self._head = ""
        self._indent = " " * indent

    def show(self, head: str, formulas: Sequence[str]) -> None:
        """Put other formulas (LaTeX) in place under a head."""
        self._head, self._formulas = head, tuple(formulas)
        self.put()

    def shows_nothing(self) -> bool:
        return not self._formulas

    def content_at(self, width: int) -> Content:
        lines: list[str] = []
        for place, latex in enumerate(self._formulas):
            drawn = draw_formula(latex, width - len(self._indent), ascii=self.ascii_only)
            lines += ["" for _ in range(place > 0)] + [f"{self._indent}{line}".rstrip() for line in drawn]
        return Content.assemble((self._head, "bold"), "\n", "\n".join(lines))
