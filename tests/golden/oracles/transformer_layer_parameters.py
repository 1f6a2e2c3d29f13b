"""torch.nn.TransformerEncoderLayer: the numbers of the parameters of its parts."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    wide = rng.choice([64, 128, 256, 384, 512, 768, 1024, rng.randint(1, 900)])
    return {"embed_dim": wide, "feedforward_dim": rng.choice([wide, 2 * wide, 4 * wide, rng.randint(1, 4000)])}


def edges() -> list[dict[str, Any]]:
    return [{"embed_dim": 1, "feedforward_dim": 1}, {"embed_dim": 768, "feedforward_dim": 3072}]


def refusals() -> list[dict[str, Any]]:
    return [{"embed_dim": 0, "feedforward_dim": 8}, {"embed_dim": 8, "feedforward_dim": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if min(inputs.values()) < 1:
        raise ValueError("nothing there")
    layer = torch.nn.TransformerEncoderLayer(inputs["embed_dim"], 1, inputs["feedforward_dim"], device="meta")

    def count(*parts: torch.nn.Module) -> int:
        return sum(weight.numel() for part in parts for weight in part.parameters())

    return {
        "attention": count(layer.self_attn),
        "feedforward": count(layer.linear1, layer.linear2),
        "layer_norm": count(layer.norm1, layer.norm2),
        "total": count(layer),
    }
