"""sklearn.model_selection: KFold's splits and ParameterGrid's length."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    folds = rng.randint(2, 10)
    found: dict[str, Any] = {"samples": rng.randint(folds, 400), "folds": folds}
    if rng.random() < 0.7:
        found["grid"] = [rng.randint(1, 6) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.5:
        found["refit"] = rng.random() < 0.3
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"samples": 10, "folds": 10},
        {"samples": 11, "folds": 3},
        {"samples": 2, "folds": 2, "grid": [3, 4], "refit": False},
        {"samples": 1000, "folds": 7, "grid": [2, 2, 2, 2]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"samples": 5, "folds": 1},
        {"samples": 5, "folds": 6},
        {"samples": 0, "folds": 2},
        {"samples": 5, "folds": 2, "grid": [0]},
        {"samples": 5, "folds": 2, "grid": []},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.model_selection import KFold, ParameterGrid

    grid = inputs.get("grid", [1])
    if not grid or min(grid) < 1:
        raise ValueError("grid")
    splits = list(KFold(inputs["folds"]).split(np.zeros(inputs["samples"])))
    candidates = len(ParameterGrid({f"p{place}": list(range(count)) for place, count in enumerate(grid)}))
    fits = sum(1 for _ in splits for _ in range(candidates)) + (1 if inputs.get("refit", True) else 0)
    return {
        "fold_sizes": [len(test) for _, test in splits],
        "train_sizes": [len(train) for train, _ in splits],
        "candidates": candidates,
        "fits": fits,
    }
