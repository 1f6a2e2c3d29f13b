"""Counted: whole cells that fit into the RoI, whole cells that each bin gets in turn; the real sizes by decimal division."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    return {
        "roi_size": rng.choice([rng.randint(0, 900), rng.randint(0, 6000) / 10]),
        "feature_stride": rng.choice([4, 8, 16, 32, rng.randint(1, 40)]),
        "pooled_size": rng.choice([2, 7, 14, rng.randint(1, 16)]),
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"roi_size": 665, "feature_stride": 32, "pooled_size": 7},
        {"roi_size": 0, "feature_stride": 16, "pooled_size": 7},
        {"roi_size": 100, "feature_stride": 16, "pooled_size": 7},
        {"roi_size": 0.3, "feature_stride": 1, "pooled_size": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    base = {"roi_size": 1, "feature_stride": 16, "pooled_size": 7}
    return [{**base, "roi_size": -1}, {**base, "feature_stride": 0}, {**base, "pooled_size": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    size, stride, bins = Decimal(str(inputs["roi_size"])), inputs["feature_stride"], inputs["pooled_size"]
    if size < 0 or stride < 1 or bins < 1:
        raise ValueError("sizes")
    cells, left = 0, size
    while left >= stride:
        cells, left = cells + 1, left - stride
    each, rest = 0, cells
    while rest >= bins:
        each, rest = each + 1, rest - bins
    return {
        "exact_size": float(size / stride),
        "quantized_size": cells,
        "exact_bin": float(Decimal(cells) / bins),
        "quantized_bin": each,
        "align_bin": float(size / stride / bins),
    }
