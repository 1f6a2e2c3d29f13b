"""By doubling: the rate is carried from the base batch in equal small steps of log batch (its slope is 1, or a half)."""

from __future__ import annotations

import random
from typing import Any

SLOPES = {"linear": "1", "sqrt": "0.5"}


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "base_rate": rng.choice([0.1, 0.01, 0.001, 0.0003, 0.4, 1.6, 0]),
        "base_batch": rng.choice([1, 16, 32, 64, 256, 100]),
        "batch": rng.choice([rng.randint(1, 9000), 2 ** rng.randint(0, 14)]),
        "rule": rng.choice(["linear", "sqrt"]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"base_rate": 0.1, "base_batch": 256, "batch": 8192, "rule": "linear"},
        {"base_rate": 0.1, "base_batch": 256, "batch": 256, "rule": "sqrt"},
        {"base_rate": 0.2, "base_batch": 10**30, "batch": 1, "rule": "linear"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"base_rate": 0.1, "base_batch": 0, "batch": 1, "rule": "linear"},
        {"base_rate": 0.1, "base_batch": 1, "batch": 1, "rule": "log"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from decimal import Decimal, localcontext

    if inputs["base_batch"] < 1:
        raise ValueError("base_batch")
    with localcontext() as context:
        context.prec = 60
        distance = Decimal(inputs["batch"]).ln() - Decimal(inputs["base_batch"]).ln()
        rate = Decimal(str(inputs["base_rate"])) * (Decimal(SLOPES[inputs["rule"]]) * distance).exp()
    return {"rate": float(rate)}
