"""The middles of the parts between numpy.linspace's cuts."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "start": rng.choice([rng.randint(-9, 40), rng.randint(-90, 400) / 10, rng.randint(0, 999) / 100]),
        "bin_size": rng.choice([rng.randint(0, 9), rng.randint(1, 500) / 100]),
        "sampling_ratio": rng.randint(1, 6),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"start": 0, "bin_size": 1, "sampling_ratio": 1},
        {"start": 2.5, "bin_size": 0, "sampling_ratio": 2},
        {"start": 0.1, "bin_size": 0.2, "sampling_ratio": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"start": 0, "bin_size": -1, "sampling_ratio": 1}, {"start": 0, "bin_size": 1, "sampling_ratio": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    start, size, count = np.longdouble(inputs["start"]), np.longdouble(inputs["bin_size"]), inputs["sampling_ratio"]
    if size < 0 or count < 1:
        raise ValueError("bin_size or sampling_ratio")
    cuts = np.linspace(start, start + size, count + 1, dtype=np.longdouble)
    middles = (cuts[1:] + cuts[:-1]) / 2
    return {"points": [0.0 if abs(point) < 1e-15 else float(point) for point in middles]}
