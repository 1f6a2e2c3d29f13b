"""torch.autograd on scalar layers: the activation of a layer is a straight line with the slope that was drawn."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(1, 7)
    slopes = rng.choice(((0.25, 0.2, 0.1, 0.24), (0, 1, 1, 1), (0.5, 0.9, 0.3, 0.05)))
    inputs: dict[str, Any] = {
        "weights": [rng.randint(-30, 40) / rng.choice((10, 20)) for _ in range(count)],
        "derivatives": [rng.choice(slopes) for _ in range(count)],
    }
    if rng.random() < 0.4:
        inputs["upstream"] = rng.choice((-1, 0.1, 0.5, 2, 4))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"weights": [1] * 10, "derivatives": [0.25] * 10},
        {"weights": [4], "derivatives": [0.25]},
        {"weights": [2, -2], "derivatives": [0.5, 0.5]},
        {"weights": [1, 0, 3], "derivatives": [1, 1, 1]},
        {"weights": [3] * 30, "derivatives": [1] * 30},
        {"weights": [1, 2], "derivatives": [1, 1], "upstream": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"weights": [1, 2], "derivatives": [1]},
        {"weights": [1e200, 1e200], "derivatives": [1, 1]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    def gradient(residual: bool) -> float:
        start = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
        value = start
        for weight, slope in zip(inputs["weights"], inputs["derivatives"], strict=True):
            layer = slope * (weight * value)
            value = value + layer if residual else layer
        (found,) = torch.autograd.grad(
            value, start, torch.tensor(float(inputs.get("upstream", 1)), dtype=torch.float64)
        )
        if not torch.isfinite(found):
            raise OverflowError("no float")
        return float(found)

    return {"plain": gradient(residual=False), "residual": gradient(residual=True)}
