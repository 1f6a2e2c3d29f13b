"""numpy.linalg.norm"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    unit = rng.choice([1, 1, 10])
    found: dict[str, Any] = {
        "vector": [rng.choice([0, rng.randint(-9, 9), rng.randint(-30, 30)]) / unit for _ in range(rng.randint(1, 7))]
    }
    if rng.random() < 0.6:
        found["p"] = rng.choice([1, 3, 0.5, 4, 1.5])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"vector": [0, 0]},
        {"vector": [3, -4]},
        {"vector": [-7]},
        {"vector": [1e-200, 1e-200], "p": 3},
        {"vector": [1, -1, 1, -1]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"vector": [1], "p": 0}, {"vector": [1], "p": -2}, {"vector": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    p, x = inputs.get("p", 2), np.array(inputs["vector"], dtype=np.longdouble)
    if p <= 0 or not len(x):
        raise ValueError("p or vector")
    return {
        "l0": int(np.linalg.norm(x, 0)),
        "l1": float(np.linalg.norm(x, 1)),
        "l2": float(np.linalg.norm(x)),
        "lp": float(np.linalg.norm(x, p)),
        "linf": float(np.linalg.norm(x, np.inf)),
    }
