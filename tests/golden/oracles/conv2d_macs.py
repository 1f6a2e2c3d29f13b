"""fvcore counts the MACs, torch.utils.flop_counter the FLOPs, each without the bias: its additions are the output elements."""

from __future__ import annotations

import random
from typing import Any

from _pairs import both, either


def draw(rng: random.Random) -> dict[str, Any]:
    groups = rng.choice([1, 1, 2, 3, 4, 8])
    inputs: dict[str, Any] = {
        "in_channels": groups * rng.randint(1, 8),
        "out_channels": groups * rng.randint(1, 8),
        "kernel_size": either(rng, 1, 7),
        "out_height": rng.randint(1, 24),
        "out_width": rng.randint(1, 24),
    }
    if groups > 1 or rng.random() < 0.5:
        inputs["groups"] = groups
    if rng.random() < 0.6:
        inputs["bias"] = rng.random() < 0.7
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "out_height": 1, "out_width": 1},
        {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "out_height": 1, "out_width": 1, "bias": True},
        {"in_channels": 16, "out_channels": 16, "kernel_size": 3, "out_height": 9, "out_width": 7, "groups": 16},
    ]


def refusals() -> list[dict[str, Any]]:
    base = {"kernel_size": 3, "out_height": 4, "out_width": 4}
    return [
        {**base, "in_channels": 6, "out_channels": 8, "groups": 4},
        {**base, "in_channels": 8, "out_channels": 6, "groups": 4},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch
    from fvcore.nn import FlopCountAnalysis
    from torch.utils.flop_counter import FlopCounterMode

    height, width = both(inputs["kernel_size"])
    arguments = {"groups": inputs.get("groups", 1), "bias": inputs.get("bias", False)}
    layer = torch.nn.Conv2d(inputs["in_channels"], inputs["out_channels"], (height, width), **arguments)
    image = torch.zeros(1, inputs["in_channels"], inputs["out_height"] + height - 1, inputs["out_width"] + width - 1)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        output = layer(image)
    additions = output.numel() if layer.bias is not None else 0
    macs = FlopCountAnalysis(layer, image).unsupported_ops_warnings(False).total()
    return {"macs": int(macs) + additions, "flops": counter.get_total_flops() + additions}
