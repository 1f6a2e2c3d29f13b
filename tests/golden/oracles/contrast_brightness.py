"""numpy.clip in long doubles."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {"pixel": rng.randint(0, 255), "contrast": rng.choice([0, 0.5, 0.8, 1, 1.2, 1.5, 2, 3])}
    if rng.random() < 0.7:
        found["brightness"] = rng.choice([rng.randint(-80, 80) or 5, 10.5])
    if rng.random() < 0.5:
        found["center"] = rng.choice([0, 127.5, 100, 255])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"pixel": 128, "contrast": 3},
        {"pixel": 0, "contrast": 2},
        {"pixel": 255, "contrast": 2},
        {"pixel": 0.1, "contrast": 0.3, "center": 0},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"pixel": 256, "contrast": 1},
        {"pixel": -1, "contrast": 1},
        {"pixel": 1, "contrast": -1},
        {"pixel": 1, "contrast": 1, "center": 300},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    pixel, contrast, center = (np.longdouble(inputs.get(name, 128)) for name in ("pixel", "contrast", "center"))
    if not 0 <= pixel <= 255 or not 0 <= center <= 255 or contrast < 0:
        raise ValueError("pixel, center or contrast")
    found = float(
        np.clip(contrast * pixel + (1 - contrast) * center + np.longdouble(inputs.get("brightness", 0)), 0, 255)
    )
    return {"value": 0.0 if abs(found) < 1e-14 else found}
