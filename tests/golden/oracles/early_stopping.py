"""By the definition's words: the stop is the first epoch that ends a run of non-improving epochs of the length of the patience."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(1, 12)
    level, losses = rng.randint(60, 120), []
    for _ in range(count):
        level += rng.choice([-15, -8, -3, -1, 0, 2, 5])
        losses.append(level / 100)
    found: dict[str, Any] = {"losses": losses, "patience": rng.randint(1, 4)}
    if rng.random() < 0.45:
        found["min_delta"] = rng.choice([0.01, 0.02, 0.05])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"losses": [1], "patience": 1},
        {"losses": [1, 1, 1], "patience": 2},
        {"losses": [0.5, 0.6, 0.4, 0.45, 0.3, 0.35, 0.36], "patience": 2},
        {"losses": [0.3, 0.2, 0.1], "patience": 1, "min_delta": 0.1},
        {"losses": [1, 2, 0.5], "patience": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"losses": [1], "patience": 0},
        {"losses": [1], "patience": 1, "min_delta": -0.1},
        {"losses": [], "patience": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    losses, patience = [Decimal(str(loss)) for loss in inputs["losses"]], inputs["patience"]
    delta = Decimal(str(inputs.get("min_delta", 0)))
    if patience < 1 or delta < 0 or not losses:
        raise ValueError("patience, delta or losses")
    # Whether each epoch improves, were training never stopped: best is the loss of the last improving epoch.
    improves = [True]
    for place in range(1, len(losses)):
        best = losses[max(k for k in range(place) if improves[k])]
        improves.append(losses[place] < best - delta)
    ends = [end for end in range(patience, len(losses)) if not any(improves[end - patience + 1 : end + 1])]
    stop = ends[0] if ends else None
    seen = len(losses) if stop is None else stop + 1
    best_epoch = max(k for k in range(seen) if improves[k])
    return {
        "best_epoch": best_epoch + 1,
        "best_loss": inputs["losses"][best_epoch],
        "stop_epoch": None if stop is None else stop + 1,
    }
