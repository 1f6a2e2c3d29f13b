"""Ranks: how many independent equations pairs of points give for the unknowns of each transform (numpy)."""

from __future__ import annotations

import random
from typing import Any

KINDS = ("translation", "rigid", "similarity", "affine", "projective")


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"kind": rng.choice(KINDS)}
    return inputs if rng.random() < 0.05 else {**inputs, "pairs": rng.choice([rng.randint(0, 9), rng.randint(0, 400)])}


def edges() -> list[dict[str, Any]]:
    return [{"kind": kind} for kind in KINDS] + [{"kind": kind, "pairs": 0} for kind in KINDS]


def refusals() -> list[dict[str, Any]]:
    return [{"kind": "perspective"}, {"kind": "affine", "pairs": -1}, {"kind": "affine", "pairs": 2.5}]


def equations(kind: str, x: float, y: float) -> list[list[float]]:
    """Two rows: how both coordinates of the image of (x, y) change with each unknown, at the identity (projective: the linear form)."""
    if kind == "translation":
        return [[1, 0], [0, 1]]
    if kind == "rigid":
        return [[1, 0, -y], [0, 1, x]]
    if kind == "similarity":
        return [[1, 0, -y, x], [0, 1, x, y]]
    if kind == "affine":
        return [[x, y, 1, 0, 0, 0], [0, 0, 0, x, y, 1]]
    below = 0.3 * x - 0.2 * y + 1.7
    u, v = (1.1 * x + 0.4 * y - 0.6) / below, (-0.5 * x + 0.9 * y + 0.8) / below
    return [[x, y, 1, 0, 0, 0, -u * x, -u * y, -u], [0, 0, 0, x, y, 1, -v * x, -v * y, -v]]


def rank(kind: str, pairs: int) -> int:
    import numpy as np

    places = random.Random(5)
    rows = [row for _ in range(pairs) for row in equations(kind, places.uniform(-1, 1), places.uniform(-1, 1))]
    return int(np.linalg.matrix_rank(np.array(rows), tol=1e-9)) if rows else 0


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    kind, pairs = inputs["kind"], inputs.get("pairs")
    if kind not in KINDS or (pairs is not None and (pairs < 0 or pairs != int(pairs))):
        raise ValueError("kind or pairs")
    freedom = rank(kind, 12)
    enough = next(count for count in range(1, 12) if rank(kind, count) == freedom)
    return {
        "degrees_of_freedom": freedom,
        "point_pairs": enough,
        "spare_equations": None if pairs is None else sum(2 for _ in range(pairs)) - freedom,
    }
