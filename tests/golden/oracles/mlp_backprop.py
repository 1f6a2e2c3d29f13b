"""torch.autograd through torch.nn.functional.linear in double precision."""

from __future__ import annotations

import random
from typing import Any

ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu")


def draw(rng: random.Random) -> dict[str, Any]:
    inside, hidden, outside = rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 2)
    scale = rng.choice((1, 2, 10))

    def numbers(count: int) -> list[float]:
        return [rng.randint(-2 * scale, 2 * scale) / scale for _ in range(count)]

    inputs: dict[str, Any] = {
        "x": numbers(inside),
        "w1": [numbers(inside) for _ in range(hidden)],
        "w2": [numbers(hidden) for _ in range(outside)],
        "target": numbers(outside),
        "activation": rng.choice(ACTIVATIONS),
    }
    if rng.random() < 0.6:
        inputs["b1"] = numbers(hidden)
    if rng.random() < 0.6:
        inputs["b2"] = numbers(outside)
    return inputs


def edges() -> list[dict[str, Any]]:
    zeros = {"x": [1, 2], "w1": [[0, 0], [0, 0]], "w2": [[0, 0]], "b1": [0, 0], "b2": [0], "target": [1]}
    return [
        *({**zeros, "activation": name} for name in ACTIVATIONS),
        {"x": [1], "w1": [[2]], "w2": [[3]], "target": [6], "activation": "identity"},
        {"x": [1], "w1": [[0]], "w2": [[3]], "target": [1], "activation": "relu"},
        {"x": [30], "w1": [[10]], "w2": [[1]], "target": [0.5], "activation": "tanh"},
        {"x": [-1], "w1": [[2]], "w2": [[3]], "b1": None, "b2": None, "target": [1], "activation": "relu"},
    ]


def refusals() -> list[dict[str, Any]]:
    fits = {"x": [1, 2], "w1": [[1, 2]], "w2": [[1]], "target": [1], "activation": "relu"}
    return [
        fits | {"x": [1]},
        fits | {"w2": [[1, 2]]},
        fits | {"target": [1, 2]},
        fits | {"b1": [1, 2]},
        fits | {"b2": [1, 2]},
        fits | {"activation": "gelu"},
        fits | {"w1": [[1, 2], [3]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    def tensor(value: Any, size: int) -> Any:
        return torch.tensor([0.0] * size if value is None else value, dtype=torch.float64, requires_grad=True)

    curve = {"identity": lambda z: z, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
    x, target = (torch.tensor(inputs[name], dtype=torch.float64) for name in ("x", "target"))
    w1, w2 = tensor(inputs["w1"], 0), tensor(inputs["w2"], 0)
    b1, b2 = tensor(inputs.get("b1"), len(w1)), tensor(inputs.get("b2"), len(w2))
    if b1.shape != (len(w1),) or b2.shape != (len(w2),) or target.shape != b2.shape:
        raise ValueError("sizes differ")
    hidden = curve[inputs["activation"]](torch.nn.functional.linear(x, w1, b1))
    output = torch.nn.functional.linear(hidden, w2, b2)
    loss = torch.nn.functional.mse_loss(output, target, reduction="sum") / 2
    loss.backward()
    found = {"hidden": hidden, "output": output, "loss": loss}
    gradients = {f"grad_{name}": one.grad for name, one in (("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2))}
    return {name: value.tolist() for name, value in (found | gradients).items()}
