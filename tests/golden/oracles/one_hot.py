"""sklearn.preprocessing.OneHotEncoder on one column of categories: its width, and the distance of its first two rows."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs = {"categories": rng.choice((rng.randint(2, 12), rng.randint(2, 300)))}
    return inputs | ({"numeric_features": rng.choice((0, 1, rng.randint(0, 40)))} if rng.random() < 0.7 else {})


def edges() -> list[dict[str, Any]]:
    return [{"categories": 2}, {"categories": 1000, "numeric_features": 13}]


def refusals() -> list[dict[str, Any]]:
    return [{"categories": 0}, {"categories": 3, "numeric_features": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.preprocessing import OneHotEncoder

    features = inputs.get("numeric_features", 0)
    rows = OneHotEncoder(sparse_output=False).fit_transform(np.arange(inputs["categories"])[:, None])
    table = np.hstack([rows, np.zeros((len(rows), features))])
    return {"dimensions": table.shape[1], "pair_distance": float(np.linalg.norm(rows[0] - rows[1]))}
