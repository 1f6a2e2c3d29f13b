"""sklearn.linear_model.Perceptron: one pass over one sample, from the given weights."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size, unit = rng.randint(1, 4), rng.choice([1, 2, 10])
    found: dict[str, Any] = {
        "w": [rng.randint(-9, 9) / unit for _ in range(size)],
        "point": [rng.randint(-9, 9) / unit for _ in range(size)],
        "label": rng.choice([-1, 1]),
    }
    if rng.random() < 0.6:
        found["b"] = rng.randint(-9, 9) / 2
    if rng.random() < 0.6:
        found["learning_rate"] = rng.choice([0.1, 0.5, 2, 0.25])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"w": [0, 0], "point": [1, 2], "label": 1},
        {"w": [0, 0], "point": [1, 2], "label": -1, "learning_rate": 0.5},
        {"w": [1, -1], "b": 0, "point": [3, 3], "label": 1},
        {"w": [0.1, 0.2], "b": -0.05, "point": [0.3, 0.1], "label": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"w": [1], "point": [1, 2], "label": 1},
        {"w": [1], "point": [1], "label": 0},
        {"w": [1], "point": [1], "label": 2},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from fractions import Fraction

    import numpy as np
    from sklearn.linear_model import Perceptron

    w, point, label = inputs["w"], inputs["point"], inputs["label"]
    if label not in (-1, 1) or len(w) != len(point):
        raise ValueError("label or point")
    b, rate = float(inputs.get("b", 0)), float(inputs.get("learning_rate", 1))
    score = sum((Fraction(str(a)) * Fraction(str(x)) for a, x in zip(w, point, strict=True)), Fraction(str(b)))
    machine = Perceptron(eta0=rate, max_iter=1, tol=None, shuffle=False)
    machine.partial_fit(np.array([point], float), [label], classes=[-1, 1])
    machine.coef_, machine.intercept_ = np.array([w], float), np.array([b])
    if score != 0:
        # On the plane itself floating point decides; the rule counts it as wrong.
        machine.partial_fit(np.array([point], float), [label])
        new_w, new_b = machine.coef_[0], machine.intercept_[0]
    else:
        new_w, new_b = np.array(w, float) + rate * label * np.array(point, float), b + rate * label
    return {"score": float(score), "w": [float(v) for v in new_w], "b": float(new_b)}
