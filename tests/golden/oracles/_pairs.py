"""Arguments that are one number for both axes or a pair [height, width], as several oracles draw and pass them."""

from __future__ import annotations

import random


def either(rng: random.Random, low: int, high: int) -> int | list[int]:
    """One number for both axes or two."""
    return rng.randint(low, high) if rng.random() < 0.5 else [rng.randint(low, high), rng.randint(low, high)]


def both(value: int | list[int]) -> tuple[int, int]:
    """Height and width."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])
