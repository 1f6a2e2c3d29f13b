"""torch.nn.functional.softshrink for L1; scipy.optimize.minimize_scalar of the penalised square checks both, Newton's step ends L2."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    unit = rng.choice([1, 10, 100])
    return {
        "weights": [rng.randint(-3 * unit, 3 * unit) / unit for _ in range(rng.randint(1, 6))],
        "strength": rng.choice([0, 0.1, 0.25, 0.5, 1, 2, rng.randint(1, 99) / 100]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"weights": [0.3, -0.3, 0], "strength": 0.3},
        {"weights": [0.3], "strength": 0.1},
        {"weights": [5, -5], "strength": 0},
        {"weights": [0], "strength": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"weights": [1], "strength": -1}, {"weights": [], "strength": 1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from fractions import Fraction

    import torch
    from scipy.optimize import minimize_scalar

    weights, strength = inputs["weights"], inputs["strength"]
    if strength < 0 or not weights:
        raise ValueError("strength or weights")
    # On the decimals: 0.3 - 0.1 is 0.2, and 0.3 - 0.3 is nothing.
    tied = [abs(Fraction(str(w))) <= Fraction(str(strength)) for w in weights]
    soft = torch.nn.functional.softshrink(torch.tensor(weights, dtype=torch.float64), strength).tolist()
    l1 = [0.0 if tie else value for tie, value in zip(tied, soft, strict=True)]
    l2 = []
    for weight, left in zip(weights, l1, strict=True):
        found = minimize_scalar(
            lambda v, w=weight: (v - w) ** 2 / 2 + strength * abs(v),
            bounds=(-9, 9),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert abs(found.x - left) < 1e-4
        square = minimize_scalar(lambda v, w=weight: (v - w) ** 2 / 2 + strength * v * v / 2)
        l2.append(float(square.x - (square.x - weight + strength * square.x) / (1 + strength)))
    return {"l1": l1, "l2": [0.0 if abs(v) < 1e-15 else v for v in l2], "zeros": sum(value == 0 for value in l1)}
