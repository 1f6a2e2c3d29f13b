"""torch.nn.MaxPool2d run on zeros."""

from __future__ import annotations

import random
from typing import Any

from _pairs import both, either


def draw(rng: random.Random) -> dict[str, Any]:
    kernel = either(rng, 1, 6)
    inputs: dict[str, Any] = {"in_height": rng.randint(1, 64), "in_width": rng.randint(1, 64), "kernel_size": kernel}
    if rng.random() < 0.6:
        inputs["stride"] = rng.choice([None, *[either(rng, 1, 7) for _ in range(6)]])
    if rng.random() < 0.6:
        inputs["padding"] = (
            rng.randint(0, min(kernel) // 2) if isinstance(kernel, list) and rng.random() < 0.5 else half(rng, kernel)
        )
    if rng.random() < 0.45:
        inputs["dilation"] = either(rng, 1, 3)
    if rng.random() < 0.6:
        inputs["ceil_mode"] = rng.random() < 0.9
    return inputs if fits(inputs) else draw(rng)


def half(rng: random.Random, kernel: int | list[int]) -> int | list[int]:
    """A padding of at most half the kernel."""
    return (
        rng.randint(0, kernel // 2)
        if isinstance(kernel, int)
        else [rng.randint(0, kernel[0] // 2), rng.randint(0, kernel[1] // 2)]
    )


def fits(inputs: dict[str, Any]) -> bool:
    kernel, padding, dilation = (
        both(inputs.get(name, low)) for name, low in (("kernel_size", 1), ("padding", 0), ("dilation", 1))
    )
    sizes = (inputs["in_height"], inputs["in_width"])
    return all((k - 1) * d < n + 2 * p for n, k, p, d in zip(sizes, kernel, padding, dilation, strict=True))


def edges() -> list[dict[str, Any]]:
    return [
        {"in_height": 6, "in_width": 7, "kernel_size": 3, "stride": 2, "ceil_mode": True},
        {"in_height": 4, "in_width": 5, "kernel_size": 2, "stride": 5, "padding": 1, "ceil_mode": True},
        {"in_height": 5, "in_width": 10, "kernel_size": 2, "stride": [6, 7], "padding": [1, 1], "ceil_mode": True},
        {"in_height": 2, "in_width": 2, "kernel_size": 3, "stride": 2, "ceil_mode": True},
        {"in_height": 2, "in_width": 3, "kernel_size": 3, "stride": 4, "dilation": [1, 2], "ceil_mode": True},
        {"in_height": 3, "in_width": 3, "kernel_size": 2},
        {"in_height": 13, "in_width": 13, "kernel_size": 3, "stride": 2},
        {"in_height": 8, "in_width": 8, "kernel_size": 3, "stride": None, "padding": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_height": 8, "in_width": 8, "kernel_size": 3, "padding": 2},
        {"in_height": 8, "in_width": 8, "kernel_size": [2, 3], "padding": [1, 2]},
        {"in_height": 2, "in_width": 8, "kernel_size": 3},
        {"in_height": 8, "in_width": 4, "kernel_size": 3, "dilation": 2},
        {"in_height": 2, "in_width": 8, "kernel_size": 5, "stride": 2, "ceil_mode": True},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    arguments = {
        name: both(inputs[name])
        for name in ("kernel_size", "stride", "padding", "dilation")
        if inputs.get(name) is not None
    }
    layer = torch.nn.MaxPool2d(**arguments, ceil_mode=inputs.get("ceil_mode", False))
    shape = layer(torch.zeros(1, 1, inputs["in_height"], inputs["in_width"])).shape
    return {"out_height": shape[2], "out_width": shape[3]}
