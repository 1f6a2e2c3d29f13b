"""torch.nn.functional.conv2d in double precision; with flip_kernel scipy.signal.convolve2d, cropped and strided."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kernel = (rng.randint(1, 3), rng.randint(1, 3))
    image = (rng.randint(kernel[0], 6), rng.randint(kernel[1], 6))
    whole = rng.random() < 0.6
    inputs: dict[str, Any] = {"image": matrix(rng, *image, whole), "kernel": matrix(rng, *kernel, whole)}
    if rng.random() < 0.5:
        inputs["stride"] = rng.randint(1, 3)
    if rng.random() < 0.5:
        inputs["padding"] = rng.randint(0, 3)
    if rng.random() < 0.4:
        inputs["flip_kernel"] = True
    return inputs


def matrix(rng: random.Random, height: int, width: int, whole: bool) -> list[list[float]]:
    return [[rng.randint(-9, 9) if whole else rng.randint(-99, 99) / 10 for _ in range(width)] for _ in range(height)]


def edges() -> list[dict[str, Any]]:
    return [
        {"image": [[2]], "kernel": [[-3]]},
        {"image": [[1, 2], [3, 4]], "kernel": [[0, 1], [2, 3]]},
        {"image": [[5]], "kernel": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "padding": 1},
        {"image": [[5]], "kernel": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "padding": 2, "flip_kernel": True},
        {"image": [[0.1, 0.2, 0.3]], "kernel": [[1, 1, -1]]},
        {"image": [[1, 2, 3], [4, 5, 6]], "kernel": [[1]], "stride": 7, "padding": 4},
        {"image": [[1e8, 1, -1e8]], "kernel": [[1, 1, 1]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"image": [[1, 2]], "kernel": [[1], [1]]},
        {"image": [[1], [2]], "kernel": [[1, 1]]},
        {"image": [[1]], "kernel": [[1] * 4] * 4, "padding": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy
    import scipy.signal
    import torch

    image, kernel = (numpy.array(inputs[name], dtype=float) for name in ("image", "kernel"))
    stride, padding = inputs.get("stride", 1), inputs.get("padding", 0)
    if inputs.get("flip_kernel"):
        full = scipy.signal.convolve2d(numpy.pad(image, padding), kernel, mode="valid")
        return {"output": full[::stride, ::stride].tolist()}
    tensors = (torch.from_numpy(array)[None, None] for array in (image, kernel))
    return {"output": torch.nn.functional.conv2d(*tensors, stride=stride, padding=padding)[0, 0].tolist()}
