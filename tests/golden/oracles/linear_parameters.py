"""Tensors of torch.nn.Linear, counted."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"in_features": rng.randint(1, 5000), "out_features": rng.randint(1, 5000)}
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.25
    return inputs


def edges() -> list[dict[str, Any]]:
    return [{"in_features": 1, "out_features": 1}, {"in_features": 9216, "out_features": 4096, "bias": False}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    layer = torch.nn.Linear(**inputs, device="meta")
    return {
        "weights": layer.weight.numel(),
        "biases": 0 if layer.bias is None else layer.bias.numel(),
        "total": sum(tensor.numel() for tensor in layer.parameters()),
    }
