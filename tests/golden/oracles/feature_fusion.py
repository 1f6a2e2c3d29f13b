"""torch.cat or a sum of empty maps, and a torch.nn.Conv2d that accepts the result."""

from __future__ import annotations

import random
from typing import Any

from _pairs import both, either


def draw(rng: random.Random) -> dict[str, Any]:
    mode, count = rng.choice(["add", "concat", "concat"]), rng.choice([1, 2, 2, 3, 4, 5])
    widths = [rng.choice([1, 8, 16, 48, 64, 128, 256, rng.randint(1, 300)]) for _ in range(count)]
    inputs: dict[str, Any] = {
        "channels": widths if mode == "concat" else widths[:1] * count,
        "mode": mode,
        "out_channels": rng.choice([1, 21, 32, 64, 256, rng.randint(1, 200)]),
    }
    if rng.random() < 0.6:
        inputs["kernel_size"] = rng.choice([1, 1, 3, 5, either(rng, 1, 5)])
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"channels": [64, 64], "mode": "concat", "out_channels": 128, "bias": False},
        {"channels": [64, 64], "mode": "add", "out_channels": 128, "bias": False},
        {"channels": [256] * 5, "mode": "concat", "out_channels": 256, "kernel_size": 1, "bias": False},
        {"channels": [1], "mode": "add", "out_channels": 1, "kernel_size": [1, 3]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"channels": [64, 32], "mode": "add", "out_channels": 8},
        {"channels": [], "mode": "concat", "out_channels": 8},
        {"channels": [8, 0], "mode": "add", "out_channels": 8},
        {"channels": [8], "mode": "mean", "out_channels": 8},
        {"channels": [8, 8], "mode": "add", "out_channels": -1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    maps = [torch.empty(1, count, 9, 9, device="meta") for count in inputs["channels"]]
    if inputs["mode"] == "add" and len({one.shape for one in maps}) > 1:
        raise ValueError("broadcasting is no addition of maps")
    together = {"add": lambda: sum(maps), "concat": lambda: torch.cat(maps, dim=1)}[inputs["mode"]]()
    layer = torch.nn.Conv2d(
        together.shape[1],
        inputs["out_channels"],
        both(inputs.get("kernel_size", 3)),
        bias=inputs.get("bias", True),
        device="meta",
    )
    layer(together)
    return {"fused_channels": together.shape[1], "next_parameters": sum(part.numel() for part in layer.parameters())}
