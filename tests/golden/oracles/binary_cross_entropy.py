"""torch.nn.functional.binary_cross_entropy in double precision; the gradients by autograd through torch.sigmoid."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    places = rng.choice((100, 100, 1000))
    return {"probability": rng.randint(1, places - 1) / places, "target": rng.randint(0, 1)}


def edges() -> list[dict[str, Any]]:
    return [
        {"probability": 1, "target": 1},
        {"probability": 0, "target": 0},
        {"probability": 0.5, "target": 0},
        {"probability": 0.5, "target": 1},
        {"probability": 0.0001, "target": 1},
        {"probability": 0.999999, "target": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"probability": 0, "target": 1},
        {"probability": 1, "target": 0},
        {"probability": 1.2, "target": 1},
        {"probability": 0.5, "target": 2},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    given, target = inputs["probability"], torch.tensor(float(inputs["target"]), dtype=torch.float64)
    if inputs["target"] not in (0, 1) or given == 1 - inputs["target"]:
        raise ValueError("no finite loss")
    if given in (0, 1):
        # a sure right answer: the limit of a logit that grows
        loss = torch.nn.functional.binary_cross_entropy(torch.tensor(float(given), dtype=torch.float64), target)
        return {"loss": float(loss), "grad_logit": 0.0, "squared_error_grad_logit": 0.0}
    logit = torch.logit(torch.tensor(given, dtype=torch.float64)).requires_grad_()
    cross = torch.nn.functional.binary_cross_entropy(torch.sigmoid(logit), target)
    squared = torch.nn.functional.mse_loss(torch.sigmoid(logit), target) / 2
    return {
        "loss": float(cross.detach()),
        "grad_logit": float(torch.autograd.grad(cross, logit)[0]),
        "squared_error_grad_logit": float(torch.autograd.grad(squared, logit)[0]),
    }
