"""Areas and overlaps of boxes whose corners are integers over a common denominator; no family of its own."""

from __future__ import annotations

from typing import TypeAlias

Corners: TypeAlias = tuple[int, int, int, int]
"""x1, y1, x2, y2 in units of the common denominator."""


def area(box: Corners) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def overlap(a: Corners, b: Corners) -> tuple[int, int]:
    """Width and height of the common part; negative where there is a gap."""
    return min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])


def intersection(a: Corners, b: Corners) -> int:
    width, height = overlap(a, b)
    return width * height if width > 0 and height > 0 else 0
