"""Tensors of torch.nn.MultiheadAttention, counted."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    heads = rng.randint(1, 16)
    inputs: dict[str, Any] = {"embed_dim": heads * rng.randint(1, 96), "num_heads": heads}
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.25
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"embed_dim": 1, "num_heads": 1},
        {"embed_dim": 768, "num_heads": 12},
        {"embed_dim": 8, "num_heads": 8, "bias": False},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"embed_dim": 768, "num_heads": 7}, {"embed_dim": 8, "num_heads": 16}, {"embed_dim": 8, "num_heads": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    layer = torch.nn.MultiheadAttention(**inputs, device="meta")
    return {"head_dim": layer.head_dim, "parameters": sum(tensor.numel() for tensor in layer.parameters())}
