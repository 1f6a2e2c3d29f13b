"""torch.nn.functional.scaled_dot_product_attention; the weights are its output for the identity as values."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    width, queries, keys, values = rng.randint(1, 4), rng.randint(1, 3), rng.randint(1, 4), rng.randint(1, 3)

    def matrix(rows: int, columns: int) -> list[list[float]]:
        unit = rng.choice([1, 2, 10])
        return [[rng.randint(-3 * unit, 3 * unit) / unit for _ in range(columns)] for _ in range(rows)]

    found: dict[str, Any] = {"query": matrix(queries, width), "key": matrix(keys, width), "value": matrix(keys, values)}
    if rng.random() < 0.4:
        found["causal"] = True
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"query": [[1, 0], [0, 1]], "key": [[1, 0], [0, 1]], "value": [[1, 2], [3, 4]]},
        {"query": [[1, 0], [0, 1]], "key": [[1, 0], [0, 1]], "value": [[1, 2], [3, 4]], "causal": True},
        {"query": [[40, 0]], "key": [[40, 0], [0, 40]], "value": [[1], [0]]},
        {"query": [[0, 0]], "key": [[1, 2], [3, 4], [5, 6]], "value": [[1], [2], [3]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"query": [[1, 0]], "key": [[1]], "value": [[1]]},
        {"query": [[1]], "key": [[1], [2]], "value": [[1]]},
        {"query": [[1], [1, 2]], "key": [[1]], "value": [[1]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    q, k, v = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("query", "key", "value"))
    if q.shape[1] != k.shape[1] or len(k) != len(v):
        raise ValueError("shapes")
    causal = bool(inputs.get("causal"))
    weights = scaled_dot_product_attention(q, k, torch.eye(len(k), dtype=torch.float64), is_causal=causal)
    output = scaled_dot_product_attention(q, k, v, is_causal=causal)
    clean = torch.where(output.abs() < 1e-15, 0.0, output)
    return {"weights": weights.tolist(), "output": clean.tolist()}
