"""Every crop listed: its left and upper edge and whether it is mirrored; the paper's count leaves out the last edge of each axis."""

from __future__ import annotations

import random
from itertools import product
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    image = rng.choice([32, 36, 40, 64, 256, rng.randint(1, 120)])
    inputs: dict[str, Any] = {
        "image_size": image,
        "crop_size": max(1, image - rng.choice([0, 4, 8, rng.randint(0, 40)])),
    }
    if rng.random() < 0.6:
        inputs["mirrored"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"image_size": 256, "crop_size": 224},
        {"image_size": 256, "crop_size": 227, "mirrored": False},
        {"image_size": 5, "crop_size": 5},
        {"image_size": 1, "crop_size": 1, "mirrored": False},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"image_size": 5, "crop_size": 6}, {"image_size": 5, "crop_size": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    side, crop = inputs["image_size"], inputs["crop_size"]
    if not 1 <= crop <= side:
        raise ValueError("no crop fits")
    views = (False, True) if inputs.get("mirrored", True) else (False,)
    edges = [edge for edge in range(side) if edge + crop <= side]
    found = set(product(edges, edges, views))
    return {"distinct_crops": len(found), "paper_factor": len([1 for x, y, _ in found if edges[-1] not in (x, y)])}
