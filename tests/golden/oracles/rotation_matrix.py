"""scipy.spatial.transform.Rotation about the z axis."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    degrees = rng.choice(
        [rng.randint(-360, 360), rng.choice([30, 45, 60, 90, 120, 180, -90]), rng.randint(-900, 900) / 10]
    )
    return {
        "degrees": degrees,
        "point": [rng.choice([rng.randint(-9, 9), rng.randint(-50, 50) / 10]) for _ in range(2)],
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"degrees": 90, "point": [1, 0]},
        {"degrees": 0, "point": [3, 4]},
        {"degrees": 180, "point": [2, -1]},
        {"degrees": 45, "point": [1, 1]},
        {"degrees": 720, "point": [1, 2]},
        {"degrees": 30, "point": [0, 0]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"degrees": 30, "point": [1]}, {"degrees": 30, "point": [1, 2, 3]}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.spatial.transform import Rotation

    if len(inputs["point"]) != 2:
        raise ValueError("point")
    matrix = Rotation.from_euler("z", inputs["degrees"], degrees=True).as_matrix()[:2, :2]
    matrix = np.where(np.abs(matrix) < 1e-13, 0.0, matrix)
    point = matrix @ np.array(inputs["point"], float)
    size = max(1.0, float(np.abs(inputs["point"]).max()))
    point = np.where(np.abs(point) < 1e-12 * size, 0.0, point)
    return {"matrix": matrix.tolist(), "x": float(point[0]), "y": float(point[1])}
