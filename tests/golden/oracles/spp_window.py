"""The paper's rule by search: the smallest window of which n cover the map, the largest stride with which n fit; torch slides it."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.choice([7, 10, 13, 14, 20, 28, rng.randint(1, 60)])
    return {"in_size": size, "bins": rng.randint(1, size)}


def edges() -> list[dict[str, Any]]:
    return [
        {"in_size": 13, "bins": 3},
        {"in_size": 13, "bins": 2},
        {"in_size": 13, "bins": 1},
        {"in_size": 7, "bins": 4},
        {"in_size": 1, "bins": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"in_size": 3, "bins": 4}, {"in_size": 3, "bins": 0}, {"in_size": 0, "bins": 1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    size, bins = inputs["in_size"], inputs["bins"]
    if not 1 <= bins <= size:
        raise ValueError("more bins than pixels")
    window = next(k for k in range(1, size + 1) if bins * k >= size)
    stride = next(s for s in range(size, 0, -1) if bins * s <= size)
    pooled = torch.nn.MaxPool1d(window, stride)(torch.zeros(1, 1, size))
    return {"kernel_size": window, "stride": stride, "out_size": pooled.shape[2]}
