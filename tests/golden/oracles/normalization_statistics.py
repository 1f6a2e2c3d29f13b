"""Which outputs of torch.nn.functional's norms move with an input: elements that move together share a statistic."""

from __future__ import annotations

import random
from typing import Any

AXES = {"batch": (1,), "layer": (0,), "instance": (0, 1), "group": (0, 1)}


def draw(rng: random.Random) -> dict[str, Any]:
    kind = rng.choice(("batch", "layer", "instance", "group", "group"))
    groups = rng.randint(2, 4) if rng.random() < 0.7 else 1
    channels = groups * rng.randint(1, 3) if kind == "group" else rng.randint(1, 8)
    inputs: dict[str, Any] = {
        "kind": kind,
        "batch_size": rng.randint(1, 4),
        "channels": channels,
        "height": rng.randint(2, 4),
        "width": rng.randint(1, 4),
    }
    if groups > 1:
        inputs["groups"] = groups
    return inputs


def edges() -> list[dict[str, Any]]:
    sizes = {"batch_size": 2, "channels": 6, "height": 3, "width": 2}
    return [
        *({"kind": kind, **sizes} for kind in AXES),
        {"kind": "group", **sizes, "groups": 6},
        {"kind": "group", **sizes, "groups": 1},
        {"kind": "batch", **sizes, "groups": 4},
        {"kind": "layer", "batch_size": 1, "channels": 1, "height": 1, "width": 2},
        {"kind": "batch", "batch_size": 2, "channels": 1, "height": 1, "width": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"kind": "group", "batch_size": 2, "channels": 6, "height": 2, "width": 2, "groups": 4}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    torch.manual_seed(0)
    shape = [inputs[name] for name in ("batch_size", "channels", "height", "width")]
    image = torch.randn(shape, dtype=torch.float64)
    before = normalised(image, inputs)
    free = torch.ones(shape, dtype=torch.bool)
    firsts, sizes = [], set()
    while free.any():
        first = tuple(free.nonzero()[0].tolist())
        moved = image.clone()
        moved[first] += 1
        together = normalised(moved, inputs) != before
        together[first] = True
        free &= ~together
        firsts.append(first)
        sizes.add(int(together.sum()))
    (size,) = sizes
    statistics_shape = [len({first[axis] for first in firsts}) for axis in AXES[inputs["kind"]]]
    return {"statistics": len(firsts), "elements_per_statistic": size, "statistics_shape": statistics_shape}


def normalised(image: Any, inputs: dict[str, Any]) -> Any:
    """The layer's output; a large eps lets even two elements move each other."""
    from torch.nn import functional

    if inputs["kind"] == "batch":
        return functional.batch_norm(image, None, None, training=True, eps=0.1)
    if inputs["kind"] == "layer":
        return functional.layer_norm(image, image.shape[1:], eps=0.1)
    if inputs["kind"] == "instance":
        return functional.instance_norm(image, eps=0.1)
    return functional.group_norm(image, inputs.get("groups", 1), eps=0.1)
