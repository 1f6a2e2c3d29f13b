"""The array that skimage.feature.hog gives for a noisy window; of blocks that move by several cells every so-many-th is taken."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    cell, block = rng.choice([2, 4, 6, 8, 8]), rng.choice([1, 2, 2, 3])
    inputs: dict[str, Any] = {
        "width": cell * (block + rng.randint(0, 6)) + rng.randint(0, cell - 1),
        "height": cell * (block + rng.randint(0, 8)) + rng.randint(0, cell - 1),
    }
    if cell != 8:
        inputs["cell_size"] = cell
    if block != 2:
        inputs["block_cells"] = block
    if rng.random() < 0.45:
        inputs["block_stride_cells"] = rng.randint(1, 4)
    if rng.random() < 0.45:
        inputs["orientations"] = rng.choice([1, 4, 6, 8, 12, 18])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"width": 64, "height": 128},
        {"width": 16, "height": 16},
        {"width": 63, "height": 127, "block_stride_cells": 2},
        {"width": 2, "height": 2, "cell_size": 2, "block_cells": 1, "orientations": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"width": 15, "height": 128},
        {"width": 64, "height": 15},
        {"width": 64, "height": 64, "cell_size": 0},
        {"width": 64, "height": 64, "block_stride_cells": 0},
        {"width": 64, "height": 64, "block_cells": 9},
        {"width": 64, "height": 64, "cell_size": 33},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from skimage.feature import hog

    cell, block = inputs.get("cell_size", 8), inputs.get("block_cells", 2)
    step = inputs.get("block_stride_cells", 1)
    if step < 1:
        raise ValueError("block_stride_cells")
    window = np.random.default_rng(0).random((inputs["height"], inputs["width"]))
    found = hog(
        window,
        orientations=inputs.get("orientations", 9),
        pixels_per_cell=(cell, cell),
        cells_per_block=(block, block),
        feature_vector=False,
    )[::step, ::step]
    if not found.size:
        raise ValueError("no block fits")
    return {"blocks": found.shape[0] * found.shape[1], "length": found.size}
