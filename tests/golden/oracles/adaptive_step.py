"""torch.optim.Adagrad and RMSprop in double precision, their accumulators set to the given one."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "optimizer": rng.choice(["adagrad", "rmsprop"]),
        "weight": rng.randint(-30, 30) / 10,
        "gradients": [
            rng.choice([rng.randint(-30, 30) / 10 or 0.5, rng.randint(1, 9) / 10]) for _ in range(rng.randint(1, 4))
        ],
    }
    if rng.random() < 0.6:
        found["learning_rate"] = rng.choice([0.1, 0.5, 1, 0.001])
    if rng.random() < 0.55:
        found["alpha"] = rng.choice([0.9, 0.5, 0.999])
    if rng.random() < 0.45:
        found["eps"] = rng.choice([0, 0.001, 0.1])
    if rng.random() < 0.5:
        found["accumulator"] = rng.choice([0.1, 1, 4, 0.25])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"optimizer": "adagrad", "weight": 1, "gradients": [1, 1, 1], "learning_rate": 0.1},
        {"optimizer": "rmsprop", "weight": 1, "gradients": [2]},
        {"optimizer": "adagrad", "weight": 1, "gradients": [0, 1]},
        {"optimizer": "rmsprop", "weight": 0, "gradients": [1e-6], "eps": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    base: dict[str, Any] = {"optimizer": "rmsprop", "weight": 1, "gradients": [1]}
    return [
        {**base, "alpha": 1.5},
        {**base, "eps": -1},
        {**base, "accumulator": -1},
        {**base, "gradients": [0], "eps": 0},
        {**base, "alpha": 1, "eps": 0},
        {**base, "optimizer": "adadelta"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    name, alpha, start = inputs["optimizer"], inputs.get("alpha", 0.99), float(inputs.get("accumulator", 0))
    eps = inputs.get("eps")
    eps = {"adagrad": 1e-10, "rmsprop": 1e-8}[name] if eps is None else eps
    if start < 0 or eps < 0 or not 0 <= alpha <= 1:
        raise ValueError("accumulator, eps or alpha")
    w = torch.tensor([float(inputs["weight"])], dtype=torch.float64, requires_grad=True)
    rate = inputs.get("learning_rate", 0.01)
    if name == "adagrad":
        optimizer: Any = torch.optim.Adagrad([w], lr=rate, eps=eps, initial_accumulator_value=start)
        key = "sum"
    else:
        optimizer, key = torch.optim.RMSprop([w], lr=rate, alpha=alpha, eps=eps), "square_avg"
    weights = []
    for place, gradient in enumerate(inputs["gradients"]):
        w.grad = torch.tensor([float(gradient)], dtype=torch.float64)
        if place == 0 and name == "rmsprop" and start:
            optimizer.state[w] = {"step": torch.tensor(0.0), key: torch.tensor([start], dtype=torch.float64)}
        optimizer.step()
        if not torch.isfinite(w).all():
            raise ValueError("0/0")
        weights.append(0.0 if abs(float(w.detach())) < 1e-15 else float(w.detach()))
    return {"weights": weights, "weight": weights[-1], "accumulator": float(optimizer.state[w][key])}
