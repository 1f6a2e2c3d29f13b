"""torch.arange laid out in the shape, permuted; the element read there is its place in memory."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    axes = rng.choice([1, 2, 3, 4, 4, 4, 5])
    shape = [rng.choice([1, 2, 3, 4, 5, 6, 7, 8]) for _ in range(axes)]
    inputs: dict[str, Any] = {"shape": shape}
    order = list(range(axes))
    if rng.random() < 0.8:
        rng.shuffle(order)
        inputs["dims"] = rng.choice([order, order, [0, 2, 3, 1] if axes == 4 else order])
    if rng.random() < 0.7:
        inputs["index"] = [rng.randrange(shape[axis]) for axis in inputs.get("dims", order)]
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"shape": [2, 3, 4, 5], "dims": [0, 2, 3, 1], "index": [1, 3, 4, 2]},
        {"shape": [2, 3, 4, 5], "dims": [0, 3, 1, 2], "index": [0, 4, 2, 3]},
        {"shape": [7]},
        {"shape": [1, 1, 1], "dims": [2, 0, 1], "index": [0, 0, 0]},
        {"shape": [8, 64, 7, 7], "index": [3, 10, 2, 5]},
        {"shape": [2, 2, 2, 2, 2, 2], "dims": [5, 4, 3, 2, 1, 0]},
    ]


def refusals() -> list[dict[str, Any]]:
    shape = [2, 3, 4]
    return [
        {"shape": shape, "dims": [0, 1]},
        {"shape": shape, "dims": [0, 1, 1]},
        {"shape": shape, "dims": [0, 1, 3]},
        {"shape": shape, "dims": [0, 1, -1]},
        {"shape": shape, "index": [0, 0, 4]},
        {"shape": shape, "dims": [2, 0, 1], "index": [0, 2, 0]},
        {"shape": shape, "index": [0, 0]},
        {"shape": [], "dims": []},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import math

    import torch

    shape, index = inputs["shape"], inputs.get("index")
    dims = inputs.get("dims") or list(range(len(shape)))
    if not shape or min(dims) < 0:
        raise ValueError("axes count from 0, and there is at least one")
    tensor = torch.arange(math.prod(shape)).reshape(shape).permute(dims)
    if index is not None and len(index) != len(shape):
        raise ValueError("an index has one entry an axis")
    return {
        "out_shape": list(tensor.shape),
        "strides": list(tensor.stride()),
        "offset": None if index is None else tensor[tuple(index)].item(),
    }
