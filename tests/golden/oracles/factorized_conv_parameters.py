"""torch.nn.Conv2d layers chained on a map without data; the numbers of their parameters."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    width = rng.choice([1, 16, 32, 64, 96, 128, 192, 256, rng.randint(1, 400)])
    return {
        "kernel_size": rng.choice([1, 2, 3, 3, 5, 7, 7, 11, rng.randint(1, 15)]),
        "in_channels": rng.choice([1, 3, 16, 64, 128, rng.randint(1, 400)]),
        "out_channels": width,
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"kernel_size": 3, "in_channels": 1, "out_channels": 1},
        {"kernel_size": 1, "in_channels": 5, "out_channels": 7},
        {"kernel_size": 7, "in_channels": 128, "out_channels": 128},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"kernel_size": 0, "in_channels": 3, "out_channels": 3},
        {"kernel_size": 3, "in_channels": 0, "out_channels": 3},
        {"kernel_size": 3, "in_channels": 3, "out_channels": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1:
        raise ValueError("a convolution of nothing")
    k, into, out = inputs["kernel_size"], inputs["in_channels"], inputs["out_channels"]
    pair = torch.nn.Sequential(
        torch.nn.Conv2d(into, out, (1, k), bias=False, device="meta"),
        torch.nn.Conv2d(out, out, (k, 1), bias=False, device="meta"),
    )
    full = torch.nn.Conv2d(into, out, k, bias=False, device="meta")
    image = torch.empty(1, into, k + 2, k + 2, device="meta")
    if pair(image).shape != full(image).shape:
        raise ValueError("the pair does not stand for the layer")
    counts = [sum(part.numel() for part in module.parameters()) for module in (pair, full)]
    return {"factorized_parameters": counts[0], "full_parameters": counts[1], "ratio": Fraction(*counts)}
