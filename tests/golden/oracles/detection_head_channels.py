"""The predictions of a head named one by one, and the two torch layers of a Fast R-CNN head without the background's box."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "anchors": rng.choice([1, 2, 3, 3, 5, 6, 9, rng.randint(1, 15)]),
        "classes": rng.choice([0, 1, 2, 10, 20, 80, 91, rng.randint(0, 200)]),
    }
    if rng.random() < 0.6:
        inputs["objectness"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"anchors": 3, "classes": 80},
        {"anchors": 5, "classes": 20},
        {"anchors": 9, "classes": 2, "objectness": False},
        {"anchors": 1, "classes": 0},
        {"anchors": 1, "classes": 0, "objectness": False},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"anchors": 0, "classes": 3}, {"anchors": 3, "classes": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    anchors, classes = range(inputs["anchors"]), [f"class {n}" for n in range(inputs["classes"])]
    if not anchors or inputs["classes"] < 0:
        raise ValueError("no anchors, or fewer than no classes")
    values = ["x", "y", "w", "h", *(["object"] if inputs.get("objectness", True) else []), *classes]
    named = {(anchor, value) for anchor in anchors for value in values}
    region = torch.zeros(1, 8)
    with_background = ["background", *classes]
    scores = torch.nn.Linear(8, len(with_background))(region)
    boxes = torch.zeros(1, len(with_background), 4)[:, 1:]
    return {"channels": len(named), "rcnn_scores": scores.shape[1], "rcnn_deltas": boxes.numel()}
