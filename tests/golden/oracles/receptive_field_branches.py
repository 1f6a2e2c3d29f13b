"""Gradient support of parallel torch branches with all-ones weights and centred padding, added up: who moves the middle output."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    strides = rng.choice([[], [], [2], [2], [3], [2, 2], [4]])
    return {"branches": [branch(rng, strides) for _ in range(rng.choice([1, 2, 2, 3, 3, 4]))]}


def branch(rng: random.Random, strides: list[int]) -> list[dict[str, int]]:
    """Layers whose windows can be centred, with these strides somewhere among them."""
    count = max(len(strides), rng.choice([1, 1, 2, 3]))
    steps = strides + [1] * (count - len(strides))
    rng.shuffle(steps)
    return [layer(rng, stride) for stride in steps]


def layer(rng: random.Random, stride: int) -> dict[str, int]:
    kernel = rng.choice([1, 3, 3, 5, 7, 2, 4])
    dilation = rng.choice([2, 4]) if kernel % 2 == 0 else rng.choice([1, 1, 1, 2, 3, 6])
    arguments = {"kernel_size": kernel}
    if stride > 1 or rng.random() < 0.2:
        arguments["stride"] = stride
    if dilation > 1 or rng.random() < 0.2:
        arguments["dilation"] = dilation
    if rng.random() < 0.6:
        arguments["padding"] = dilation * (kernel - 1) // 2
    return arguments


def edges() -> list[dict[str, Any]]:
    inception = [[1], [1, 3], [1, 5], [3, 1]]
    return [
        {"branches": [[{"kernel_size": 1}]]},
        {"branches": [[{"kernel_size": kernel} for kernel in kernels] for kernels in inception]},
        {"branches": [[{"kernel_size": 3}, {"kernel_size": 3}], [{"kernel_size": 1}]]},
        {"branches": [[{"kernel_size": 3, "stride": 2}, {"kernel_size": 3}], [{"kernel_size": 1, "stride": 2}]]},
        {"branches": [[{"kernel_size": 3, "dilation": rate}] for rate in (6, 12, 18)]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"branches": []},
        {"branches": [[]]},
        {"branches": [[{"kernel_size": 3, "stride": 2}], [{"kernel_size": 1}]]},
        {"branches": [[{"kernel_size": 3}], [{"kernel_size": 0}]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import math

    import torch

    totals = {math.prod(spec.get("stride", 1) for spec in layers) for layers in inputs["branches"]}
    if len(totals) != 1 or not all(inputs["branches"]):
        raise ValueError("outputs of different sizes, or nothing to look at")
    reach = sum(
        spec["kernel_size"] * spec.get("dilation", 1) * max(totals) for layers in inputs["branches"] for spec in layers
    )
    step = totals.pop()
    middle = reach // step + 1
    line = torch.ones(1, 1, 2 * middle * step + 1, dtype=torch.float64, requires_grad=True)
    outputs = [run(torch, layers, line)[0, 0, middle] for layers in inputs["branches"]]
    sum(outputs).backward()
    reached = torch.nonzero(line.grad[0, 0]).flatten().tolist()
    return {"receptive_field": reached[-1] - reached[0] + 1}


def run(torch: Any, layers: list[dict[str, int]], output: Any) -> Any:
    for spec in layers:
        kernel, dilation = spec["kernel_size"], spec.get("dilation", 1)
        padding = dilation * (kernel - 1) // 2
        convolution = torch.nn.Conv1d(
            1, 1, kernel, spec.get("stride", 1), padding, dilation, bias=False, dtype=torch.float64
        )
        torch.nn.init.ones_(convolution.weight)
        output = convolution(output)
    return output
