"""Numpy on the values of all devices together. The values are drawn first; the program sees their counts and sums alone."""

from __future__ import annotations

import random
from typing import Any


def device(rng: random.Random, scale: int, shift: int) -> list[float]:
    return [shift + rng.randint(-30, 50) / scale for _ in range(rng.choice((1, 2, 2, 3, 4, 5, 8)))]


def draw(rng: random.Random) -> dict[str, Any]:
    scale, shift = rng.choice((1, 1, 2, 10)), rng.choice((0, 0, 0, 100))
    return sent([device(rng, scale, shift) for _ in range(rng.randint(1, 5))])


def sent(devices: list[list[float]]) -> dict[str, Any]:
    """What the devices send."""
    return {
        "counts": [len(values) for values in devices],
        "sums": [round(sum(values), 6) for values in devices],
        "sums_of_squares": [round(sum(value * value for value in values), 6) for values in devices],
    }


def edges() -> list[dict[str, Any]]:
    return [
        sent([[5], [5], [5, 5]]),
        sent([[1, 3], [10, 12, 14]]),
        sent([[0.1, 0.1, 0.1]]),
        {"counts": [2, 0], "sums": [4, 0], "sums_of_squares": [10, 0]},
        {"counts": [1], "sums": [7], "sums_of_squares": [49]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"counts": [0, 0], "sums": [0, 0], "sums_of_squares": [0, 0]},
        {"counts": [2, -1], "sums": [1, 1], "sums_of_squares": [1, 1]},
        {"counts": [2, 1], "sums": [1], "sums_of_squares": [1, 1]},
        {"counts": [2, 1], "sums": [1, 1], "sums_of_squares": [1]},
        {"counts": [], "sums": [], "sums_of_squares": []},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    values = np.concatenate([some(*row) for row in zip(*(inputs[name] for name in inputs), strict=True)])
    if not values.size:
        raise ValueError("no value")
    return {"mean": float(values.mean()), "variance": float(values.var())}


def some(count: int, total: float, squares: float) -> Any:
    """So many values of that sum and sum of squares: all at the mean but two, which lie equally far on either side."""
    import numpy as np

    if count < 0 or (not count and (total or squares)):
        raise ValueError("no such device")
    values = np.full(count, total / count if count else 0.0)
    left = squares - total * total / count if count else 0.0
    if count > 1:
        values[0] += (left / 2) ** 0.5 if left > 0 else 0
        values[1] -= (left / 2) ** 0.5 if left > 0 else 0
    return values
