"""torch.nn.LocalResponseNorm in double precision, with alpha times size for the paper's convention."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {
        "values": [rng.choice([rng.randint(-5, 9), rng.randint(-40, 90) / 10]) for _ in range(rng.randint(1, 8))]
    }
    for name, options in {"size": [1, 3, 7], "alpha": [0.1, 1, 0.01], "beta": [0.5, 1, 0], "k": [1, 0.5, 3]}.items():
        if rng.random() < 0.6:
            found[name] = rng.choice(options)
    if rng.random() < 0.45:
        found["convention"] = "pytorch"
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"values": [1]},
        {"values": [0, 0, 3]},
        {"values": [1, 2, 3, 4, 5, 6], "size": 3, "alpha": 1, "beta": 1, "k": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    base: dict[str, Any] = {"values": [1, 2, 3]}
    return [{**base, "size": 4}, {**base, "alpha": -1}, {**base, "beta": -1}, {**base, "k": 0}, {"values": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    size, alpha, beta, k = (
        inputs.get(name, usual) for name, usual in (("size", 5), ("alpha", 1e-4), ("beta", 0.75), ("k", 2))
    )
    if size % 2 == 0 or alpha < 0 or beta < 0 or k <= 0 or not inputs["values"]:
        raise ValueError("size, alpha, beta, k or values")
    factor = 1 if inputs.get("convention") == "pytorch" else size
    layer = torch.nn.LocalResponseNorm(size, alpha=alpha * factor, beta=beta, k=k)
    values = torch.tensor(inputs["values"], dtype=torch.float64)[None, :, None]
    return {"output": [value + 0.0 for value in layer(values)[0, :, 0].tolist()]}
