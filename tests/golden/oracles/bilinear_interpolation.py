"""scipy.ndimage.map_coordinates with order 1"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    height, width = rng.randint(1, 4), rng.randint(1, 4)
    image = [[rng.choice([rng.randint(0, 99), rng.randint(-50, 50) / 10]) for _ in range(width)] for _ in range(height)]

    def place(size: int) -> float:
        return rng.choice(
            [rng.randint(0, (size - 1) * 10) / 10, rng.randint(0, (size - 1) * 4) / 4, rng.randint(0, size - 1)]
        )

    return {"image": image, "y": place(height), "x": place(width)}


def edges() -> list[dict[str, Any]]:
    return [
        {"image": [[1, 2], [3, 4]], "y": 0.5, "x": 0.25},
        {"image": [[1, 2], [3, 4]], "y": 1, "x": 1},
        {"image": [[7]], "y": 0, "x": 0},
        {"image": [[1, 5, 9]], "y": 0, "x": 1.5},
    ]


def refusals() -> list[dict[str, Any]]:
    image = [[1, 2], [3, 4]]
    return [
        {"image": image, "y": 1.1, "x": 0},
        {"image": image, "y": 0, "x": -0.1},
        {"image": [[1, 2], [3]], "y": 0, "x": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.ndimage import map_coordinates

    image = np.array(inputs["image"], float)
    if not 0 <= inputs["y"] <= image.shape[0] - 1 or not 0 <= inputs["x"] <= image.shape[1] - 1:
        raise ValueError("outside")
    found = float(map_coordinates(image, [[inputs["y"]], [inputs["x"]]], order=1, mode="nearest")[0])
    return {"value": 0.0 if abs(found) < 1e-13 * max(1.0, float(np.abs(image).max())) else found}
