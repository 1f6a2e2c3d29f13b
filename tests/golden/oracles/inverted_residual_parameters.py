"""The block built of torch.nn.Conv2d and run on a map without data; the numbers of its parameters."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs = {
        "in_channels": rng.choice([16, 24, 32, 64, 96, 160, rng.randint(1, 200)]),
        "out_channels": rng.choice([16, 24, 32, 64, 96, 160, 320, rng.randint(1, 200)]),
        "expansion": rng.choice([1, 1, 2, 3, 4, 6, 6]),
    }
    if rng.random() < 0.6:
        inputs["kernel_size"] = rng.choice([1, 2, 3, 5, 5, 7, 7])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 24, "out_channels": 24, "expansion": 6},
        {"in_channels": 32, "out_channels": 16, "expansion": 1},
        {"in_channels": 1, "out_channels": 1, "expansion": 1, "kernel_size": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 0, "out_channels": 4, "expansion": 6},
        {"in_channels": 4, "out_channels": 0, "expansion": 6},
        {"in_channels": 4, "out_channels": 4, "expansion": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1:
        raise ValueError("a block of nothing")
    into, out, kernel = inputs["in_channels"], inputs["out_channels"], inputs.get("kernel_size", 3)
    inside = into * inputs["expansion"]
    conv = {"bias": False, "device": "meta"}
    block = torch.nn.Sequential(
        *([torch.nn.Conv2d(into, inside, 1, **conv)] if inputs["expansion"] != 1 else []),
        torch.nn.Conv2d(inside, inside, kernel, groups=inside, **conv),
        torch.nn.Conv2d(inside, out, 1, **conv),
    )
    block(torch.empty(1, into, 9, 9, device="meta"))
    return {"hidden_channels": block[-1].in_channels, "parameters": sum(part.numel() for part in block.parameters())}
