"""torch.nn.ChannelShuffle on numbered channels; the way back by argsort."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    channels = rng.randint(1, 80)
    return {"channels": channels, "groups": rng.choice([g for g in range(1, channels + 1) if channels % g == 0])}


def edges() -> list[dict[str, Any]]:
    return [{"channels": side * side, "groups": side} for side in (1, 2, 3, 4, 5, 6)]


def refusals() -> list[dict[str, Any]]:
    return [
        {"channels": 10, "groups": 4},
        {"channels": 4, "groups": 8},
        {"channels": 4, "groups": 0},
        {"channels": 0, "groups": 1},
        {"channels": 1_000_002, "groups": 2},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    channels = inputs["channels"]
    if not 1 <= channels <= 1_000_000 or channels % inputs["groups"]:
        raise ValueError("channels")
    numbered = torch.arange(channels).reshape(1, channels, 1, 1)
    shuffled = torch.nn.ChannelShuffle(inputs["groups"])(numbered).flatten()
    return {"order": shuffled.tolist(), "destination": torch.argsort(shuffled).tolist()}
