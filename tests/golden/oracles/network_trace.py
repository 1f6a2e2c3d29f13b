"""torch modules with forward hooks: the shapes that come out, the parameters that the modules hold, MACs from the tensors that meet."""

from __future__ import annotations

import math
import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    channels, side = rng.choice([1, 3, 3, 4, 8]), rng.choice([8, 14, 16, 17, 28, 32, 33])
    inputs: dict[str, Any] = {
        "layers": [], "in_channels": channels, "in_height": side, "in_width": rng.choice([side, side, side + 5]),
    }  # fmt: skip
    height, width = inputs["in_height"], inputs["in_width"]
    for _ in range(rng.randint(2, 5)):
        layer, grown = spatial(rng, channels, min(height, width))
        inputs["layers"].append(layer)
        channels, height, width = grown(channels, height, width)
    if rng.random() < 0.5:
        inputs["layers"] += tail(rng)
    return inputs


def spatial(rng: random.Random, channels: int, side: int) -> tuple[dict[str, Any], Any]:
    """A layer that fits a map of this side, and what it makes of the sizes."""
    kind = rng.choice(
        [
            "conv",
            "conv",
            "conv",
            "pool",
            "pool",
            "conv_transpose",
            "conv_transpose",
            "batchnorm",
            "activation",
            "dropout",
            "adaptive_pool",
        ]
    )
    if kind == "conv":
        kernel = rng.choice([k for k in (1, 2, 3, 5, 7) if k <= side])
        groups = rng.choice([g for g in (1, 1, 1, 2, 4, channels) if channels % g == 0])
        layer = {"type": kind, "out_channels": groups * rng.randint(1, 4), "kernel_size": kernel}
        stride, padding = rng.choice([1, 1, 2, 3]), rng.randint(0, kernel // 2)
        dilation = rng.choice([1, 1, 2]) if 2 * (kernel - 1) < side else 1
        layer |= {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": groups,
            "bias": rng.random() < 0.7,
        }
        if groups == 1 and rng.random() < 0.5:
            del layer["groups"]

        def size(n: int) -> int:
            return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1

        return layer, lambda c, h, w: (layer["out_channels"], size(h), size(w))
    if kind == "pool":
        kernel = rng.choice([k for k in (1, 2, 3) if k <= side])
        layer = {
            "type": kind,
            "mode": rng.choice(["max", "avg"]),
            "kernel_size": kernel,
            "ceil_mode": rng.random() < 0.6,
        }
        if rng.random() < 0.5:
            layer |= {"stride": rng.choice([1, 2, 3]), "padding": rng.randint(0, kernel // 2)}
        stride, padding = layer.get("stride", kernel), layer.get("padding", 0)

        def whole(n: int) -> int:
            return len(range(-padding, n + padding - kernel + 1, stride))

        return layer, lambda c, h, w: (c, whole(h), whole(w))
    if kind == "conv_transpose":
        kernel, stride = rng.choice([2, 3, 4]), rng.choice([2, 2, 3, 1])
        padding = rng.randint(0, 1) if side > 2 else 0
        layer = {
            "type": kind, "out_channels": rng.randint(1, 6), "kernel_size": kernel, "stride": stride, "padding": padding,
            "bias": rng.random() < 0.5,
        }  # fmt: skip
        if stride > 1:
            layer["output_padding"] = rng.randint(1, stride - 1)
        return layer, lambda c, h, w: (
            layer["out_channels"],
            (h - 1) * stride + 1 - padding,
            (w - 1) * stride + 1 - padding,
        )
    if kind == "adaptive_pool":
        layer = {"type": kind, "output_size": rng.choice([1, 2, [3, 2], 7]), "mode": rng.choice(["max", "avg"])}
        return layer, lambda c, h, w: (c, 1, 1)
    return {"type": kind}, lambda c, h, w: (c, h, w)


def tail(rng: random.Random) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = [{"type": "flatten"}] if rng.random() < 0.7 else []
    layers.append({"type": "linear", "out_features": rng.randint(1, 20), "bias": rng.random() < 0.8})
    if rng.random() < 0.5:
        layers += [{"type": "activation"}, {"type": "linear", "out_features": rng.randint(1, 12)}]
    return layers


def edges() -> list[dict[str, Any]]:
    lenet = [
        {"type": "conv", "out_channels": 6, "kernel_size": 5}, {"type": "pool", "mode": "avg", "kernel_size": 2},
        {"type": "conv", "out_channels": 16, "kernel_size": 5}, {"type": "pool", "mode": "avg", "kernel_size": 2},
        {"type": "flatten"}, {"type": "linear", "out_features": 120}, {"type": "linear", "out_features": 84}, {"type": "linear", "out_features": 10},
    ]  # fmt: skip
    return [
        {"layers": lenet, "in_channels": 1, "in_height": 32, "in_width": 32},
        {"layers": [{"type": "activation"}], "in_channels": 1, "in_height": 1, "in_width": 1},
        {"layers": [{"type": "conv", "out_channels": 2, "kernel_size": [1, 3], "stride": [3, 1], "padding": [0, 1]}], "in_channels": 3, "in_height": 2, "in_width": 9},
        {"layers": [{"type": "pool", "kernel_size": 2, "ceil_mode": True}, {"type": "linear", "out_features": 4}], "in_channels": 2, "in_height": 5, "in_width": 5},
        {"layers": [{"type": "pool", "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2}], "in_channels": 2, "in_height": 9, "in_width": 8},
        {"layers": [{"type": "conv", "out_channels": 8, "kernel_size": 3, "groups": 8, "bias": False, "padding": 1}, {"type": "batchnorm"}], "in_channels": 8, "in_height": 7, "in_width": 7},
    ]  # fmt: skip


def refusals() -> list[dict[str, Any]]:
    given = {"in_channels": 3, "in_height": 8, "in_width": 8}
    conv = {"type": "conv", "out_channels": 4, "kernel_size": 3}
    wrong: list[list[dict[str, Any]]] = [
        [], [{"type": "conv"}], [{"type": "maxpool", "kernel_size": 2}], [{**conv, "kernel": 3}], [{**conv, "stride": 0}],
        [conv, {**conv, "kernel_size": 9}], [{**conv, "groups": 2}], [conv, {"type": "pool", "kernel_size": 2, "padding": 2}],
        [{"type": "conv_transpose", "out_channels": 1, "kernel_size": 2, "output_padding": 1}], [{"type": "linear", "out_features": 0}],
        [{"type": "adaptive_pool", "output_size": 0}],
        [{"type": "pool", "mode": "avg", "kernel_size": 2, "dilation": 2}],
    ]  # fmt: skip
    return [{"layers": layers, **given} for layers in wrong] + [{"layers": [conv], **given, "in_height": 2}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    tensor = torch.ones(1, inputs["in_channels"], inputs["in_height"], inputs["in_width"])
    rows = []
    for layer in inputs["layers"]:
        module = build(torch, layer, tensor).eval()
        seen: list[tuple[Any, Any]] = []
        module.register_forward_hook(lambda _, given, out, seen=seen: seen.append((given[0], out)))
        given = tensor.flatten(1) if layer["type"] == "linear" else tensor
        with torch.no_grad():
            module(given)
        before, tensor = seen[0]
        shape = [*tensor.shape[1:], 1, 1][:3]
        if not tensor.numel():
            raise ValueError("a layer without outputs")
        rows.append(
            {
                "type": layer["type"], "out_channels": shape[0], "out_height": shape[1], "out_width": shape[2],
                "parameters": sum(part.numel() for part in module.parameters() if part.requires_grad),
                "macs": macs(layer, module, before, tensor),
            }
        )  # fmt: skip
    last = rows[-1]
    return {
        "rows": rows,
        **{name: last[name] for name in ("out_channels", "out_height", "out_width")},
        "parameters": sum(row["parameters"] for row in rows),
        "macs": sum(row["macs"] for row in rows),
    }


def build(torch: Any, layer: dict[str, Any], tensor: Any) -> Any:
    """The torch module of a layer that meets this tensor."""
    arguments = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in layer.items()
        if name not in ("type", "mode")
    }
    channels, kind = tensor.shape[1], layer["type"]
    if kind == "conv":
        return torch.nn.Conv2d(channels, **arguments)
    if kind == "conv_transpose":
        return torch.nn.ConvTranspose2d(channels, **arguments)
    if kind == "pool":
        return (torch.nn.MaxPool2d if layer.get("mode", "max") == "max" else torch.nn.AvgPool2d)(**arguments)
    if kind == "adaptive_pool":
        return (torch.nn.AdaptiveMaxPool2d if layer.get("mode") == "max" else torch.nn.AdaptiveAvgPool2d)(**arguments)
    if kind == "batchnorm":
        return torch.nn.BatchNorm2d(channels) if tensor.dim() == 4 else torch.nn.BatchNorm1d(channels)
    if kind == "linear":
        return torch.nn.Linear(math.prod(tensor.shape[1:]), **arguments)
    return {"activation": torch.nn.ReLU, "dropout": torch.nn.Dropout, "flatten": torch.nn.Flatten}[kind]()


def macs(layer: dict[str, Any], module: Any, before: Any, after: Any) -> int:
    """One product for each weight that meets each number it is applied to."""
    if layer["type"] == "conv":
        return after[0].numel() * module.weight[0].numel()
    if layer["type"] == "conv_transpose":
        return before[0].numel() * module.weight[0].numel()
    return module.weight.numel() if layer["type"] == "linear" else 0
