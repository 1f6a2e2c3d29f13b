"""torch.optim.Adam in double precision, its state set to what stood before the step."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "weight": rng.randint(-200, 200) / 100,
        "gradient": rng.randint(-300, 300) / 100,
        "step": rng.choice((1, 1, 2, 3, 4, 5, 10, 100, 1000)),
    }
    optional = {
        "m": rng.randint(-200, 200) / 100,
        "v": rng.randint(0, 300) / 100,
        "learning_rate": rng.choice((0.0001, 0.002, 0.01, 0.1, 0.5)),
        "beta1": rng.choice((0, 0.5, 0.8, 0.95, 0.99)),
        "beta2": rng.choice((0, 0.5, 0.9, 0.99, 0.9999)),
        "eps": rng.choice((1e-10, 1e-7, 0.0001, 0.01, 0.1)),
    }
    return inputs | {name: value for name, value in optional.items() if rng.random() < 0.5}


def edges() -> list[dict[str, Any]]:
    return [
        {"weight": 1, "gradient": 0.5, "step": 1},
        {"weight": 1, "gradient": 0, "step": 1},
        {"weight": 0, "gradient": -2, "step": 1, "eps": 0},
        {"weight": 1, "gradient": 0, "step": 3, "m": 0.5, "v": 0.25, "eps": 0},
        {"weight": 1, "gradient": -9, "step": 2, "m": 1, "v": 0},
        {"weight": 1, "gradient": 2, "step": 1, "learning_rate": 0},
        {"weight": 1, "gradient": 2, "step": 100000, "m": 1, "v": 4},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"weight": 1, "gradient": 1, "step": 1, "beta1": 1},
        {"weight": 1, "gradient": 1, "step": 1, "beta2": -0.1},
        {"weight": 1, "gradient": 1, "step": 1, "eps": -1},
        {"weight": 1, "gradient": 1, "step": 0},
        {"weight": 1, "gradient": 0, "step": 1, "eps": 0},
        {"weight": 1, "gradient": 1, "step": 1, "v": -1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if inputs["step"] < 1 or inputs.get("v", 0) < 0:
        raise ValueError("no such state")
    weight = torch.nn.Parameter(torch.tensor(float(inputs["weight"]), dtype=torch.float64))
    optimiser = torch.optim.Adam(
        [weight],
        lr=inputs.get("learning_rate", 0.001),
        betas=(float(inputs.get("beta1", 0.9)), float(inputs.get("beta2", 0.999))),
        eps=inputs.get("eps", 1e-8),
        foreach=False,
    )
    optimiser.state[weight] = {
        "step": torch.tensor(float(inputs["step"] - 1)),
        "exp_avg": torch.tensor(float(inputs.get("m", 0)), dtype=torch.float64),
        "exp_avg_sq": torch.tensor(float(inputs.get("v", 0)), dtype=torch.float64),
    }
    weight.grad = torch.tensor(float(inputs["gradient"]), dtype=torch.float64)
    optimiser.step()
    if not torch.isfinite(weight):
        raise ZeroDivisionError("0/0")
    state = optimiser.state[weight]
    return {
        "weight": float(weight.detach()),
        "m": float(state["exp_avg"]),
        "v": float(state["exp_avg_sq"]),
    }
