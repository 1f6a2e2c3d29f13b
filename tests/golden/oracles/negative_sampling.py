"""NumPy's power and sum, in long doubles."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "counts": [rng.choice([0, rng.randint(1, 20), rng.randint(1, 5000)]) for _ in range(rng.randint(1, 7))]
    }
    if not any(found["counts"]):
        return draw(rng)
    if rng.random() < 0.6:
        found["power"] = rng.choice([0.5, 1, 0.25, 2, 0.9])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"counts": [1]},
        {"counts": [16, 81]},
        {"counts": [0, 5]},
        {"counts": [10**9, 1]},
        {"counts": [2, 8], "power": -1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"counts": [0, 0]}, {"counts": [-1, 2]}, {"counts": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    counts = np.array(inputs["counts"], dtype=np.longdouble)
    if not len(counts) or (counts < 0).any() or not counts.any():
        raise ValueError("counts")
    raised = np.power(counts, np.longdouble(inputs.get("power", 0.75)))
    return {"probabilities": [float(each) for each in raised / raised.sum()]}
