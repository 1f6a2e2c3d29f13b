"""Tensors of torch.nn.Conv2d, counted; the pruned layer is a layer of its own."""

from __future__ import annotations

import random
from typing import Any

from _pairs import both, either


def draw(rng: random.Random) -> dict[str, Any]:
    groups = rng.choice([1, 1, 1, 2, 3, 4, 8]) if rng.random() < 0.8 else 0
    into, out = (max(1, groups) * rng.randint(1, 64) for _ in range(2))
    if rng.random() < 0.1:
        groups = into = out = rng.randint(1, 96)
    inputs: dict[str, Any] = {"in_channels": into, "out_channels": out, "kernel_size": either(rng, 1, 7)}
    if groups:
        inputs["groups"] = groups
    if rng.random() < 0.5:
        inputs["bias"] = rng.random() < 0.2
    for side, count in (("in", into), ("out", out)):
        if rng.random() < 0.6:
            inputs[f"pruned_{side}_channels"] = max(1, groups) * rng.randint(0, count // max(1, groups) - 1)
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 64, "out_channels": 128, "kernel_size": 3},
        {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "bias": False},
        {"in_channels": 32, "out_channels": 32, "kernel_size": 3, "groups": 32},
        {
            "in_channels": 6,
            "out_channels": 4,
            "kernel_size": [1, 5],
            "groups": 2,
            "pruned_in_channels": 4,
            "pruned_out_channels": 2,
        },
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 6, "out_channels": 8, "kernel_size": 3, "groups": 4},
        {"in_channels": 8, "out_channels": 6, "kernel_size": 3, "groups": 4},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "groups": 16},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "groups": 4, "pruned_in_channels": 2},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "pruned_out_channels": 8},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 3, "pruned_in_channels": -1},
        {"in_channels": 8, "out_channels": 8, "kernel_size": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    lost_in, lost_out = inputs.get("pruned_in_channels", 0), inputs.get("pruned_out_channels", 0)
    layer = layer_of(inputs, inputs["in_channels"], inputs["out_channels"])
    pruned = layer_of(inputs, inputs["in_channels"] - lost_in, inputs["out_channels"] - lost_out)
    if min(lost_in, lost_out) < 0 or min(pruned.weight.shape) < 1:
        raise ValueError("no layer is left")
    shape = list(layer.weight.shape)
    return {
        "weights": layer.weight.numel(),
        "biases": 0 if layer.bias is None else layer.bias.numel(),
        "total": sum(tensor.numel() for tensor in layer.parameters()),
        "weight_shape": shape,
        "filters": len(layer.weight),
        "kernels": layer.weight.flatten(0, 1).shape[0],
        "pruned_total": sum(tensor.numel() for tensor in pruned.parameters()),
    }


def layer_of(inputs: dict[str, Any], into: int, out: int) -> Any:
    import torch

    kernel = both(inputs["kernel_size"])
    return torch.nn.Conv2d(
        into, out, kernel, groups=inputs.get("groups", 1), bias=inputs.get("bias", True), device="meta"
    )
