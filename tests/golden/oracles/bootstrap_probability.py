"""decimal at 60 digits; for small N also counted: the share of the N^N ordered draws that miss the first sample."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "samples": rng.choice(
            [rng.randint(1, 60), rng.randint(1, 2000), rng.randint(1, 10**6), 10 ** rng.randint(1, 9)]
        )
    }


def edges() -> list[dict[str, Any]]:
    return [{"samples": 1}, {"samples": 2}, {"samples": 10**9}, {"samples": 3}]


def refusals() -> list[dict[str, Any]]:
    return [{"samples": 0}, {"samples": -3}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from decimal import Decimal, localcontext
    from itertools import product

    count = inputs["samples"]
    if count < 1:
        raise ValueError("samples")
    with localcontext() as context:
        context.prec = 60
        out = (1 - Decimal(1) / count) ** count if count > 1 else Decimal(0)
        if count <= 5:
            draws = list(product(range(count), repeat=count))
            assert abs(Decimal(sum(0 not in each for each in draws)) / len(draws) - out) < Decimal("1e-50")
        return {
            "included": float(1 - out),
            "out_of_bag": float(out),
            "limit": float(1 - Decimal(-1).exp()),
            "expected_out_of_bag": float(count * out),
        }
