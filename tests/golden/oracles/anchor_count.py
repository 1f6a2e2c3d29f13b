"""Every anchor listed: its map, row, column and number."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    sizes = [size(rng) for _ in range(rng.choice([1, 2, 3, 3, 4, 5, 6]))]
    return {"feature_sizes": sizes, "anchors_per_location": rng.choice([1, 2, 3, 3, 5, 6, 9])}


def size(rng: random.Random) -> int | list[int]:
    side = rng.choice([1, 3, 5, 7, 10, 13, 19, 26, 38, rng.randint(1, 40)])
    return side if rng.random() < 0.7 else [side, rng.randint(1, 50)]


def edges() -> list[dict[str, Any]]:
    return [
        {"feature_sizes": [1], "anchors_per_location": 1},
        {"feature_sizes": [13, 26, 52], "anchors_per_location": 3},
        {"feature_sizes": [[37, 62]], "anchors_per_location": 9},
        {"feature_sizes": [[7, 9], 7], "anchors_per_location": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"feature_sizes": [], "anchors_per_location": 3},
        {"feature_sizes": [13, 0], "anchors_per_location": 3},
        {"feature_sizes": [13], "anchors_per_location": 0},
        {"feature_sizes": [[13, 13, 13]], "anchors_per_location": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    found = set()
    for level, side in enumerate(inputs["feature_sizes"]):
        high, wide = (side, side) if isinstance(side, int) else side
        for row in range(high):
            found |= {(level, row, column, n) for column in range(wide) for n in range(inputs["anchors_per_location"])}
    if not found or 0 in inputs["feature_sizes"]:
        raise ValueError("a map without locations")
    return {"anchors": len(found)}
