"""Soft-NMS as the paper's pseudo-code writes it, lists shrinking in place, on areas by shapely."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    boxes = [box(rng) for _ in range(rng.randint(1, 2))]
    while len(boxes) < rng.randint(2, 6):
        x1, y1, x2, y2 = rng.choice(boxes)
        by, down = rng.choice((0, 1, 2, 3)), rng.choice((0, 1, 2))
        boxes.append([x1 + by, y1 + down, x2 + by, y2 + down])
    rng.shuffle(boxes)
    inputs: dict[str, Any] = {
        "boxes": boxes,
        "scores": [score / 100 for score in rng.sample(range(5, 100), len(boxes))],
        "method": rng.choice(("linear", "gaussian")),
    }
    if rng.random() < 0.5:
        inputs["iou_threshold"] = rng.choice((0.1, 0.2, 0.4, 0.5, 0.6))
    if rng.random() < 0.5:
        inputs["sigma"] = rng.choice((0.1, 0.2, 0.3, 1))
    if rng.random() < 0.4:
        inputs["score_threshold"] = rng.choice((0.05, 0.1, 0.2, 0.3))
    return inputs


def box(rng: random.Random) -> list[int]:
    x, y = rng.randint(0, 12), rng.randint(0, 12)
    return [x, y, x + rng.randint(4, 10), y + rng.randint(4, 10)]


def edges() -> list[dict[str, Any]]:
    same = [[0, 0, 4, 4], [0, 0, 4, 4]]
    return [
        {"boxes": same, "scores": [0.9, 0.8], "method": "linear"},
        {"boxes": same, "scores": [0.5, 0.5], "method": "gaussian"},
        {"boxes": [[0, 0, 10, 10], [0, 0, 10, 3]], "scores": [0.9, 0.8], "method": "linear"},
        {"boxes": [[0, 0, 10, 10], [20, 0, 30, 10]], "scores": [0.2, 0.9], "method": "gaussian"},
        {"boxes": [[1, 1, 1, 1], [1, 1, 1, 1]], "scores": [0.1, 0.2], "method": "linear"},
    ]


def refusals() -> list[dict[str, Any]]:
    box = [[0, 0, 1, 1]]
    return [
        {"boxes": box, "scores": [0.5], "method": "linear", "sigma": 0},
        {"boxes": box, "scores": [0.5, 0.1], "method": "linear"},
        {"boxes": [[1, 0, 0, 1]], "scores": [0.5], "method": "gaussian"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import shapely

    boxes, scores = list(inputs["boxes"]), list(inputs["scores"])
    sigma = inputs.get("sigma", 0.5)
    if sigma <= 0 or len(boxes) != len(scores) or any(one[2] < one[0] or one[3] < one[1] for one in boxes):
        raise ValueError("boxes, scores or sigma do not fit")
    indices, order, found = list(range(len(boxes))), [], []
    while boxes:
        at = scores.index(max(scores))
        picked = shapely.box(*boxes.pop(at))
        order.append(indices.pop(at))
        found.append(scores.pop(at))
        for place, corners in enumerate(boxes):
            other = shapely.box(*corners)
            whole = picked.union(other).area
            v = Fraction(picked.intersection(other).area) / Fraction(whole) if whole else Fraction(0)
            if inputs["method"] == "gaussian":
                scores[place] *= math.exp(-(float(v) ** 2) / sigma)
            elif v > Fraction(str(inputs.get("iou_threshold", 0.3))):
                scores[place] *= 1 - float(v)
        alive = [place for place in range(len(boxes)) if scores[place] >= inputs.get("score_threshold", 0.001)]
        boxes, scores, indices = ([values[place] for place in alive] for values in (boxes, scores, indices))
    return {"order": order, "scores": found}
