"""torch.nn.functional.dropout: the factor read off what is kept; the rest from the binomial distribution of scipy."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "units": rng.choice((1, 10, 50, 64, 100, 128, 200, 256, 400, 512, 784, 1000, 1024, 2048, 4096, 9216)),
        "drop_probability": rng.choice(
            (0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 0.125, 0.375)
        ),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"units": 100, "drop_probability": 0},
        {"units": 1, "drop_probability": 0.3},
        {"units": 10, "drop_probability": 0.999},
        {"units": 4096, "drop_probability": 0.5},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"units": 10, "drop_probability": 1},
        {"units": 10, "drop_probability": 1.2},
        {"units": 10, "drop_probability": -0.1},
        {"units": 0, "drop_probability": 0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from scipy.stats import binom

    units, drop = inputs["units"], inputs["drop_probability"]
    if units < 1:
        raise ValueError("nothing to drop")
    torch.manual_seed(0)
    kept = torch.nn.functional.dropout(torch.ones(20_000, dtype=torch.float64), drop, training=True)
    scale = float(kept.max())
    if not scale:
        raise ZeroDivisionError("nothing stays")
    return {
        "expected_active": float(binom(units, 1 - drop).mean()),
        "train_scale": scale,
        # the factor that gives the expectation in training without any scaling there
        "test_scale_classic": float(binom(1, 1 - drop).expect()),
    }
