"""sklearn.preprocessing: StandardScaler and MinMaxScaler, fitted on the training values and applied to the new one."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    while True:
        places, middle, spread = rng.choice((0, 0, 1, 2)), rng.choice((0, 5, -20, 100, 1000)), rng.choice((1, 5, 30))
        values = [round(rng.gauss(middle, spread), places) for _ in range(rng.choice((2, 3, 4, 5, 6, 12)))]
        if min(values) < max(values):
            break
    inside = rng.random() < 0.5
    value = rng.choice(values) if inside else round(rng.gauss(middle, 3 * spread), places)
    return {"train": [int(x) if places == 0 else x for x in values], "value": value}


def edges() -> list[dict[str, Any]]:
    return [
        {"train": [0, 10], "value": 5},
        {"train": [-3, -1, -2], "value": 4},
        {"train": [1000000.25, 1000000.5, 1000001], "value": 1000000.75},
        {"train": [1e-9, 3e-9], "value": 2e-9},
        {"train": [-5, 0], "value": -5},
        {"train": [1e150, 3e150], "value": 2.5e150},
        {"train": [2, 4, 4, 4, 5, 5, 7, 9], "value": 9},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"train": [3, 3, 3], "value": 3}, {"train": [7], "value": 7}, {"train": [], "value": 1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    train, value = np.array(inputs["train"], dtype=float)[:, None], [[float(inputs["value"])]]
    if train.min() == train.max():
        raise ValueError("constant")
    # sums of squares of very small or large values: both scalers are indifferent to a common factor
    unit = 2.0 ** np.floor(np.log2(np.abs(train).max()))
    if not 1e-6 < unit < 1e6:
        train, value = train / unit, [[value[0][0] / unit]]
    else:
        unit = 1.0
    standard, ranged = StandardScaler().fit(train), MinMaxScaler().fit(train)
    return {
        "mean": float(standard.mean_[0] * unit),
        "std": float(standard.scale_[0] * unit),
        "z_score": float(standard.transform(value)[0, 0]),
        "min_max": float(ranged.transform(value)[0, 0]),
    }
