"""Stacks of torch.nn.Conv2d, counted; the equivalent kernel is the input size that leaves one output pixel."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {"small_kernel": rng.randint(1, 7), "layers": rng.randint(1, 6), "channels": rng.randint(1, 128)}


def edges() -> list[dict[str, Any]]:
    return [
        {"small_kernel": 3, "layers": 2, "channels": 64},
        {"small_kernel": 3, "layers": 3, "channels": 512},
        {"small_kernel": 1, "layers": 4, "channels": 8},
        {"small_kernel": 5, "layers": 1, "channels": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    small, layers, channels = inputs["small_kernel"], inputs["layers"], inputs["channels"]
    stack = torch.nn.Sequential(
        *(torch.nn.Conv2d(channels, channels, small, bias=False, device="meta") for _ in range(layers))
    )
    size = field(small, layers)
    single = torch.nn.Conv2d(channels, channels, size, bias=False, device="meta")
    stacked, alone = (sum(tensor.numel() for tensor in module.parameters()) for module in (stack, single))
    return {
        "equivalent_kernel": size,
        "stacked_parameters": stacked,
        "single_parameters": alone,
        "ratio": Fraction(stacked, alone),
    }


def field(kernel: int, layers: int) -> int:
    """How many input pixels have a gradient from one output pixel of a one-channel stack of ones."""
    import torch

    size = kernel * layers + 1
    line = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
    output = line
    for _ in range(layers):
        output = torch.nn.functional.conv1d(output, torch.ones(1, 1, kernel, dtype=torch.float64))
    output[0, 0, 0].backward()
    return int((line.grad != 0).sum())
