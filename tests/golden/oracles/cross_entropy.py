"""torch.nn.functional.cross_entropy in double precision; gradients by autograd, smoothed targets read off them."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    cosines = rng.random() < 0.4
    count = rng.randint(1 if rng.random() < 0.05 else 2, 6)
    reach, scale = (99, 100) if cosines else (rng.choice((30, 50, 200)), 10)
    inputs: dict[str, Any] = {
        "logits": [rng.randint(-reach, reach) / scale for _ in range(count)],
        "target": rng.randrange(count),
    }
    if rng.random() < 0.5:
        inputs["label_smoothing"] = rng.choice((0.05, 0.1, 0.1, 0.2, 0.3, 0.5, 1))
    if cosines or rng.random() < 0.15:
        inputs["margin"] = rng.choice((0.1, 0.2, 0.35, 0.4))
        inputs["scale"] = rng.choice((2, 4, 10, 16, 30, 64))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"logits": [0, 0, 0, 0], "target": 3},
        {"logits": [2], "target": 0},
        {"logits": [10000, 0], "target": 0},
        {"logits": [10000, 0], "target": 1},
        {"logits": [1, 2, 3], "target": 0, "label_smoothing": 0},
        {"logits": [1, 1, 1], "target": 2, "label_smoothing": 1},
        {"logits": [0.9, 0.2, -0.1], "target": 0, "margin": 0.35, "scale": 30},
        {"logits": [0.9, 0.2, -0.1], "target": 1, "margin": -0.35},
        {"logits": [3, 1], "target": 0, "scale": 0.5},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"logits": [1, 2], "target": 2},
        {"logits": [1, 2], "target": -1},
        {"logits": [1, 2], "target": 0, "label_smoothing": 1.5},
        {"logits": [1, 2], "target": 0, "label_smoothing": -0.1},
        {"logits": [1, 2], "target": 0, "scale": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    target, smoothing, scale = inputs["target"], inputs.get("label_smoothing", 0), inputs.get("scale", 1)
    if scale <= 0 or not 0 <= smoothing <= 1:
        raise ValueError("the scale keeps the order of the logits, the smoothing is a share")
    logits = torch.tensor([inputs["logits"]], dtype=torch.float64, requires_grad=True)
    if target not in range(logits.shape[1]):
        raise ValueError("no such class")
    taken = torch.zeros_like(logits)
    taken[0, target] = inputs.get("margin", 0)
    scores = scale * (logits - taken)
    scores.retain_grad()
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor([target]), label_smoothing=smoothing)
    loss.backward()
    targets = torch.softmax(scores.detach(), 1) - scores.grad
    return {
        "loss": float(loss.detach()),
        "grad_logits": logits.grad[0].tolist(),
        "smoothed_targets": targets[0].tolist(),
    }
