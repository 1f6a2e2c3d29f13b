"""sklearn.neighbors: KNeighborsClassifier's vote where no distances tie at the edge; ties ordered by index on exact distances."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, size, unit = rng.randint(1, 9), rng.randint(1, 3), rng.choice([1, 1, 10])
    found: dict[str, Any] = {
        "points": [
            [rng.randint(-8, 8) / unit if unit > 1 else rng.randint(-8, 8) for _ in range(size)] for _ in range(count)
        ],
        "labels": [rng.randint(0, rng.choice([1, 2, 4])) for _ in range(count)],
        "query": [rng.randint(-6, 6) for _ in range(size)],
        "k": rng.randint(1, count),
    }
    if rng.random() < 0.4:
        found["metric"] = rng.choice(["euclidean", "manhattan", "manhattan"])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"points": [[0], [2]], "labels": [1, 0], "query": [1], "k": 1},
        {"points": [[0, 3], [2, 2]], "labels": [0, 1], "query": [0, 0], "k": 1},
        {"points": [[0, 3], [2, 2]], "labels": [0, 1], "query": [0, 0], "k": 1, "metric": "manhattan"},
        {"points": [[1], [2], [3], [4]], "labels": [7, 7, 3, 3], "query": [0], "k": 4},
        {"points": [[0.1], [0.3]], "labels": [1, 0], "query": [0.2], "k": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"points": [[1], [2]], "labels": [0, 1], "query": [0], "k": 3},
        {"points": [[1], [2]], "labels": [0, 1], "query": [0], "k": 0},
        {"points": [[1], [2, 3]], "labels": [0, 1], "query": [0], "k": 1},
        {"points": [[1], [2]], "labels": [0, 1], "query": [0, 1], "k": 1},
        {"points": [[1], [2]], "labels": [0, -1], "query": [0], "k": 1},
        {"points": [[1], [2]], "labels": [0], "query": [0], "k": 1},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.neighbors import KNeighborsClassifier

    points, labels, k, metric = inputs["points"], inputs["labels"], inputs["k"], inputs.get("metric", "euclidean")
    if (
        not 1 <= k <= len(points)
        or min(labels) < 0
        or any(len(point) != len(inputs["query"]) for point in points)
        or len(labels) != len(points)
    ):
        raise ValueError("k, labels or points")
    power = 2 if metric == "euclidean" else 1
    far = [
        sum(abs(Fraction(str(a)) - Fraction(str(b))) ** power for a, b in zip(p, inputs["query"], strict=True))
        for p in points
    ]
    order = np.lexsort((np.arange(len(points)), [sorted(set(far)).index(each) for each in far]))[:k]
    neighbors = [int(place) for place in order]
    votes = np.bincount([labels[place] for place in neighbors])
    label = int(votes.argmax())
    ranked = sorted(far)
    if k == len(points) or ranked[k - 1] != ranked[k]:
        model = KNeighborsClassifier(k, metric=metric).fit(points, labels)
        assert int(model.predict([inputs["query"]])[0]) == label
        assert set(model.kneighbors([inputs["query"]])[1][0]) == set(neighbors)
    return {"neighbors": neighbors, "label": label}
