"""Gradient support of a torch network with all-ones weights on a long line: which input pixels move which feature."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"layers": [layer(rng) for _ in range(rng.choice([1, 2, 2, 3, 3, 4, 5]))]}
    if rng.random() < 0.6:
        inputs["index"] = rng.randint(0, 9)
    return inputs


def layer(rng: random.Random) -> dict[str, int]:
    arguments = {"kernel_size": rng.choice([1, 2, 3, 3, 3, 4, 5, 7])}
    if rng.random() < 0.5:
        arguments["stride"] = rng.choice([1, 2, 2, 3])
    if rng.random() < 0.4:
        arguments["dilation"] = rng.choice([1, 2, 3, 4])
    if rng.random() < 0.5:
        arguments["padding"] = rng.randint(0, 4)
    return arguments


def edges() -> list[dict[str, Any]]:
    return [
        {"layers": [{"kernel_size": 1}]},
        {"layers": [{"kernel_size": 1, "stride": 3}], "index": 2},
        {"layers": [{"kernel_size": 3}, {"kernel_size": 3}]},
        {
            "layers": [
                {"kernel_size": 3, "dilation": 1},
                {"kernel_size": 3, "dilation": 2},
                {"kernel_size": 3, "dilation": 5},
            ]
        },
        {
            "layers": [
                {"kernel_size": 3, "dilation": 2},
                {"kernel_size": 3, "dilation": 2},
                {"kernel_size": 3, "dilation": 2},
            ]
        },
        {
            "layers": [{"kernel_size": 7, "stride": 2, "padding": 3}, {"kernel_size": 3, "stride": 2, "padding": 1}],
            "index": 4,
        },
        {"layers": [{"kernel_size": 2, "stride": 2}] * 5, "index": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"layers": [{"kernel_size": 3}, {"kernel_size": 3, "stride": 0}]},
        {"layers": [{"kernel_size": 3, "padding": -1}]},
        {"layers": [{"kernel_size": 0}]},
        {"layers": []},
        {"layers": [{"kernel_size": 3}], "index": -1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    layers, index = inputs["layers"], inputs.get("index", 0)
    if not layers or index < 0:
        raise ValueError("nothing to look at")
    seen = [measured(layers[: count + 1], index) for count in range(len(layers))]
    rows = [{"receptive_field": field, "jump": jump} for field, jump, _, _ in seen]
    return {**rows[-1], "per_layer": rows, "covered_positions": seen[-1][2], "center": seen[-1][3]}


def measured(layers: list[dict[str, int]], index: int) -> tuple[int, int, int, float]:
    """Span, step between neighbours, pixels reached and centre of feature ``index``, from two features far from the ends."""
    padding, reach = extent(layers)
    first, second = (support(layers, padding + place, reach) for place in (0, 1))
    step = second[0] - first[0]
    center = (first[0] + first[-1]) / 2 + (index - padding) * step
    return first[-1] - first[0] + 1, step, len(first), center


def extent(layers: list[dict[str, int]]) -> tuple[int, int]:
    """Pixels of padding that can lie before the first pixel, and an input long enough for one more feature than that."""
    strides = padding = reach = 1
    for spec in layers:
        padding += spec.get("padding", 0) * strides
        reach += spec["kernel_size"] * spec.get("dilation", 1) * strides
        strides *= max(1, spec.get("stride", 1))
    return padding, reach + (padding + 2) * strides


def support(layers: list[dict[str, int]], place: int, length: int) -> list[int]:
    """The input pixels that feature ``place`` of the last layer depends on."""
    import torch

    line = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    output = line
    for spec in layers:
        convolution = torch.nn.Conv1d(1, 1, **spec, bias=False, dtype=torch.float64)
        torch.nn.init.ones_(convolution.weight)
        output = convolution(output)
    output[0, 0, place].backward()
    return torch.nonzero(line.grad[0, 0]).flatten().tolist()
