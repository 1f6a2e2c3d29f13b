"""Non-maximum suppression by its definition, on areas counted cell by cell of the grid that all edges span."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

Cells = frozenset[tuple[int, int]]


def draw(rng: random.Random) -> dict[str, Any]:
    boxes = [box(rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.4:
        boxes += chain(rng)
    while len(boxes) < rng.randint(3, 7):
        boxes.append(nudged(rng, rng.choice(boxes)))
    rng.shuffle(boxes)
    steps = rng.choice((4, 10, 100))
    return {
        "boxes": boxes,
        "scores": [rng.randint(1, steps) / steps for _ in boxes],
        "iou_threshold": rng.choice((0, 0.1, 0.25, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 1)),
    }


def box(rng: random.Random) -> list[float]:
    x, y = rng.randint(0, 12), rng.randint(0, 12)
    return [x, y, x + rng.randint(1, 10), y + rng.randint(1, 10)]


def chain(rng: random.Random) -> list[list[float]]:
    """Boxes side by side, each overlapping its neighbours more than the one after them."""
    x, y, by = rng.randint(0, 12), rng.randint(0, 12), rng.randint(2, 5)
    return [[x + by * place, y, x + by * place + 10, y + 10] for place in range(rng.randint(3, 4))]


def nudged(rng: random.Random, near: list[float]) -> list[float]:
    """A box that overlaps another, often one inside it."""
    x1, y1, x2, y2 = near
    if rng.random() < 0.5:
        return [x1, y1, x2, round(y1 + (y2 - y1) * rng.choice((0.1, 0.25, 0.5, 0.5, 0.8)), 3)]
    by, down = rng.choice((0, 1, 2, 0.5)), rng.choice((0, 1, 0.5))
    return [x1 + by, y1 + down, x2 + by, y2 + down]


def edges() -> list[dict[str, Any]]:
    half = [[0, 0, 10, 10], [0, 0, 10, 5]]
    chain = [[0, 0, 10, 10], [2, 0, 12, 10], [4, 0, 14, 10]]
    return [
        {"boxes": half, "scores": [0.9, 0.8], "iou_threshold": 0.5},
        {"boxes": half, "scores": [0.9, 0.8], "iou_threshold": 0.4},
        {"boxes": [[0, 0, 10, 10], [0, 0, 10, 3]], "scores": [0.9, 0.8], "iou_threshold": 0.3},
        {"boxes": chain, "scores": [0.9, 0.8, 0.7], "iou_threshold": 0.5},
        {"boxes": chain, "scores": [0.7, 0.7, 0.7], "iou_threshold": 0.5},
        {"boxes": [[1, 1, 1, 1], [1, 1, 1, 1]], "scores": [0.1, 0.2], "iou_threshold": 0},
        {"boxes": [[0, 0, 2, 2], [2, 0, 4, 2]], "scores": [0.1, 0.2], "iou_threshold": 0},
        {"boxes": [[0, 0, 2, 2], [0, 0, 2, 2]], "scores": [0.2, 0.2], "iou_threshold": 1},
        {"boxes": [[0.1, 0.1, 0.4, 0.4]], "scores": [-3], "iou_threshold": 0.5},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"boxes": [[0, 0, 1, 1]], "scores": [0.1, 0.2], "iou_threshold": 0.5},
        {"boxes": [[2, 0, 1, 1]], "scores": [0.1], "iou_threshold": 0.5},
        {"boxes": [[0, 2, 1, 1]], "scores": [0.1], "iou_threshold": 0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    boxes = [[Fraction(str(number)) for number in box] for box in inputs["boxes"]]
    if len(boxes) != len(inputs["scores"]) or any(x2 < x1 or y2 < y1 for x1, y1, x2, y2 in boxes):
        raise ValueError("boxes do not fit")
    columns, rows = (sorted({box[axis] for box in boxes} | {box[axis + 2] for box in boxes}) for axis in (0, 1))
    covered = [cells_of(box, columns, rows) for box in boxes]

    def area(cells: Cells) -> Fraction:
        return sum(((columns[x + 1] - columns[x]) * (rows[y + 1] - rows[y]) for x, y in cells), Fraction(0))

    def overlap(one: int, other: int) -> Fraction:
        whole = area(covered[one] | covered[other])
        return area(covered[one] & covered[other]) / whole if whole else Fraction(0)

    threshold, left, kept = Fraction(str(inputs["iou_threshold"])), set(range(len(boxes))), []
    while left:
        best = min(place for place in left if inputs["scores"][place] == max(inputs["scores"][at] for at in left))
        kept.append(best)
        left = {place for place in left - {best} if overlap(best, place) <= threshold}
    return {"kept": kept}


def cells_of(box: list[Fraction], columns: list[Fraction], rows: list[Fraction]) -> Cells:
    """The cells of the grid whose centre lies in the box."""
    return frozenset(
        (x, y)
        for x in range(len(columns) - 1)
        for y in range(len(rows) - 1)
        if box[0] < (columns[x] + columns[x + 1]) / 2 < box[2] and box[1] < (rows[y] + rows[y + 1]) / 2 < box[3]
    )
