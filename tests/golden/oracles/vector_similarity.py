"""scipy.spatial.distance; sklearn's rbf_kernel; the unit vectors' distance by mpmath-free long doubles."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size, unit = rng.randint(1, 5), rng.choice([1, 1, 10])
    found: dict[str, Any] = {name: [rng.randint(-9, 9) / unit for _ in range(size)] for name in "ab"}
    if not any(found["a"]) or not any(found["b"]):
        return draw(rng)
    if rng.random() < 0.6:
        found["gamma"] = rng.choice([0.1, 0.5, 2, 0.01, 0.25])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"a": [1, 0], "b": [0, 1]},
        {"a": [1, 2], "b": [2, 4]},
        {"a": [1, 2], "b": [-1, -2]},
        {"a": [3], "b": [5]},
        {"a": [1, 0], "b": [1, 0.0001]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"a": [0, 0], "b": [1, 1]},
        {"a": [1, 1], "b": [0, 0]},
        {"a": [1], "b": [1, 2]},
        {"a": [1], "b": [1], "gamma": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.spatial import distance
    from sklearn.metrics.pairwise import rbf_kernel

    a, b = (np.array(inputs[name], dtype=np.longdouble) for name in "ab")
    gamma = inputs.get("gamma", 1)
    if len(a) != len(b) or not a.any() or not b.any() or gamma <= 0:
        raise ValueError("vectors or gamma")
    u, v = a / np.sqrt((a * a).sum()), b / np.sqrt((b * b).sum())
    cosine = float(1 - distance.cosine(a.astype(float), b.astype(float)))
    apart = float(np.sqrt(((u - v) ** 2).sum()))
    return {
        "dot": float(np.dot(a, b)) if abs(np.dot(a, b)) > 1e-15 else 0.0,
        "cosine": 0.0 if abs(cosine) < 1e-15 else cosine,
        "euclidean": float(distance.euclidean(a.astype(float), b.astype(float))),
        "unit_euclidean": 0.0 if apart < 1e-17 else apart,
        "rbf": float(rbf_kernel([inputs["a"]], [inputs["b"]], gamma=gamma)[0, 0]),
        "sigma": float(np.sqrt(1 / (2 * np.longdouble(gamma)))),
    }
