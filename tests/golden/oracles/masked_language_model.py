"""A tree of cases: every token is selected or not, every selected one masked, randomised or kept; the leaves' probabilities times tokens."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

LEAVES = (("masked", 80), ("randomized", 10), ("unchanged", 10))


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"tokens": rng.choice([rng.randint(0, 600), 512, 128, rng.randint(1, 10**6)])}
    if rng.random() < 0.7:
        found["mask_fraction"] = rng.choice([0.1, 0.2, 0.4, 0.5, rng.randint(1, 99) / 100])
    return found


def edges() -> list[dict[str, Any]]:
    return [{"tokens": 100, "mask_fraction": 1}, {"tokens": 0}, {"tokens": 512}, {"tokens": 10, "mask_fraction": 0}]


def refusals() -> list[dict[str, Any]]:
    return [{"tokens": -1}, {"tokens": 10, "mask_fraction": 1.5}, {"tokens": 10, "mask_fraction": -0.1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    tokens, chance = inputs["tokens"], Fraction(str(inputs.get("mask_fraction", 0.15)))
    if tokens < 0 or not 0 <= chance <= 1:
        raise ValueError("tokens or fraction")
    found = {name: float(tokens * chance * percent / 100) for name, percent in LEAVES}
    return {"selected": float(sum(tokens * chance * percent for _, percent in LEAVES) / 100), **found}
