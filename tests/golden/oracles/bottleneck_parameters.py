"""Both blocks built of torch.nn.Conv2d and run on a map without data; the numbers of their parameters."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    groups = rng.choice([1, 1, 2, 4, 8, 32])
    inputs: dict[str, Any] = {
        "channels": rng.choice([16, 64, 128, 192, 256, 512, rng.randint(1, 600)]),
        "reduced_channels": groups * rng.choice([1, 2, 4, 8, 16, rng.randint(1, 20)]),
    }
    if groups > 1 or rng.random() < 0.2:
        inputs["groups"] = groups
    if rng.random() < 0.5:
        inputs["out_channels"] = rng.choice([None, 32, 64, 128, 256, rng.randint(1, 400)])
    if rng.random() < 0.5:
        inputs["kernel_size"] = rng.choice([1, 2, 3, 5, 5, 7])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"channels": 256, "reduced_channels": 64},
        {"channels": 192, "reduced_channels": 16, "out_channels": 32, "kernel_size": 5},
        {"channels": 256, "reduced_channels": 128, "groups": 32},
        {"channels": 1, "reduced_channels": 1},
        {"channels": 4, "reduced_channels": 9, "out_channels": None, "groups": 9},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"channels": 256, "reduced_channels": 65, "groups": 32},
        {"channels": 256, "reduced_channels": 0},
        {"channels": 0, "reduced_channels": 4},
        {"channels": 4, "reduced_channels": 4, "groups": 0},
        {"channels": 4, "reduced_channels": 2, "groups": 4},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    wide, narrow = inputs["channels"], inputs["reduced_channels"]
    if min(wide, narrow) < 1:
        raise ValueError("no channels")
    out, k = inputs.get("out_channels") or wide, inputs.get("kernel_size", 3)

    def conv(into: int, leave: int, kernel: int, groups: int = 1) -> Any:
        return torch.nn.Conv2d(into, leave, kernel, groups=groups, bias=False, device="meta")

    blocks = [
        torch.nn.Sequential(
            conv(wide, narrow, 1), conv(narrow, narrow, k, inputs.get("groups", 1)), conv(narrow, out, 1)
        ),
        torch.nn.Sequential(conv(wide, out, k), conv(out, out, k)),
    ]
    for block in blocks:
        block(torch.empty(1, wide, 2 * k, 2 * k, device="meta"))
    bottleneck, basic = (sum(part.numel() for part in block.parameters()) for block in blocks)
    return {"bottleneck_parameters": bottleneck, "basic_parameters": basic, "ratio": Fraction(bottleneck, basic)}
