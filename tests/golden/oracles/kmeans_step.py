"""sklearn.cluster.KMeans with one iteration where every cluster has points; NumPy's argmin and mean where one is empty."""

from __future__ import annotations

import random
from typing import Any


def _points(rng: random.Random, count: int, size: int) -> list[list[float]]:
    if rng.random() < 0.5:
        return [[rng.randint(-9, 9) for _ in range(size)] for _ in range(count)]
    return [[rng.randint(-99, 99) / 10 for _ in range(size)] for _ in range(count)]


def draw(rng: random.Random) -> dict[str, Any]:
    size = rng.randint(1, 3)
    return {"points": _points(rng, rng.randint(2, 8), size), "centers": _points(rng, rng.randint(1, 3), size)}


def edges() -> list[dict[str, Any]]:
    return [
        {"points": [[0], [2], [4]], "centers": [[1], [3]]},
        {"points": [[1, 1], [1, 1]], "centers": [[1, 1], [1, 1]]},
        {"points": [[0, 0], [4, 0]], "centers": [[2, 5], [100, 100]]},
        {"points": [[5.5]], "centers": [[-3], [0.25], [5.5]]},
        {"points": [[0.1], [0.3], [0.2]], "centers": [[0], [0.4]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"points": [[1, 2], [3]], "centers": [[1, 2]]},
        {"points": [[1, 2]], "centers": [[1]]},
        {"points": [[1, 2]], "centers": [[1, 2], [1]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from fractions import Fraction

    import numpy as np
    from sklearn.cluster import KMeans

    points, centers = np.array(inputs["points"], float), np.array(inputs["centers"], float)
    if points.shape[1] != centers.shape[1]:
        raise ValueError("dimension")
    # Ties need the decimals themselves: 0.2 is as far from 0 as from 0.4.
    whole = [[[Fraction(str(x)) for x in point] for point in rows] for rows in (inputs["points"], inputs["centers"])]
    squared = np.array([[sum((a - b) ** 2 for a, b in zip(p, c, strict=True)) for c in whole[1]] for p in whole[0]])
    labels = np.argmin(squared, axis=1)
    moved = np.array(
        [points[labels == k].mean(axis=0) if (labels == k).any() else centers[k] for k in range(len(centers))]
    )
    untied = all(sorted(row)[0] != sorted(row)[1] for row in squared) if len(centers) > 1 else True
    if untied and len(set(labels)) == len(centers) <= len(points):
        fitted = KMeans(len(centers), init=centers, n_init=1, max_iter=1, algorithm="lloyd").fit(points)
        once = fitted.n_iter_ == 1
        assert once
        first = np.argmin(((points[:, None] - centers[None]) ** 2).sum(-1), axis=1)
        assert (first == labels).all()
        assert np.allclose(fitted.cluster_centers_, moved)
    return {"assignment": labels.tolist(), "centers": moved.tolist()}
