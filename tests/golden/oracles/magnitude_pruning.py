"""torch.nn.utils.prune.l1_unstructured where no absolute values are equal; a stable argsort in NumPy where they are."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    length, fine = rng.randint(1, 12), rng.random() < 0.7
    weights = [rng.randint(-999, 999) / 100 if fine else rng.randint(-4, 4) for _ in range(length)]
    return {"weights": weights, "sparsity": rng.choice([0.1, 0.25, 0.3, 0.5, 0.75, 0.9, rng.randint(0, 100) / 100])}


def edges() -> list[dict[str, Any]]:
    return [
        {"weights": [1, -1, 1, -1], "sparsity": 0.5},
        {"weights": [0, 0, 3], "sparsity": 0.34},
        {"weights": [5, 4, 3, 2, 1], "sparsity": 0.5},
        {"weights": [5, 4, 3, 2, 1, 6, 7], "sparsity": 0.5},
        {"weights": [0.5], "sparsity": 1},
        {"weights": [0.5], "sparsity": 0},
        {"weights": [0.5], "sparsity": 0.5},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"weights": [1, 2], "sparsity": 1.5},
        {"weights": [1, 2], "sparsity": -0.1},
        {"weights": [], "sparsity": 0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    import torch
    from torch.nn.utils import prune

    if not inputs["weights"]:
        raise ValueError("no weights")
    before = np.array(inputs["weights"], float)
    layer = torch.nn.Module()
    layer.weight = torch.nn.Parameter(torch.tensor(before))
    prune.l1_unstructured(layer, "weight", amount=float(inputs["sparsity"]))
    kept = int(layer.weight_mask.sum())
    pruned = before.size - kept
    after = layer.weight.detach().numpy()
    if len(set(np.abs(before))) < before.size:
        after = before.copy()
        after[np.argsort(np.abs(before), kind="stable")[:pruned]] = 0
    return {"pruned": pruned, "remaining": kept, "weights": (after + 0.0).tolist()}
