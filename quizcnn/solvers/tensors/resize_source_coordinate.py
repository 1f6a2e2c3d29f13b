"""Where a resized row reads from, and what it reads there (torch.nn.functional.interpolate, mode linear). Arithmetic is exact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Many, Real, Refusal, Size
from quizcnn.solvers.notation import line, near, near_operand
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Source coordinate of a resize", "缩放时的源坐标")
CONVENTION = Text(
    "As PyTorch's interpolate, places counted from 0: with align_corners the first and last pixel centres stay; without, the whole extents coincide and the coordinate is given before clamping, so it may be negative.",
    "按 PyTorch 的 interpolate，位置从 0 数起：align_corners 为真时首尾像素中心对齐；否则两端边缘对齐，坐标取截断之前的值，可以为负。",
)
LABELS = {
    "coordinate": Text("source coordinate", "源坐标"),
    "value": Text("value after linear resizing", "线性缩放后的值"),
}
STEPS = {
    "aligned": Text("first and last centres stay: steps of (n − 1)/(m − 1)", "首尾中心对齐：步长为 (n − 1)/(m − 1)"),
    "single": Text("a single output reads the first pixel", "只有一个输出时读第一个像素"),
    "half": Text(
        "centre of the output pixel, scaled, then back to a centre", "输出像素的中心按比例换算，再换回中心坐标"
    ),
    "clamp": Text("kept within the row", "限制在这一行之内"),
    "value": Text("between both neighbours", "在相邻两个值之间插值"),
}
MISTAKES = {
    "forgets_half_pixel": (
        Text("forgets the half pixels", "漏了半个像素"),
        Text(
            "Pixel i has its centre at i + 0.5; scaling the bare index shifts the picture.",
            "第 i 个像素的中心在 i + 0.5，直接缩放下标会使图像偏移。",
        ),
    ),
    "other_convention": (
        Text("takes the other convention for the corners", "用了另一种角点约定"),
        Text(
            "align_corners={align_corners}: true scales by (n − 1)/(m − 1), false by n/m with half pixels.",
            "align_corners={align_corners}：为真时比例是 (n − 1)/(m − 1)，为假时是 n/m 并带半个像素。",
        ),
    ),
    "nearest_value": (
        Text("takes the nearest value", "取了最近的值"),
        Text("Linear resizing mixes both neighbours by their distance.", "线性缩放按距离混合相邻两个值。"),
    ),
}


class ResizeInputs(Inputs):
    """Lengths before and after, the place in the new row, how corners lie; values of the old row, if any are given."""

    in_size: Size
    out_size: Size
    index: Count
    align_corners: bool
    values: Many[Real] | None = None

    @model_validator(mode="after")
    def _fits(self) -> ResizeInputs:
        if self.index >= self.out_size:
            raise Refusal(f"must be from 0 to {self.out_size - 1}, not {self.index}", "index", "out_size")
        if self.values is not None and len(self.values) != self.in_size:
            raise Refusal(f"has {len(self.values)} entries, in_size is {self.in_size}", "values", "in_size")
        return self


def source(i: ResizeInputs, align_corners: bool) -> Fraction:
    if not align_corners:
        return (i.index + Fraction(1, 2)) * Fraction(i.in_size, i.out_size) - Fraction(1, 2)
    return Fraction(i.index * (i.in_size - 1), i.out_size - 1) if i.out_size > 1 else Fraction()


def clamped(i: ResizeInputs, place: Fraction) -> Fraction:
    return min(max(place, Fraction()), Fraction(i.in_size - 1))


def neighbours(i: ResizeInputs, place: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """The values before and after a clamped place, and how far it lies beyond the first."""
    values = i.values or ()
    low = math.floor(place)
    high = min(low + 1, i.in_size - 1)
    return exact(values[low]), exact(values[high]), place - low


def read(i: ResizeInputs, place: Fraction) -> float | None:
    if i.values is None:
        return None
    before, after, beyond = neighbours(i, clamped(i, place))
    return float((1 - beyond) * before + beyond * after)


def found(i: ResizeInputs, place: Fraction) -> Outputs:
    return {"coordinate": float(place), "value": read(i, place)}


def solve(i: ResizeInputs) -> Outputs:
    return found(i, source(i, i.align_corners))


def steps(i: ResizeInputs) -> Sequence[Step]:
    place = source(i, i.align_corners)
    first = _coordinate(i, float(place))
    if i.values is None:
        return lead_to([first], "coordinate")
    kept = float(clamped(i, place))
    inside = Step(
        STEPS["clamp"], line("u", rf"\max(0, \min({i.in_size}-1, {near(float(place), 8)}))", kept, rough=True), kept
    )
    before, after, beyond = neighbours(i, clamped(i, place))
    value = read(i, place)
    shown = rf"{near(float(1 - beyond), 8)} \cdot {near_operand(float(before), 8)}+{near(float(beyond), 8)} \cdot {near_operand(float(after), 8)}"
    last = Step(STEPS["value"], line("v", shown, float(value or 0), rough=True), value)
    return [*lead_to([first], "coordinate"), *lead_to([first, inside, last], "value")]


def _coordinate(i: ResizeInputs, place: float) -> Step:
    n, m = i.in_size, i.out_size
    if not i.align_corners:
        return Step(STEPS["half"], line("c", rf"\frac{{({i.index}+0.5) \cdot {n}}}{{{m}}}-0.5", place), place)
    if m == 1:
        return Step(STEPS["single"], "c = 0", place)
    return Step(STEPS["aligned"], line("c", rf"\frac{{{i.index} \cdot ({n}-1)}}{{{m}-1}}", place), place)


def _no_halves(i: ResizeInputs) -> Outputs:
    return {} if i.align_corners else found(i, Fraction(i.index * i.in_size, i.out_size))


def _nearest(i: ResizeInputs) -> Outputs:
    if i.values is None:
        return {}
    return {"value": i.values[math.floor(clamped(i, source(i, i.align_corners)) + Fraction(1, 2))]}


FAMILY = Family(
    id="resize_source_coordinate",
    title=TITLE,
    inputs=ResizeInputs,
    outputs={name: Output("real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_half_pixel": _no_halves,
            "other_convention": lambda i: found(i, source(i, not i.align_corners)),
            "nearest_value": _nearest,
        },
    ),
    symbols={"in_size": "n", "out_size": "m", "index": "i"},
)
