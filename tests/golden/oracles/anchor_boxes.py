"""The sides found by bisection: of all widths, the one whose height over width is the ratio at the given area."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "base_size": rng.choice((4, 8, 16, 32, 7.5, 10)),
        "scales": [rng.choice((0.5, 1, 2, 4, 8, 16, 32, 1.26)) for _ in range(rng.randint(1, 3))],
        "ratios": [rng.choice((0.25, 0.5, 1, 2, 3, 4, 0.333, 1.5)) for _ in range(rng.randint(1, 4))],
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"base_size": 16, "scales": [8, 16, 32], "ratios": [0.5, 1, 2]},
        {"base_size": 1, "scales": [1], "ratios": [1]},
        {"base_size": 1e-3, "scales": [1e6], "ratios": [1e4, 1e-4]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"base_size": 0, "scales": [1], "ratios": [1]},
        {"base_size": 1, "scales": [1, 0], "ratios": [1]},
        {"base_size": 1, "scales": [1], "ratios": [-1]},
        {"base_size": 1, "scales": [], "ratios": [1]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    base, scales, ratios = inputs["base_size"], inputs["scales"], inputs["ratios"]
    if not scales or not ratios or min(base, *scales, *ratios) <= 0:
        raise ValueError("nothing positive")
    return {"sizes": [box((base * scale) ** 2, ratio) for scale in scales for ratio in ratios]}


def box(area: float, ratio: float) -> list[float]:
    low, high = 0.0, area + 1 / ratio + 1
    for _ in range(400):
        width = (low + high) / 2
        if width * (ratio * width) < area:
            low = width
        else:
            high = width
    return [width, area / width]
