"""Widths and heights of the anchors at one place, from scales and aspect ratios (Ren et al. 2015, section 3.1.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, TypeAlias

from annotated_types import Gt
from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Many, Real, refuse_work
from quizcnn.solvers.notation import given, line, matrix_line
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Sizes of anchor boxes", "anchor 的尺寸")
CONVENTION = Text(
    "ratio = height/width, area = (base_size·scale)²; one [width, height] for each scale and ratio, all ratios of the first scale first.",
    "ratio = 高/宽，面积 = (base_size·scale)²；每个尺度与宽高比各给一个 [宽, 高]，先写第一个尺度的各个宽高比。",
)
SIZES = Text("[width, height] of each anchor", "各 anchor 的 [宽, 高]")
STEPS = {
    "side": Text("side of the square anchor of this scale", "该尺度下正方形 anchor 的边长"),
    "width": Text("width: the area stays, so it shrinks by the root of the ratio", "宽：面积不变，除以比值的平方根"),
    "height": Text("height: grows by the same root", "高：乘同一个平方根"),
    "sizes": Text("all anchors, a row each", "所有 anchor，一行一个"),
}
MISTAKES = {
    "ratio_inverted": (
        Text("exchanges width and height", "把宽和高弄反了"),
        Text("The ratio is height over width here: above 1 the anchor stands upright.", "这里 ratio 是高除以宽，大于 1 时 anchor 竖着。"),
    ),
    "area_changes_with_ratio": (
        Text("multiplies the height alone by the ratio", "只把高乘了比值"),
        Text("All anchors of a scale have the same area, so width and height each take the root of the ratio.", "同一尺度的 anchor 面积相同，宽和高各承担比值的平方根。"),
    ),
    "forgets_root": (
        Text("leaves out the root", "漏了开方"),
        Text("Dividing the width and multiplying the height by the ratio itself gives a shape of ratio squared.", "宽除以、高乘以比值本身，宽高比就成了它的平方。"),
    ),
    "ignores_base_size": (
        Text("leaves out the base size", "漏了 base_size"),
        Text("A scale counts base sizes: the side is {base_size} times the scale.", "尺度以 base_size 为单位，边长是 {base_size} 乘尺度。"),
    ),
}  # fmt: skip
LINES = 4
MOST_ANCHORS = 10**5
_ONE = Decimal(1)
Positive: TypeAlias = Annotated[Real, Gt(0)]
Size: TypeAlias = tuple[float, float]


class AnchorInputs(Inputs):
    """Side in pixels at scale 1, the scales, the ratios of height to width."""

    base_size: Positive
    scales: Many[Positive]
    ratios: Many[Positive]

    @model_validator(mode="after")
    def _fits(self) -> AnchorInputs:
        refuse_work(len(self.scales) * len(self.ratios), "scales", "ratios", most=MOST_ANCHORS)
        return self

    def sides(self) -> list[Decimal]:
        return [WIDE.multiply(decimal_of(self.base_size), decimal_of(scale)) for scale in self.scales]


Rule: TypeAlias = Callable[[Decimal], tuple[Decimal, Decimal]]
"""Width and height of an anchor whose scale has the side 1, from its ratio."""


def sizes(sides: Sequence[Decimal], ratios: Sequence[float], rule: Rule) -> tuple[Size, ...]:
    """[width, height] by ``rule``, scales outermost."""
    shapes = [rule(decimal_of(ratio)) for ratio in ratios]
    return tuple(
        (float(WIDE.multiply(side, width)), float(WIDE.multiply(side, height)))
        for side in sides
        for width, height in shapes
    )


def same_area(ratio: Decimal) -> tuple[Decimal, Decimal]:
    root = WIDE.sqrt(ratio)
    return WIDE.divide(_ONE, root), root


def solve(i: AnchorInputs) -> Outputs:
    return {"sizes": sizes(i.sides(), i.ratios, same_area)}


def steps(i: AnchorInputs) -> Sequence[Step]:
    found = sizes(i.sides(), i.ratios, same_area)
    lines = []
    for place, (scale, side) in enumerate(zip(i.scales, i.sides(), strict=True)):
        if place < LINES:
            product = line(f"s_{{{place}}}", rf"{given(i.base_size)} \cdot {given(scale)}", float(side))
            lines.append(Step(STEPS["side"], product, float(side)))
            lines += _ratio_steps(i, place, float(side), found)
    return [*lines, Step(STEPS["sizes"], matrix_line("S", found), found)]


def _ratio_steps(i: AnchorInputs, place: int, side: float, found: Sequence[Size]) -> list[Step]:
    lines = []
    for at, ratio in enumerate(i.ratios[:LINES]):
        number = place * len(i.ratios) + at
        width, height = found[number]
        root = rf"\sqrt{{{given(ratio)}}}"
        below = rf"\frac{{{given(side)}}}{{{root}}}"
        lines.append(Step(STEPS["width"], line(f"w_{{{number}}}", below, width), width))
        lines.append(Step(STEPS["height"], line(f"h_{{{number}}}", rf"{given(side)} \cdot {root}", height), height))
    return lines


def _exchanged(ratio: Decimal) -> tuple[Decimal, Decimal]:
    width, height = same_area(ratio)
    return height, width


def _without_root(ratio: Decimal) -> tuple[Decimal, Decimal]:
    return WIDE.divide(_ONE, ratio), ratio


def _wrong(slug: str, rule: Rule, *, based: bool = True) -> Mistake[AnchorInputs]:
    label, why = MISTAKES[slug]

    def wrong(i: AnchorInputs) -> Mapping[str, Value]:
        sides = i.sides() if based else [decimal_of(scale) for scale in i.scales]
        return {"sizes": sizes(sides, i.ratios, rule)}

    return Mistake(slug, label, why, wrong, convention=slug == "ratio_inverted")


FAMILY = Family(
    id="anchor_boxes",
    title=TITLE,
    inputs=AnchorInputs,
    outputs={"sizes": Output("matrix", SIZES, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _wrong("ratio_inverted", _exchanged),
        _wrong("area_changes_with_ratio", lambda ratio: (_ONE, ratio)),
        _wrong("forgets_root", _without_root),
        _wrong("ignores_base_size", same_area, based=False),
    ),
    symbols={"base_size": "b"},
)
