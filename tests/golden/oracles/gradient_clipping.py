"""torch.nn.utils.clip_grad_norm_ and clip_grad_value_; the 1e-6 in PyTorch's denominator is taken back."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    unit = rng.choice([1, 10])
    found: dict[str, Any] = {"gradient": [rng.randint(-50, 50) / unit for _ in range(rng.randint(1, 6))]}
    found[rng.choice(["max_norm", "clip_value"])] = rng.choice([0.5, 1, 2, 5, 10, 20, 1.5])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"gradient": [3, 4], "max_norm": 5},
        {"gradient": [3, 4], "max_norm": 1},
        {"gradient": [0, 0], "max_norm": 1},
        {"gradient": [0.3, -0.4], "max_norm": 1},
        {"gradient": [3, -4, 0.5], "clip_value": 1},
        {"gradient": [3, -4], "clip_value": 0},
        {"gradient": [1, 2], "max_norm": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"gradient": [1]},
        {"gradient": [1], "max_norm": 1, "clip_value": 1},
        {"gradient": [1], "max_norm": -1},
        {"gradient": [1], "clip_value": -0.5},
        {"gradient": [], "clip_value": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    bound, cut = inputs.get("max_norm"), inputs.get("clip_value")
    if (bound is None) == (cut is None) or (bound or 0) < 0 or (cut or 0) < 0 or not inputs["gradient"]:
        raise ValueError("bounds")
    gradient = torch.tensor(inputs["gradient"], dtype=torch.float64)
    norm = float(torch.linalg.vector_norm(gradient))
    weight = torch.zeros_like(gradient, requires_grad=True)
    weight.grad = gradient.clone()
    if cut is not None:
        torch.nn.utils.clip_grad_value_([weight], cut)
        return {"norm": norm, "clipped": weight.grad.tolist()}
    before = float(torch.nn.utils.clip_grad_norm_([weight], bound))
    assert abs(before - norm) < 1e-9
    if norm > bound:
        weight.grad *= (norm + 1e-6) / norm
    elif not torch.equal(weight.grad, gradient):
        weight.grad = gradient
    return {"norm": norm, "clipped": weight.grad.tolist()}
