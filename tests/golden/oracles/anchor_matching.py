"""Anchors matched target by target as detectors do it (-1 ignore, 0 negative, 1 positive), on areas by shapely."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

NAMES = {1: "positive", 0: "negative", -1: "ignore"}


def draw(rng: random.Random) -> dict[str, Any]:
    targets = [box(rng) for _ in range(rng.randint(1, 3))]
    anchors = []
    for _ in range(rng.randint(2, 6)):
        x1, y1, x2, y2 = rng.choice(targets)
        by, down, wide = rng.choice((0, 1, 2, 4)), rng.choice((0, 1, 2, 3)), rng.choice((0, 0, 2, 5))
        anchors.append(box(rng) if rng.random() < 0.25 else [x1 + by, y1 + down, x2 + by + wide, y2 + down])
    inputs: dict[str, Any] = {"anchors": anchors, "targets": targets}
    if rng.random() < 0.5:
        inputs["positive_threshold"] = rng.choice((0.5, 0.6, 0.8, 1))
    if rng.random() < 0.5:
        inputs["negative_threshold"] = rng.choice((0, 0.1, 0.2, 0.4, 0.5))
    return inputs


def box(rng: random.Random) -> list[int]:
    x, y = rng.randint(0, 15), rng.randint(0, 15)
    return [x, y, x + rng.randint(5, 12), y + rng.randint(5, 12)]


def edges() -> list[dict[str, Any]]:
    one = [[0, 0, 10, 10]]
    return [
        {"anchors": [[0, 0, 10, 7], [0, 0, 10, 3], [0, 0, 10, 2], [20, 20, 30, 30]], "targets": one},
        {"anchors": [[0, 0, 10, 5], [0, 5, 10, 10]], "targets": one},
        {"anchors": [[20, 20, 30, 30]], "targets": one},
        {"anchors": [[20, 20, 30, 30]], "targets": one, "negative_threshold": 0},
        {"anchors": [[20, 20, 30, 30]], "targets": one, "positive_threshold": 0, "negative_threshold": 0},
        {"anchors": [[1, 1, 1, 1]], "targets": [[1, 1, 1, 1]]},
    ]


def refusals() -> list[dict[str, Any]]:
    one = [[0, 0, 10, 10]]
    return [
        {"anchors": one, "targets": one, "positive_threshold": 0.2},
        {"anchors": one, "targets": [[1, 0, 0, 1]]},
        {"anchors": [[1, 0, 0, 1]], "targets": one},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    import shapely

    high, low = (Fraction(str(inputs.get(f"{name}_threshold", usual))) for name, usual in (("positive", 0.7), ("negative", 0.3)))  # fmt: skip
    anchors, targets = inputs["anchors"], inputs["targets"]
    if low > high or any(one[2] < one[0] or one[3] < one[1] for one in (*anchors, *targets)):
        raise ValueError("thresholds or boxes")
    table = np.zeros((len(targets), len(anchors)), dtype=object)
    for row, target in enumerate(targets):
        for column, anchor in enumerate(anchors):
            one, other = shapely.box(*target), shapely.box(*anchor)
            whole = one.union(other).area
            table[row, column] = Fraction(one.intersection(other).area) / Fraction(whole) if whole else Fraction(0)
    found = np.full(len(anchors), -1)
    largest = table.max(axis=0)
    found[largest < low] = 0
    for row in table:
        if row.max() > 0:
            found[int(row.argmax())] = 1
    found[largest >= high] = 1
    return {"labels": [NAMES[int(label)] for label in found]}
