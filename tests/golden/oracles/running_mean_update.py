"""torch.nn.BatchNorm1d and keras.layers.BatchNormalization fed one batch of the mean asked for."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((1, 10, 100))
    return {
        "running": rng.randint(-50, 80) / scale,
        "batch": rng.randint(-50, 80) / scale,
        "momentum": rng.choice((0.01, 0.05, 0.1, 0.1, 0.2, 0.25, 0.3, 0.9, 0.95, 0.99, 0.999)),
        "convention": rng.choice(("pytorch", "keras")),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"running": 2, "batch": 4, "momentum": m, "convention": convention}
        for m in (0, 0.5, 1)
        for convention in ("pytorch", "keras")
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"running": 1, "batch": 2, "momentum": momentum, "convention": convention}
        for momentum in (-0.1, 1.5)
        for convention in ("pytorch", "keras")
    ] + [{"running": 1, "batch": 2, "momentum": 0.1, "convention": "caffe"}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if not 0 <= inputs["momentum"] <= 1:
        raise ValueError("no average")
    # one value below the mean and one above it
    batch = torch.tensor([[inputs["batch"] - 1], [inputs["batch"] + 1]], dtype=torch.float64)
    if inputs["convention"] == "pytorch":
        layer = torch.nn.BatchNorm1d(1, momentum=inputs["momentum"], dtype=torch.float64)
        layer.running_mean.fill_(inputs["running"])
        layer(batch)
        return {"running": float(layer.running_mean)}
    if inputs["convention"] != "keras":
        raise ValueError("no such framework")
    import keras

    layer = keras.layers.BatchNormalization(momentum=inputs["momentum"], dtype="float64")
    layer.build((None, 1))
    layer.moving_mean.assign(torch.tensor([inputs["running"]], dtype=torch.float64))
    # on torch the layer takes the type of its input for unknown and falls back to single precision
    own = keras.src.backend.result_type
    keras.src.backend.result_type = lambda *types: "float64"
    try:
        layer(batch, training=True)
    finally:
        keras.src.backend.result_type = own
    return {"running": float(layer.moving_mean.numpy()[0])}
