"""Areas and overlaps of boxes whose corners are integers over a common denominator; no family of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from quizcnn.solvers.decimals import over_one_denominator
from quizcnn.solvers.inputs import Refusal

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


def iou(a: Corners, b: Corners) -> Fraction:
    """Intersection over union, 0 for two empty boxes."""
    common = intersection(a, b)
    union = area(a) + area(b) - common
    return Fraction(common, union) if union else Fraction(0)


def survivors(order: Iterable[int], clash: Callable[[int, int], bool]) -> tuple[int, ...]:
    """Those of ``order`` that clash with none taken before them: greedy suppression."""
    kept = list[int]()
    for place in order:
        if not any(clash(place, other) for other in kept):
            kept.append(place)
    return tuple(kept)


def corners_of(boxes: Iterable[Sequence[float]]) -> tuple[list[Corners], int]:
    """Boxes of x1, y1, x2, y2 as integers, and the denominator that they share."""
    whole, below = over_one_denominator(value for box in boxes for value in box)
    return list(zip(whole[::4], whole[1::4], whole[2::4], whole[3::4], strict=True)), below


def check_corners(boxes: Iterable[Sequence[float]], name: str) -> None:
    """Refuse a box whose corners stand in the wrong order."""
    for place, box in enumerate(boxes):
        if box[2] < box[0] or box[3] < box[1]:
            raise Refusal(f"{name}[{place}]: x2 must not be below x1, nor y2 below y1", name)


def check_solid(box: Sequence[float], name: str) -> None:
    """Refuse a box without width or height."""
    if box[2] <= box[0] or box[3] <= box[1]:
        raise Refusal("x2 must be above x1, and y2 above y1", name)
