"""torch.autograd in double precision: MSELoss or BCEWithLogitsLoss, one step of torch.optim.SGD."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, size, unit = rng.randint(1, 5), rng.randint(1, 3), rng.choice([1, 2, 10])
    model = rng.choice(["linear", "logistic"])
    found: dict[str, Any] = {
        "points": [[rng.randint(-6, 6) / unit for _ in range(size)] for _ in range(count)],
        "targets": [rng.randint(0, 1) if model == "logistic" else rng.randint(-10, 10) / 2 for _ in range(count)],
        "w": [rng.randint(-6, 6) / 4 for _ in range(size)],
        "learning_rate": rng.choice([0.1, 0.01, 0.5, 1]),
        "model": model,
    }
    if rng.random() < 0.5:
        found["b"] = rng.choice([0.5, -1, 2, -0.25])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"points": [[1]], "targets": [1], "w": [0], "learning_rate": 0.1, "model": "logistic"},
        {"points": [[1], [2]], "targets": [2, 4], "w": [2], "learning_rate": 0.1, "model": "linear"},
        {"points": [[40], [-40]], "targets": [0, 1], "w": [1], "learning_rate": 1, "model": "logistic"},
        {"points": [[800]], "targets": [0], "w": [1], "learning_rate": 0.001, "model": "logistic"},
    ]


def refusals() -> list[dict[str, Any]]:
    base: dict[str, Any] = {"points": [[1, 2]], "targets": [1], "w": [0, 0], "learning_rate": 0.1, "model": "logistic"}
    return [
        {**base, "points": [[1]]},
        {**base, "targets": [0.5]},
        {**base, "targets": [1, 0]},
        {**base, "points": [[1, 2], [3]], "targets": [0, 1]},
        {**base, "model": "poisson"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    points, targets = inputs["points"], inputs["targets"]
    logistic = {"linear": False, "logistic": True}[inputs["model"]]
    if any(len(point) != len(inputs["w"]) for point in points) or len(targets) != len(points):
        raise ValueError("points")
    if logistic and not set(targets) <= {0, 1}:
        raise ValueError("targets")
    w = torch.tensor(inputs["w"], dtype=torch.float64, requires_grad=True)
    b = torch.tensor(float(inputs.get("b", 0)), dtype=torch.float64, requires_grad=True)
    scores = torch.tensor(points, dtype=torch.float64) @ w + b
    goal = torch.tensor(targets, dtype=torch.float64)
    loss = torch.nn.BCEWithLogitsLoss()(scores, goal) if logistic else torch.nn.MSELoss()(scores, goal)
    odds = torch.exp(w).tolist() if logistic else None
    loss.backward()
    grads = [w.grad.tolist(), float(b.grad)]
    torch.optim.SGD([w, b], lr=inputs["learning_rate"]).step()

    def clean(values: Any) -> Any:
        return [clean(v) for v in values] if isinstance(values, list) else (0.0 if abs(values) < 1e-15 else values)

    return {
        "scores": clean(scores.tolist()),
        "predictions": clean((torch.sigmoid(scores) if logistic else scores).tolist()),
        "loss": clean(float(loss)),
        "grad_w": clean(grads[0]),
        "grad_b": clean(grads[1]),
        "w": clean(w.tolist()),
        "b": clean(float(b)),
        "odds_ratios": odds,
    }
