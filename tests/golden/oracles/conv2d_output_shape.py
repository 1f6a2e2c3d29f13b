"""torch.nn.Conv2d run on zeros; the pixels that are read are those with a gradient under all-ones weights."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from _pairs import both, either

DEFAULTS = {
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "batch_size": 1,
    "in_channels": None,
    "out_channels": None,
    "layout": "NCHW",
}


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_height": rng.randint(1, 96),
        "in_width": rng.randint(1, 96),
        "kernel_size": either(rng, 1, 9),
    }
    if rng.random() < 0.7:
        inputs["stride"] = either(rng, 1, 6)
    if rng.random() < 0.7:
        inputs["padding"] = either(rng, 0, 6)
    if rng.random() < 0.5:
        inputs["dilation"] = either(rng, 1, 4)
    if rng.random() < 0.4:
        inputs["batch_size"] = rng.randint(1, 4)
    if rng.random() < 0.5:
        inputs["in_channels"] = rng.randint(1, 4)
    if rng.random() < 0.6:
        inputs["out_channels"] = rng.randint(1, 8)
    if rng.random() < 0.4:
        inputs["layout"] = "NHWC"
    return inputs if fits(inputs) else draw(rng)


def fits(inputs: dict[str, Any]) -> bool:
    """Whether the kernel finds a place: its last tap, laid at the first padded pixel, is still inside."""
    given = {**DEFAULTS, **inputs}
    kernel, padding, dilation = (both(given[name]) for name in ("kernel_size", "padding", "dilation"))
    sizes = (given["in_height"], given["in_width"])
    return all((k - 1) * d < n + 2 * p for n, k, p, d in zip(sizes, kernel, padding, dilation, strict=True))


def edges() -> list[dict[str, Any]]:
    return [
        {"in_height": 1, "in_width": 1, "kernel_size": 1},
        {"in_height": 3, "in_width": 5, "kernel_size": [3, 5]},
        {"in_height": 5, "in_width": 5, "kernel_size": 3, "dilation": 2},
        {"in_height": 2, "in_width": 9, "kernel_size": [4, 3], "padding": [1, 0], "stride": [7, 3]},
        {"in_height": 9, "in_width": 10, "kernel_size": 1, "stride": 2, "out_channels": 4, "layout": "NHWC"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_height": 4, "in_width": 9, "kernel_size": 5},
        {"in_height": 9, "in_width": 4, "kernel_size": 5},
        {"in_height": 4, "in_width": 4, "kernel_size": 3, "dilation": 2},
        {"in_height": 2, "in_width": 2, "kernel_size": [3, 5], "padding": [1, 1]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    given = {**DEFAULTS, **inputs}
    channels = given["in_channels"] or 1
    filters = given["out_channels"] or 1
    arguments = {name: both(given[name]) for name in ("kernel_size", "stride", "padding", "dilation")}
    layer = torch.nn.Conv2d(channels, filters, bias=False, **arguments)
    torch.nn.init.ones_(layer.weight)
    image = torch.zeros(given["batch_size"], channels, given["in_height"], given["in_width"], requires_grad=True)
    output = layer(image)
    output.sum().backward()
    unread = int((image.grad[0, 0] == 0).sum())
    shown = output if given["layout"] == "NCHW" else output.permute(0, 2, 3, 1)
    return {
        "out_height": output.shape[2],
        "out_width": output.shape[3],
        "out_shape": list(shown.shape) if given["out_channels"] else None,
        "unread_fraction": Fraction(unread, given["in_height"] * given["in_width"]),
    }
