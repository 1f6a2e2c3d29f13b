"""A deformable convolution's sampling run at one place: the numbers that it asks its offset branch for are counted."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    kernel: int | list[int] = rng.choice([1, 2, 3, 3, 5, 7])
    if rng.random() < 0.55:
        kernel = [rng.randint(1, 7), rng.randint(1, 7)]
    inputs: dict[str, Any] = {"kernel_size": kernel}
    if rng.random() < 0.75:
        inputs["offset_groups"] = rng.randint(1, 6)
    if rng.random() < 0.7:
        inputs["modulated"] = rng.random() < 0.7
    return inputs


def edges() -> list[dict[str, Any]]:
    return [{"kernel_size": 1}, {"kernel_size": 3, "modulated": True}]


def refusals() -> list[dict[str, Any]]:
    return [{"kernel_size": 0}, {"kernel_size": [3, 0]}, {"kernel_size": 3, "offset_groups": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.ndimage import map_coordinates

    kernel, groups = inputs["kernel_size"], inputs.get("offset_groups", 1)
    kh, kw = kernel if isinstance(kernel, list) else (kernel, kernel)
    if min(kh, kw, groups) < 1:
        raise ValueError("nothing there")
    image = np.arange(groups * 100.0).reshape(groups, 10, 10)
    offsets: dict[tuple[int, ...], float] = {}
    masks: dict[tuple[int, ...], float] = {}
    for channel in range(groups):
        for tap in np.ndindex(kh, kw):
            moved = [tap[axis] + offsets.setdefault((channel, *tap, axis), 0.5) for axis in range(image[channel].ndim)]
            value = map_coordinates(image[channel], np.array(moved)[:, None], order=1)
            if inputs.get("modulated", False):
                value = value * masks.setdefault((channel, *tap), 1.0)
            if not np.isfinite(value).all():
                raise ValueError("no sample")
    return {"offset_channels": len(offsets), "mask_channels": len(masks), "total": len(offsets) + len(masks)}
