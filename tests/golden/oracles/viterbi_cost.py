"""Enumeration for small sizes, of the paths and of the pairs that the recursion visits; else a digit-by-digit product by paths of one step less."""

from __future__ import annotations

import itertools
import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.35:
        return {"length": rng.randint(1, 6), "states": rng.randint(1, 6)}
    return {
        "length": rng.choice((rng.randint(1, 60), rng.randint(1, 20))),
        "states": rng.choice((rng.randint(1, 50), rng.randint(2, 20), 1000)),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"length": 1, "states": 7},
        {"length": 7, "states": 1},
        {"length": 999, "states": 10},
        {"length": 5000, "states": 1},
        {"length": 3321, "states": 2},
        {"length": 1, "states": 10**1000 - 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"length": 1000, "states": 10},
        {"length": 3322, "states": 2},
        {"length": 0, "states": 2},
        {"length": 3, "states": 0},
        {"length": 10**9, "states": 2},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    length, states = inputs["length"], inputs["states"]
    if length < 1 or states < 1 or (length > 4000 and states > 1):
        raise ValueError("a size, or more paths than can be written")
    pairs, paths = 0, states
    for _ in range(length - 1):
        pairs += states * states
        paths *= states
        if paths >= 10**1000:
            raise ValueError("more paths than can be written")
    if states**length <= 5000:
        every = list(itertools.product(range(states), repeat=length))
        assert len(every) == paths
        # the recursion evaluates each arc of the trellis once, however many paths share it
        assert len({(t, path[t], path[t + 1]) for path in every for t in range(length - 1)}) == pairs
    return {"transitions": pairs, "brute_force_paths": paths}
