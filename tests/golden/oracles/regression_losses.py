"""torch.nn.functional's losses in double precision; the best constants found by trying each stretch between targets."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, scale = rng.randint(1, 7), rng.choice((2, 10, 10, 100, 100))
    inputs: dict[str, Any] = {
        "prediction": [rng.randint(-40, 60) / scale for _ in range(count)],
        "target": [rng.randint(-40, 60) / scale for _ in range(count)],
    }
    if rng.random() < 0.5:
        inputs["delta"] = rng.choice((0.1, 0.25, 0.5, 2, 3, 5))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"prediction": [1, 2], "target": [1, 2]},
        {"prediction": [0], "target": [1]},
        {"prediction": [0, 0, 0], "target": [1, -1, 0.5]},
        {"prediction": [0, 0, 0, 0], "target": [1, 2, 3, 100]},
        {"prediction": [2, 2], "target": [0, 0], "delta": 2},
        {"prediction": [1, 2, 3], "target": [0.1, 0.2, 0.3], "delta": 0.001},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"prediction": [1], "target": [1, 2]},
        {"prediction": [1], "target": [1], "delta": 0},
        {"prediction": [1], "target": [1], "delta": -2},
        {"prediction": [], "target": []},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    import torch
    from torch.nn import functional

    prediction, target = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("prediction", "target"))
    delta = inputs.get("delta", 1)
    if prediction.shape != target.shape or not prediction.numel() or delta <= 0:
        raise ValueError("no loss")
    absolute = [float((target - value).abs().sum()) for value in target]
    best = sorted(float(value) for value, loss in zip(target, absolute, strict=True) if loss <= min(absolute) + 1e-9)
    # squared error of a constant is a parabola: its lowest point from three of its values
    below, at, above = (float(functional.mse_loss(torch.full_like(target, c), target)) for c in (-1.0, 0.0, 1.0))
    return {
        "mse": float(functional.mse_loss(prediction, target)),
        "mae": float(functional.l1_loss(prediction, target)),
        "huber": float(functional.huber_loss(prediction, target, delta=delta)),
        "smooth_l1": float(functional.smooth_l1_loss(prediction, target, beta=delta)),
        "mse_constant": float((below - above) / (2 * (below + above - 2 * at))),
        # between two best targets every constant is as good: the middle of them
        "mae_constant": float(np.mean([best[0], best[-1]])),
    }
