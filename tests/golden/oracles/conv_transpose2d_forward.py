"""torch.nn.functional.conv_transpose2d in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    image, kernel = ((rng.randint(1, high), rng.randint(1, high)) for high in (4, 4))
    whole = rng.random() < 0.6
    inputs: dict[str, Any] = {"image": matrix(rng, *image, whole), "kernel": matrix(rng, *kernel, whole)}
    stride = rng.choice((1, 1, 2, 2, 3, 5))
    if stride > 1 or rng.random() < 0.3:
        inputs["stride"] = stride
    room = min((n - 1) * stride + k - 1 for n, k in zip(image, kernel, strict=True)) // 2
    if room and rng.random() < 0.6:
        inputs["padding"] = rng.randint(1, room)
    return inputs


def matrix(rng: random.Random, height: int, width: int, whole: bool) -> list[list[float]]:
    return [[rng.randint(-6, 9) if whole else rng.randint(-99, 99) / 10 for _ in range(width)] for _ in range(height)]


def edges() -> list[dict[str, Any]]:
    ones = [[1, 1, 1]]
    return [
        {"image": [[2]], "kernel": [[-3]]},
        {"image": ones, "kernel": ones, "stride": 2},
        {"image": ones, "kernel": ones},
        {"image": [[1, 2], [3, 4]], "kernel": [[1, 1], [1, 1]], "stride": 4},
        {"image": [[5]], "kernel": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "padding": 1},
        {"image": [[1], [2]], "kernel": [[1]], "stride": 6, "padding": 0},
        {"image": [[1, 2]], "kernel": [[0, 0, 7], [0, 0, 0], [1, 0, 0]], "stride": 3, "padding": 1},
        {"image": [[1e8, 1, -1e8]], "kernel": [[1, 1, 1]]},
        {"image": [[0.1, 0.2]], "kernel": [[3, 3]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"image": [[1, 2]], "kernel": [[1, 1]], "padding": 1},
        {"image": [[1]], "kernel": [[1, 1], [1, 1]], "padding": 1},
        {"image": [[1, 2], [3, 4]], "kernel": [[1]], "stride": 2, "padding": 2},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    tensors = (torch.tensor(inputs[name], dtype=torch.float64)[None, None] for name in ("image", "kernel"))
    settings = {"stride": inputs.get("stride", 1), "padding": inputs.get("padding", 0)}
    output = torch.nn.functional.conv_transpose2d(*tensors, **settings)[0, 0]
    if not output.numel():
        raise ValueError("nothing is left")
    return {"output": output.tolist()}
