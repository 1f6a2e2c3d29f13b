"""torchvision.ops.sigmoid_focal_loss in double precision on the logit of the probability; its factors from calls without them."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"probability": rng.randint(1, 99) / 100, "target": rng.randint(0, 1)}
    if rng.random() < 0.5:
        inputs["alpha"] = rng.choice((None, 0.1, 0.5, 0.75, 0.9))
    if rng.random() < 0.5:
        inputs["gamma"] = rng.choice((0, 0.5, 1, 1.5, 3, 5))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"probability": 0.9, "target": 1, "alpha": 0.25, "gamma": 2},
        {"probability": 0.5, "target": 0, "alpha": None, "gamma": 0},
        {"probability": 0.001, "target": 1},
        {"probability": 0.999, "target": 0},
        {"probability": 0.3, "target": 1, "alpha": 0},
        {"probability": 0.3, "target": 1, "alpha": 1, "gamma": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"probability": 0, "target": 1},
        {"probability": 1, "target": 0},
        {"probability": 1.1, "target": 1},
        {"probability": 0.5, "target": 1, "alpha": 1.5},
        {"probability": 0.5, "target": 1, "gamma": -1},
        {"probability": 0.5, "target": 3},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from _torchvision import operators

    sigmoid_focal_loss = operators("focal_loss").sigmoid_focal_loss

    given, target = inputs["probability"], torch.tensor(float(inputs["target"]), dtype=torch.float64)
    alpha, gamma = inputs.get("alpha", 0.25), inputs.get("gamma", 2)
    if inputs["target"] not in (0, 1) or not 0 < given < 1 or gamma < 0 or (alpha is not None and not 0 <= alpha <= 1):
        raise ValueError("no finite loss")
    logit = torch.logit(torch.tensor(given, dtype=torch.float64))
    # torchvision leaves the weighting out below 0
    plain = sigmoid_focal_loss(logit, target, alpha=-1, gamma=0)
    damped = sigmoid_focal_loss(logit, target, alpha=-1, gamma=gamma)
    loss = sigmoid_focal_loss(logit, target, alpha=-1 if alpha is None else alpha, gamma=gamma)
    return {
        "p_t": float(torch.exp(-plain)),
        "modulating_factor": float(damped / plain),
        "cross_entropy": float(plain),
        "loss": float(loss),
    }
