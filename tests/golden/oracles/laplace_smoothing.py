"""sklearn.naive_bayes.MultinomialNB: the smoothed log-probabilities of the features of one class."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    counts = [rng.choice([0, rng.randint(0, 12), rng.randint(1, 300)]) for _ in range(rng.randint(1, 10))]
    found: dict[str, Any] = {"counts": counts}
    if rng.random() < 0.7:
        found["alpha"] = rng.choice([0.5, 0.1, 2, 0.01, 3.5] + ([0] if any(counts) else []))
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"counts": [0, 0, 0]},
        {"counts": [0]},
        {"counts": [3, 0, 1, 6]},
        {"counts": [5, 0], "alpha": 0},
        {"counts": [10**15, 0, 1], "alpha": 0.001},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"counts": [0, 0], "alpha": 0}, {"counts": [-1, 2]}, {"counts": [1, 2], "alpha": -1}, {"counts": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.naive_bayes import MultinomialNB

    counts, alpha = inputs["counts"], float(inputs.get("alpha", 1))
    if not counts or min(counts) < 0 or alpha < 0 or not (any(counts) or alpha):
        raise ValueError("counts or alpha")
    if not alpha:
        return {"probabilities": [count / sum(counts) for count in counts]}
    model = MultinomialNB(alpha=alpha, force_alpha=True).fit(np.array([counts], float), [0])
    return {"probabilities": [float(p) for p in np.exp(model.feature_log_prob_[0])]}
