"""A grouped and a 1x1 torch.nn.Conv2d beside a standard one; torch.utils.flop_counter counts, two FLOPs a MAC."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    """Channels in quarters and sides in fifths, so that the usual multipliers give whole numbers."""
    quarter, fifth = (4, 5) if rng.random() < 0.8 else (1, 1)
    inputs: dict[str, Any] = {
        "in_channels": quarter * rng.randint(1, 12),
        "out_channels": quarter * rng.randint(1, 12),
        "kernel_size": rng.choice([1, 2, 3, 3, 5, 7]),
        "out_height": fifth * rng.randint(1, 4),
        "out_width": fifth * rng.randint(1, 4),
    }
    if quarter > 1 and rng.random() < 0.6:
        inputs["width_multiplier"] = rng.choice([0.25, 0.5, 0.75, 1.5, 1, 2])
    if fifth > 1 and rng.random() < 0.6:
        inputs["resolution_multiplier"] = rng.choice([0.2, 0.4, 0.6, 0.8, 1.2, 1, 1.0])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "out_height": 1, "out_width": 1},
        {"in_channels": 64, "out_channels": 128, "kernel_size": 3, "out_height": 28, "out_width": 28},
        {
            "in_channels": 30,
            "out_channels": 70,
            "kernel_size": 3,
            "out_height": 10,
            "out_width": 20,
            "width_multiplier": 0.1,
            "resolution_multiplier": 0.3,
        },
    ]


def refusals() -> list[dict[str, Any]]:
    base = {"in_channels": 10, "out_channels": 20, "kernel_size": 3, "out_height": 7, "out_width": 7}
    return [
        {**base, "width_multiplier": 0.25},
        {**base, "width_multiplier": 0},
        {**base, "width_multiplier": -1},
        {**base, "resolution_multiplier": 0.5},
        {**base, "resolution_multiplier": -0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    into, out = (scaled(inputs, name, "width_multiplier") for name in ("in_channels", "out_channels"))
    height, width = (scaled(inputs, name, "resolution_multiplier") for name in ("out_height", "out_width"))
    kernel = inputs["kernel_size"]
    depthwise = counted(into, into, kernel, into, height, width)
    pointwise = counted(into, out, 1, 1, height, width)
    standard = counted(into, out, kernel, 1, height, width)
    return {
        "depthwise_parameters": depthwise[0],
        "pointwise_parameters": pointwise[0],
        "parameters": depthwise[0] + pointwise[0],
        "standard_parameters": standard[0],
        "macs": depthwise[1] + pointwise[1],
        "standard_macs": standard[1],
        "ratio": Fraction(depthwise[1] + pointwise[1], standard[1]),
    }


def scaled(inputs: dict[str, Any], name: str, multiplier: str) -> int:
    value = Decimal(str(inputs.get(multiplier, 1))) * inputs[name]
    if value <= 0 or value != value.to_integral_value():
        raise ValueError(f"{name} would be {value}")
    return int(value)


def counted(into: int, out: int, kernel: int, groups: int, height: int, width: int) -> tuple[int, int]:
    """Parameters and MACs of one layer that gives a map of height x width."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    layer = torch.nn.Conv2d(into, out, kernel, groups=groups, bias=False, device="meta")
    image = torch.zeros(1, into, height + kernel - 1, width + kernel - 1, device="meta")
    with FlopCounterMode(display=False) as counter:
        layer(image)
    return layer.weight.numel(), counter.get_total_flops() // 2
