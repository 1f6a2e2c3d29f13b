"""torch.optim.SGD in double precision, its momentum buffer set to the given velocity."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "weight": rng.randint(-40, 40) / 10,
        "gradient": rng.randint(-30, 30) / 10,
        "learning_rate": rng.choice([0.1, 0.01, 0.5, 1]),
    }
    if rng.random() < 0.75:
        found["momentum"] = rng.choice([0.9, 0.5, 0.99])
        if rng.random() < 0.45:
            found["nesterov"] = True
    if rng.random() < 0.6:
        found["velocity"] = rng.randint(-20, 20) / 10 or 1
    if rng.random() < 0.5:
        found["weight_decay"] = rng.choice([0.1, 0.01, 0.0005])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"weight": 1, "gradient": 0, "learning_rate": 0.1},
        {"weight": 1, "gradient": 0.5, "learning_rate": 0.1, "velocity": 3},
        {"weight": 0.3, "gradient": 0.1, "learning_rate": 0.1, "momentum": 0.9, "velocity": 0.2, "nesterov": True},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"weight": 1, "gradient": 1, "learning_rate": 0.1, "nesterov": True}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    momentum, decay, nesterov = (inputs.get(name, 0) for name in ("momentum", "weight_decay", "nesterov"))
    w = torch.tensor([float(inputs["weight"])], dtype=torch.float64, requires_grad=True)
    w.grad = torch.tensor([float(inputs["gradient"])], dtype=torch.float64)
    optimizer = torch.optim.SGD(
        [w], lr=inputs["learning_rate"], momentum=momentum, weight_decay=decay, nesterov=bool(nesterov)
    )
    if momentum:
        optimizer.state[w]["momentum_buffer"] = torch.tensor([float(inputs.get("velocity", 0))], dtype=torch.float64)
    optimizer.step()
    # Without momentum PyTorch keeps no buffer; the velocity is then the gradient with its decay.
    velocity = (
        float(optimizer.state[w]["momentum_buffer"]) if momentum else inputs["gradient"] + decay * inputs["weight"]
    )
    return {
        "weight": 0.0 if abs(float(w)) < 1e-15 else float(w),
        "velocity": 0.0 if abs(velocity) < 1e-15 else velocity,
    }
