"""torch.nn.Conv2d and Linear between the maps that torch makes; local as a Conv2d of its own for each position."""

from __future__ import annotations

import random
from typing import Any


def _sides(rng: random.Random, low: int, high: int) -> int | list[int]:
    return rng.randint(low, high) if rng.random() < 0.6 else [rng.randint(low, high), rng.randint(low, high)]


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_channels": rng.choice([1, 3, 3, 8, 16, rng.randint(1, 40)]),
        "in_height": rng.randint(7, 40),
        "in_width": rng.randint(7, 40),
        "out_channels": rng.choice([1, 6, 16, 32, rng.randint(1, 50)]),
        "kernel_size": _sides(rng, 1, 7),
    }
    if rng.random() < 0.6:
        inputs["stride"] = _sides(rng, 1, 9)
    if rng.random() < 0.6:
        inputs["padding"] = _sides(rng, 0, 4)
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    one = {"in_channels": 1, "in_height": 1, "in_width": 1, "out_channels": 1, "kernel_size": 1}
    full = {"in_channels": 2, "in_height": 4, "in_width": 6, "out_channels": 3, "kernel_size": [4, 6]}
    return [one, one | {"bias": False}, full]


def refusals() -> list[dict[str, Any]]:
    right = {"in_channels": 2, "in_height": 4, "in_width": 6, "out_channels": 3, "kernel_size": 3}
    return [
        right | {"kernel_size": 5},
        right | {"kernel_size": [3, 7]},
        right | {"in_channels": 0},
        right | {"stride": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    channels, out, bias = inputs["in_channels"], inputs["out_channels"], inputs.get("bias", True)
    if channels < 1:
        raise ValueError("in_channels")

    def of(name: str, default: int) -> Any:
        value = inputs.get(name, default)
        return tuple(value) if isinstance(value, list) else value

    image = torch.empty(1, channels, inputs["in_height"], inputs["in_width"], device="meta")
    conv = torch.nn.Conv2d(
        channels, out, of("kernel_size", 1), of("stride", 1), of("padding", 0), bias=bias, device="meta"
    )
    found = conv(image)
    dense = torch.nn.Linear(image.numel(), found.numel(), bias=bias, device="meta")
    one = sum(part.numel() for part in conv.parameters())
    local = 0
    for _ in range(found[0, 0].numel()):
        local += one
    return {
        "dense": sum(part.numel() for part in dense.parameters()),
        "local": local,
        "conv": one,
        "sharing_factor": found[0, 0].numel(),
    }
