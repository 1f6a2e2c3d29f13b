"""torch.autograd through torch.nn.functional.max_pool2d and avg_pool2d in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kernel = rng.choice((1, 2, 2, 2, 3))
    height, width = rng.randint(kernel, 5), rng.randint(kernel, 5)
    inputs: dict[str, Any] = {"kernel_size": kernel, "mode": rng.choice(("max", "avg"))}
    if rng.random() < 0.6:
        inputs["stride"] = rng.choice((None, 1, 1, 2, 3))
    stride = inputs.get("stride") or kernel
    spread = rng.choice((3, 9, 30))  # narrow ones make ties
    inputs["image"] = [[rng.randint(-spread, spread) for _ in range(width)] for _ in range(height)]
    out = [(n - kernel) // stride + 1 for n in (height, width)]
    parts = rng.choice((1, 1, 10))
    inputs["grad_output"] = [[rng.randint(-20, 30) / parts for _ in range(out[1])] for _ in range(out[0])]
    return inputs


def edges() -> list[dict[str, Any]]:
    flat = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
    return [
        {"image": [[7]], "grad_output": [[2]], "kernel_size": 1, "mode": "max"},
        {"image": flat, "grad_output": [[1, 2], [3, 4]], "kernel_size": 2, "stride": 1, "mode": "max"},
        {"image": flat, "grad_output": [[1, 2], [3, 4]], "kernel_size": 2, "stride": 1, "mode": "avg"},
        {"image": flat, "grad_output": [[1]], "kernel_size": 2, "stride": None, "mode": "avg"},
        {"image": flat, "grad_output": [[5]], "kernel_size": 3, "stride": 9, "mode": "max"},
        {"image": flat, "grad_output": [[1, 2], [3, 4]], "kernel_size": 1, "stride": 2, "mode": "avg"},
    ]


def refusals() -> list[dict[str, Any]]:
    flat = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
    return [
        {"image": flat, "grad_output": [[1, 2], [3, 4]], "kernel_size": 2, "mode": "max"},
        {"image": flat, "grad_output": [[1]], "kernel_size": 4, "mode": "avg"},
        {"image": flat, "grad_output": [[1]], "kernel_size": 1, "mode": "avg"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image = torch.tensor(inputs["image"], dtype=torch.float64)[None, None].requires_grad_()
    pool = {"max": torch.nn.functional.max_pool2d, "avg": torch.nn.functional.avg_pool2d}[inputs["mode"]]
    output = pool(image, inputs["kernel_size"], inputs.get("stride"))
    grad = torch.tensor(inputs["grad_output"], dtype=torch.float64)[None, None]
    if output.shape != grad.shape:
        raise ValueError("grad_output has another shape")
    output.backward(grad)
    return {"grad_input": image.grad[0, 0].tolist()}
