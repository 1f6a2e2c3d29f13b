"""torch.nn.functional and autograd in double precision; far from 0, where those lose digits, scipy.special."""

from __future__ import annotations

import random
from typing import Any

NAMES = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "silu", "hardswish", "mish", "gelu", "softplus", "relu6")
KINKS = (0, 3, -3, 6)


def draw(rng: random.Random) -> dict[str, Any]:
    x = rng.choice((rng.randint(-80, 80) / 10, rng.randint(-400, 400) / 100, rng.choice(KINKS), rng.randint(-9, 9)))
    inputs: dict[str, Any] = {"name": rng.choice(NAMES), "x": x}
    if inputs["name"] == "relu6" and rng.random() < 0.5:
        inputs["x"] = rng.randint(50, 120) / 10
    if rng.random() < 0.35:
        inputs["alpha"] = rng.choice((None, 0.2, 0.1, 0.25, 0.5, 1.5))
    return inputs


def edges() -> list[dict[str, Any]]:
    kinks = [{"name": name, "x": x} for name in ("relu", "leaky_relu", "elu", "relu6", "hardswish") for x in KINKS]
    far = [{"name": name, "x": x} for name in NAMES for x in (-1000, 1000, -30)]
    return [*kinks, *far, {"name": "elu", "x": -1e-9}, {"name": "tanh", "x": 1e-9}, {"name": "sigmoid", "x": 40}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from scipy import special

    name, alpha = inputs["name"], inputs.get("alpha")
    x = torch.tensor(float(inputs["x"]), dtype=torch.float64, requires_grad=True)
    named = {"leaky_relu": {"negative_slope": alpha}, "elu": {"alpha": alpha}}.get(name, {})
    function = getattr(torch if name in ("sigmoid", "tanh") else torch.nn.functional, name)
    value = function(x, **({} if alpha is None else named))
    value.backward()
    at = x.item()
    if name == "sigmoid":
        found = [special.expit(at), special.expit(at) * special.expit(-at)]
    elif name == "tanh":
        found = [value.item(), 4 * special.expit(2 * at) * special.expit(-2 * at)]
    elif name == "gelu":
        found = [at * special.ndtr(at), special.ndtr(at) + at * _density(at)]
    else:
        found = [value.item(), x.grad.item()]
    for exact, torch_says in zip(found, (value.item(), x.grad.item()), strict=True):
        if abs(exact - torch_says) > 1e-12 * max(1, abs(exact)):
            raise AssertionError(f"scipy {exact}, torch {torch_says}")
    return {"value": found[0] + 0.0, "derivative": found[1] + 0.0}


def _density(x: float) -> float:
    from math import exp, pi, sqrt

    return exp(-x * x / 2) / sqrt(2 * pi)
