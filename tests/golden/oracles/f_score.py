"""scipy.stats.hmean of the two rates with the weights 1 and beta squared; a rate of 0 gives 0."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    places = rng.choice((1, 2, 3))
    rates = {name: round(rng.random(), places) for name in ("precision", "recall")}
    if rng.random() < 0.1:
        rates[rng.choice(("precision", "recall"))] = rng.choice((0, 1, 1e-9))
    return rates | ({"beta": rng.choice((0, 0.1, 0.5, 1, 1.5, 2, 3, 10, 1e6))} if rng.random() < 0.7 else {})


def edges() -> list[dict[str, Any]]:
    return [
        {"precision": 0, "recall": 0},
        {"precision": 0, "recall": 1, "beta": 2},
        {"precision": 1, "recall": 0, "beta": 0},
        {"precision": 1, "recall": 1, "beta": 0.5},
        {"precision": 1e-300, "recall": 1e-300, "beta": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"precision": 0.5, "recall": 0.5, "beta": -1},
        {"precision": 1.5, "recall": 0.5},
        {"precision": 0.5, "recall": -0.1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from scipy.stats import hmean

    rates, beta = [inputs["precision"], inputs["recall"]], inputs.get("beta", 1)
    if beta < 0 or not 0 <= min(rates) <= max(rates) <= 1:
        raise ValueError("outside of the definition")
    if not all(rates):
        return {"f1": 0.0, "f_beta": 0.0}
    return {"f1": float(hmean(rates)), "f_beta": float(hmean(rates, weights=[1, beta**2]))}
