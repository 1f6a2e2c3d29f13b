"""Counted: of 10^12 people so many have A, so many of these and of the others test positive; the share in exact integers."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

PEOPLE = 10**12


def draw(rng: random.Random) -> dict[str, Any]:
    def share() -> float:
        return rng.choice([rng.randint(0, 100) / 100, rng.randint(1, 999) / 1000, rng.choice([0, 1, 0.5, 0.0001])])

    found = {"prior": share(), "likelihood": share(), "false_positive_rate": share()}
    possible = found["prior"] * found["likelihood"] or (1 - found["prior"]) * found["false_positive_rate"]
    return found if possible else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"prior": 0.01, "likelihood": 0.99, "false_positive_rate": 0.05},
        {"prior": 1, "likelihood": 0.5, "false_positive_rate": 0.5},
        {"prior": 0, "likelihood": 1, "false_positive_rate": 0.5},
        {"prior": 1e-9, "likelihood": 1, "false_positive_rate": 1e-6},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"prior": 0, "likelihood": 1, "false_positive_rate": 0},
        {"prior": 0.5, "likelihood": 0, "false_positive_rate": 0},
        {"prior": 1, "likelihood": 0, "false_positive_rate": 0.3},
        {"prior": 1.2, "likelihood": 1, "false_positive_rate": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    if not all(0 <= share <= 1 for share in inputs.values()):
        raise ValueError("not a share")
    ill = Fraction(str(inputs["prior"])) * PEOPLE
    found, alarmed = (
        ill * Fraction(str(inputs["likelihood"])),
        (PEOPLE - ill) * Fraction(str(inputs["false_positive_rate"])),
    )
    return {"posterior": float(found / (found + alarmed))}
