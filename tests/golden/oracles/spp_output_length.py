"""torch.nn.AdaptiveMaxPool2d at every level, its outputs laid end to end and counted."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    levels = [rng.choice([1, 2, 3, 4, 5, 6, 7, 8]) for _ in range(rng.choice([1, 2, 3, 3, 4, 5]))]
    if rng.random() < 0.6:
        levels = sorted(set(levels))
    return {"in_channels": rng.choice([1, 3, 16, 64, 96, 256, rng.randint(1, 300)]), "levels": levels}


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "levels": [1]},
        {"in_channels": 256, "levels": [1, 2, 3, 6]},
        {"in_channels": 512, "levels": [1, 2, 4]},
        {"in_channels": 2, "levels": [3, 3]},
        {"in_channels": 4, "levels": [1] * 12},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"in_channels": 4, "levels": []}, {"in_channels": 4, "levels": [2, -1]}, {"in_channels": -1, "levels": [2]}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image = torch.rand(1, inputs["in_channels"], 5, 7)
    pooled = [torch.nn.AdaptiveMaxPool2d(level)(image) for level in inputs["levels"]]
    vector = torch.cat([level.flatten() for level in pooled])
    return {"length": vector.numel(), "bins": sum(level[0, 0].numel() for level in pooled)}
