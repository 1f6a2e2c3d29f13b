"""torch.autograd through torch.nn.functional.conv2d in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kernel = (rng.randint(1, 3), rng.randint(1, 3))
    stride, padding = rng.choice((1, 1, 2, 2, 3)), rng.choice((0, 0, 1, 2))
    size = [max(rng.randint(k, 4), 1) for k in kernel]
    whole = rng.random() < 0.7
    inputs: dict[str, Any] = {"image": matrix(rng, *size, whole), "kernel": matrix(rng, *kernel, whole)}
    if stride > 1 or rng.random() < 0.3:
        inputs["stride"] = stride
    if padding:
        inputs["padding"] = padding
    out = [(n + 2 * padding - k) // stride + 1 for n, k in zip(size, kernel, strict=True)]
    return {**inputs, "grad_output": matrix(rng, *out, whole)}


def matrix(rng: random.Random, height: int, width: int, whole: bool) -> list[list[float]]:
    return [[rng.randint(-5, 6) if whole else rng.randint(-20, 20) / 4 for _ in range(width)] for _ in range(height)]


def edges() -> list[dict[str, Any]]:
    square = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    return [
        {"image": [[2]], "kernel": [[3]], "grad_output": [[5]]},
        {"image": square, "kernel": [[1, 0], [0, -1]], "grad_output": [[1, 1], [1, 1]]},
        {"image": square, "kernel": [[1]], "grad_output": [[1, 2], [3, 4]], "stride": 2},
        {"image": [[5]], "kernel": square, "grad_output": [[2]], "padding": 1},
        {"image": [[1, 2]], "kernel": [[1, 2]], "grad_output": [[4]], "stride": 7},
        {"image": [[0.1]], "kernel": [[0.3]], "grad_output": [[0.2, 3], [0.7, 0.1]], "padding": 1, "stride": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    square = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    return [
        {"image": square, "kernel": [[1]], "grad_output": [[1]]},
        {"image": square, "kernel": [[1, 1], [1, 1]], "grad_output": square},
        {"image": [[1]], "kernel": [[1, 1]], "grad_output": [[1]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image, kernel, grad = (
        torch.tensor(inputs[name], dtype=torch.float64)[None, None] for name in ("image", "kernel", "grad_output")
    )
    bias = torch.zeros(1, dtype=torch.float64)
    for leaf in (image, kernel, bias):
        leaf.requires_grad_()
    settings = {"stride": inputs.get("stride", 1), "padding": inputs.get("padding", 0)}
    output = torch.nn.functional.conv2d(image, kernel, bias, **settings)
    if output.shape != grad.shape:
        raise ValueError("grad_output has another shape")
    output.backward(grad)
    found = {"grad_input": image.grad[0, 0].tolist(), "grad_kernel": kernel.grad[0, 0].tolist()}
    return {**found, "grad_bias": bias.grad.item()}
