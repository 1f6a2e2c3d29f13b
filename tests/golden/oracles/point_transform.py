"""numpy's matrix product in long doubles; skimage's ProjectiveTransform where the matrix has an inverse."""

from __future__ import annotations

import random
from typing import Any


def _matrix(rng: random.Random) -> list[list[float]]:
    kind = rng.choice(["affine", "projective", "any"])
    rows = [[rng.randint(-4, 4) / rng.choice([1, 1, 2]) for _ in range(3)] for _ in range(3)]
    if kind == "affine":
        rows[2] = [0, 0, 1]
    elif kind == "projective":
        rows[2] = [rng.randint(-3, 3) / 10, rng.randint(-3, 3) / 10, 1]
    return rows


def _third(inputs: dict[str, Any]) -> float:
    vector = [*inputs["point"], 1]
    for matrix in (inputs["matrix"], *inputs.get("then", [])):
        vector = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]
    return vector[2]


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"matrix": _matrix(rng), "point": [rng.randint(-9, 9), rng.randint(-9, 9)]}
    if rng.random() < 0.45:
        found["then"] = [_matrix(rng) for _ in range(rng.randint(1, 2))]
    return found if abs(_third(found)) > 1e-6 else draw(rng)


def edges() -> list[dict[str, Any]]:
    identity = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    return [
        {"matrix": identity, "point": [3, 4]},
        {"matrix": [[1, 0, 5], [0, 1, -2], [0, 0, 1]], "point": [0, 0], "then": [[[2, 0, 0], [0, 2, 0], [0, 0, 1]]]},
        {"matrix": [[1, 0, 0], [0, 1, 0], [0.5, 0, 1]], "point": [2, 2]},
    ]


def refusals() -> list[dict[str, Any]]:
    identity = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    return [
        {"matrix": [[1, 0], [0, 1]], "point": [1, 2]},
        {"matrix": identity, "point": [1]},
        {"matrix": identity, "point": [1, 2], "then": [[[1]]]},
        {"matrix": [[1, 0, 0], [0, 1, 0], [1, 0, -1]], "point": [1, 2]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from skimage.transform import ProjectiveTransform

    matrices = [np.array(rows, dtype=np.longdouble) for rows in (inputs["matrix"], *inputs.get("then", []))]
    if any(matrix.shape != (3, 3) for matrix in matrices) or len(inputs["point"]) != 2:
        raise ValueError("shape")
    whole = np.eye(3, dtype=np.longdouble)
    for matrix in matrices:
        whole = matrix @ whole
    x, y, w = whole @ np.array([*inputs["point"], 1], dtype=np.longdouble)
    if abs(w) < 1e-12:
        raise ValueError("infinity")
    if abs(float(np.linalg.det(whole.astype(float)))) > 1e-9:
        found = ProjectiveTransform(matrix=whole.astype(float))(np.array([inputs["point"]], float))[0]
        assert np.allclose(found, [float(x / w), float(y / w)])

    def clean(value: Any) -> float:
        return 0.0 if abs(value) < 1e-14 else float(value)

    return {"x": clean(x / w), "y": clean(y / w), "composed": [[clean(cell) for cell in row] for row in whole]}
