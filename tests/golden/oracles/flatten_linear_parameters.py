"""torch.nn.Flatten or AdaptiveAvgPool2d before a torch.nn.LazyLinear, which sizes itself by what it is given."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_channels": rng.randint(1, 64),
        "in_height": rng.randint(1, 14),
        "in_width": rng.randint(1, 14),
        "out_features": rng.randint(1, 100),
    }
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.25
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "in_height": 1, "in_width": 1, "out_features": 1},
        {"in_channels": 64, "in_height": 1, "in_width": 1, "out_features": 10, "bias": False},
        {"in_channels": 256, "in_height": 6, "in_width": 6, "out_features": 64},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image = torch.zeros(1, inputs["in_channels"], inputs["in_height"], inputs["in_width"])
    flat = sized(torch.nn.Flatten(), inputs, image)
    pooled = sized(torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten()), inputs, image)
    return {"in_features": flat.in_features, "total": parameters(flat), "gap_total": parameters(pooled)}


def sized(before: Any, inputs: dict[str, Any], image: Any) -> Any:
    import torch

    layer = torch.nn.LazyLinear(inputs["out_features"], bias=inputs.get("bias", True))
    layer(before(image))
    return layer


def parameters(layer: Any) -> int:
    return sum(tensor.numel() for tensor in layer.parameters())
