"""torch.nn.functional.conv2d with one output channel, in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    channels = rng.randint(1, 3)
    kernel = (1, 1) if rng.random() < 0.25 else (rng.randint(1, 3), rng.randint(1, 3))
    image = (rng.randint(kernel[0], 4), rng.randint(kernel[1], 4))
    whole = rng.random() < 0.6
    inputs: dict[str, Any] = {
        "image": [matrix(rng, *image, whole) for _ in range(channels)],
        "kernel": [matrix(rng, *kernel, whole) for _ in range(channels)],
    }
    if rng.random() < 0.7:
        inputs["bias"] = rng.choice((rng.randint(-5, 5), rng.randint(-50, 50) / 10))
    if rng.random() < 0.4:
        inputs["stride"] = rng.randint(1, 3)
    if rng.random() < 0.4:
        inputs["padding"] = rng.randint(0, 2)
    return inputs


def matrix(rng: random.Random, height: int, width: int, whole: bool) -> list[list[float]]:
    return [[rng.randint(-6, 9) if whole else rng.randint(-60, 60) / 10 for _ in range(width)] for _ in range(height)]


def edges() -> list[dict[str, Any]]:
    return [
        {"image": [[[2]]], "kernel": [[[-3]]], "bias": 1},
        {"image": [[[1, 2], [3, 4]], [[0, 1], [1, 0]]], "kernel": [[[2]], [[-1]]]},
        {"image": [[[1]], [[2]], [[3]]], "kernel": [[[1]], [[1]], [[1]]], "bias": -0.1},
        {"image": [[[5]], [[7]]], "kernel": [[[1, 2], [3, 4]], [[4, 3], [2, 1]]], "padding": 1, "stride": 2},
        {"image": [[[1e8, 1]], [[-1e8, 1]]], "kernel": [[[1, 1]], [[1, 1]]]},
    ]


def refusals() -> list[dict[str, Any]]:
    one = [[1, 2], [3, 4]]
    return [
        {"image": [one, one], "kernel": [[[1]]]},
        {"image": [one], "kernel": [[[1]], [[1]]]},
        {"image": [one, [[1]]], "kernel": [[[1]], [[1]]]},
        {"image": [one, one], "kernel": [[[1]], [[1, 1]]]},
        {"image": [one], "kernel": [[[1, 1, 1]]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image, kernel = (torch.tensor(inputs[name], dtype=torch.float64)[None] for name in ("image", "kernel"))
    bias = torch.tensor([inputs.get("bias", 0)], dtype=torch.float64)
    settings = {"stride": inputs.get("stride", 1), "padding": inputs.get("padding", 0)}
    return {"output": torch.nn.functional.conv2d(image, kernel, bias, **settings)[0, 0].tolist()}
