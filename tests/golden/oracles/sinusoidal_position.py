"""The whole table as the paper's code builds it, in torch's double precision; one entry is read off."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    width = rng.choice([2, 4, 6, 8, 16, 64, 128, 512])
    found: dict[str, Any] = {
        "position": rng.choice([rng.randint(0, 10), rng.randint(0, 200)]),
        "dimension": rng.randint(0, width - 1),
        "embed_dim": width,
    }
    if rng.random() < 0.45:
        found["base"] = rng.choice([100, 1000, 500000])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"position": 0, "dimension": 0, "embed_dim": 4},
        {"position": 0, "dimension": 1, "embed_dim": 4},
        {"position": 3, "dimension": 0, "embed_dim": 1},
        {"position": 1, "dimension": 2, "embed_dim": 4},
        {"position": 5, "dimension": 3, "embed_dim": 4},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"position": -1, "dimension": 0, "embed_dim": 4},
        {"position": 10**6 + 1, "dimension": 0, "embed_dim": 4},
        {"position": 1, "dimension": 4, "embed_dim": 4},
        {"position": 1, "dimension": 0, "embed_dim": 4, "base": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    position, dimension, width, base = (
        inputs["position"],
        inputs["dimension"],
        inputs["embed_dim"],
        inputs.get("base", 10000),
    )
    if not 0 <= position <= 10**6 or not 0 <= dimension < width or base <= 0:
        raise ValueError("position, dimension or base")
    rates = torch.exp(
        torch.arange(0, width, 2, dtype=torch.float64)
        * (-torch.log(torch.tensor(float(base), dtype=torch.float64)) / width)
    )
    table = torch.zeros(width + width % 2, dtype=torch.float64)
    table[0::2], table[1::2] = torch.sin(position * rates), torch.cos(position * rates)
    return {"value": float(table[dimension]), "wavelength": float(2 * torch.pi / rates[dimension // 2])}
