"""torch.nn.LSTMCell with one unit in double precision; each gate read off a step that leaves the others out."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((1, 2, 10, 10))

    def four() -> list[float]:
        return [rng.randint(-2 * scale, 2 * scale) / scale for _ in range(4)]

    return {
        "x": rng.randint(-20, 20) / 10,
        "h": rng.randint(-10, 10) / 10,
        "c": rng.randint(-20, 20) / 10,
        "w_x": four(),
        "w_h": four(),
        "b": four(),
    }


def edges() -> list[dict[str, Any]]:
    flat = {"w_x": [0] * 4, "w_h": [0] * 4, "b": [0] * 4}
    return [
        {"x": 0, "h": 0, "c": 0, **flat},
        {"x": 1, "h": 1, "c": 2, **flat},
        {"x": 0, "h": 0, "c": 1.0, **flat, "b": [0, 1.38629436112, 0.423648930194, 0.405465108108]},
        {"x": 1, "h": 0, "c": 5, **flat, "b": [-40, 40, 1, 40]},
        {"x": 10, "h": 1, "c": -1, "w_x": [3, -3, 3, 3], "w_h": [1, 1, 1, 1], "b": [0, 0, 0, 0]},
    ]


def refusals() -> list[dict[str, Any]]:
    fits = {"x": 1, "h": 0, "c": 0, "w_x": [1] * 4, "w_h": [1] * 4, "b": [0] * 4}
    return [fits | {"w_x": [1] * 3}, fits | {"w_h": [1] * 5}, fits | {"b": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    def tensor(value: float) -> Any:
        return torch.tensor([[float(value)]], dtype=torch.float64)

    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    with torch.no_grad():
        for name, key in (("weight_ih", "w_x"), ("weight_hh", "w_h"), ("bias_ih", "b")):
            values = torch.tensor(inputs[key], dtype=torch.float64)
            if len(values) != 4:
                raise ValueError("four gates")
            getattr(cell, name).copy_(values.reshape(getattr(cell, name).shape))
        cell.bias_hh.zero_()
        x, h = tensor(inputs["x"]), tensor(inputs["h"])
        hidden, state = cell(x, (h, tensor(inputs["c"])))
        # the cell is linear in the old cell, with the forget gate for its slope
        written = cell(x, (h, tensor(0)))[1]
        forget = cell(x, (h, tensor(1)))[1] - written
        output = hidden / torch.tanh(state) if float(state) else torch.sigmoid(gate(cell, x, h, 3))
        candidate = torch.tanh(gate(cell, x, h, 2))
        entered = torch.sigmoid(gate(cell, x, h, 0))
        if not torch.allclose(entered * candidate, written):
            raise ValueError("the gates stand in another order")
    found = {"input_gate": entered, "forget_gate": forget, "candidate": candidate, "output_gate": output}
    return {name: float(value) for name, value in (found | {"c": state, "h": hidden}).items()}


def gate(cell: Any, x: Any, h: Any, row: int) -> Any:
    """The sum of one row before its squashing."""
    return x @ cell.weight_ih[row : row + 1].T + h @ cell.weight_hh[row : row + 1].T + cell.bias_ih[row]
