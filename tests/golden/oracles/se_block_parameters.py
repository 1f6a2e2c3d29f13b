"""Two torch.nn.Linear layers on pooled channels; the numbers of their parameters."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    channels = rng.choice([16, 24, 64, 96, 128, 256, 512, rng.randint(1, 600)])
    inputs: dict[str, Any] = {
        "channels": channels,
        "reduction": min(channels, rng.choice([1, 2, 4, 8, 16, 16, rng.randint(1, 40)])),
    }
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.7
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"channels": 256, "reduction": 16},
        {"channels": 24, "reduction": 16},
        {"channels": 1, "reduction": 1, "bias": True},
        {"channels": 31, "reduction": 16, "bias": True},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"channels": 8, "reduction": 16}, {"channels": 8, "reduction": 0}, {"channels": 0, "reduction": 1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    wide, bias = inputs["channels"], inputs.get("bias", False)
    narrow = len(range(inputs["reduction"], wide + 1, inputs["reduction"]))
    if not narrow:
        raise ValueError("no channel is left")
    block = torch.nn.Sequential(
        torch.nn.Linear(wide, narrow, bias=bias),
        torch.nn.ReLU(),
        torch.nn.Linear(narrow, wide, bias=bias),
        torch.nn.Sigmoid(),
    )
    block(torch.zeros(1, wide))
    return {"parameters": sum(part.numel() for part in block.parameters())}
