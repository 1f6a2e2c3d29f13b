"""colorsys.rgb_to_hsv"""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    levels = rng.choice([[0, 64, 128, 255], list(range(256)), [0, 51, 102, 153, 204, 255]])
    return {name: rng.choice(levels) for name in ("red", "green", "blue")}


def edges() -> list[dict[str, Any]]:
    whole = [
        (0, 0, 0),
        (255, 255, 255),
        (128, 128, 128),
        (255, 0, 0),
        (0, 255, 0),
        (0, 0, 255),
        (255, 0, 255),
        (255, 255, 0),
        (255, 0, 1),
    ]
    return [dict(zip(("red", "green", "blue"), colour, strict=True)) for colour in whole]


def refusals() -> list[dict[str, Any]]:
    return [{"red": 256, "green": 0, "blue": 0}, {"red": 0, "green": -1, "blue": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import colorsys

    parts = [inputs[name] for name in ("red", "green", "blue")]
    if min(parts) < 0 or max(parts) > 255:
        raise ValueError("channels")
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in parts))
    degrees = hue * 360 % 360
    return {"hue": 0.0 if degrees < 1e-12 else degrees, "saturation": saturation, "value": value}
