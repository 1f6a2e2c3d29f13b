"""sklearn.decomposition.PCA; the sign of the component by the convention, the covariance by NumPy."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def _is_sound(points: list[list[float]]) -> bool:
    """Exactly: two variances that differ."""
    exact = [[Fraction(str(v)) for v in point] for point in points]
    mean = [sum(column) / len(points) for column in zip(*exact, strict=True)]
    xx, yy = (sum((point[axis] - mean[axis]) ** 2 for point in exact) for axis in (0, 1))
    xy = sum((x - mean[0]) * (y - mean[1]) for x, y in exact)
    return bool(xx + yy) and (xx != yy or bool(xy))


def draw(rng: random.Random) -> dict[str, Any]:
    count, unit = rng.randint(2, 8), rng.choice([1, 1, 2, 10])
    slope = rng.choice([-2, 0, 0.5, 1])
    points = []
    for _ in range(count):
        x = rng.randint(-12, 12) / unit
        points.append([x, round(slope * x + rng.randint(-8, 8) / unit + rng.choice([0, 5]), 3)])
    return {"points": points} if _is_sound(points) else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"points": [[0, 0], [2, 2]]},
        {"points": [[0, 0], [2, -2]]},
        {"points": [[1, 0], [-1, 0], [0, 0.5], [0, -0.5]]},
        {"points": [[0, 3], [0, -3], [1, 0]]},
        {"points": [[1, 2], [3, 3], [5, 7], [7, 8]]},
        {"points": [[0, 0], [1, 1.0001], [2, 2], [3, 3.0001]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"points": [[1, 2]]},
        {"points": [[1, 2], [1, 2]]},
        {"points": [[1, 0], [-1, 0], [0, 1], [0, -1]]},
        {"points": [[1, 2, 3], [4, 5, 6]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.decomposition import PCA

    if (
        any(len(point) != 2 for point in inputs["points"])
        or len(inputs["points"]) < 2
        or not _is_sound(inputs["points"])
    ):
        raise ValueError("points")
    points = np.array(inputs["points"], float)
    model = PCA(2).fit(points)
    component = model.components_[0]
    tied = np.isclose(abs(component[0]), abs(component[1]), rtol=1e-12)
    lead = component[0] if tied else component[np.argmax(np.abs(component))]
    component = component * np.sign(lead)
    covariance = np.cov(points.T)
    # A cloud on a line has no second variance; what is left is noise.
    variances = [float(v) if v > 1e-14 * model.explained_variance_[0] else 0.0 for v in model.explained_variance_]
    clean = np.where(np.abs(component) < 1e-12, 0.0, component)
    scores = (points - points.mean(axis=0)) @ component
    small = 1e-13 * max(1.0, float(np.abs(scores).max()))
    return {
        "mean": [0.0 if abs(v) < 1e-13 else float(v) for v in points.mean(axis=0)],
        "covariance": [[0.0 if abs(v) < 1e-13 else float(v) for v in row] for row in covariance],
        "explained_variance": variances,
        "explained_variance_ratio": [v / sum(variances) for v in variances],
        "component": [float(v) for v in clean],
        "scores": [0.0 if abs(v) < small else float(v) for v in scores],
    }
