"""The dense torch.nn.Conv2d that gives the same output size on a map, found by trying one kernel after another."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "kernel_size": rng.choice([1, 2, 3, 3, 4, 5, 7, 11, rng.randint(1, 25)]),
        "dilation": rng.choice([1, 2, 3, 4, 6, 12, 18, 24, rng.randint(1, 40)]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"kernel_size": 1, "dilation": 1},
        {"kernel_size": 1, "dilation": 9},
        {"kernel_size": 2, "dilation": 1},
        {"kernel_size": 2, "dilation": 2},
        {"kernel_size": 3, "dilation": 6},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"kernel_size": 0, "dilation": 1}, {"kernel_size": 3, "dilation": 0}, {"kernel_size": 3, "dilation": -2}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if inputs["kernel_size"] < 1 or inputs["dilation"] < 1:
        raise ValueError("a kernel and a dilation are at least 1")
    given = torch.empty(1, 1, 1_200, 1_200, device="meta")
    wanted = torch.nn.Conv2d(1, 1, **inputs, device="meta")(given).shape
    for dense in range(1, 1_200):
        if torch.nn.Conv2d(1, 1, dense, device="meta")(given).shape == wanted:
            return {"effective_kernel_size": dense}
    raise ValueError("no dense kernel")
