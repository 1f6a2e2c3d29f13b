"""sklearn.metrics.confusion_matrix of the labels and the thresholded scores, and the rates that sklearn reads from them."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.choice((1, 2, 5, 8, 12))
    scores = [round(rng.uniform(-1, 1), rng.choice((1, 2))) for _ in range(size)]
    labels = [rng.randint(0, 1) for _ in scores] if rng.random() < 0.85 else [rng.randint(0, 1)] * size
    threshold = rng.choice(scores) if rng.random() < 0.5 else rng.choice((-2, -0.5, 0, 0.5, 0.3, 2))
    return {"scores": scores, "labels": labels, "threshold": threshold}


def edges() -> list[dict[str, Any]]:
    return [
        {"scores": [0.5, 0.5, 0.5], "labels": [1, 0, 1], "threshold": 0.5},
        {"scores": [0.5], "labels": [0], "threshold": 0.6},
        {"scores": [0.3, 0.1], "labels": [1, 1], "threshold": 0.30000000000000004},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"scores": [0.5, 0.2], "labels": [1, 2], "threshold": 0.5},
        {"scores": [0.5, 0.2], "labels": [1], "threshold": 0.5},
        {"scores": [], "labels": [], "threshold": 0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn import metrics

    truth, guess = inputs["labels"], (np.array(inputs["scores"]) >= inputs["threshold"]).astype(int)
    if not set(truth) <= {0, 1}:
        raise ValueError("labels are 0 and 1")
    tn, fp, fn, tp = metrics.confusion_matrix(truth, guess, labels=[0, 1]).ravel().tolist()
    precision = float(metrics.precision_score(truth, guess, zero_division=0))
    tpr = float(metrics.recall_score(truth, guess, zero_division=0))
    fpr = float(metrics.recall_score([1 - label for label in truth], guess, zero_division=0))
    return {"tpr": tpr, "fpr": fpr, "precision": precision, "tp": tp, "fp": fp, "fn": fn, "tn": tn}
