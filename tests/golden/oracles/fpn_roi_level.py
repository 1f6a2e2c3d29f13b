"""Doubling by doubling on exact areas: a level is left while the area holds four (or falls short of one) of its squares.

torchvision's LevelMapper must agree away from the powers of two, where its epsilon does not decide.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    side = rng.choice((rng.randint(8, 1200), 56 * 2 ** rng.randint(0, 5), round(rng.uniform(10, 900), 1)))
    other = rng.choice((side, rng.randint(8, 1200), round(rng.uniform(10, 900), 2), 4 * side))
    found: dict[str, Any] = {"width": side, "height": other}
    if rng.random() < 0.35:
        found["canonical_level"] = rng.choice((3, 5, 4, 0, 6))
    if rng.random() < 0.35:
        found["canonical_size"] = rng.choice((256, 112, 224, 300, 64))
    if rng.random() < 0.4:
        found["min_level"] = rng.choice((0, 1, 3, 2))
    if rng.random() < 0.4:
        found["max_level"] = rng.choice((3, 4, 6, 7))
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"width": 224, "height": 224},
        {"width": 448, "height": 448},
        {"width": 112, "height": 112},
        {"width": 447.999999, "height": 448},
        {"width": 448.0000000001, "height": 448},
        {"width": 111.99999999999999, "height": 112},
        {"width": 56, "height": 224},
        {"width": 0.001, "height": 3},
        {"width": 1e300, "height": 1e300, "max_level": 2000},
        {"width": 1e-300, "height": 1, "min_level": -2000},
        {"width": 316.78, "height": 316.79},
        {"width": 300, "height": 200, "min_level": 3, "max_level": 3},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"width": 0, "height": 10},
        {"width": 10, "height": -1},
        {"width": 10, "height": 10, "min_level": 6},
        {"width": 10, "height": 10, "canonical_size": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    width, height = Fraction(str(inputs["width"])), Fraction(str(inputs["height"]))
    level, size = inputs.get("canonical_level", 4), inputs.get("canonical_size", 224)
    low, high = inputs.get("min_level", 2), inputs.get("max_level", 5)
    if min(width, height) <= 0 or low > high or size < 1:
        raise ValueError("no region, no size or no level")
    square = Fraction(size * size)
    while width * height >= 4 * square:
        level, square = level + 1, 4 * square
    while width * height < square:
        level, square = level - 1, square / 4
    clamped = low if level < low else high if level > high else level
    share = float(width * height / square)  # 1 up to 4
    if 1.001 < share < 3.999 and Fraction(1, 10) < width * height < 10**9:
        assert mapped(inputs, low, high, size) == clamped
    return {"unclamped": level, "level": clamped}


def mapped(inputs: dict[str, Any], low: int, high: int, size: int) -> int:
    import torch
    from _torchvision import operators

    mapper = operators("poolers").LevelMapper(low, high, size, inputs.get("canonical_level", 4))
    box = torch.tensor([[0.0, 0.0, inputs["width"], inputs["height"]]], dtype=torch.float64)
    assert math.isfinite(float(box.sum()))
    return int(mapper([box])[0]) + low
