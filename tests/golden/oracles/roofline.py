"""The attainable rate, the lower of the two lines of the roofline plot, in wide decimals; the times from it."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "flops": rng.choice([1e9, 4.1e9, 2e6, 0.25, rng.randint(1, 10**6) * 1000]),
        "bytes": rng.choice([1e6, 4e8, 1.5e3, 0.1, rng.randint(1, 10**6) * 100]),
        "peak_flops": rng.choice([1e12, 1.95e13, 3.12e14, 5e9, 0.3]),
        "bandwidth": rng.choice([1e9, 2.56e10, 9e11, 2.039e12, 0.7]),
    }
    if rng.random() < 0.6:
        inputs["batch_size"] = rng.choice([1, 8, 32, 64, rng.randint(1, 256)])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"flops": 0, "bytes": 8, "peak_flops": 4, "bandwidth": 2},
        {"flops": 20, "bytes": 2, "peak_flops": 100, "bandwidth": 10, "batch_size": 4},
        {"flops": 0.3, "bytes": 0.1, "peak_flops": 0.6, "bandwidth": 0.2},
        {"flops": 1e300, "bytes": 1e299, "peak_flops": 1e200, "bandwidth": 1e190},
    ]


def refusals() -> list[dict[str, Any]]:
    right = {"flops": 1.0, "bytes": 8.0, "peak_flops": 4.0, "bandwidth": 2.0}
    zero = [right | {name: 0} for name in ("bytes", "peak_flops", "bandwidth")]
    return [*zero, right | {"flops": -1}, right | {"batch_size": 0}, right | {"bytes": -8}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from mpmath import mp, mpf

    mp.dps = 60
    work, moved, peak, band = (mpf(repr(inputs[name])) for name in ("flops", "bytes", "peak_flops", "bandwidth"))
    images = inputs.get("batch_size", 1)
    if work < 0 or min(moved, peak, band) <= 0 or images < 1:
        raise ValueError("not positive")
    found, corner = work / moved, peak / band
    slope = found * band
    bound = "memory" if mp.chop((corner - found) / corner, mpf(10) ** -50) > 0 else "compute"
    reached = slope if bound == "memory" else peak  # operations a second under the roof
    time = work / reached if work else moved / band
    return {
        "intensity": float(found),
        "ridge_point": float(corner),
        "compute_time": float(work / peak),
        "memory_time": float(moved / band),
        "time": float(time),
        "fps": float(images / time),
        "bound": bound,
    }
