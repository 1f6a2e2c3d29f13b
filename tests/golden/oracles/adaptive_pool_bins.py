"""torch.nn.AdaptiveAvgPool1d on unit impulses: a bin holds the positions whose impulse reaches it."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.choice([5, 7, 10, 13, 14, 20, rng.randint(1, 30)])
    return {"in_size": size, "out_size": rng.choice([3, 4, 6, 7, rng.randint(1, 12), rng.randint(1, size)])}


def edges() -> list[dict[str, Any]]:
    return [
        {"in_size": 20, "out_size": 7},
        {"in_size": 1, "out_size": 1},
        {"in_size": 1, "out_size": 5},
        {"in_size": 3, "out_size": 7},
        {"in_size": 12, "out_size": 4},
        {"in_size": 13, "out_size": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"in_size": 0, "out_size": 3}, {"in_size": 3, "out_size": 0}, {"in_size": 3, "out_size": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if inputs["in_size"] < 1 or inputs["out_size"] < 1:
        raise ValueError("nothing to pool")
    pooled = torch.nn.AdaptiveAvgPool1d(inputs["out_size"])(torch.eye(inputs["in_size"])[:, None])[:, 0]
    reached = [torch.nonzero(column).flatten().tolist() for column in pooled.T]
    return {
        "starts": [places[0] for places in reached],
        "ends": [places[-1] + 1 for places in reached],
        "sizes": [len(places) for places in reached],
    }
