"""Gradient support of torch layers with all-ones weights: what one output of the last layers needs at each layer's input."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {"layers": [layer(rng) for _ in range(rng.choice([1, 2, 3, 3, 4, 5, 6]))]}


def layer(rng: random.Random) -> dict[str, int]:
    arguments = {"kernel_size": rng.choice([1, 2, 3, 3, 4, 5, 7, 11])}
    if rng.random() < 0.65:
        arguments["stride"] = rng.choice([1, 2, 2, 2, 3, 4])
    return arguments


def edges() -> list[dict[str, Any]]:
    return [
        {"layers": [{"kernel_size": 1}]},
        {"layers": [{"kernel_size": 1, "stride": 3}, {"kernel_size": 3}]},
        {"layers": [{"kernel_size": 2, "stride": 5}, {"kernel_size": 3, "stride": 2}]},
        {"layers": [{"kernel_size": 3, "stride": 2}] * 6},
        {"layers": [{"kernel_size": 11, "stride": 4}, {"kernel_size": 3, "stride": 2}, {"kernel_size": 5}, {"kernel_size": 3, "stride": 2}, {"kernel_size": 3}]},
    ]  # fmt: skip


def refusals() -> list[dict[str, Any]]:
    return [
        {"layers": []},
        {"layers": [{"kernel_size": 0}]},
        {"layers": [{"kernel_size": 3}, {"kernel_size": 3, "stride": 0}]},
        {"layers": [{"kernel_size": 3, "dilation": 2}]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    layers = inputs["layers"]
    if not layers or any(spec.keys() - {"kernel_size", "stride"} for spec in layers):
        raise ValueError("no layers, or arguments that are unknown")
    sizes = [needed(layers[start:]) for start in range(len(layers) - 1, -1, -1)]
    return {"receptive_field": sizes[-1], "sizes": sizes}


def needed(layers: list[dict[str, int]]) -> int:
    """Span of the input pixels that the first output depends on, on a line that is long enough for it."""
    import torch

    length = 1
    for spec in reversed(layers):
        length = length * max(1, spec.get("stride", 1)) + spec["kernel_size"]
    line = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    output = line
    for spec in layers:
        convolution = torch.nn.Conv1d(1, 1, **spec, bias=False, dtype=torch.float64)
        torch.nn.init.ones_(convolution.weight)
        output = convolution(output)
    output[0, 0, 0].backward()
    reached = torch.nonzero(line.grad[0, 0]).flatten().tolist()
    return reached[-1] - reached[0] + 1
