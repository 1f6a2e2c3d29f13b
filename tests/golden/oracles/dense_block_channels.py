"""torch.cat in a loop over maps without data; connections counted as the maps that each layer concatenates."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "in_channels": rng.choice([1, 3, 16, 24, 64, 128, 256, rng.randint(1, 600)]),
        "growth_rate": rng.choice([1, 4, 12, 24, 32, 48, rng.randint(1, 60)]),
        "layers": rng.choice([1, 2, 4, 6, 12, 16, rng.randint(1, 24)]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "growth_rate": 1, "layers": 1},
        {"in_channels": 64, "growth_rate": 32, "layers": 6},
        {"in_channels": 256, "growth_rate": 32, "layers": 24},
    ]


def refusals() -> list[dict[str, Any]]:
    right = {"in_channels": 4, "growth_rate": 4, "layers": 4}
    return [right | {name: 0} for name in right] + [right | {"layers": 10**6 + 1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1 or inputs["layers"] > 1_000_000:
        raise ValueError("layers")
    maps = [torch.empty(1, inputs["in_channels"], 1, 1, device="meta")]
    read, links = [], 0
    for _ in range(inputs["layers"]):
        links += len(maps)
        joined = torch.cat(maps, dim=1)
        read.append(joined.shape[1])
        maps.append(torch.nn.Conv2d(joined.shape[1], inputs["growth_rate"], 3, padding=1, device="meta")(joined))
    return {"layer_in_channels": read, "out_channels": torch.cat(maps, dim=1).shape[1], "connections": links}
