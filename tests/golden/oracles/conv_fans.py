"""torch.nn.init on the weights of a real layer."""

from __future__ import annotations

import random
from typing import Any

from _pairs import either


def draw(rng: random.Random) -> dict[str, Any]:
    groups = rng.choice((1, 1, 2, 3, 4, 8))
    inputs: dict[str, Any] = {
        "in_channels": groups * rng.randint(1, 24),
        "out_channels": groups * rng.randint(1, 24),
        "kernel_size": either(rng, 1, 7),
    }
    if groups > 1:
        inputs["groups"] = groups
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "out_channels": 1, "kernel_size": 1},
        {"in_channels": 3, "out_channels": 64, "kernel_size": 11},
        {"in_channels": 32, "out_channels": 32, "kernel_size": 3, "groups": 32},
        {"in_channels": 64, "out_channels": 96, "kernel_size": [1, 7], "groups": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 6, "out_channels": 8, "kernel_size": 3, "groups": 4},
        {"in_channels": 8, "out_channels": 6, "kernel_size": 3, "groups": 4},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 0},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "groups": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if not inputs["kernel_size"]:
        raise ValueError("no weights")
    layer = torch.nn.Conv2d(**inputs)
    fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(layer.weight)
    return {"fan_in": fan_in, "fan_out": fan_out}
