"""scipy.signal.lfilter for the averages, numpy.average with the weights beta^(t-i) for the corrected ones."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((1, 1, 10, 100))
    inputs: dict[str, Any] = {
        "values": [rng.randint(-20, 60) / scale for _ in range(rng.randint(1, 7))],
        "beta": rng.choice((0, 0.1, 0.2, 0.25, 0.5, 0.6, 0.75, 0.8, 0.9, 0.9, 0.95, 0.98, 0.99, 0.999)),
    }
    if rng.random() < 0.45:
        inputs["initial"] = rng.randint(-20, 60) / scale or 1
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"values": [1, 0, 0], "beta": 0.9},
        {"values": [5], "beta": 0},
        {"values": [3, 3, 3], "beta": 0.99, "initial": 3},
        {"values": [0, 0], "beta": 0.5, "initial": 8},
        {"values": list(range(30)), "beta": 0.9},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"values": [1, 2], "beta": 1},
        {"values": [1, 2], "beta": -0.1},
        {"values": [], "beta": 0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.signal import lfilter

    beta, values, initial = inputs["beta"], np.array(inputs["values"], float), inputs.get("initial", 0)
    if not 0 <= beta < 1 or not values.size:
        raise ValueError("no average")
    averages, _ = lfilter([1 - beta], [1, -beta], values, zi=[beta * initial])
    corrected = [np.average(values[: t + 1], weights=beta ** np.arange(t, -1.0, -1)) for t in range(len(values))]
    # the weights of a long past are those of so many values that count in full
    window = np.sum(beta ** np.arange(200_000.0))
    return {
        "averages": averages.tolist(),
        "corrected": [float(v) for v in corrected],
        "effective_window": float(window),
    }
