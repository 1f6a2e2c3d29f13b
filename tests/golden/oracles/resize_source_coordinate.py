"""torch.nn.functional.interpolate: on a ramp, continued beyond both ends so that nothing is clamped, and on the values."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    n, m = rng.choice([(rng.randint(1, 12), rng.randint(1, 24)), (rng.randint(2, 5), rng.randint(4, 10))])
    inputs: dict[str, Any] = {
        "in_size": n,
        "out_size": m,
        "index": rng.choice([0, m - 1, rng.randrange(m)]),
        "align_corners": rng.random() < 0.4,
    }
    if rng.random() < 0.6:
        inputs["values"] = [rng.randint(-9, 20) if n % 2 else rng.randint(-40, 40) / 4 for _ in range(n)]
    return inputs


def edges() -> list[dict[str, Any]]:
    base = {"in_size": 4, "out_size": 8, "index": 0}
    return [
        {**base, "align_corners": False, "values": [1, 2, 3, 4]},
        {**base, "align_corners": True, "values": [1, 2, 3, 4]},
        {**base, "align_corners": False, "index": 7, "values": [1, 2, 3, 4]},
        {"in_size": 5, "out_size": 1, "index": 0, "align_corners": True},
        {"in_size": 1, "out_size": 4, "index": 3, "align_corners": False, "values": [7]},
    ]


def refusals() -> list[dict[str, Any]]:
    base = {"in_size": 4, "out_size": 8, "index": 0, "align_corners": False}
    return [{**base, "index": 8}, {**base, "index": -1}, {**base, "in_size": 0}, {**base, "values": [1, 2]}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from torch.nn.functional import interpolate

    n, m, index, aligned = (inputs[name] for name in ("in_size", "out_size", "index", "align_corners"))
    values = inputs.get("values")
    if n < 1 or not 0 <= index < m or (values is not None and len(values) != n):
        raise ValueError("sizes")

    def resized(row: list[float], length: int) -> list[float]:
        tensor = torch.tensor(row, dtype=torch.float64)[None, None]
        return interpolate(tensor, size=length, mode="linear", align_corners=aligned)[0, 0].tolist()

    if aligned:
        coordinate = resized([float(place) for place in range(n)], m)[index]
    else:
        # three copies of the row side by side: the middle one is resized as it were alone, without an end near by
        coordinate = resized([float(place - n) for place in range(3 * n)], 3 * m)[m + index]
    return {
        "coordinate": 0.0 if abs(coordinate) < 1e-13 else coordinate,
        "value": None if values is None else resized([float(value) for value in values], m)[index],
    }
