"""sklearn.metrics.average_precision_score for ``step``; for Pascal VOC its definition over all recalls, in fractions."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

METHODS = ("all_points", "11_points", "step")


def draw(rng: random.Random) -> dict[str, Any]:
    count, steps = rng.randint(1, 10), rng.choice((4, 10, 100))
    labels = [rng.randint(0, 1) for _ in range(count)]
    inputs: dict[str, Any] = {
        "scores": [rng.randint(0, steps) / steps for _ in range(count)],
        "labels": labels,
        "method": rng.choice(METHODS),
    }
    if rng.random() < 0.6:
        inputs["positives"] = rng.choice((None, sum(labels) + rng.randint(0, 5), 10, 20))
    try:
        objects(inputs)
    except ValueError:
        return draw(rng)
    return inputs


def edges() -> list[dict[str, Any]]:
    tens = {"scores": [0.9, 0.8, 0.7, 0.6], "labels": [1, 0, 1, 1], "positives": 10}
    tied = {"scores": [0.5, 0.5, 0.5, 0.9], "labels": [0, 1, 1, 0]}
    return [
        *({**tens, "method": method} for method in METHODS),
        *({**tied, "method": method} for method in METHODS),
        *({"scores": [0.3, 0.2], "labels": [0, 0], "positives": 3, "method": method} for method in METHODS),
        *({"scores": [0.3], "labels": [1], "method": method} for method in METHODS),
        *({"scores": [0.2, 0.3], "labels": [1, 0], "positives": None, "method": method} for method in METHODS),
        {"scores": [9, 8, 7], "labels": [1, 1, 1], "positives": 10, "method": "11_points"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"scores": [0.1, 0.2], "labels": [0, 0], "method": "step"},
        {"scores": [0.1, 0.2], "labels": [0, 0], "positives": 0, "method": "all_points"},
        {"scores": [0.1, 0.2], "labels": [1, 1], "positives": 1, "method": "11_points"},
        {"scores": [0.1, 0.2], "labels": [1], "method": "step"},
        {"scores": [0.1, 0.2], "labels": [1, 2], "method": "step"},
    ]


def objects(inputs: dict[str, Any]) -> int:
    """How many objects there are, found or not."""
    found, given = sum(inputs["labels"]), inputs.get("positives")
    if set(inputs["labels"]) - {0, 1} or len(inputs["scores"]) != len(inputs["labels"]):
        raise ValueError("labels do not fit")
    count = found if given is None else given
    if not count or count < found:
        raise ValueError("no recall")
    return int(count)


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    count = objects(inputs)
    if inputs["method"] == "step":
        return {"ap": by_sklearn(inputs) * sum(inputs["labels"]) / count}
    ranking = sorted(range(len(inputs["scores"])), key=lambda place: (-inputs["scores"][place], place))
    curve = []
    for cut in range(1, len(ranking) + 1):
        hits = sum(inputs["labels"][place] for place in ranking[:cut])
        curve.append((Fraction(hits, count), Fraction(hits, cut)))
    if inputs["method"] == "11_points":
        return {"ap": float(sum(interpolated(curve, Fraction(k, 10)) for k in range(11)) / 11)}
    # every recall of the curve is a multiple of 1/count, so the area is a sum over those
    return {"ap": float(sum(interpolated(curve, Fraction(k, count)) for k in range(1, count + 1)) / count)}


def interpolated(curve: list[tuple[Fraction, Fraction]], recall: Fraction) -> Fraction:
    """The largest precision at this recall or a higher one."""
    return max((precision for reached, precision in curve if reached >= recall), default=Fraction(0))


def by_sklearn(inputs: dict[str, Any]) -> float:
    from sklearn.metrics import average_precision_score

    if not any(inputs["labels"]):
        return 0.0
    return float(average_precision_score(inputs["labels"], inputs["scores"]))
