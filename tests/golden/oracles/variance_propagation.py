"""Second moments by scipy: integrals of a (rectified) normal density, and the uniform distribution's own variance."""

from __future__ import annotations

import random
from functools import cache
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    fan_in = rng.choice((2, 4, 8, 10, 16, 32, 50, 64, 100, 128, 256, 512, 576, 1024))
    inputs: dict[str, Any] = {
        "fan_in": fan_in,
        "weight_variance": rng.choice((0.01, 0.02, 0.001, 0.005, 0.04, 0.0025, 0.1, 0.25, 0.5, 1)),
        "layers": rng.randint(1, 6),
    }
    if rng.random() < 0.4:
        inputs["input_variance"] = rng.choice((0.25, 0.5, 2, 4, 9))
    if rng.random() < 0.55:
        inputs["activation"] = "relu"
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"fan_in": 100, "weight_variance": 0.01, "layers": 10},
        {"fan_in": 100, "weight_variance": 0.02, "layers": 10, "activation": "relu"},
        {"fan_in": 1, "weight_variance": 0, "layers": 2},
        {"fan_in": 3, "weight_variance": 1, "layers": 2, "input_variance": 0},
        {"fan_in": 1000, "weight_variance": 1, "layers": 20, "activation": "relu"},
        {"fan_in": 10, "weight_variance": 0.001, "layers": 20},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"fan_in": 10, "weight_variance": -1, "layers": 2},
        {"fan_in": 10, "weight_variance": 1, "layers": 2, "input_variance": -1},
        {"fan_in": 10, "weight_variance": 1, "layers": 10_001},
        {"fan_in": 1000, "weight_variance": 1, "layers": 200},
        {"fan_in": 10, "weight_variance": 1, "layers": 0},
        {"fan_in": 10, "weight_variance": 1, "layers": 2, "activation": "gelu"},
    ]


@cache
def kept(activation: str) -> float:
    """E[f(x)^2] of a standard normal x."""
    import numpy as np
    from scipy.integrate import quad
    from scipy.stats import norm

    start = {"linear": -np.inf, "relu": 0}[activation]
    return quad(lambda x: x * x * norm.pdf(x), start, np.inf, epsabs=1e-13, epsrel=1e-13)[0]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.stats import uniform

    if inputs["weight_variance"] < 0 or inputs.get("input_variance", 1) < 0 or not 0 < inputs["layers"] <= 10_000:
        raise ValueError("no such layers")
    variances, moment = [], inputs.get("input_variance", 1)
    for _ in range(inputs["layers"]):
        variances.append(inputs["fan_in"] * inputs["weight_variance"] * moment)
        moment = kept(inputs.get("activation", "linear")) * variances[-1]
    if not np.isfinite(variances).all():
        raise OverflowError("no float")
    # the variance of U(-a, a) grows with a squared; that of U(-1, 1) is scipy's
    bound = np.sqrt(inputs["weight_variance"] / uniform(-1, 2).var())
    gain = inputs["fan_in"] * inputs["weight_variance"] * kept(inputs.get("activation", "linear"))
    return {"variances": [float(v) for v in variances], "gain": float(gain), "uniform_bound": float(bound)}
