"""sklearn.metrics on the pixels one by one; classes that do not occur are left out by their indicator columns."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    classes, most = rng.randint(2, 5), rng.choice((3, 10, 30))
    rows = [[rng.randint(0, most) * (4 if row == column else 1) for column in range(classes)] for row in range(classes)]
    if rng.random() < 0.35:
        empty, whole = rng.randrange(classes), rng.random() < 0.7
        for place in range(classes):
            rows[empty][place] = 0
            rows[place][empty] = 0 if whole else rows[place][empty]
    return {"confusion": rows} if any(map(any, rows)) else draw(rng)


def edges() -> list[dict[str, Any]]:
    matrices = [[[5]], [[0, 0], [3, 0]], [[0, 4], [0, 6]], [[2, 0], [0, 2]], [[0, 0, 0], [0, 7, 1], [0, 2, 3]], [[0, 0], [0, 9]], [[6, 1, 1], [1, 3, 0], [1, 0, 3]]]  # fmt: skip
    return [{"confusion": rows} for rows in matrices]


def refusals() -> list[dict[str, Any]]:
    matrices: list[Any] = [[[1, 2], [3, 4], [5, 6]], [[1, -1], [0, 1]], [[0, 0], [0, 0]]]
    return [{"confusion": rows} for rows in matrices]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn import metrics

    rows = inputs["confusion"]
    classes = range(len(rows))
    if any(len(row) != len(rows) or min(row) < 0 for row in rows) or not any(map(any, rows)):
        raise ValueError("no confusion matrix")
    pixels = [(row, column) for row in classes for column in classes for _ in range(rows[row][column])]
    truth, guess = (np.array([pair[side] for pair in pixels]) for side in (0, 1))
    masks = [(truth == place, guess == place) for place in classes]
    there = [bool(one.any() or other.any()) for one, other in masks]
    iou = [float(metrics.jaccard_score(*pair)) if seen else None for pair, seen in zip(masks, there, strict=True)]
    dice = [float(metrics.f1_score(*pair)) if seen else None for pair, seen in zip(masks, there, strict=True)]
    labels = [place for place in classes if there[place]]
    return {
        "pixel_accuracy": float(metrics.accuracy_score(truth, guess)),
        "class_iou": iou,
        "mean_iou": float(metrics.jaccard_score(truth, guess, labels=labels, average="macro", zero_division=0)),
        "class_dice": dice,
    }
