"""The length of torch.utils.data.DataLoader, added up epoch by epoch."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "samples": rng.choice([rng.randint(0, 300), rng.randint(1, 60_000), 1_281_167]),
        "batch_size": rng.choice([1, 32, 64, 100, 128, 256, rng.randint(1, 500)]),
        "epochs": rng.randint(0, 300),
    }
    if rng.random() < 0.5:
        found["drop_last"] = rng.random() < 0.8
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"samples": 0, "batch_size": 4, "epochs": 3},
        {"samples": 128, "batch_size": 32, "epochs": 2, "drop_last": True},
        {"samples": 3, "batch_size": 8, "epochs": 2},
        {"samples": 3, "batch_size": 8, "epochs": 2, "drop_last": True},
        {"samples": 10, "batch_size": 3, "epochs": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"samples": -1, "batch_size": 4, "epochs": 3},
        {"samples": 1, "batch_size": 0, "epochs": 3},
        {"samples": 1, "batch_size": 4, "epochs": -3},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from torch.utils.data import BatchSampler, SequentialSampler

    if inputs["samples"] < 0 or inputs["epochs"] < 0 or inputs["batch_size"] < 1:
        raise ValueError("counts")
    sampler = BatchSampler(
        SequentialSampler(range(inputs["samples"])), inputs["batch_size"], bool(inputs.get("drop_last"))
    )
    return {"iterations_per_epoch": len(sampler), "iterations": sum(len(sampler) for _ in range(inputs["epochs"]))}
