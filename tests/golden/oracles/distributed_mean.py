"""numpy.average"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(1, 7)
    found = {
        "means": [rng.randint(-200, 200) / 10 for _ in range(count)],
        "counts": [rng.choice([0, rng.randint(1, 9), rng.randint(1, 900)]) for _ in range(count)],
    }
    return found if any(found["counts"]) else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"means": [1, 2], "counts": [1, 3]},
        {"means": [5], "counts": [2]},
        {"means": [0.1, 0.2], "counts": [0, 3]},
        {"means": [1, -1], "counts": [1, 1]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"means": [1, 2], "counts": [0, 0]}, {"means": [1], "counts": [-1]}, {"means": [1, 2], "counts": [1]}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    if min(inputs["counts"]) < 0:
        raise ValueError("counts")
    found = float(
        np.average(np.array(inputs["means"], np.longdouble), weights=np.array(inputs["counts"], np.longdouble))
    )
    return {"mean": 0.0 if abs(found) < 1e-15 else found}
