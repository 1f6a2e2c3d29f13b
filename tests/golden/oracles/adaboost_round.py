"""Plain floating-point AdaBoost.M1 with labels of -1 and 1, the weights multiplied and then divided by their sum."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(2, 10)
    if rng.random() < 0.4:
        weights: list[float] = [round(1 / count, 6)] * count
    else:
        weights = [rng.choice([0, 0.05, 0.1, 0.2, 1, 2, 5, rng.randint(1, 99) / 100]) for _ in range(count)]
    correct = [rng.random() < 0.75 for _ in range(count)]
    wrong = sum(weight for weight, right in zip(weights, correct, strict=True) if not right)
    return {"weights": weights, "correct": correct} if 0 < wrong < 0.499 * sum(weights) else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"weights": [0.1] * 10, "correct": [True] * 7 + [False] * 3},
        {"weights": [1, 1e-9], "correct": [True, False]},
        {"weights": [0.499999, 0.500001], "correct": [False, True]},
        {"weights": [0, 1, 3], "correct": [False, False, True]},
        {"weights": [0, 2, 0.5], "correct": [True, True, False]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"weights": [0.5, 0.5], "correct": [True, False]},
        {"weights": [0.5, 0.5], "correct": [True, True]},
        {"weights": [0.2, 0.8], "correct": [True, False]},
        {"weights": [0, 0], "correct": [True, False]},
        {"weights": [-0.1, 1.1], "correct": [False, True]},
        {"weights": [0.1, 0.9], "correct": [False]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    weights = np.array(inputs["weights"], dtype=np.longdouble)
    signs = np.where(np.array(inputs["correct"]), 1, -1)
    if len(signs) != len(weights) or (weights < 0).any() or not weights.any():
        raise ValueError("weights")
    shares = weights / weights.sum()
    error = shares[signs < 0].sum()
    if not 0 < error < 0.5 or abs(error - 0.5) < 1e-12:
        raise ValueError("error")
    alpha = np.log((1 - error) / error) / 2
    raised = shares * np.exp(-alpha * signs)
    return {"error": float(error), "alpha": float(alpha), "weights": [float(w) for w in raised / raised.sum()]}
