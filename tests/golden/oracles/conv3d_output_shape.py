"""torch.nn.Conv3d run on a clip without data."""

from __future__ import annotations

import random
from typing import Any

SIDES = ("in_depth", "in_height", "in_width")


def any_axis(rng: random.Random, low: int, high: int) -> int | list[int]:
    """One number for the three axes or three."""
    return rng.randint(low, high) if rng.random() < 0.4 else [rng.randint(low, high) for _ in SIDES]


def each_axis(value: int | list[int]) -> tuple[int, ...]:
    return (value,) * 3 if isinstance(value, int) else tuple(value)


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_depth": rng.choice([8, 16, 32, rng.randint(1, 40)]), "in_height": rng.randint(1, 64), "in_width": rng.randint(1, 64),
        "kernel_size": any_axis(rng, 1, 7),
    }  # fmt: skip
    for name, low, high in (("stride", 1, 6), ("padding", 0, 3), ("dilation", 1, 3)):
        if rng.random() < 0.6:
            inputs[name] = any_axis(rng, low, high)
    return inputs if fits(inputs) else draw(rng)


def fits(inputs: dict[str, Any]) -> bool:
    kernel, padding, dilation = (
        each_axis(inputs.get(name, low)) for name, low in (("kernel_size", 1), ("padding", 0), ("dilation", 1))
    )
    sides = [inputs[name] for name in SIDES]
    return all((k - 1) * d < n + 2 * p for n, k, p, d in zip(sides, kernel, padding, dilation, strict=True))


def edges() -> list[dict[str, Any]]:
    return [
        {"in_depth": 1, "in_height": 1, "in_width": 1, "kernel_size": 1},
        {"in_depth": 16, "in_height": 112, "in_width": 112, "kernel_size": 3, "padding": 1},
        {"in_depth": 32, "in_height": 224, "in_width": 224, "kernel_size": 7, "stride": 2, "padding": 3},
        {"in_depth": 3, "in_height": 5, "in_width": 7, "kernel_size": [3, 5, 7], "stride": [4, 6, 8]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_depth": 2, "in_height": 9, "in_width": 9, "kernel_size": 3},
        {"in_depth": 9, "in_height": 4, "in_width": 9, "kernel_size": [3, 3, 3], "dilation": [1, 2, 1]},
        {"in_depth": 9, "in_height": 9, "in_width": 2, "kernel_size": [1, 1, 5], "padding": [0, 0, 1]},
        {"in_depth": 9, "in_height": 9, "in_width": 9, "kernel_size": [3, 3]},
        {"in_depth": 9, "in_height": 9, "in_width": 9, "kernel_size": 3, "stride": [1, 0, 1]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    names = [name for name in ("kernel_size", "stride", "padding", "dilation") if name in inputs]
    arguments = {name: each_axis(inputs[name]) for name in names}
    clip = torch.zeros(1, 1, *(inputs[name] for name in SIDES))
    shape = torch.nn.Conv3d(1, 1, **arguments)(clip).shape
    return dict(zip(("out_depth", "out_height", "out_width"), shape[2:], strict=True))
