"""numpy and scipy.special.expit in extended precision, both axes at once."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    places = rng.choice((1, 2, 3))
    return {
        "prediction": [round(rng.gauss(0, rng.choice((0.5, 2))), places) for _ in range(4)],
        "cell_x": rng.randint(0, 25),
        "cell_y": rng.choice((0, rng.randint(0, 51))),
        "anchor_width": rng.choice((10, 16, 33, 62, 116, 156, 373, round(rng.uniform(1, 300), 2))),
        "anchor_height": rng.choice((13, 30, 61, 45, 90, 198, 326, round(rng.uniform(1, 300), 2))),
        "stride": rng.choice((8, 16, 32, 8, 16, 32, 64, 12.5)),
    }


def edges() -> list[dict[str, Any]]:
    anchor = {"anchor_width": 116, "anchor_height": 90, "stride": 32}
    return [
        {"prediction": [0, 0, 0, 0], "cell_x": 0, "cell_y": 0, **anchor},
        {"prediction": [40, -40, -5, 6], "cell_x": 12, "cell_y": 12, **anchor},
        {"prediction": [-700, 800, -600, 600], "cell_x": 3, "cell_y": 0, **anchor},
        {"prediction": [0, 1, 1e-9, -1e-9], "cell_x": 10**6, "cell_y": 7, **anchor},
        {"prediction": [0, 0, 700, 1], "cell_x": 1, "cell_y": 1, **anchor, "anchor_width": 1e-300},
        {"prediction": [0.2, 0.1, 0.3, 0.4], "cell_x": 6, "cell_y": 4, **anchor, "anchor_width": 416, "anchor_height": 288},
    ]  # fmt: skip


def refusals() -> list[dict[str, Any]]:
    right = {"prediction": [0, 0, 0, 0], "cell_x": 0, "cell_y": 0, "anchor_width": 1, "anchor_height": 1, "stride": 8}
    return [
        {**right, "prediction": [0, 0, 0]},
        {**right, "prediction": [0, 0, 0, 0, 1]},
        {**right, "anchor_width": 0},
        {**right, "anchor_height": -3},
        {**right, "stride": 0},
        {**right, "cell_x": -1},
        {**right, "cell_y": -1},
        {**right, "prediction": [0, 0, 800, 0]},
        {**right, "prediction": [0, 0, 0, 1e300]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.special import expit

    cell = np.array([inputs["cell_x"], inputs["cell_y"]], dtype=np.longdouble)
    anchor = np.array([inputs["anchor_width"], inputs["anchor_height"]], dtype=np.longdouble)
    raw, stride = np.array(inputs["prediction"], dtype=np.longdouble), inputs["stride"]
    if raw.shape != (4,) or min(anchor) <= 0 or stride <= 0 or min(cell) < 0:
        raise ValueError("prediction, anchor, stride or cell")
    center = (expit(raw[:2]) + cell) * stride
    size = np.exp(raw[2:] + np.log(anchor))
    if not np.isfinite(size.astype(float)).all():
        raise OverflowError("size")
    ends = np.concatenate([center - size / 2, center + size / 2])
    return {
        "center_x": float(center[0]),
        "center_y": float(center[1]),
        "width": float(size[0]),
        "height": float(size[1]),
        "box": [float(end) for end in ends],
    }
