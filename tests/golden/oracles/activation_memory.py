"""torch's element_size times numel of a tensor without data; bits that are no whole bytes are packed eight values at a time."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    side = rng.choice([1, 7, 14, 28, 56, 112, 224, rng.randint(1, 300)])
    inputs: dict[str, Any] = {
        "batch_size": rng.choice([1, 8, 16, 32, 64, rng.randint(1, 300)]),
        "channels": rng.choice([1, 3, 64, 128, 256, 512, rng.randint(1, 600)]),
        "height": side,
        "width": side if rng.random() < 0.5 else rng.randint(1, 400),
    }
    if rng.random() < 0.6:
        inputs["bits"] = rng.choice([1, 2, 3, 4, 8, 16, 32, 64])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"batch_size": 1, "channels": 1, "height": 1, "width": 1, "bits": 1},
        {"batch_size": 3, "channels": 1, "height": 1, "width": 1, "bits": 3},
        {"batch_size": 32, "channels": 64, "height": 112, "width": 112},
    ]


def refusals() -> list[dict[str, Any]]:
    right = {"batch_size": 1, "channels": 1, "height": 1, "width": 1, "bits": 8}
    return [right | {name: 0} for name in right]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1:
        raise ValueError("nothing there")
    bits = inputs.get("bits", 32)
    shape = [inputs[name] for name in ("batch_size", "channels", "height", "width")]
    types = {8: torch.int8, 16: torch.float16, 32: torch.float32, 64: torch.float64}
    tensor = torch.empty(shape, dtype=types.get(bits, torch.int8), device="meta")
    size = tensor.numel() * tensor.element_size()
    if bits not in types:
        full, rest = divmod(tensor.numel(), 8)
        size = full * bits + len(range(0, rest * bits, 8))
    return {"bytes": size, "mebibytes": size / 1024 / 1024}
