"""Areas of polygons by shapely."""

from __future__ import annotations

import random
from typing import Any

FORMATS = ("xyxy", "xywh", "cxcywh")


def draw(rng: random.Random) -> dict[str, Any]:
    scale = rng.choice((1, 1, 2, 10))
    form = rng.choice(FORMATS)
    side = rng.choice((8, 20, 40))
    boxes = [box(rng, form, side, scale) for _ in range(2)]
    inputs: dict[str, Any] = {"a": boxes[0], "b": boxes[1]}
    if form != "xyxy" or rng.random() < 0.3:
        inputs["format"] = form
    return inputs


def box(rng: random.Random, form: str, side: int, scale: int) -> list[float]:
    x, y = rng.randint(-5, side), rng.randint(-5, side)
    width, height = (0 if rng.random() < 0.04 else rng.randint(1, side) for _ in range(2))
    numbers = (x, y, x + width, y + height) if form == "xyxy" else (x, y, width, height)
    return [number / scale if scale > 1 else number for number in numbers]


def edges() -> list[dict[str, Any]]:
    return [
        {"a": [0, 0, 4, 4], "b": [4, 0, 8, 4]},
        {"a": [0, 0, 4, 4], "b": [4, 4, 8, 8]},
        {"a": [0, 0, 4, 4], "b": [0, 0, 4, 4]},
        {"a": [0, 0, 8, 8], "b": [2, 2, 4, 4]},
        {"a": [0, 0, 1, 1], "b": [5, 6, 9, 9]},
        {"a": [3, 3, 3, 3], "b": [3, 3, 3, 3]},
        {"a": [0, 0, 4, 4], "b": [1, 1, 1, 3]},
        {"a": [0, 0, 4, 4], "b": [0, 0, 4, 4], "format": "cxcywh"},
        {"a": [0, 0, 3, 2], "b": [0, 0, 2, 5], "format": "cxcywh"},
        {"a": [1, 1, 0, 0], "b": [2, 2, 0, 0], "format": "xywh"},
        {"a": [0.1, 0.1, 0.3, 0.3], "b": [0.3, 0.1, 0.6, 0.3]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"a": [4, 0, 0, 4], "b": [0, 0, 1, 1]},
        {"a": [0, 0, 1, 1], "b": [0, 4, 1, 3]},
        {"a": [0, 0, -1, 1], "b": [0, 0, 1, 1], "format": "xywh"},
        {"a": [0, 0, 1, 1], "b": [0, 0, 1, -1], "format": "cxcywh"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    a, b = (polygon(inputs[name], inputs.get("format", "xyxy")) for name in ("a", "b"))
    common = a.intersection(b).area
    union = a.union(b).area if a.area and b.area else max(a.area, b.area)
    iou = common / union if union else 0.0
    whole = a.area + b.area
    return {
        "intersection": common,
        "union": union,
        "iou": iou,
        "dice": 1 - a.symmetric_difference(b).area / whole if a.area and b.area else 0.0,
        "distance": 1 - iou,
    }


def polygon(numbers: list[float], form: str) -> Any:
    """The box as a polygon: a unit square around its centre, scaled and moved; xyxy by its corners."""
    import shapely
    from shapely import affinity

    x, y, third, fourth = numbers
    if form == "xyxy":
        if third < x or fourth < y:
            raise ValueError("corners in the wrong order")
        return shapely.Polygon([(x, y), (third, y), (third, fourth), (x, fourth)])
    if third < 0 or fourth < 0:
        raise ValueError("negative size")
    unit = shapely.box(0, 0, 1, 1) if form == "xywh" else shapely.box(-0.5, -0.5, 0.5, 0.5)
    return affinity.translate(affinity.scale(unit, third, fourth, origin=(0, 0)), x, y)
