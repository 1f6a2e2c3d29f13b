"""torch.nn.functional.batch_norm in training mode, double precision; torch.mean and torch.var beside it."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((1, 1, 2, 10))
    shift = rng.choice((0, 0, 0, 1000))
    count = rng.randint(2, 8)
    inputs: dict[str, Any] = {"values": [shift + rng.randint(-40, 60) / scale for _ in range(count)]}
    if rng.random() < 0.6:
        inputs["gamma"] = rng.choice((-2, -0.5, 0.5, 1.5, 2, 3))
    if rng.random() < 0.6:
        inputs["beta"] = rng.choice((-1, -0.5, 0.1, 0.5, 1, 2))
    if rng.random() < 0.4:
        inputs["eps"] = rng.choice((1e-8, 0.001, 0.01, 0.1, 1))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"values": [1, 3]},
        {"values": [4, 4, 4]},
        {"values": [4, 4, 4], "beta": 2, "gamma": 3},
        {"values": [0.1, 0.2, -0.3]},
        {"values": [100.5, 100.25, 100.75]},
        {"values": [1, 2, 3, 4], "gamma": 0, "beta": 7},
        {"values": [0.001, 0.002, 0.003]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"values": [1, 2], "eps": -1}, {"values": [5, 5, 5], "eps": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    values = torch.tensor(inputs["values"], dtype=torch.float64)
    mean, variance, eps = values.mean(), values.var(unbiased=False), inputs.get("eps", 1e-5)
    if eps < 0 or variance + eps == 0:
        raise ValueError("no root of the variance to divide by")
    gamma, beta = (
        torch.tensor([inputs.get(name, default)], dtype=torch.float64) for name, default in (("gamma", 1), ("beta", 0))
    )
    output = torch.nn.functional.batch_norm(values[:, None], None, None, gamma, beta, training=True, eps=eps)
    return {"mean": float(mean), "variance": float(variance), "output": output[:, 0].tolist()}
