"""Parameters and buffers of torch.nn.BatchNorm2d, counted."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {"num_features": rng.randint(1, 4096)}


def edges() -> list[dict[str, Any]]:
    return [{"num_features": 1}, {"num_features": 64}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    layer = torch.nn.BatchNorm2d(inputs["num_features"])
    trained = sum(tensor.numel() for tensor in layer.parameters() if tensor.requires_grad)
    tracked = sum(tensor.numel() for name, tensor in layer.named_buffers() if name.startswith("running"))
    return {"trainable": trained, "running_statistics": tracked}
