"""torch.nn.Conv2d tried with one padding after another until the size is kept."""

from __future__ import annotations

import random
from typing import Any

SIDE = 9


def draw(rng: random.Random) -> dict[str, Any]:
    inputs = {"kernel_size": rng.choice([1, 2, 3, 3, 4, 5, 5, 7, rng.randint(1, 31)])}
    if rng.random() < 0.8:
        inputs["dilation"] = rng.choice([1, 2, 2, 3, 4, 6, 12, 18, 24, rng.randint(1, 40)])
    return inputs if inputs["kernel_size"] % 2 or inputs.get("dilation", 1) % 2 == 0 else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"kernel_size": 1},
        {"kernel_size": 1, "dilation": 7},
        {"kernel_size": 2, "dilation": 2},
        {"kernel_size": 3},
        {"kernel_size": 3, "dilation": 6},
        {"kernel_size": 4, "dilation": 6},
        {"kernel_size": 11},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"kernel_size": 2},
        {"kernel_size": 4, "dilation": 3},
        {"kernel_size": 0},
        {"kernel_size": 6, "dilation": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    for padding in range(10_000):
        try:
            layer = torch.nn.Conv2d(1, 1, padding=padding, device="meta", **inputs)
            side = layer(torch.empty(1, 1, SIDE, SIDE, device="meta")).shape[2]
        except RuntimeError:
            if padding > 2_000:
                raise
            continue
        if side >= SIDE:
            if side > SIDE:
                break
            return {"padding": padding}
    raise ValueError("no padding keeps the size")
