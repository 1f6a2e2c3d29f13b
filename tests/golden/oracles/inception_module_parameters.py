"""Every branch a torch.nn.Sequential of Conv2d, run on a map without data and joined by torch.cat."""

from __future__ import annotations

import random
from typing import Any


def _branch(rng: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "out_channels": rng.choice([16, 32, 64, 96, 128, rng.randint(1, 200)]),
            "kernel_size": rng.choice([1, 3, 5, [1, 7], [7, 1], rng.randint(1, 7)]),
        }
        for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))
    ]


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "in_channels": rng.choice([64, 192, 256, 480, rng.randint(1, 300)]),
        "branches": [_branch(rng) for _ in range(rng.randint(1, 4))],
    }
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.3
    return inputs


def edges() -> list[dict[str, Any]]:
    google = [[(64, 1)], [(96, 1), (128, 3)], [(16, 1), (32, 5)], [(32, 1)]]
    branches = [[{"out_channels": out, "kernel_size": k} for out, k in chain] for chain in google]
    return [{"in_channels": 192, "branches": branches}, {"in_channels": 5, "branches": [[]]}]


def refusals() -> list[dict[str, Any]]:
    return [
        {"in_channels": 5, "branches": []},
        {"in_channels": 0, "branches": [[{"out_channels": 4, "kernel_size": 1}]]},
        {"in_channels": 5, "branches": [[{"out_channels": 4, "kernel_size": 0}]]},
        {"in_channels": 5, "branches": [[{"out_channels": 4, "kernel_size": 1, "strides": 2}]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    if inputs["in_channels"] < 1:
        raise ValueError("in_channels")
    image = torch.empty(1, inputs["in_channels"], 9, 9, device="meta")
    counts, maps = [], []
    for chain in inputs["branches"]:
        branch, into = torch.nn.Sequential(), inputs["in_channels"]
        for layer in chain:
            if set(layer) != {"out_channels", "kernel_size"}:
                raise ValueError("argument")
            kernel = layer["kernel_size"]
            kernel = tuple(kernel) if isinstance(kernel, list) else kernel
            branch.append(
                torch.nn.Conv2d(
                    into, layer["out_channels"], kernel, padding="same", bias=inputs.get("bias", True), device="meta"
                )
            )
            if not branch[-1].weight.numel():
                raise ValueError("an empty kernel")
            into = layer["out_channels"]
        maps.append(branch(image))
        counts.append(sum(part.numel() for part in branch.parameters()))
    return {"branch_parameters": counts, "out_channels": torch.cat(maps, 1).shape[1], "total": sum(counts)}
