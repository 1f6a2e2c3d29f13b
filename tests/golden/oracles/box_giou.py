"""torchvision.ops.boxes in double precision, its constant that keeps denominators from 0 taken out."""

from __future__ import annotations

import random
from typing import Any

from _torchvision import operators


def draw(rng: random.Random) -> dict[str, Any]:
    scale, side = rng.choice((1, 1, 2, 10)), rng.choice((8, 20, 40))
    a, b = box(rng, side), box(rng, side)
    if rng.random() < 0.2:
        by, down = rng.randint(-side, side), rng.randint(-side, side)
        b = [a[0] + by, a[1] + down, a[2] + by, a[3] + down]
    return {"a": [value / scale for value in a], "b": [value / scale for value in b]}


def box(rng: random.Random, side: int) -> list[int]:
    x, y = rng.randint(-5, side), rng.randint(-5, side)
    return [x, y, x + rng.randint(1, side), y + rng.randint(1, side)]


def edges() -> list[dict[str, Any]]:
    pairs = [
        ([0, 0, 4, 4], [4, 0, 8, 4]),
        ([0, 0, 4, 4], [0, 0, 4, 4]),
        ([0, 0, 8, 8], [2, 2, 4, 4]),
        ([0, 0, 1, 1], [5, 6, 9, 9]),
        ([0, 0, 2, 8], [0, 0, 8, 2]),
        ([0.1, 0.1, 0.3, 0.3], [0.3, 0.1, 0.6, 0.3]),
    ]
    return [{"a": a, "b": b} for a, b in pairs]


def refusals() -> list[dict[str, Any]]:
    pairs = [([4, 0, 0, 4], [0, 0, 1, 1]), ([0, 0, 1, 1], [0, 0, 0, 3]), ([0, 2, 1, 2], [0, 0, 1, 3])]
    return [{"a": a, "b": b} for a, b in pairs]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    boxes = operators("boxes")
    a, b = (torch.tensor([inputs[name]], dtype=torch.float64) for name in ("a", "b"))
    if any(bool((one[:, 2:] <= one[:, :2]).any()) for one in (a, b)):
        raise ValueError("an empty box")
    ciou = boxes.complete_box_iou(a, b, eps=0).item()
    diou = boxes.distance_box_iou(a, b, eps=0).item()
    if ciou != ciou:  # equal boxes: 0/0 in alpha
        ciou = diou
    return {
        "iou": boxes.box_iou(a, b).item(),
        "giou": boxes.generalized_box_iou(a, b).item(),
        "diou": diou,
        "ciou": ciou,
    }
