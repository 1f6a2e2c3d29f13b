"""NumPy's itemsize for whole bytes, bits packed one by one for others; Adam's and SGD's state counted in torch."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"parameters": rng.choice([1, 61706, 11689512, 25557032, rng.randint(1, 10**9)])}
    if rng.random() < 0.6:
        inputs["bits"] = rng.choice([1, 2, 3, 4, 5, 8, 16, 32, 64])
    if rng.random() < 0.75:
        inputs["optimizer"] = rng.choice(["none", "sgd", "momentum", "adam"])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"parameters": 3, "bits": 3, "optimizer": "adam"},
        {"parameters": 1, "bits": 1},
        {"parameters": 1000000},
        {"parameters": 138357544, "bits": 32, "optimizer": "momentum"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"parameters": 0}, {"parameters": 8, "bits": 0}]


def _tensors(optimizer: str) -> int:
    """Tensors as large as the weights that one step of training leaves in memory."""
    import torch

    weight = torch.nn.Parameter(torch.ones(7))
    if optimizer == "none":
        return 1
    kinds = {
        "sgd": lambda: torch.optim.SGD([weight], lr=0.1),
        "momentum": lambda: torch.optim.SGD([weight], lr=0.1, momentum=0.9),
        "adam": lambda: torch.optim.Adam([weight]),
    }
    stepper = kinds[optimizer]()
    weight.sum().backward()
    stepper.step()
    held = [weight, weight.grad, *stepper.state[weight].values()]
    return sum(1 for part in held if torch.is_tensor(part) and part.shape == weight.shape)


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    count, bits = inputs["parameters"], inputs.get("bits", 32)
    if count < 1 or bits < 1:
        raise ValueError("nothing there")
    if bits % 8 == 0:
        size = count * np.dtype(f"int{bits}").itemsize
    else:
        size, rest = divmod(count, 8)  # eight parameters fill as many bytes as one has bits
        size = size * bits + np.packbits(np.ones(rest * bits, dtype=np.uint8)).size
    return {
        "bytes": size,
        "megabytes": float(np.longdouble(size) / 1000 / 1000),
        "training_bytes": _tensors(inputs.get("optimizer", "none")) * size,
    }
