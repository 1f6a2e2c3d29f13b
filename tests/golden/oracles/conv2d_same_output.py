"""keras.layers.Conv2D with padding="same", probed with one filter per tap: which input pixel each tap of each position reads."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {"in_size": rng.randint(1, 60), "kernel_size": rng.randint(1, 9)}
    kind = rng.random()
    if kind < 0.55:
        inputs["stride"] = rng.randint(1, 7)
    elif kind < 0.9:
        inputs["dilation"] = rng.randint(1, 5)
        inputs["in_size"] = max(
            inputs["in_size"], inputs["dilation"]
        )  # or no tap meets a pixel that would tell its place
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_size": 1, "kernel_size": 1},
        {"in_size": 10, "kernel_size": 1, "stride": 4},
        {"in_size": 7, "kernel_size": 3, "stride": 2},
        {"in_size": 8, "kernel_size": 3, "stride": 2},
        {"in_size": 3, "kernel_size": 5, "stride": 7},
        {"in_size": 6, "kernel_size": 4},
        {"in_size": 6, "kernel_size": 4, "dilation": 3},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import keras
    import numpy as np

    size, taps = inputs["in_size"], inputs["kernel_size"]
    stride, dilation = inputs.get("stride", 1), inputs.get("dilation", 1)
    layer = keras.layers.Conv2D(
        taps, (taps, 1), strides=(stride, stride), dilation_rate=(dilation, dilation), padding="same", use_bias=False
    )
    layer.build((None, size, 1, 1))
    layer.set_weights([np.eye(taps, dtype="float32").reshape(taps, 1, 1, taps)])
    numbered = np.arange(1, size + 1, dtype="float32").reshape(1, size, 1, 1)
    read = np.rint(keras.ops.convert_to_numpy(layer(numbered))[0, :, 0, :]).astype(int)
    before, after = outside(read, size, dilation)
    return {"out_size": read.shape[0], "pad_total": before + after, "pad_before": before, "pad_after": after}


def outside(read: Any, size: int, dilation: int) -> tuple[int, int]:
    """How far the first position's first tap lies before the input, and the last position's last tap behind it."""
    first, last, taps = list(read[0]), list(read[-1]), read.shape[1]
    inside = next(tap for tap in range(taps) if first[tap])
    before = inside * dilation - (first[inside] - 1)
    inside = next(tap for tap in reversed(range(taps)) if last[tap])
    after = (taps - 1 - inside) * dilation - (size - last[inside])
    return max(0, int(before)), max(0, int(after))
