"""numpy: the mean of all entries of the models' covariance matrix is the variance of their mean."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"bias": round(rng.uniform(-3, 3), 2), "variance": round(rng.uniform(0, 9), 2)}
    if rng.random() < 0.7:
        inputs["models"] = rng.choice((1, 2, 5, 10, 50))
    if rng.random() < 0.7:
        inputs["correlation"] = rng.choice((0, 1, 0.5, round(rng.random(), 2)))
    if rng.random() < 0.6:
        inputs["noise"] = rng.choice((0, 1, round(rng.uniform(0, 2), 2)))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"bias": 0, "variance": 0},
        {"bias": -2, "variance": 4, "models": 10, "correlation": 1},
        {"bias": 1e-8, "variance": 1e9, "models": 100, "correlation": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"bias": 1, "variance": -1},
        {"bias": 1, "variance": 1, "noise": -0.5},
        {"bias": 1, "variance": 1, "correlation": 1.5},
        {"bias": 1, "variance": 1, "models": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    models, correlation = inputs.get("models", 1), inputs.get("correlation", 0)
    variance, noise = inputs["variance"], inputs.get("noise", 0)
    if models < 1 or min(variance, noise) < 0 or not 0 <= correlation <= 1:
        raise ValueError("outside of the definition")
    covariance = variance * (np.full((models, models), float(correlation)) + (1 - correlation) * np.eye(models))
    mean = float(covariance.mean())
    return {"ensemble_variance": mean, "error": float(inputs["bias"] ** 2 + mean + noise)}
