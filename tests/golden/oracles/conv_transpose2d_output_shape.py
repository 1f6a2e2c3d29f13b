"""torch.nn.ConvTranspose2d run on zeros."""

from __future__ import annotations

import random
from typing import Any

from _pairs import both, either

ARGUMENTS = {"kernel_size": 1, "stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_height": rng.randint(1, 24),
        "in_width": rng.randint(1, 24),
        "kernel_size": either(rng, 1, 7),
    }
    if rng.random() < 0.8:
        inputs["stride"] = either(rng, 1, 5)
    if rng.random() < 0.6:
        inputs["padding"] = either(rng, 0, 4)
    if rng.random() < 0.45:
        inputs["dilation"] = either(rng, 1, 4)
    if rng.random() < 0.7:
        inputs["output_padding"] = either(rng, 0, 3)
    return inputs if fits(inputs) else draw(rng)


def fits(inputs: dict[str, Any]) -> bool:
    """Whether the layer takes these arguments and something is left after the padding is cut."""
    kernel, stride, padding, extra, dilation = (both(inputs.get(name, low)) for name, low in ARGUMENTS.items())
    for axis, size in enumerate((inputs["in_height"], inputs["in_width"])):
        if extra[axis] >= stride[axis] and extra[axis] >= dilation[axis]:
            return False
        stamped = {o * stride[axis] + t * dilation[axis] for o in range(size) for t in range(kernel[axis])}
        if max(stamped) + 1 + extra[axis] <= 2 * padding[axis]:
            return False
    return True


def edges() -> list[dict[str, Any]]:
    return [
        {"in_height": 1, "in_width": 1, "kernel_size": 1},
        {"in_height": 7, "in_width": 9, "kernel_size": 4, "stride": 2, "padding": 1},
        {"in_height": 7, "in_width": 7, "kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
        {"in_height": 5, "in_width": 5, "kernel_size": 3, "dilation": 3, "output_padding": 2},
        {"in_height": 3, "in_width": 3, "kernel_size": 1, "padding": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_height": 5, "in_width": 5, "kernel_size": 3, "stride": 2, "output_padding": 2},
        {"in_height": 5, "in_width": 5, "kernel_size": 3, "output_padding": [0, 1]},
        {"in_height": 5, "in_width": 5, "kernel_size": 3, "stride": 2, "dilation": 3, "output_padding": 3},
        {"in_height": 1, "in_width": 4, "kernel_size": 2, "padding": 1},
        {"in_height": 4, "in_width": 1, "kernel_size": 2, "padding": [1, 2]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    layer = torch.nn.ConvTranspose2d(1, 1, **{name: both(inputs.get(name, low)) for name, low in ARGUMENTS.items()})
    shape = layer(torch.zeros(1, 1, inputs["in_height"], inputs["in_width"])).shape
    return {"out_height": shape[2], "out_width": shape[3]}
