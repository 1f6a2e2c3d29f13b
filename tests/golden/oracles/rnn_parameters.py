"""torch.nn.RNN, GRU and LSTM: the numbers of their parameters; one bias vector is torch's layer without its bias_hh."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "cell": rng.choice(["rnn", "gru", "lstm"]),
        "input_size": rng.choice([1, 16, 64, 100, rng.randint(1, 300)]),
        "hidden_size": rng.choice([1, 32, 64, 128, rng.randint(1, 300)]),
    }
    if rng.random() < 0.7:
        inputs["biases"] = rng.choice(["one", "two", "none"])
    if rng.random() < 0.5:
        inputs["bidirectional"] = rng.random() < 0.7
    return inputs


def edges() -> list[dict[str, Any]]:
    return [{"cell": cell, "input_size": 1, "hidden_size": 1, "biases": "none"} for cell in ("rnn", "gru", "lstm")]


def refusals() -> list[dict[str, Any]]:
    return [{"cell": "rnn", "input_size": 0, "hidden_size": 1}, {"cell": "lstm", "input_size": 1, "hidden_size": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if inputs["input_size"] < 1:
        raise ValueError("input_size")
    kinds = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
    biases = inputs.get("biases", "two")
    layer = kinds[inputs["cell"]](
        inputs["input_size"],
        inputs["hidden_size"],
        bias=biases != "none",
        bidirectional=inputs.get("bidirectional", False),
        device="meta",
    )
    counted = [part for name, part in layer.named_parameters() if biases != "one" or "bias_hh" not in name]
    return {"parameters": sum(part.numel() for part in counted)}
