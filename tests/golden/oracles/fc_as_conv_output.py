"""torch.nn.Linear copied weight by weight into a torch.nn.Conv2d that must score every window as the linear layer does."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    train = rng.choice([1, 2, 3, 4, 5, 6, 7, rng.randint(1, 12)])
    return {
        "train_feature_size": train,
        "test_feature_size": train + rng.choice([0, rng.randint(0, 12), rng.randint(1, 25)]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"train_feature_size": 1, "test_feature_size": 1},
        {"train_feature_size": 7, "test_feature_size": 7},
        {"train_feature_size": 6, "test_feature_size": 12},
        {"train_feature_size": 1, "test_feature_size": 9},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"train_feature_size": 7, "test_feature_size": 6}, {"train_feature_size": 0, "test_feature_size": 6}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    side, given = inputs["train_feature_size"], inputs["test_feature_size"]
    if side < 1:
        raise ValueError("no map")
    linear = torch.nn.Linear(2 * side * side, 3)
    image = torch.rand(1, 2, given, given)
    layer = torch.nn.Conv2d(2, 3, linear.weight.reshape(3, 2, side, side).shape[2:])
    layer.weight.data.copy_(linear.weight.reshape(3, 2, side, side))
    layer.bias.data.copy_(linear.bias)
    with torch.no_grad():
        scores = layer(image)
        corner = linear(image[:, :, given - side :, given - side :].flatten(1))
    if not torch.allclose(scores[0, :, -1, -1], corner[0], atol=1e-5):
        raise ValueError("the convolution is not the linear layer")
    return {"kernel_size": layer.kernel_size[0], "out_size": scores.shape[3]}
