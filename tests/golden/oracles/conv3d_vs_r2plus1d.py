"""torch.nn.Conv3d layers run on a clip without data; the matching width by trying one after another."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "in_channels": rng.choice([3, 16, 32, 64, rng.randint(1, 80)]),
        "out_channels": rng.choice([16, 32, 45, 64, rng.randint(1, 80)]),
        "mid_channels": rng.choice([16, 45, 64, 83, rng.randint(1, 160)]),
        "temporal_kernel": rng.choice([1, 2, 3, 3, 3, 5, 7]),
        "spatial_kernel": rng.choice([1, 2, 3, 3, 5, 7]),
    }


def edges() -> list[dict[str, Any]]:
    ones = dict.fromkeys(["in_channels", "out_channels", "mid_channels", "temporal_kernel", "spatial_kernel"], 1)
    widths = {"in_channels": 64, "out_channels": 64, "mid_channels": 144, "temporal_kernel": 3, "spatial_kernel": 3}
    return [ones, widths, {**widths, "in_channels": 3}, {**ones, "out_channels": 9}]


def refusals() -> list[dict[str, Any]]:
    widths = {"in_channels": 4, "out_channels": 4, "mid_channels": 4, "temporal_kernel": 3, "spatial_kernel": 3}
    return [{**widths, name: 0} for name in widths]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1:
        raise ValueError("a convolution of nothing")
    into, out, t, k = (inputs[name] for name in ("in_channels", "out_channels", "temporal_kernel", "spatial_kernel"))

    def conv(inner: int, leave: int, kernel: tuple[int, int, int]) -> Any:
        return torch.nn.Conv3d(inner, leave, kernel, bias=False, device="meta")

    def count(module: Any) -> int:
        module(torch.empty(1, into, 8, 8, 8, device="meta"))
        return sum(part.numel() for part in module.parameters())

    def pair(mid: int) -> int:
        return count(torch.nn.Sequential(conv(into, mid, (1, k, k)), conv(mid, out, (t, 1, 1))))

    whole, mid = count(conv(into, out, (t, k, k))), 0
    while pair(mid + 1) <= whole:
        mid += 1
    return {
        "conv3d_parameters": whole,
        "r2plus1d_parameters": pair(inputs["mid_channels"]),
        "matched_mid_channels": mid,
    }
