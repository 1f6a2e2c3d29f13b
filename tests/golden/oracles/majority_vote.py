"""scipy.stats.binom: the survival function at half of the votes."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    models = 2 * rng.choice((0, 1, 2, 3, 5, 10, 50, rng.randint(1, 60))) + 1
    return {"models": models, "accuracy": round(rng.random(), rng.choice((1, 2, 3)))}


def edges() -> list[dict[str, Any]]:
    return [
        {"models": 1, "accuracy": 0.3},
        {"models": 5, "accuracy": 0},
        {"models": 5, "accuracy": 1},
        {"models": 1001, "accuracy": 0.5},
        {"models": 1001, "accuracy": 0.52},
        {"models": 3, "accuracy": 1e-9},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"models": 4, "accuracy": 0.7}, {"models": 3, "accuracy": 1.2}, {"models": 0, "accuracy": 0.5}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from scipy.stats import binom

    models, accuracy = inputs["models"], inputs["accuracy"]
    if models % 2 == 0 or not 0 <= accuracy <= 1:
        raise ValueError("an odd number of models, a probability")
    return {"probability": float(binom.sf(models // 2, models, accuracy))}
