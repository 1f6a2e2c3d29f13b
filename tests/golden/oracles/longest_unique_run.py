"""Brute force: every stretch, kept where its set is as large as it is long; the longest, of equal ones that with the smallest start."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kinds = rng.choice((2, 3, 4, 5, 6, 9))
    return {"sequence": [rng.randint(0, kinds) for _ in range(rng.choice((1, 2, 5, 8, 9, 10, 12, 16, 25)))]}


def edges() -> list[dict[str, Any]]:
    return [
        {"sequence": [7]},
        {"sequence": [1, 1, 1, 1]},
        {"sequence": [1, 2, 3, 4, 5]},
        {"sequence": [1, 2, 2, 1]},
        {"sequence": [1, 2, 1, 2, 1]},
        {"sequence": [3, 1, 2, 3, 4, 1]},
        {"sequence": [1, 2, 3, 1, 2, 3, 2, 2]},
        {"sequence": [-1, 10**40, -1, 0]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"sequence": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    values = inputs["sequence"]
    stretches = [(start, end) for start in range(len(values)) for end in range(start + 1, len(values) + 1)]
    start, end = min(
        (stretch for stretch in stretches if len(set(values[slice(*stretch)])) == stretch[1] - stretch[0]),
        key=lambda stretch: (stretch[0] - stretch[1], stretch[0]),
    )
    return {"length": end - start, "start": start}
