"""``encode_boxes`` of torchvision's BoxCoder with unit weights, in double precision.

The function is read out of its file: the module around it needs compiled operators.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAMES = ("tx", "ty", "tw", "th")


def draw(rng: random.Random) -> dict[str, Any]:
    scale, side = rng.choice((1, 1, 2, 10)), rng.choice((8, 40, 200))
    return {name: [value / scale for value in box(rng, side)] for name in ("anchor", "target")}


def box(rng: random.Random, side: int) -> list[int]:
    x, y = rng.randint(-5, side), rng.randint(-5, side)
    return [x, y, x + rng.randint(1, side), y + rng.randint(1, side)]


def edges() -> list[dict[str, Any]]:
    pairs = [
        ([0, 0, 4, 4], [0, 0, 4, 4]),
        ([0, 0, 8, 8], [2, 2, 4, 4]),
        ([0, 0, 1, 1], [500, 600, 900, 900]),
        ([100, 100, 228, 356], [120, 90, 300, 400]),
        ([0.1, 0.1, 0.3, 0.3], [0.3, 0.1, 0.6, 0.3]),
    ]
    return [{"anchor": a, "target": b} for a, b in pairs]


def refusals() -> list[dict[str, Any]]:
    pairs = [([0, 0, 0, 4], [0, 0, 1, 1]), ([0, 0, 1, 1], [0, 3, 2, 3]), ([0, 2, 1, 1], [0, 0, 1, 3])]
    return [{"anchor": a, "target": b} for a, b in pairs]


@cache
def encoder() -> Callable[..., Any]:
    import torch

    path = Path(find_spec("torchvision").origin).parent / "models" / "detection" / "_utils.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == "encode_boxes"]
    found: dict[str, Any] = {"torch": torch, "Tensor": torch.Tensor}
    exec(compile(tree, str(path), "exec"), found)
    return found["encode_boxes"]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import torch

    anchor, target = (torch.tensor([inputs[name]], dtype=torch.float64) for name in ("anchor", "target"))
    if any(bool((one[:, 2:] <= one[:, :2]).any()) for one in (anchor, target)):
        raise ValueError("an empty box")
    found = encoder()(target, anchor, torch.ones(4, dtype=torch.float64))[0].tolist()
    return dict(zip(NAMES, found, strict=True))
