"""torch.nn.PixelShuffle and PixelUnshuffle run on zeros."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    r, inverse = rng.choice([1, 2, 2, 3, 3, 4, 5, 8]), rng.random() < 0.45
    channels, high, wide = rng.choice([1, 2, 3, 8, 12, 16]), rng.randint(1, 20), rng.randint(1, 20)
    if inverse:
        times = rng.choice([r, r, r * r])
        return {
            "in_channels": channels, "in_height": high * times, "in_width": wide * times, "upscale_factor": r, "inverse": True,
        }  # fmt: skip
    inputs = {"in_channels": channels * r * r, "in_height": high, "in_width": wide, "upscale_factor": r}
    return {**inputs, "inverse": False} if rng.random() < 0.3 else inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "in_height": 1, "in_width": 1, "upscale_factor": 1},
        {"in_channels": 48, "in_height": 32, "in_width": 32, "upscale_factor": 4},
        {"in_channels": 3, "in_height": 640, "in_width": 640, "upscale_factor": 2, "inverse": True},
        {"in_channels": 4, "in_height": 6, "in_width": 9, "upscale_factor": 3, "inverse": True},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 6, "in_height": 4, "in_width": 4, "upscale_factor": 2},
        {"in_channels": 2, "in_height": 4, "in_width": 4, "upscale_factor": 2},
        {"in_channels": 2, "in_height": 5, "in_width": 4, "upscale_factor": 2, "inverse": True},
        {"in_channels": 2, "in_height": 4, "in_width": 7, "upscale_factor": 4, "inverse": True},
        {"in_channels": 4, "in_height": 4, "in_width": 4, "upscale_factor": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    layer = torch.nn.PixelUnshuffle if inputs.get("inverse", False) else torch.nn.PixelShuffle
    image = torch.zeros(1, inputs["in_channels"], inputs["in_height"], inputs["in_width"])
    shape = layer(inputs["upscale_factor"])(image).shape
    return dict(zip(("out_channels", "out_height", "out_width"), shape[1:], strict=True))
