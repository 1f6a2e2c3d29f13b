"""torch.nn.Unfold run on zeros; the elements of both tensors counted."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from _pairs import both, either


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_channels": rng.choice([1, 2, 3, 3, 8, 16]),
        "in_height": rng.randint(1, 40),
        "in_width": rng.randint(1, 40),
        "kernel_size": either(rng, 1, 6),
    }
    for name, low, high in (("stride", 1, 7), ("padding", 0, 3), ("dilation", 1, 3)):
        if rng.random() < 0.6:
            inputs[name] = either(rng, low, high)
    return inputs if fits(inputs) else draw(rng)


def fits(inputs: dict[str, Any]) -> bool:
    kernel, padding, dilation = (
        both(inputs.get(name, low)) for name, low in (("kernel_size", 1), ("padding", 0), ("dilation", 1))
    )
    sides = (inputs["in_height"], inputs["in_width"])
    return all((k - 1) * d < n + 2 * p for n, k, p, d in zip(sides, kernel, padding, dilation, strict=True))


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "in_height": 1, "in_width": 1, "kernel_size": 1},
        {"in_channels": 3, "in_height": 5, "in_width": 7, "kernel_size": [5, 7]},
        {"in_channels": 64, "in_height": 14, "in_width": 14, "kernel_size": 3, "padding": 1},
        {"in_channels": 2, "in_height": 4, "in_width": 6, "kernel_size": 2, "stride": 5, "dilation": 3},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 3, "in_height": 4, "in_width": 8, "kernel_size": 5},
        {"in_channels": 3, "in_height": 8, "in_width": 4, "kernel_size": 3, "dilation": 2},
        {"in_channels": 3, "in_height": 8, "in_width": 8, "kernel_size": 3, "stride": 0},
        {"in_channels": 3, "in_height": 8, "in_width": 8, "kernel_size": 3, "padding": -4},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    arguments = {
        name: both(inputs[name]) for name in ("kernel_size", "stride", "padding", "dilation") if name in inputs
    }
    image = torch.zeros(1, inputs["in_channels"], inputs["in_height"], inputs["in_width"])
    matrix = torch.nn.Unfold(**arguments)(image)[0]
    return {
        "rows": matrix.shape[0],
        "columns": matrix.shape[1],
        "memory_factor": Fraction(matrix.numel(), image.numel()),
    }
