"""Counted: every pass of every device adds its samples, until the optimizer steps."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found = {
        "per_device": rng.choice([1, 2, 8, 16, 32, 64, rng.randint(1, 300)]),
        "devices": rng.choice([1, 2, 4, 8, 16, rng.randint(1, 64)]),
    }
    if rng.random() < 0.7:
        found["accumulation_steps"] = rng.choice([2, 4, 8, rng.randint(2, 40)])
    return found


def edges() -> list[dict[str, Any]]:
    return [{"per_device": 1, "devices": 1}, {"per_device": 10**12, "devices": 3, "accumulation_steps": 2}]


def refusals() -> list[dict[str, Any]]:
    return [
        {"per_device": 0, "devices": 1},
        {"per_device": 1, "devices": 0},
        {"per_device": 1, "devices": 1, "accumulation_steps": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    seen = 0
    passes, devices = inputs.get("accumulation_steps", 1), inputs["devices"]
    if passes < 1 or devices < 1 or inputs["per_device"] < 1:
        raise ValueError("counts")
    for _ in range(passes):
        for _ in range(devices):
            seen += inputs["per_device"]
    return {"effective_batch_size": seen}
