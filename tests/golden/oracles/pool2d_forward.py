"""torch.nn.functional.max_pool2d and avg_pool2d in double precision."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kernel = rng.randint(1, 3)
    padding = rng.randint(1, kernel // 2) if kernel > 1 and rng.random() < 0.6 else 0
    least = max(1, kernel - 2 * padding)
    low = -20 if rng.random() < 0.6 else -40
    height, width = rng.randint(least, 6), rng.randint(least, 6)
    inputs: dict[str, Any] = {
        "image": [[rng.randint(low, low + 39) / rng.choice((1, 1, 4)) for _ in range(width)] for _ in range(height)],
        "kernel_size": kernel,
        "mode": rng.choice(("max", "avg")),
    }
    if rng.random() < 0.5:
        inputs["stride"] = rng.choice((None, 1, 2, 3))
    if padding:
        inputs["padding"] = padding
    if rng.random() < 0.4:
        inputs["count_include_pad"] = False
    return inputs


def edges() -> list[dict[str, Any]]:
    negative = [[-4, -3], [-2, -1]]
    return [
        {"image": [[7]], "kernel_size": 1, "mode": "max"},
        {"image": negative, "kernel_size": 2, "padding": 1, "mode": "max"},
        {"image": negative, "kernel_size": 2, "padding": 1, "mode": "avg"},
        {"image": negative, "kernel_size": 2, "padding": 1, "mode": "avg", "count_include_pad": False},
        {"image": [[1, 2, 3, 4, 5]], "kernel_size": 1, "stride": 3, "mode": "avg"},
        {"image": [[1] * 5] * 5, "kernel_size": 2, "stride": None, "mode": "avg"},
        {"image": [[-0.5]], "kernel_size": 3, "padding": 1, "mode": "avg"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"image": [[1, 2], [3, 4]], "kernel_size": 3, "mode": "max"},
        {"image": [[1, 2], [3, 4]], "kernel_size": 2, "padding": 2, "mode": "max"},
        {"image": [[1, 2], [3, 4]], "kernel_size": 3, "padding": 2, "mode": "avg"},
        {"image": [[1, 2, 3]], "kernel_size": 4, "padding": 1, "mode": "avg"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    image = torch.tensor(inputs["image"], dtype=torch.float64)[None, None]
    size, stride, padding = inputs["kernel_size"], inputs.get("stride"), inputs.get("padding", 0)
    if inputs["mode"] == "max":
        output = torch.nn.functional.max_pool2d(image, size, stride, padding)
    else:
        include = inputs.get("count_include_pad", True)
        output = torch.nn.functional.avg_pool2d(image, size, stride, padding, count_include_pad=include)
    return {"output": output[0, 0].tolist()}
