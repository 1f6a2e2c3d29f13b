"""torch: the transposed matrix times the probabilities, and nll_loss of their logarithm."""

from __future__ import annotations

import random
from typing import Any


def shares(rng: random.Random, count: int, least: int) -> list[float]:
    cuts = sorted(rng.choices(range(101 - least * count), k=count - 1))
    sizes = zip([0, *cuts], [*cuts, 100 - least * count], strict=True)
    return [(high - low + least) / 100 for low, high in sizes]


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(2, 4)
    return {
        "transition": [shares(rng, count, rng.choice((1, 1, 5))) for _ in range(count)],
        "probabilities": shares(rng, count, rng.choice((0, 1, 5))),
        "target": rng.randrange(count),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"transition": [[1, 0], [0, 1]], "probabilities": [0.3, 0.7], "target": 0},
        {"transition": [[0.8, 0.2], [0.3, 0.7]], "probabilities": [0, 1], "target": 0},
        {"transition": [[0, 1], [1, 0]], "probabilities": [0.1, 0.9], "target": 1},
        {"transition": [[1]], "probabilities": [1], "target": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"transition": [[0.8, 0.2]], "probabilities": [0.5, 0.5], "target": 0},
        {"transition": [[0.8, 0.2], [0.5, 0.4]], "probabilities": [0.5, 0.5], "target": 0},
        {"transition": [[0.8, 0.2], [0.5, 0.5]], "probabilities": [0.5, 0.6], "target": 0},
        {"transition": [[0.8, 0.2], [0.5, 0.5]], "probabilities": [0.5, 0.5], "target": 2},
        {"transition": [[1, 0], [1, 0]], "probabilities": [0.5, 0.5], "target": 1},
        {"transition": [[0.8, 0.2], [0.5, 0.5]], "probabilities": [0.5, 0.25, 0.25], "target": 1},
        {"transition": [[0.8, 0.2], [0.5, 0.5]], "probabilities": [0.5, 0.5], "target": -1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    matrix, p = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("transition", "probabilities"))
    if abs(float(p.sum()) - 1) > 1e-6 or (matrix.sum(1) - 1).abs().max() > 1e-6 or inputs["target"] < 0:
        raise ValueError("no distribution")
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError("not square")
    noisy = matrix.T @ p
    loss = torch.nn.functional.nll_loss(noisy.log()[None], torch.tensor([inputs["target"]]))
    if not torch.isfinite(loss):
        raise OverflowError("infinite")
    return {"noisy": noisy.tolist(), "loss": float(loss) + 0.0}
