"""torch.autograd twice over numpy's polynomial in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    degree = rng.randint(2, 5)
    coefficients = [rng.randint(-6, 6) / rng.choice([1, 1, 2]) for _ in range(degree + 1)]
    found: dict[str, Any] = {"coefficients": coefficients, "x": rng.randint(-30, 30) / 10}
    if rng.random() < 0.5:
        found["learning_rate"] = rng.choice([0.01, 0.5, 0.25])
    curve = sum(
        value * p * (p - 1) * found["x"] ** (p - 2)
        for value, p in zip(coefficients, range(degree, -1, -1), strict=True)
        if p > 1
    )
    return found if abs(curve) > 1e-6 else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"coefficients": [1, 0, 0], "x": 3},
        {"coefficients": [1, -4, 5], "x": 0.5},
        {"coefficients": [0, 2, 0, 0], "x": 1},
        {"coefficients": [1, 0, -3, 1], "x": 2, "learning_rate": 0.01},
        {"coefficients": [0.1, 0, 0, 0], "x": 0.1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"coefficients": [2, 1], "x": 3},
        {"coefficients": [5], "x": 3},
        {"coefficients": [1, 0, 0, 0], "x": 0},
        {"coefficients": [], "x": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if len(inputs["coefficients"]) < 3:
        raise ValueError("not curved")
    x = torch.tensor(float(inputs["x"]), dtype=torch.float64, requires_grad=True)
    power = torch.arange(len(inputs["coefficients"]) - 1, -1, -1, dtype=torch.float64)
    value = (
        torch.tensor(inputs["coefficients"], dtype=torch.float64) * torch.stack([x ** int(p) for p in power])
    ).sum()
    (slope,) = torch.autograd.grad(value, x, create_graph=True)
    (curve,) = torch.autograd.grad(slope, x)
    if abs(float(curve)) < 1e-12:
        raise ValueError("flat")
    start, down = float(inputs["x"]), float(slope.detach())

    def clean(number: float, size: float) -> float:
        return 0.0 if abs(number) < 1e-13 * max(size, 1e-3) else number

    scale = sum(abs(float(c)) for c in inputs["coefficients"]) * 50
    step = down / float(curve)
    return {
        "first_derivative": clean(down, scale),
        "second_derivative": float(curve),
        "newton": clean(start - step, abs(start) + abs(step)),
        "gradient_descent": clean(start - inputs.get("learning_rate", 0.1) * down, abs(start)),
    }
