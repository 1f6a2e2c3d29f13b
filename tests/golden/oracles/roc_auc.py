"""sklearn.metrics.roc_auc_score"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, steps = rng.randint(2, 12), rng.choice((3, 5, 10, 100))
    labels = [rng.randint(0, 1) for _ in range(count)]
    if len(set(labels)) == 1:
        return draw(rng)
    return {"scores": [rng.randint(0, steps) / steps for _ in range(count)], "labels": labels}


def edges() -> list[dict[str, Any]]:
    return [
        {"scores": [0.1, 0.9], "labels": [0, 1]},
        {"scores": [0.9, 0.1], "labels": [0, 1]},
        {"scores": [0.5, 0.5], "labels": [0, 1]},
        {"scores": [3, 3, 3, 3, 3], "labels": [0, 1, 0, 1, 1]},
        {"scores": [-1, -2, -3, 4], "labels": [1, 0, 1, 0]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"scores": [0.1, 0.2], "labels": [1, 1]},
        {"scores": [0.1, 0.2], "labels": [0, 0]},
        {"scores": [0.1, 0.2], "labels": [0, 1, 1]},
        {"scores": [0.1, 0.2], "labels": [0, 2]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score

    if sorted(set(inputs["labels"])) != [0, 1]:
        raise ValueError("no two classes")
    return {"auc": float(roc_auc_score(inputs["labels"], inputs["scores"]))}
