"""torch.optim.lr_scheduler: StepLR, ExponentialLR, CosineAnnealingLR behind LinearLR, stepped epoch by epoch."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    schedule = rng.choice(["step", "exponential", "cosine"])
    found: dict[str, Any] = {
        "schedule": schedule,
        "base_rate": rng.choice([0.1, 0.01, 0.5, 1, 0.0003]),
        "epoch": rng.choice([rng.randint(0, 12), rng.randint(0, 99)]),
    }
    if rng.random() < 0.6:
        found["step_size"] = rng.choice([1, 5, 10, 20])
    if rng.random() < 0.6:
        found["gamma"] = rng.choice([0.5, 0.9, 0.95, 0.2])
    if rng.random() < 0.6:
        found["max_epochs"] = rng.choice([10, 20, 50, 90])
    if rng.random() < 0.5:
        found["min_rate"] = rng.choice([0.001, 0.0001])
    if rng.random() < 0.45:
        found["warmup_epochs"] = rng.choice([1, 3, 5, 9])
    last = found.get("max_epochs", 100)
    return found if schedule != "cosine" or found["epoch"] <= last else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"schedule": "step", "base_rate": 0.1, "epoch": 30},
        {"schedule": "step", "base_rate": 0.1, "epoch": 29},
        {"schedule": "cosine", "base_rate": 0.1, "epoch": 100},
        {"schedule": "cosine", "base_rate": 0.1, "epoch": 50, "min_rate": 0.02},
        {"schedule": "exponential", "base_rate": 0.1, "epoch": 0},
        {"schedule": "cosine", "base_rate": 0.4, "epoch": 5, "warmup_epochs": 5},
        {"schedule": "cosine", "base_rate": 0.4, "epoch": 4, "warmup_epochs": 5, "min_rate": 0.1},
    ]


def refusals() -> list[dict[str, Any]]:
    base: dict[str, Any] = {"schedule": "cosine", "base_rate": 0.1, "epoch": 1}
    return [
        {**base, "epoch": -1},
        {**base, "step_size": 0},
        {**base, "max_epochs": 0},
        {**base, "max_epochs": 5, "warmup_epochs": 5},
        {**base, "schedule": "poly"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import warnings

    import torch
    from torch.optim import lr_scheduler

    base, epoch, warm = inputs["base_rate"], inputs["epoch"], inputs.get("warmup_epochs", 0)
    size, gamma, last = inputs.get("step_size", 30), inputs.get("gamma", 0.1), inputs.get("max_epochs", 100)
    if epoch < 0 or size < 1 or last < 1 or warm < 0:
        raise ValueError("epochs")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if epoch < warm:
            if inputs["schedule"] == "cosine" and warm >= last:
                raise ValueError("warm-up")
            schedule: Any = (
                lr_scheduler.LinearLR(optimizer, 1 / warm, 1.0, warm - 1)
                if warm > 1
                else lr_scheduler.ConstantLR(optimizer, 1.0, 1)
            )
            passed = epoch
        else:
            if inputs["schedule"] == "cosine" and warm >= last:
                raise ValueError("warm-up")
            schedule = {
                "step": lambda: lr_scheduler.StepLR(optimizer, size, gamma),
                "exponential": lambda: lr_scheduler.ExponentialLR(optimizer, gamma),
                "cosine": lambda: lr_scheduler.CosineAnnealingLR(optimizer, last - warm, inputs.get("min_rate", 0)),
            }[inputs["schedule"]]()
            passed = epoch - warm
        for _ in range(passed):
            optimizer.step()
            schedule.step()
    rate = float(optimizer.param_groups[0]["lr"])
    return {"rate": 0.0 if abs(rate) < 1e-16 else rate}
