"""A drawing in terminal cells with a baseline, and how drawings are put together.

Keeps the rule that every line of a box takes exactly its width in columns, wide characters counted as two, and that the baseline
is one of its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quizcnn.text import display_width, pad

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of ``width`` columns each; ``baseline`` is the index of the line on which neighbours stand."""

    lines: tuple[str, ...]
    baseline: int
    width: int

    @property
    def height(self) -> int:
        return len(self.lines)

    @property
    def below(self) -> int:
        """Lines under the baseline."""
        return self.height - self.baseline - 1

    @property
    def is_tall(self) -> bool:
        return self.height > 1


def text_box(text: str) -> Box:
    """One line."""
    return Box((text,), 0, display_width(text))


EMPTY = text_box("")


def beside(boxes: Iterable[Box]) -> Box:
    """Boxes from left to right on one baseline."""
    parts = tuple(boxes)
    above = max((box.baseline for box in parts), default=0)
    below = max((box.below for box in parts), default=0)
    columns = [_grown(box, above - box.baseline, below - box.below).lines for box in parts]
    lines = tuple("".join(cells) for cells in zip(*columns, strict=True)) if parts else ("",)
    return Box(lines, above, sum(box.width for box in parts))


def stack(boxes: Sequence[Box], baseline: int, *, align: Align = "center") -> Box:
    """Boxes from top to bottom; ``baseline`` counts the lines of all of them."""
    width = max(box.width for box in boxes)
    lines = tuple(pad(line, width, align=align) for box in boxes for line in box.lines)
    return Box(lines, baseline, width)


def above_each_other(middle: Box, over: Box | None, under: Box | None) -> Box:
    """``middle`` with something centred over and under it; it keeps the baseline."""
    parts = [box for box in (over, middle, under) if box is not None]
    return stack(parts, (over.height if over else 0) + middle.baseline)


def divide(top: Box, bottom: Box, line: str) -> Box:
    """A fraction; its line is longer than that of any fraction over or under it."""
    width = max(top.width, bottom.width)
    inner = any(part == line * width for box in (top, bottom) for part in box.lines)
    return stack([top, text_box(line * (width + 2 * inner)), bottom], top.height)


@dataclass(frozen=True, slots=True)
class Script:
    """What stands small at the right of a base: ``line`` is how it stands on a base of one line (empty: not at all), ``box`` how
    it is raised or lowered."""

    line: str
    box: Box


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of one base; ``prime`` says that the high one comes first on a line."""

    low: Script | None = None
    high: Script | None = None
    prime: bool = False

    @property
    def line(self) -> str:
        """Those that stand on a base of one line."""
        low, high = (script.line if script else "" for script in (self.low, self.high))
        return high + low if self.prime else low + high


def attach(base: Box, scripts: Scripts) -> Box:
    """``base`` with its scripts: on the line, over and under a base of one line, at the corners of a tall one."""
    tall = base.is_tall
    high = scripts.high.box if scripts.high and (tall or not scripts.high.line) else None
    low = scripts.low.box if scripts.low and (tall or not scripts.low.line) else None
    line = "" if tall else scripts.line
    width = max(display_width(line), *(box.width for box in (high, low) if box is not None), 0)
    over = high.height - tall if high else 0
    blank = (" " * width,) * (base.height - (tall and high is not None) - (tall and low is not None))
    column = (
        *(pad(part, width) for part in (high.lines if high else ())),
        *((pad(line, width),) if line else blank),
        *(pad(part, width) for part in (low.lines if low else ())),
    )
    return beside((base, Box(column, base.baseline + over, width)))


def grid(rows: Sequence[Sequence[Box]], *, align: Sequence[Align] = (), gap: int = 2) -> Box:
    """Cells in columns, centred or as ``align`` says; a blank row between two rows, and between rows of which one is tall."""
    columns = max(map(len, rows))
    full = [[*row, *[EMPTY] * (columns - len(row))] for row in rows]
    widths = [max(row[place].width for row in full) for place in range(columns)]
    aligned = [*align, *["center"] * columns]
    drawn = [
        beside(
            part
            for place, cell in enumerate(row)
            for part in (text_box(" " * (gap if place else 0)), _aligned(cell, widths[place], aligned[place]))
        )
        for row in full
    ]
    apart = len(rows) == 2 or any(box.is_tall for box in drawn)
    lines = [box if index == 0 or not apart else _grown(box, 1, 0) for index, box in enumerate(drawn)]
    half = len(rows) // 2
    before = sum(box.height for box in lines[:half])
    return stack(lines, before + lines[half].baseline if len(rows) % 2 else before - (not apart))


def _aligned(box: Box, width: int, align: str) -> Box:
    missing = width - box.width
    before = {"left": 0, "right": missing, "center": missing // 2}[align]
    return beside((text_box(" " * before), box, text_box(" " * (missing - before))))


def _grown(box: Box, above: int, below: int) -> Box:
    blank = (" " * box.width,)
    return Box(blank * above + box.lines + blank * below, box.baseline + above, box.width)
