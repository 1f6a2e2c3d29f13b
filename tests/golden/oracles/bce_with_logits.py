"""torch.nn.functional.binary_cross_entropy_with_logits in double precision; gradients by autograd."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, scale = rng.randint(1, 6), rng.choice((1, 2, 10))
    inputs: dict[str, Any] = {
        "logits": [rng.randint(-50, 50) / 10 if scale == 10 else rng.randint(-4, 4) / scale for _ in range(count)],
        "targets": [rng.randint(0, 1) for _ in range(count)],
    }
    if rng.random() < 0.45:
        inputs["threshold"] = rng.choice((0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9))
    if rng.random() < 0.45:
        inputs["reduction"] = "sum"
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"logits": [1, 2, 3, 4], "targets": [1, 1, 1, 1], "threshold": 0.3},
        {"logits": [0], "targets": [1]},
        {"logits": [0, 0], "targets": [0, 1], "threshold": 0.5},
        {"logits": [10000, -10000], "targets": [1, 0]},
        {"logits": [10000, -10000], "targets": [0, 1]},
        {"logits": [30, -30, 0.5], "targets": [1, 0, 1], "reduction": "sum"},
        {"logits": [2, -2], "targets": [1, 0], "threshold": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"logits": [1, 2], "targets": [1]},
        {"logits": [1, 2], "targets": [1, 2]},
        {"logits": [1, 2], "targets": [1, 0.5]},
        {"logits": [1], "targets": [1], "threshold": 1.5},
        {"logits": [1], "targets": [1], "reduction": "none"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    logits = torch.tensor(inputs["logits"], dtype=torch.float64, requires_grad=True)
    targets, threshold = torch.tensor(inputs["targets"], dtype=torch.float64), inputs.get("threshold", 0.5)
    if not set(inputs["targets"]) <= {0, 1} or not 0 <= threshold <= 1:
        raise ValueError("no labels")
    reduction = {"mean": "mean", "sum": "sum"}[inputs.get("reduction", "mean")]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction=reduction)
    loss.backward()
    probabilities = torch.sigmoid(logits.detach())
    return {
        "probabilities": probabilities.tolist(),
        "loss": float(loss.detach()),
        "grad_logits": logits.grad.tolist(),
        "predicted": (probabilities >= threshold).int().tolist(),
    }
