"""sklearn.metrics on the examples one by one."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    classes, most = rng.randint(2, 5), rng.choice((3, 10, 30))
    rows = [[rng.randint(0, most) * (3 if row == column else 1) for column in range(classes)] for row in range(classes)]
    if rng.random() < 0.25:
        empty = rng.randrange(classes)
        rows = [[0 if empty in ((row, column) if rng.random() < 0.8 else (row,)) else rows[row][column] for column in range(classes)] for row in range(classes)]  # fmt: skip
    if not any(map(any, rows)):
        return draw(rng)
    return {"confusion": rows, "average": rng.choice(("macro", "macro", "weighted", "weighted", "micro"))}


def edges() -> list[dict[str, Any]]:
    matrices = [[[5]], [[0, 0], [3, 0]], [[0, 4], [0, 6]], [[2, 0], [0, 2]], [[0, 0, 0], [0, 7, 1], [0, 2, 3]], [[50, 10, 0], [5, 30, 5], [0, 10, 90]]]  # fmt: skip
    return [{"confusion": rows, "average": average} for rows in matrices for average in ("macro", "weighted", "micro")]


def refusals() -> list[dict[str, Any]]:
    matrices: list[Any] = [[[1, 2]], [[1, -1], [0, 1]], [[0, 0], [0, 0]]]
    return [{"confusion": rows, "average": "macro"} for rows in matrices]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from sklearn import metrics

    rows, average = inputs["confusion"], inputs["average"]
    classes = range(len(rows))
    if any(len(row) != len(rows) or min(row) < 0 for row in rows) or not any(map(any, rows)):
        raise ValueError("no confusion matrix")
    examples = [(row, column) for row in classes for column in classes for _ in range(rows[row][column])]
    truth, guess = ([pair[side] for pair in examples] for side in (0, 1))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        truth, guess, labels=list(classes), average=average, zero_division=0
    )
    found = {"accuracy": metrics.accuracy_score(truth, guess), "precision": precision, "recall": recall, "f1": f1}
    return {name: float(value) for name, value in found.items()}
