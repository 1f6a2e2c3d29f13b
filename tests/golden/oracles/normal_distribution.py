"""scipy.stats.norm"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"x": rng.choice([rng.randint(-9, 9), rng.randint(-400, 400) / 100, rng.randint(-30, 30)])}
    if rng.random() < 0.7:
        found["mean"] = rng.choice([rng.randint(-5, 5) or 1, rng.randint(1, 50) / 10])
    if rng.random() < 0.7:
        found["std"] = rng.choice([0.5, 2, 3, 10, 0.25, 1.5])
    return found


def edges() -> list[dict[str, Any]]:
    return [{"x": 0}, {"x": 1.96}, {"x": 30}, {"x": -30}, {"x": 0.3, "mean": 0.1, "std": 0.2}, {"x": 1e-9}, {"x": 37.5}]


def refusals() -> list[dict[str, Any]]:
    return [{"x": 1, "std": 0}, {"x": 1, "std": -2}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from fractions import Fraction

    from scipy.stats import norm

    mean, std = inputs.get("mean", 0), inputs.get("std", 1)
    if std <= 0:
        raise ValueError("std")
    z = float((Fraction(str(inputs["x"])) - Fraction(str(mean))) / Fraction(str(std)))
    return {
        "z": z,
        "density": float(norm.pdf(z) / std),
        "cdf": float(norm.cdf(z)),
        "upper_tail": float(norm.sf(z)),
        "two_sided": float(2 * norm.sf(abs(z))),
    }
