"""scipy.special.softmax, log_softmax and logsumexp."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    reach = rng.choice((30, 30, 50, 100, 10000))
    inputs: dict[str, Any] = {"logits": [rng.randint(-reach, reach) / 10 for _ in range(rng.randint(1, 6))]}
    if rng.random() < 0.15:
        inputs["logits"] = [logit + 10000 for logit in inputs["logits"]]
    if rng.random() < 0.6:
        inputs["temperature"] = rng.choice((0.1, 0.5, 0.7, 2, 2.5, 3, 4, 10, 20))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"logits": [5]},
        {"logits": [0, 0, 0, 0]},
        {"logits": [10000, 0]},
        {"logits": [-10000, 0]},
        {"logits": [10000, 10000, 9999]},
        {"logits": [-10000, -10000]},
        {"logits": [1, 2, 3], "temperature": 1},
        {"logits": [1, -1], "temperature": 0.001},
        {"logits": [3, 1], "temperature": 1000000},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"logits": [1, 2], "temperature": 0}, {"logits": [1, 2], "temperature": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy
    import scipy.special

    temperature = inputs.get("temperature", 1)
    if temperature <= 0:
        raise ValueError("no distribution at such a temperature")
    logits = numpy.array(inputs["logits"], dtype=float) / temperature
    return {
        "probabilities": scipy.special.softmax(logits).tolist(),
        "log_probabilities": scipy.special.log_softmax(logits).tolist(),
        "logsumexp": float(scipy.special.logsumexp(logits)),
    }
