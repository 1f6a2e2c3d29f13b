"""torch.nn.utils.fusion.fuse_conv_bn_weights in double precision; the scale read off a weight of 1."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "weights": [rng.randint(-200, 200) / 100 for _ in range(rng.randint(1, 5))],
        "running_mean": rng.randint(-300, 300) / 100,
        "running_var": rng.choice((rng.randint(1, 900) / 100, rng.choice((0.25, 1, 4, 9)))),
    }
    optional = {
        "bias": rng.randint(-200, 200) / 100,
        "gamma": rng.choice((-2, -0.5, 0.5, 1.5, 2, 3)),
        "beta": rng.randint(-200, 200) / 100,
        "eps": rng.choice((0, 0, 0.001, 0.01, 0.1)),
    }
    return inputs | {name: value for name, value in optional.items() if rng.random() < 0.6}


def edges() -> list[dict[str, Any]]:
    return [
        {"weights": [1, 2], "running_mean": 3, "running_var": 0},
        {"weights": [0], "running_mean": 0, "running_var": 1},
        {"weights": [1, -1], "running_mean": 1, "running_var": 4, "eps": 0, "gamma": 0, "beta": 5},
        {"weights": [0.5, 1.5], "bias": 2, "running_mean": 2, "running_var": 4, "eps": 0, "gamma": 4},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"weights": [1], "running_mean": 0, "running_var": -1},
        {"weights": [1], "running_mean": 0, "running_var": 1, "eps": -0.1},
        {"weights": [1], "running_mean": 0, "running_var": 0, "eps": 0},
        {"weights": [], "running_mean": 0, "running_var": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from torch.nn.utils.fusion import fuse_conv_bn_weights

    def one(name: str, default: float) -> Any:
        return torch.tensor([inputs.get(name, default)], dtype=torch.float64)

    eps = inputs.get("eps", 1e-5)
    if eps < 0 or inputs["running_var"] < 0 or inputs["running_var"] + eps == 0 or not inputs["weights"]:
        raise ValueError("no such layer")
    kernel = torch.tensor([*inputs["weights"], 1], dtype=torch.float64).reshape(1, -1, 1, 1)
    statistics = (one("running_mean", 0), one("running_var", 1), eps)
    weight, bias = fuse_conv_bn_weights(kernel, one("bias", 0), *statistics, one("gamma", 1), one("beta", 0))
    *weights, scale = weight.flatten().tolist()
    return {"scale": scale, "weights": weights, "bias": float(bias)}
