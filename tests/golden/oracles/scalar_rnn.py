"""torch.nn.RNN with one unit for tanh, its parameters set; for identity torch.autograd on the unrolled sum. Gradients by autograd."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((2, 10, 10))
    inputs: dict[str, Any] = {
        "x": [rng.randint(-2 * scale, 2 * scale) / scale for _ in range(rng.randint(1, 5))],
        "w_x": rng.randint(-15, 15) / 10,
        "w_h": rng.randint(-15, 15) / 10,
        "target": rng.randint(-10, 10) / 10,
    }
    if rng.random() < 0.5:
        inputs["b"] = rng.randint(-10, 10) / 10 or 0.5
    if rng.random() < 0.5:
        inputs["activation"] = "identity"
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"x": [1, 2], "w_x": 0.5, "w_h": 0.5, "target": 1, "activation": "identity"},
        {"x": [1], "w_x": 1, "w_h": 3, "target": 0},
        {"x": [0, 0, 0], "w_x": 1, "w_h": 1, "target": 0},
        {"x": [1, 0, 0, 0, 0], "w_x": 1, "w_h": 0.5, "target": 0, "activation": "identity"},
        {"x": [30, -30], "w_x": 10, "w_h": 1, "target": 0.5},
        {"x": [1, 1], "w_x": 1, "w_h": 0, "b": -1, "target": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"x": [], "w_x": 1, "w_h": 1, "target": 1},
        {"x": [1, 2], "w_x": 1, "w_h": 1, "target": 1, "activation": "relu"},
        {"x": [1, 1, 1], "w_x": 1, "w_h": 1e200, "target": 1, "activation": "identity"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    w_x, w_h, b = (
        torch.tensor([[float(inputs.get(name, 0))]], dtype=torch.float64, requires_grad=True)
        for name in ("w_x", "w_h", "b")
    )
    x = torch.tensor(inputs["x"], dtype=torch.float64)
    if not len(x):
        raise ValueError("no step")
    if inputs.get("activation", "tanh") == "tanh":
        layer = torch.nn.RNN(1, 1, dtype=torch.float64)
        names = {"weight_ih_l0": w_x, "weight_hh_l0": w_h, "bias_ih_l0": b[0], "bias_hh_l0": torch.zeros(1).double()}
        states, _ = torch.func.functional_call(layer, names, (x[:, None],))
        hidden = states[:, 0]
    elif inputs["activation"] == "identity":
        # without activation the state is a sum over the past
        hidden = torch.stack(
            [sum((w_x * x[k] + b)[0, 0] * w_h[0, 0] ** (t - k) for k in range(t + 1)) for t in range(len(x))]
        )
    else:
        raise ValueError("no such activation")
    loss = (hidden[-1] - inputs["target"]) ** 2 / 2
    loss.backward()
    found = {"loss": loss, "grad_w_x": w_x.grad, "grad_w_h": w_h.grad, "grad_b": b.grad}
    # a weight that no path reaches has no gradient in torch
    values = {name: 0.0 if value is None else float(value.detach()) for name, value in found.items()}
    if not all(map(torch.isfinite, map(torch.tensor, values.values()))):
        raise OverflowError("no float")
    return {"hidden": hidden.tolist(), **values}
