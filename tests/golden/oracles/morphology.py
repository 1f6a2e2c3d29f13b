"""scipy.ndimage.grey_erosion and grey_dilation, the border infinite so that it never wins."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    height, width = rng.randint(2, 6), rng.randint(2, 6)
    binary = rng.random() < 0.6
    share = rng.choice((0.3, 0.5, 0.7, 0.9))
    inputs: dict[str, Any] = {
        "image": [
            [
                (int(rng.random() < share) if binary else rng.randint(-20, 90) / rng.choice((1, 1, 2)))
                for _ in range(width)
            ]
            for _ in range(height)
        ],
        "operation": rng.choice(("erode", "dilate", "open", "close")),
    }
    if rng.random() < 0.4:
        inputs["kernel_size"] = rng.choice((1, 3, 5, 5, 7))
    if rng.random() < 0.5:
        inputs["shape"] = rng.choice(("rect", "cross", "cross"))
    return inputs


def edges() -> list[dict[str, Any]]:
    ring = [[1, 1, 1], [1, 0, 1], [1, 1, 1]]
    return [
        {"image": [[1]], "operation": "erode"},
        {"image": [[0]], "operation": "close", "kernel_size": 99},
        {"image": ring, "operation": "close"},
        {"image": ring, "operation": "open", "shape": "cross"},
        {"image": [[1, 1, 1, 1, 1]], "operation": "erode", "shape": "cross", "kernel_size": 5},
        {"image": [[-3, -1], [-2, -5]], "operation": "dilate"},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"image": [[1, 0]], "operation": "erode", "kernel_size": 2}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy import ndimage

    size = inputs.get("kernel_size", 3)
    if size % 2 == 0:
        raise ValueError("kernel_size")
    element = np.ones((size, size), bool)
    if inputs.get("shape", "rect") == "cross":
        element[:] = False
        element[size // 2] = element[:, size // 2] = True
    image = np.array(inputs["image"], float)

    def erode(values: Any) -> Any:
        return ndimage.grey_erosion(values, footprint=element, mode="constant", cval=np.inf)

    def dilate(values: Any) -> Any:
        return ndimage.grey_dilation(values, footprint=element, mode="constant", cval=-np.inf)

    chain = {"erode": [erode], "dilate": [dilate], "open": [erode, dilate], "close": [dilate, erode]}
    for step in chain[inputs["operation"]]:
        image = step(image)
    return {"output": image.tolist()}
