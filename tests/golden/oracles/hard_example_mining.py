"""numpy.lexsort: by falling loss, then by index."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count, steps = rng.randint(1, 12), rng.choice([3, 10, 100])
    found: dict[str, Any] = {"losses": [rng.randint(0, 3 * steps) / steps for _ in range(count)]}
    if rng.random() < 0.4:
        found["keep"] = rng.randint(1, count)
    else:
        found["labels"] = [int(rng.random() < 0.3) for _ in range(count)]
    if rng.random() < 0.45:
        found["ratio"] = rng.choice([0, 1, 2, 4])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"losses": [1, 1, 1], "keep": 2},
        {"losses": [0.5, 2, 0.1], "labels": [0, 0, 0]},
        {"losses": [0.5, 2, 0.1], "labels": [1, 1, 1]},
        {"losses": [0.5, 2, 0.1, 0.4, 0.3], "labels": [0, 1, 0, 0, 0]},
        {"losses": [3, 1, 2, 2, 2, 0], "labels": [0, 1, 0, 0, 0, 0], "ratio": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"losses": [1, 2]},
        {"losses": [1, 2], "keep": 1, "labels": [0, 1]},
        {"losses": [1, 2], "keep": 3},
        {"losses": [1, 2], "keep": 0},
        {"losses": [1, 2], "labels": [0, 2]},
        {"losses": [1, 2], "labels": [0]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    losses, labels, keep = np.array(inputs["losses"], float), inputs.get("labels"), inputs.get("keep")
    if (labels is None) == (keep is None) or (keep is not None and not 1 <= keep <= len(losses)):
        raise ValueError("keep or labels")
    order = np.lexsort((np.arange(len(losses)), -losses))
    if labels is None:
        return {"selected": sorted(int(place) for place in order[:keep]), "negatives": None}
    if len(labels) != len(losses) or not set(labels) <= {0, 1}:
        raise ValueError("labels")
    positive = np.array(labels) == 1
    negatives = [int(place) for place in order if not positive[place]][: inputs.get("ratio", 3) * int(positive.sum())]
    return {"selected": sorted([*np.flatnonzero(positive).tolist(), *negatives]), "negatives": len(negatives)}
