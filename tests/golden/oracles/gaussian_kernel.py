"""NumPy on the grid itself, both axes at once, divided by the sum of the whole; scipy's gaussian_filter of an impulse agrees."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"kernel_size": rng.choice([1, 3, 3, 5, 5, 7])}
    if rng.random() < 0.97:
        found["sigma"] = rng.choice([0.5, 1, 1.5, 2, 3, rng.randint(3, 400) / 100])
    return found


def edges() -> list[dict[str, Any]]:
    return [{"kernel_size": size} for size in (1, 3, 5, 7, 9)] + [
        {"kernel_size": 3, "sigma": 0.8},
        {"kernel_size": 3, "sigma": 50},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"kernel_size": 4}, {"kernel_size": 0}, {"kernel_size": 3, "sigma": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.ndimage import gaussian_filter

    size, sigma = inputs["kernel_size"], inputs.get("sigma", 0)
    if size < 1 or size % 2 == 0 or sigma < 0:
        raise ValueError("kernel_size or sigma")
    sigma = sigma or 0.3 * ((size - 1) * 0.5 - 1) + 0.8
    y, x = np.mgrid[-(size // 2) : size // 2 + 1, -(size // 2) : size // 2 + 1]
    weights = np.exp(-(x * x + y * y) / (2 * np.longdouble(sigma) ** 2))
    kernel = weights / weights.sum()
    impulse = np.zeros((size, size))
    impulse[size // 2, size // 2] = 1
    if size > 1:
        assert np.allclose(gaussian_filter(impulse, sigma, mode="constant", radius=size // 2), kernel.astype(float))
    return {"sigma": float(sigma), "kernel": [[float(cell) for cell in row] for row in kernel]}
