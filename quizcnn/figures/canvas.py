"""A rectangle of terminal cells to draw on: frames in three weights, and text that may be Chinese."""

from __future__ import annotations

from quizcnn.text import display_width

LIGHT, HEAVY, DOUBLE = "─│┌┐└┘", "━┃┏┓┗┛", "═║╔╗╚╝"
ASCII = {LIGHT: "-|++++", HEAVY: "=#####", DOUBLE: "~!****"}
"""Frames for terminals whose line characters are missing or two columns wide."""
ASCII_SIGNS = str.maketrans("─│┌┐└┘├┤┬┴┼↓→•·×−–…", "-|+++++++++v>*.x--~")
"""One column for one column, so that what lines up still does."""


class Canvas:
    """``width`` by ``height`` cells, all blank; what is drawn later covers what was there."""

    def __init__(self, width: int, height: int) -> None:
        self._rows = [[" "] * width for _ in range(height)]

    def frame(self, left: int, top: int, right: int, bottom: int, weight: str = LIGHT) -> None:
        """A frame whose corners are the given cells; one of no width or height is a line."""
        across, down, corners = weight[0], weight[1], weight[2:]
        for x in range(left, right + 1):
            self.put(x, top, across)
            self.put(x, bottom, across)
        for y in range(top, bottom + 1):
            self.put(left, y, down)
            self.put(right, y, down)
        for (x, y), sign in zip(((left, top), (right, top), (left, bottom), (right, bottom)), corners, strict=True):
            self.put(x, y, sign)

    def put(self, x: int, y: int, sign: str) -> None:
        """One character; outside the canvas it is left out."""
        if 0 <= y < len(self._rows) and 0 <= x < len(self._rows[y]):
            self._rows[y][x] = sign

    def write(self, x: int, y: int, text: str) -> None:
        """Text from ``x`` on; a wide character covers the cell after it as well."""
        for char in text:
            self.put(x, y, char)
            if display_width(char) == 2:
                self.put(x + 1, y, "")
            x += display_width(char)

    def lines(self) -> list[str]:
        return ["".join(row).rstrip() for row in self._rows]
