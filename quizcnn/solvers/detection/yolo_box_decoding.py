"""From the four raw outputs of a YOLO head to a box (Redmon & Farhadi 2017, section 2; 2018, section 2.1)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated

from annotated_types import Gt
from pydantic import Field

from quizcnn.solvers.activations import sigmoid
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Count, Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import GUARDED, given, line, list_line, near, near_operand
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Decoding a YOLO box", "YOLO 边界框解码")
CONVENTION = Text(
    "YOLOv2 and v3: prediction = [tx, ty, tw, th]; cells count from 0; anchors in pixels of the image; box = [x1, y1, x2, y2], not clipped.",
    "按 YOLOv2、v3：预测值为 [tx, ty, tw, th]，网格从 0 数起，anchor 以图像像素计，框为 [x1, y1, x2, y2]，不裁剪。",
)
OUTPUTS = {
    "center_x": Output("real", Text("centre x", "中心 x"), PIXELS),
    "center_y": Output("real", Text("centre y", "中心 y"), PIXELS),
    "width": Output("real", Text("width", "宽"), PIXELS),
    "height": Output("real", Text("height", "高"), PIXELS),
    "box": Output("list", Text("box", "边界框"), elements="real"),
}
STEPS = {
    "offset": Text("offset within the cell, between 0 and 1", "格内偏移，在 0 与 1 之间"),
    "center": Text("cell and offset, in pixels", "格号加偏移，换算成像素"),
    "size": Text("the anchor, scaled", "anchor 按指数缩放"),
    "box": Text("half a size to either side of the centre", "中心减去、加上宽高的一半"),
}
MISTAKES = {
    "forgets_sigmoid": (
        Text("leaves out the sigmoid", "漏了 sigmoid"),
        Text("The sigmoid keeps the centre inside its cell; the raw value could lie anywhere.", "sigmoid 把中心限制在所属的格内，原始值可以落到任何地方。"),
    ),
    "forgets_exponential": (
        Text("multiplies the anchor by the raw value", "直接拿原始值乘 anchor"),
        Text("The exponential makes the factor positive: 0 keeps the anchor, and no size is negative.", "指数使倍数恒为正：0 表示与 anchor 相同，尺寸不会为负。"),
    ),
    "forgets_stride": (
        Text("leaves the centre in cells", "中心没有换算成像素"),
        Text("A cell is {stride} pixels wide, so the position in cells is multiplied by {stride}.", "一格宽 {stride} 像素，以格计的位置还要乘 {stride}。"),
    ),
    "anchor_in_cells": (
        Text("multiplies the size by the stride", "宽高又乘了步幅"),
        Text("These anchors are in pixels already; only anchors given in cells are multiplied by the stride.", "这里的 anchor 已是像素，只有以格计的 anchor 才乘步幅。"),
    ),
    "center_as_corner": (
        Text("takes the centre for the upper left corner", "把中心当成左上角"),
        Text("The network predicts the centre; the box reaches half a width to either side.", "网络预测的是中心，框向两侧各伸出一半宽高。"),
    ),
}  # fmt: skip
Positive = Annotated[Real, Gt(0)]
Four = Annotated[Many[Real], Field(min_length=4, max_length=4)]
FARTHEST = 1500.0
"""Beyond e^1500 no anchor is small enough for a float; below e^-1500 none is large enough."""
STEEPEST = 300.0
"""Beyond it the sigmoid has run flat: nothing is left to compute."""


class DecodingInputs(Inputs):
    """prediction [tx, ty, tw, th], the cell's column and row, the anchor in pixels, pixels a cell."""

    prediction: Four
    cell_x: Count
    cell_y: Count
    anchor_width: Positive
    anchor_height: Positive
    stride: Positive

    @property
    def cells(self) -> tuple[int, int]:
        return self.cell_x, self.cell_y

    @property
    def anchors(self) -> tuple[float, float]:
        return self.anchor_width, self.anchor_height


@dataclass(frozen=True, slots=True)
class Decoded:
    """Centre and size on both axes."""

    center: tuple[Decimal, ...]
    size: tuple[Decimal, ...]

    def corners(self, before: Decimal, after: Decimal) -> tuple[float, ...]:
        """x1, y1, x2, y2 with these shares of the size before and after the centre."""
        first = (WIDE.subtract(c, WIDE.multiply(before, s)) for c, s in zip(self.center, self.size, strict=True))
        last = (WIDE.add(c, WIDE.multiply(after, s)) for c, s in zip(self.center, self.size, strict=True))
        return tuple(map(float, (*first, *last)))

    def outputs(self) -> dict[str, Value]:
        (x, y), (width, height) = map(float, self.center), map(float, self.size)
        half = Decimal("0.5")
        return {"center_x": x, "center_y": y, "width": width, "height": height, "box": self.corners(half, half)}


def offset(t: float) -> Decimal:
    return sigmoid(decimal_of(t))


def scale(t: float) -> Decimal:
    """e^t"""
    return WIDE.exp(decimal_of(max(-FARTHEST, min(FARTHEST, t))))


def centers(i: DecodingInputs, within: Callable[[float], Decimal]) -> tuple[Decimal, ...]:
    """(offset + cell)*stride on both axes."""
    pairs = zip(i.prediction[:2], i.cells, strict=True)
    return tuple(WIDE.multiply(WIDE.add(within(t), Decimal(cell)), decimal_of(i.stride)) for t, cell in pairs)


def sizes(i: DecodingInputs, factor: Callable[[float], Decimal]) -> tuple[Decimal, ...]:
    """anchor*factor on both axes."""
    pairs = zip(i.prediction[2:], i.anchors, strict=True)
    return tuple(WIDE.multiply(factor(t), decimal_of(anchor)) for t, anchor in pairs)


def decode(i: DecodingInputs) -> Decoded:
    return Decoded(centers(i, offset), sizes(i, scale))


def solve(i: DecodingInputs) -> Outputs:
    found = decode(i)
    for axis, (name, cell) in enumerate((("anchor_width", "cell_x"), ("anchor_height", "cell_y"))):
        if not math.isfinite(float(found.size[axis])):
            raise Refusal("the size of the box is beyond the range of floats", "prediction", name)
        if not math.isfinite(float(found.center[axis])):
            raise Refusal("the centre of the box is beyond the range of floats", cell, "stride")
    return dict(found.outputs())


def steps(i: DecodingInputs) -> Sequence[Step]:
    found, box = decode(i), solve(i)["box"]
    center = [_center_steps(i, axis, found) for axis in (0, 1)]
    size = [_size_step(i, axis, float(found.size[axis])) for axis in (0, 1)]
    corners = list_line("b", [value for value in box if isinstance(value, float)]) if isinstance(box, tuple) else ""
    everything = [*center[0], *center[1], *size, Step(STEPS["box"], corners, box)]
    return [
        *lead_to(center[0], "center_x"),
        *lead_to(center[1], "center_y"),
        *lead_to([size[0]], "width"),
        *lead_to([size[1]], "height"),
        *lead_to(everything, "box"),
    ]


def _center_steps(i: DecodingInputs, axis: int, found: Decoded) -> list[Step]:
    letter, t = "xy"[axis], i.prediction[axis]
    part, value = float(offset(t)), float(found.center[axis])
    if abs(t) > STEEPEST:
        squashed = rf"o_{letter} \approx {near(part)} = {near(part)}"
    else:
        squashed = line(f"o_{letter}", rf"\frac{{1}}{{1+e^{{{given(0.0 - t)}}}}}", part, places=GUARDED)
    moved = rf"({near(part, GUARDED)}+{i.cells[axis]}) \cdot {given(i.stride)}"
    return [
        Step(STEPS["offset"], squashed, part),
        Step(STEPS["center"], line(f"b_{letter}", moved, value, rough=bool(t)), value),
    ]


def _size_step(i: DecodingInputs, axis: int, value: float) -> Step:
    letter, t = "wh"[axis], i.prediction[2 + axis]
    expression = rf"{given(i.anchors[axis])} \cdot e^{{{given(t)}}}" if abs(t) < STEEPEST else near_operand(value)
    return Step(STEPS["size"], line(f"b_{letter}", expression, value, rough=abs(t) >= STEEPEST), value)


def _differing(wrong: Decoded, *names: str) -> Outputs:
    found = wrong.outputs()
    return {name: found[name] for name in (*names, "box")}


def _raw_offset(i: DecodingInputs) -> Outputs:
    return _differing(replace(decode(i), center=centers(i, decimal_of)), "center_x", "center_y")


def _raw_scale(i: DecodingInputs) -> Outputs:
    return _differing(replace(decode(i), size=sizes(i, decimal_of)), "width", "height")


def _in_cells(i: DecodingInputs) -> Outputs:
    return _differing(replace(decode(i), center=centers(i.model_copy(update={"stride": 1.0}), offset)), "center_x", "center_y")  # fmt: skip


def _by_stride(i: DecodingInputs) -> Outputs:
    found = decode(i)
    wide = tuple(WIDE.multiply(size, decimal_of(i.stride)) for size in found.size)
    return _differing(replace(found, size=wide), "width", "height")


def _from_corner(i: DecodingInputs) -> Outputs:
    return {"box": decode(i).corners(Decimal(0), Decimal(1))}


def _follow_box(i: DecodingInputs, own: Outputs) -> Value:
    right = solve(i)
    x, y, width, height = (rational(own.get(name, right[name])) for name in ("center_x", "center_y", "width", "height"))
    return tuple(map(float, (x - width / 2, y - height / 2, x + width / 2, y + height / 2)))


FAMILY = Family(
    id="yolo_box_decoding",
    title=TITLE,
    inputs=DecodingInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "forgets_sigmoid": _raw_offset,
        "forgets_exponential": _raw_scale,
        "forgets_stride": _in_cells,
        "anchor_in_cells": _by_stride,
        "center_as_corner": _from_corner,
    }, conventions=("anchor_in_cells",)),
    follow={"box": _follow_box},
    symbols={"prediction": "t", "cell_x": "c_x", "cell_y": "c_y", "anchor_width": "p_w", "anchor_height": "p_h", "stride": "s"},
)  # fmt: skip
