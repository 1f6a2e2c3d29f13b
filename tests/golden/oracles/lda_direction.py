"""sklearn's LinearDiscriminantAnalysis(solver="lsqr"): its coefficients scaled, which point to class a; the scatter by NumPy's cov."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def _class(rng: random.Random) -> list[list[float]]:
    unit = rng.choice([1, 2, 10])
    return [[rng.randint(-9, 9) / unit, rng.randint(-9, 9) / unit] for _ in range(rng.randint(2, 6))]


def _is_sound(a: list[list[float]], b: list[list[float]]) -> bool:
    """Exactly: the scatter has an inverse and the means differ."""
    scatter, means = [Fraction()] * 3, []
    for points in (a, b):
        exact = [[Fraction(str(v)) for v in point] for point in points]
        mean = [sum(column) / len(points) for column in zip(*exact, strict=True)]
        means.append(mean)
        for x, y in exact:
            dx, dy = x - mean[0], y - mean[1]
            scatter = [scatter[0] + dx * dx, scatter[1] + dx * dy, scatter[2] + dy * dy]
    return scatter[0] * scatter[2] != scatter[1] ** 2 and means[0] != means[1]


def draw(rng: random.Random) -> dict[str, Any]:
    a, b = _class(rng), _class(rng)
    return {"class_a": a, "class_b": b} if _is_sound(a, b) else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"class_a": [[1, 2], [3, 3], [2, 1]], "class_b": [[6, 5], [7, 8], [8, 6]]},
        {"class_a": [[0, 0]], "class_b": [[1, 0], [3, 1], [2, 5]]},
        {"class_a": [[0, 1], [0, -1]], "class_b": [[5, 0], [6, 0]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"class_a": [[0, 0], [1, 1]], "class_b": [[2, 2], [3, 3]]},
        {"class_a": [[0, 0], [1, 2]], "class_b": [[1, 0], [0, 2]]},
        {"class_a": [[0, 0, 0]], "class_b": [[1, 0, 0]]},
        {"class_a": [[1, 1]], "class_b": [[2, 2]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    if any(len(point) != 2 for points in inputs.values() for point in points) or not _is_sound(
        inputs["class_a"], inputs["class_b"]
    ):
        raise ValueError("no direction")
    a, b = np.array(inputs["class_a"], float), np.array(inputs["class_b"], float)
    scatter = sum(
        np.cov(points.T, bias=True) * len(points) if len(points) > 1 else np.zeros((2, 2)) for points in (a, b)
    )
    model = LinearDiscriminantAnalysis(solver="lsqr").fit(np.vstack([b, a]), [0] * len(b) + [1] * len(a))
    direction = model.coef_[0] / np.linalg.norm(model.coef_[0])
    return {
        "within_scatter": [[0.0 if abs(cell) < 1e-13 else float(cell) for cell in row] for row in scatter],
        "direction": [0.0 if abs(part) < 1e-12 else float(part) for part in direction],
    }
