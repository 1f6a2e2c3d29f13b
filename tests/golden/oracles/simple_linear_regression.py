"""scipy.stats.linregress"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, unit = rng.randint(2, 9), rng.choice([1, 1, 4, 10])
    x = [rng.randint(-20, 20) / unit if unit > 1 else rng.randint(-20, 20) for _ in range(count)]
    slope = rng.choice([-3, -0.5, 0, 0.25, 2])
    y = [round(slope * value + rng.randint(-6, 6) / 2, 3) for value in x]
    return {"x": x, "y": y} if len(set(x)) > 1 else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"x": [0, 1], "y": [1, 3]},
        {"x": [1, 2, 3], "y": [4, 4, 4]},
        {"x": [-1, 0, 1], "y": [1, 0, 1]},
        {"x": [1000000, 1000001, 1000002], "y": [1, 2, 4]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"x": [1], "y": [1]}, {"x": [2, 2, 2], "y": [1, 2, 3]}, {"x": [1, 2], "y": [1]}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.stats import linregress

    x, y = np.array(inputs["x"], float), np.array(inputs["y"], float)
    if len(x) < 2 or np.ptp(x) == 0 or len(x) != len(y):
        raise ValueError("x")
    # The line does not depend on where x is counted from; counted from its mean nothing is cancelled.
    center = x.mean()
    found = linregress(x - center, y)
    intercept = found.intercept - found.slope * center
    scale = max(1.0, abs(found.slope * center), abs(found.intercept))
    flat = np.ptp(y) == 0

    def clean(value: float, size: float) -> float:
        return 0.0 if abs(value) < 1e-13 * size else float(value)

    return {
        "slope": clean(found.slope, max(1.0, float(np.ptp(y)))),
        "intercept": clean(intercept, scale),
        "r_squared": None if flat else clean(found.rvalue**2, 1.0),
    }
