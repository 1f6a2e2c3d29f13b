"""QK^T of all heads as a batched matrix product without data, counted by torch.utils.flop_counter (two FLOPs a MAC)."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    heads = rng.choice([1, 2, 3, 4, 6, 8, 12, 16])
    return {
        "tokens": rng.choice([1, 49, 50, 196, 197, 512, 1024, rng.randint(1, 2000)]),
        "embed_dim": heads * rng.choice([1, 16, 32, 64, 80, rng.randint(1, 100)]),
        "num_heads": heads,
    }


def edges() -> list[dict[str, Any]]:
    return [{"tokens": 1, "embed_dim": 1, "num_heads": 1}, {"tokens": 197, "embed_dim": 768, "num_heads": 12}]


def refusals() -> list[dict[str, Any]]:
    return [
        {"tokens": 8, "embed_dim": 10, "num_heads": 4},
        {"tokens": 0, "embed_dim": 8, "num_heads": 4},
        {"tokens": 4, "embed_dim": 8, "num_heads": 0},
        {"tokens": 4, "embed_dim": 4, "num_heads": 8},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    n, wide, heads = inputs["tokens"], inputs["embed_dim"], inputs["num_heads"]
    if n < 1:
        raise ValueError("no tokens")
    merged = torch.empty(n, wide, device="meta")
    split = merged.reshape(n, heads, -1)
    if split.shape[2] * heads != wide or not split.shape[2]:
        raise ValueError("heads")
    query = split.permute(1, 0, 2)
    with FlopCounterMode(display=False) as counter:
        scores = torch.bmm(query, query.transpose(1, 2))
    return {"score_elements": scores.numel(), "score_macs": counter.get_total_flops() // 2}
