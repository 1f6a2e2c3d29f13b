"""sklearn.utils.class_weight.compute_class_weight on labels written out."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "counts": [
            rng.choice([rng.randint(1, 12), rng.randint(1, 900), 10 ** rng.randint(0, 4)])
            for _ in range(rng.randint(1, 8))
        ]
    }


def edges() -> list[dict[str, Any]]:
    return [{"counts": [90, 10]}, {"counts": [5]}, {"counts": [1, 1, 1]}, {"counts": [1, 9999]}]


def refusals() -> list[dict[str, Any]]:
    return [{"counts": [0, 3]}, {"counts": [-1, 3]}, {"counts": []}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from sklearn.utils.class_weight import compute_class_weight

    counts = inputs["counts"]
    if not counts or min(counts) < 1:
        raise ValueError("counts")
    labels = np.repeat(np.arange(len(counts)), counts)
    return {"weights": [float(w) for w in compute_class_weight("balanced", classes=np.arange(len(counts)), y=labels)]}
