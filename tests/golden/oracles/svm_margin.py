"""sklearn.svm.LinearSVC's decision_function with the weights set; norms and distances by NumPy, the loss by its two cases."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.randint(1, 4)
    unit = rng.choice([1, 10, 4])
    found: dict[str, Any] = {
        "w": [rng.randint(-12, 12) / unit for _ in range(size)],
        "point": [rng.randint(-12, 12) / unit for _ in range(size)],
    }
    if not any(found["w"]):
        return draw(rng)
    if rng.random() < 0.6:
        found["b"] = rng.randint(-20, 20) / 4
    if rng.random() < 0.5:
        found["label"] = rng.choice([-1, 1])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"w": [1], "b": 0, "point": [1]},
        {"w": [3, 4], "b": -5, "point": [1, 0.5]},
        {"w": [0.1, 0.2], "b": -0.03, "point": [0.1, 0.1], "label": -1},
        {"w": [1e-8, 0], "point": [1, 1], "label": -1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"w": [0, 0], "point": [1, 2]},
        {"w": [1, 2], "point": [1]},
        {"w": [1], "point": [1], "label": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.svm import LinearSVC

    w, point, label = np.array(inputs["w"], float), np.array(inputs["point"], float), inputs.get("label", 1)
    if not w.any() or label not in (-1, 1) or len(w) != len(point):
        raise ValueError("w, label or point")
    machine = LinearSVC()
    machine.coef_, machine.intercept_, machine.classes_ = (
        w[None],
        np.array([float(inputs.get("b", 0))]),
        np.array([-1, 1]),
    )
    score = float(machine.decision_function(point[None])[0])
    score = 0.0 if abs(score) < 1e-14 else score

    def hinge(agreement: float) -> float:
        return 0.0 if agreement >= 1 else 1 - agreement

    return {
        "score": score,
        "margin": float(np.divide(2, np.linalg.norm(w))),
        "distance": float(abs(score) / np.linalg.norm(w)),
        "hinge_loss_positive": hinge(score),
        "hinge_loss": hinge(label * score),
    }
