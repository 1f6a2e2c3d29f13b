"""Enumeration of all paths on exact fractions; of equally probable ones that whose last state is smallest, then the one before, and so on back."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any


def row(rng: random.Random, size: int, unit: int) -> list[float]:
    """Decimals that sum to 1, zeros among them now and then."""
    cuts = sorted(rng.randint(0, unit) for _ in range(size - 1))
    return [(b - a) / unit for a, b in itertools.pairwise([0, *cuts, unit])]


def draw(rng: random.Random) -> dict[str, Any]:
    while True:
        states, symbols, unit = rng.choice((2, 2, 3, 4)), rng.choice((2, 3, 4)), rng.choice((4, 10, 10, 100))
        found = {
            "initial": row(rng, states, unit),
            "transition": [row(rng, states, unit) for _ in range(states)],
            "emission": [row(rng, symbols, unit) for _ in range(states)],
            "observations": [rng.randrange(symbols) for _ in range(rng.randint(1, 6 if states < 4 else 4))],
        }
        if best(found):
            return found


def edges() -> list[dict[str, Any]]:
    half = {"initial": [0.5, 0.5], "transition": [[0.5, 0.5], [0.5, 0.5]], "emission": [[0.5, 0.5], [0.5, 0.5]]}
    weather = {"initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.4, 0.6]], "emission": [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]}  # fmt: skip
    return [
        {**half, "observations": [0, 1, 0, 1]},
        {**weather, "observations": [2, 1, 0]},
        {**weather, "observations": [0, 0, 2, 2, 1, 0, 0, 1]},
        {"initial": [1], "transition": [[1]], "emission": [[0.2, 0.8]], "observations": [1, 0, 1]},
        {
            "initial": [0.3, 0.7],
            "transition": [[0.3, 0.7], [0.7, 0.3]],
            "emission": [[0.1, 0.9], [0.9, 0.1]],
            "observations": [0, 1, 1],
        },
    ]


def refusals() -> list[dict[str, Any]]:
    right = {"initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.4, 0.6]], "emission": [[0.1, 0.9], [0.6, 0.4]], "observations": [0, 1]}  # fmt: skip
    return [
        {**right, "initial": [0.6, 0.5]},
        {**right, "transition": [[0.7, 0.4], [0.4, 0.6]]},
        {**right, "emission": [[0.1, 0.8], [0.6, 0.4]]},
        {**right, "transition": [[0.7, 0.3]]},
        {**right, "transition": [[0.7, 0.2, 0.1], [0.4, 0.5, 0.1]]},
        {**right, "emission": [[0.1, 0.9]]},
        {**right, "emission": [[0.1, 0.9], [0.6, 0.3, 0.1]]},
        {**right, "observations": [0, 2]},
        {**right, "observations": [0, -1]},
        {**right, "observations": [0] * 201},
        {**right, "emission": [[1, 0], [1, 0]]},
        {**right, "initial": [1.5, -0.5]},
    ]


def exact(values: Any) -> Any:
    return [exact(value) for value in values] if isinstance(values, list) else Fraction(str(values))


def best(inputs: dict[str, Any]) -> tuple[Fraction, tuple[int, ...]] | None:
    """Probability and path, nothing where every path has probability 0."""
    initial, moves, emits = (exact(inputs[name]) for name in ("initial", "transition", "emission"))
    seen, found = inputs["observations"], None
    for backwards in itertools.product(range(len(initial)), repeat=len(seen)):
        path = backwards[::-1]
        p = initial[path[0]]
        for a, b in itertools.pairwise(path):
            p *= moves[a][b]
        for state, symbol in zip(path, seen, strict=True):
            p *= emits[state][symbol]
        if p and (found is None or p > found[0]):
            found = p, path
    return found


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    tables = [[inputs["initial"]], inputs["transition"], inputs["emission"]]
    states, symbols = len(inputs["initial"]), len(inputs["emission"][0])
    for table, (height, width) in zip(tables, ((1, states), (states, states), (states, symbols)), strict=True):
        if len(table) != height or any(
            len(line) != width or abs(sum(line) - 1) > 1e-6 or min(line) < 0 for line in table
        ):
            raise ValueError("no distribution, or a size that does not fit")
    if len(inputs["observations"]) > 200 or not all(0 <= symbol < symbols for symbol in inputs["observations"]):
        raise ValueError("observations")
    found = best(inputs)
    if found is None:
        raise ValueError("impossible observations")
    return {"path": list(found[1]), "probability": float(found[0])}
