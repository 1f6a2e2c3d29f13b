"""torch.cdist between features and all centres; the label picks the column."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    classes, size, count = rng.randint(1, 4), rng.randint(1, 4), rng.randint(1, 5)
    scale = rng.choice((1, 1, 2, 10))

    def vectors(many: int) -> list[list[float]]:
        return [[rng.randint(-9, 12) / scale for _ in range(size)] for _ in range(many)]

    inputs: dict[str, Any] = {
        "features": vectors(count),
        "centers": vectors(classes),
        "labels": [rng.randrange(classes) for _ in range(count)],
    }
    if rng.random() < 0.5:
        inputs["weight"] = rng.choice((0.003, 0.01, 0.1, 0.5, 2))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"features": [[3, 4]], "centers": [[0, 0]], "labels": [0]},
        {"features": [[1, 1]], "centers": [[1, 1]], "labels": [0]},
        {"features": [[1], [2]], "centers": [[0], [5]], "labels": [1, 1], "weight": 0},
        {"features": [[0.1, 0.2]], "centers": [[0, 0], [0.1, 0.2]], "labels": [1], "weight": -1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"features": [[1, 2]], "centers": [[1, 2]], "labels": [1]},
        {"features": [[1, 2]], "centers": [[1, 2, 3]], "labels": [0]},
        {"features": [[1, 2], [1]], "centers": [[1, 2]], "labels": [0, 0]},
        {"features": [[1, 2]], "centers": [[1, 2]], "labels": [0, 0]},
        {"features": [[1, 2]], "centers": [[1, 2]], "labels": [-1]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    features, centers = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("features", "centers"))
    if len(inputs["labels"]) != len(features) or min(inputs["labels"]) < 0:
        raise ValueError("one class for each")
    every = torch.cdist(features, centers, compute_mode="donot_use_mm_for_euclid_dist")
    distances = torch.stack([every[place, label] for place, label in enumerate(inputs["labels"])])
    return {"loss": float(inputs.get("weight", 1) / 2 * (distances**2).sum()), "distances": distances.tolist()}
