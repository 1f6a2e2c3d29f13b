"""torch.nn.Conv2d with kernel = stride = patch that must read every pixel, and a class token laid before what comes out."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    patch = rng.choice([1, 2, 4, 8, 14, 16, 32, rng.randint(1, 32)])
    inputs: dict[str, Any] = {"image_size": patch * rng.randint(1, 28), "patch_size": patch}
    if rng.random() < 0.6:
        inputs["class_token"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"image_size": 224, "patch_size": 16},
        {"image_size": 384, "patch_size": 16},
        {"image_size": 224, "patch_size": 14, "class_token": False},
        {"image_size": 1, "patch_size": 1},
        {"image_size": 8, "patch_size": 8, "class_token": False},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"image_size": 224, "patch_size": 15},
        {"image_size": 8, "patch_size": 16},
        {"image_size": 8, "patch_size": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image, patch = inputs["image_size"], inputs["patch_size"]
    layer = torch.nn.Conv2d(1, 2, patch, stride=patch, device="meta")
    embedded = layer(torch.empty(1, 1, image, image, device="meta")).flatten(2).transpose(1, 2)
    if embedded.shape[1] * patch * patch != image * image:
        raise ValueError("the patches do not cover the image")
    first = torch.empty(1, 1 if inputs.get("class_token", True) else 0, 2, device="meta")
    return {"patches": embedded.shape[1], "tokens": torch.cat([first, embedded], dim=1).shape[1]}
