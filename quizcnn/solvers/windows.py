"""A convolution's window on one axis: what several families say, draw and refuse about it.

The rule is that of torch.nn.Conv2d and Conv3d, section Shape; the arithmetic stands in :mod:`quizcnn.solvers.primitives`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from quizcnn.solvers.base import Step
from quizcnn.solvers.inputs import Refusal
from quizcnn.solvers.primitives import conv_size, spread_kernel
from quizcnn.text import Text

Axis: TypeAlias = tuple[int, int, int, int, int]
"""n, k, s, p, d of one axis."""
Which: TypeAlias = Literal["D", "H", "W"]
"""Depth (frames), height, width."""

CAPTIONS: dict[str, dict[Which, Text]] = {
    "span": {
        "D": Text("frames that the spread kernel covers", "卷积核展开后覆盖的帧数"),
        "H": Text("rows that the spread kernel covers", "卷积核展开后覆盖的行数"),
        "W": Text("columns that the spread kernel covers", "卷积核展开后覆盖的列数"),
    },
    "room": {
        "D": Text("frames the kernel can still move on", "卷积核还能向后移动的帧数"),
        "H": Text("rows the kernel can still move down", "卷积核还能向下移动的行数"),
        "W": Text("columns the kernel can still move right", "卷积核还能向右移动的列数"),
    },
    "size": {
        "D": Text("output depth: whole steps, and the first position", "输出深度：整步数，再加第一个位置"),
        "H": Text("output height: whole steps, and the first position", "输出高：整步数，再加第一个位置"),
        "W": Text("output width: whole steps, and the first position", "输出宽：整步数，再加第一个位置"),
    },
}


def check_window(axis: Axis, name: str) -> None:
    """Refuse a window larger than the padded axis, whose input is called ``name``."""
    n, k, _, p, d = axis
    if d * (k - 1) >= n + 2 * p:
        what = f"the kernel covers {spread_kernel(k, d)} pixels, the padded input has {n + 2 * p}"
        raise Refusal(what, "kernel_size", *(["dilation"] if d > 1 else []), name)


def axis_steps(axis: Axis, which: Which, output: str = "") -> list[Step]:
    """From the input size to the output size, a line for what the kernel covers where it is spread."""
    n, k, s, p, d = axis
    span, out = spread_kernel(k, d), conv_size(*axis)
    room = n + 2 * p - span
    spread = rf"k_e = d(k-1)+1 = {d} \cdot ({k}-1)+1 = {span}"
    covered = "k_e" if d > 1 else "k"
    whole = rf"\left\lfloor \frac{{{room}}}{{{s}}} \right\rfloor+1"
    return [
        *([Step(CAPTIONS["span"][which], spread, span, output)] if d > 1 else []),
        Step(CAPTIONS["room"][which], rf"{which}+2p-{covered} = {n}+2 \cdot {p}-{span} = {room}", room, output),
        Step(CAPTIONS["size"][which], rf"{which}_{{out}} = {whole} = {room // s}+1 = {out}", out, output),
    ]
