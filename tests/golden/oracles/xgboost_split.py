"""scipy.optimize.minimize_scalar of each leaf's quadratic; the gain is what the minima come to below the unsplit leaf's."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    def amount(low: int) -> float:
        return rng.choice([rng.randint(low, 20), rng.randint(low * 10, 200) / 10])

    found: dict[str, Any] = {
        "left_gradient": amount(-20),
        "left_hessian": amount(1),
        "right_gradient": amount(-20),
        "right_hessian": amount(1),
    }
    if rng.random() < 0.5:
        found["reg_lambda"] = rng.choice([0, 0.5, 2, 10])
    if rng.random() < 0.5:
        found["gamma"] = rng.choice([0.5, 1, 3, 10])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"left_gradient": 0, "left_hessian": 4, "right_gradient": 0, "right_hessian": 2},
        {"left_gradient": 3, "left_hessian": 0, "right_gradient": -3, "right_hessian": 0},
        {"left_gradient": 2, "left_hessian": 1, "right_gradient": 2, "right_hessian": 1, "reg_lambda": 0},
        {"left_gradient": -4.5, "left_hessian": 2.5, "right_gradient": 4.5, "right_hessian": 2.5, "gamma": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    base = {"left_gradient": 1, "left_hessian": 1, "right_gradient": -1, "right_hessian": 1}
    return [
        {**base, "left_hessian": -1},
        {**base, "left_hessian": 0, "reg_lambda": 0},
        {**base, "right_hessian": 0, "reg_lambda": 0},
        {**base, "reg_lambda": -1},
        {**base, "gamma": -0.5},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from scipy.optimize import minimize_scalar

    penalty, price = inputs.get("reg_lambda", 1), inputs.get("gamma", 0)
    if penalty < 0 or price < 0 or min(inputs["left_hessian"], inputs["right_hessian"]) < 0:
        raise ValueError("negative")

    def leaf(gradient: float, hessian: float) -> tuple[float, float]:
        curve = hessian + penalty
        if not curve:
            raise ValueError("no curvature")
        found = minimize_scalar(lambda w: gradient * w + curve * w * w / 2, bracket=(-1, 1), tol=1e-15)
        assert abs(found.x + gradient / curve) < 1e-6 * max(1, abs(found.x))
        # Near its minimum a parabola is flat to half the digits: one Newton step gives the rest.
        best = found.x - (gradient + curve * found.x) / curve
        return best, gradient * best + curve * best * best / 2

    left, right = (
        leaf(inputs["left_gradient"], inputs["left_hessian"]),
        leaf(inputs["right_gradient"], inputs["right_hessian"]),
    )
    parent = leaf(inputs["left_gradient"] + inputs["right_gradient"], inputs["left_hessian"] + inputs["right_hessian"])
    gain = parent[1] - left[1] - right[1] - price
    scale = max(abs(parent[1]), abs(left[1]), abs(right[1]), price)
    clean = [0.0 if abs(weight) < 1e-15 else float(weight) for weight in (left[0], right[0], parent[0])]
    return {
        "left_weight": clean[0],
        "right_weight": clean[1],
        "parent_weight": clean[2],
        "gain": 0.0 if abs(gain) < 1e-12 * scale else float(gain),
    }
