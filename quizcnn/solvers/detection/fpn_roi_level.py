"""The pyramid level that a region of interest is read from (Lin et al. 2017, Feature Pyramid Networks, equation 1).

The floor of a logarithm of two is the largest power of four below the ratio of areas, found on exact numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from annotated_types import Gt
from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Inputs, Integer, Real, Refusal, Size
from quizcnn.solvers.notation import GUARDED, given, line, near, plus
from quizcnn.solvers.values import Value, exact, whole
from quizcnn.text import Text

TITLE = Text("Pyramid level of a region", "RoI 所在的金字塔层")
CONVENTION = Text(
    "Level as in the FPN paper: a region of the canonical size is read from the canonical level; the result is clamped to the levels that exist.",
    "按 FPN 论文分配层级：基准尺寸的 RoI 取自基准层，结果限制在存在的层级之内。",
)
UNCLAMPED = Text("level before clamping", "限制之前的层级")
LEVEL = Text("pyramid level", "金字塔层级")
STEPS = {
    "side": Text("side of a square of the same area", "等面积正方形的边长"),
    "ratio": Text("relative to the canonical size", "与基准尺寸之比"),
    "logarithm": Text("how often it doubles", "翻倍的次数（以 2 为底的对数）"),
    "floor": Text("canonical level and doublings, rounded down", "基准层加上翻倍次数，向下取整"),
    "power": Text("the powers of four around the ratio of the areas", "面积之比落在哪两个 4 的幂之间"),
    "shift": Text("one level a factor of two in size", "尺寸每差一倍，差一层"),
    "clamp": Text("kept within the levels that exist", "限制在存在的层级之内"),
}
MISTAKES = {
    "natural_logarithm": (
        Text("takes the natural logarithm", "取了自然对数"),
        Text("A level halves the map, so doublings are counted: the logarithm has base 2.", "每升一层特征图减半，数的是翻倍的次数，对数以 2 为底。"),
    ),
    "forgets_square_root": (
        Text("compares areas in place of sizes", "比较的是面积而不是边长"),
        Text("Without the root a region of twice the side climbs two levels, though its map is halved once.", "不开方，边长翻倍的 RoI 会升两层，而特征图只减半一次。"),
    ),
    "rounds_to_nearest": (
        Text("rounds to the nearest level", "四舍五入到最近的层"),
        Text("The paper rounds down, towards the finer map.", "论文向下取整，取更精细的一层。"),
    ),
    "forgets_clamp": (
        Text("leaves the pyramid", "没有限制在金字塔之内"),
        Text("Only levels {min_level} to {max_level} exist; anything beyond is read from the nearest of them.", "只有第 {min_level} 到第 {max_level} 层，超出的取最近的一层。"),
    ),
}  # fmt: skip
Positive = Annotated[Real, Gt(0)]
NEAREST = Decimal("0.001")
"""A logarithm nearer than this to a whole number is decided on the areas, as its digits do not show on which side it lies."""
LARGEST = 10**9


class RoiInputs(Inputs):
    """Width and height of the region in pixels of the image; the level and size it is measured by; the levels that exist."""

    width: Positive
    height: Positive
    canonical_level: Integer = 4
    canonical_size: Size = 224
    min_level: Integer = 2
    max_level: Integer = 5

    @model_validator(mode="after")
    def _ordered(self) -> RoiInputs:
        if self.min_level > self.max_level:
            raise Refusal("min_level must not be above max_level", "min_level", "max_level")
        return self


def area_ratio(i: RoiInputs) -> Fraction:
    """wh/s², the square of the ratio whose logarithm counts."""
    return exact(i.width) * exact(i.height) / i.canonical_size**2


def floor_log2(ratio: Fraction) -> int:
    """The largest n with 2^n <= ratio."""
    n = ratio.numerator.bit_length() - ratio.denominator.bit_length()
    return n if ratio >= Fraction(2) ** n else n - 1


def log2_of_root(ratio: Fraction) -> Decimal:
    """log2(sqrt(ratio)) in 50 digits."""
    return WIDE.divide(_ln(ratio), WIDE.multiply(Decimal(2), WIDE.ln(Decimal(2))))


def _ln(ratio: Fraction) -> Decimal:
    return WIDE.subtract(WIDE.ln(Decimal(ratio.numerator)), WIDE.ln(Decimal(ratio.denominator)))


def clamped(i: RoiInputs, unclamped: int) -> Outputs:
    return {"unclamped": unclamped, "level": min(max(unclamped, i.min_level), i.max_level)}


def solve(i: RoiInputs) -> Outputs:
    return clamped(i, i.canonical_level + floor_log2(area_ratio(i)) // 2)


def steps(i: RoiInputs) -> Sequence[Step]:
    found = solve(i)
    unclamped, level = whole(found["unclamped"]), whole(found["level"])
    lines = _level_steps(i, unclamped)
    clamp = rf"k' = \min(\max({unclamped}, {i.min_level}), {i.max_level}) = {level}"
    return [*lead_to(lines, "unclamped", "level"), Step(STEPS["clamp"], clamp, level, "level")]


def _level_steps(i: RoiInputs, unclamped: int) -> list[Step]:
    ratio, shift = area_ratio(i), unclamped - i.canonical_level
    exponent = log2_of_root(ratio)
    close = abs(exponent - round(exponent)) < NEAREST and ratio != Fraction(4) ** shift
    if close or max(i.width, i.height, i.canonical_size) > LARGEST or min(i.width, i.height) < 1 / LARGEST:
        return _steps_by_powers(i, unclamped)
    side, size = math.sqrt(i.width * i.height), math.sqrt(ratio)
    count = float(exponent)
    area = rf"\sqrt{{{given(i.width)} \cdot {given(i.height)}}}"
    return [
        Step(STEPS["side"], line("r", area, side), side),
        Step(STEPS["ratio"], line("q", rf"\frac{{{near(side, GUARDED)}}}{{{i.canonical_size}}}", size, rough=True), size),
        Step(STEPS["logarithm"], line("x", rf"\log_2 ({near(size, GUARDED)})", count, rough=True), count),
        Step(STEPS["floor"], rf"k = \lfloor {i.canonical_level}{plus(near(count))} \rfloor = {unclamped}", unclamped),
    ]  # fmt: skip


def _steps_by_powers(i: RoiInputs, unclamped: int) -> list[Step]:
    shift = unclamped - i.canonical_level
    areas = rf"\frac{{{given(i.width)} \cdot {given(i.height)}}}{{{i.canonical_size}^2}}"
    return [
        Step(STEPS["power"], rf"4^{{{shift}}} \le {areas} < 4^{{{shift + 1}}}", None),
        Step(STEPS["shift"], rf"k = {i.canonical_level}{plus(str(shift))} = {unclamped}", unclamped),
    ]


def _natural(i: RoiInputs) -> Outputs:
    exponent = WIDE.divide(_ln(area_ratio(i)), Decimal(2))
    return clamped(i, i.canonical_level + math.floor(exponent))


def _whole_ratio(i: RoiInputs) -> Outputs:
    return clamped(i, i.canonical_level + floor_log2(area_ratio(i)))


def _nearest(i: RoiInputs) -> Outputs:
    return clamped(i, i.canonical_level + (floor_log2(area_ratio(i)) + 1) // 2)


def _follow_level(i: RoiInputs, own: Outputs) -> Value:
    return clamped(i, whole(own["unclamped"]))["level"]


FAMILY = Family(
    id="fpn_roi_level",
    title=TITLE,
    inputs=RoiInputs,
    outputs={"unclamped": Output("integer", UNCLAMPED), "level": Output("integer", LEVEL)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "natural_logarithm": _natural,
            "forgets_square_root": _whole_ratio,
            "rounds_to_nearest": _nearest,
            "forgets_clamp": lambda i: {"level": solve(i)["unclamped"]},
        },
    ),
    follow={"level": _follow_level},
    symbols={"width": "w", "height": "h", "canonical_level": "k_0", "canonical_size": "s"},
)
