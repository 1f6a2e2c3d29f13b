"""The value between four pixels (Gonzalez & Woods 2018, section 2.4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Matrix, Real, Refusal
from quizcnn.solvers.notation import line, near, near_operand, operand, plus
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Bilinear interpolation", "双线性插值")
CONVENTION = Text(
    "Pixel centres lie on whole coordinates from 0; y runs down the rows, x along the columns.",
    "像素中心在整数坐标上，从 0 开始；y 沿行向下，x 沿列向右。",
)
VALUE = Text("interpolated value", "插值结果")
STEPS = {
    "top": Text("along the upper row", "沿上一行"),
    "bottom": Text("along the lower row", "沿下一行"),
    "value": Text("between both rows", "两行之间"),
}
MISTAKES = {
    "nearest_neighbour": (
        Text("takes the nearest pixel", "取了最近的像素"),
        Text("Bilinear interpolation mixes all four pixels around the point.", "双线性插值混合周围四个像素。"),
    ),
    "weights_swapped": (
        Text("gives the near pixel the small weight", "近的像素权重反而小"),
        Text("A pixel weighs by how near it is: 1 less the distance on each axis.", "越近权重越大：每个方向上等于 1 减距离。"),
    ),
    "exchanges_x_and_y": (
        Text("exchanges rows and columns", "把行和列弄反了"),
        Text("y counts rows, x columns.", "y 数行，x 数列。"),
    ),
}  # fmt: skip


class PointInputs(Inputs):
    """An image, shape (height, width), and a point within its pixel centres."""

    image: Matrix
    y: Real
    x: Real

    @model_validator(mode="after")
    def _is_inside(self) -> PointInputs:
        for name, size in (("y", len(self.image)), ("x", len(self.image[0]))):
            if not 0 <= getattr(self, name) <= size - 1:
                raise Refusal(f"must be from 0 to {size - 1}, not {getattr(self, name):g}", name, "image")
        return self


def split(coordinate: float, size: int) -> tuple[int, int, Fraction]:
    """The pixels before and after, and how far beyond the first."""
    place = exact(coordinate)
    low = min(math.floor(place), max(size - 2, 0))
    return low, min(low + 1, size - 1), place - low


def corners(i: PointInputs) -> tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]:
    top, bottom, _ = split(i.y, len(i.image))
    left, right, _ = split(i.x, len(i.image[0]))
    pairs = [(exact(i.image[row][left]), exact(i.image[row][right])) for row in (top, bottom)]
    return pairs[0], pairs[1]


def shares(i: PointInputs) -> tuple[Fraction, Fraction]:
    """Down and across, beyond the upper left pixel."""
    return split(i.y, len(i.image))[2], split(i.x, len(i.image[0]))[2]


def mixed(i: PointInputs, down: Fraction, across: Fraction) -> float:
    upper, lower = ((1 - across) * a + across * b for a, b in corners(i))
    return float((1 - down) * upper + down * lower)


def solve(i: PointInputs) -> Outputs:
    return {"value": mixed(i, *shares(i))}


def steps(i: PointInputs) -> Sequence[Step]:
    down, across = shares(i)
    (a, b), (c, d) = corners(i)
    upper, lower = float((1 - across) * a + across * b), float((1 - across) * c + across * d)
    value = mixed(i, down, across)
    share, rest = near(float(across), 8), near(float(1 - across), 8)
    first = Step(STEPS["top"], _mix("u", rest, float(a), share, float(b), upper), upper)
    second = Step(STEPS["bottom"], _mix("l", rest, float(c), share, float(d), lower), lower)
    latex = rf"{near(float(1 - down), 8)} \cdot {near_operand(upper, 8)}+{near(float(down), 8)} \cdot {near_operand(lower, 8)}"
    return [first, second, Step(STEPS["value"], line("v", latex, value, rough=True), value)]


def _mix(symbol: str, first: str, a: float, second: str, b: float, value: float) -> str:
    return line(symbol, rf"{first} \cdot {operand(a)}{plus(second)} \cdot {operand(b)}", value, rough=True)


def _nearest(i: PointInputs) -> Outputs:
    row, column = (math.floor(exact(place) + Fraction(1, 2)) for place in (i.y, i.x))
    return {"value": i.image[min(row, len(i.image) - 1)][min(column, len(i.image[0]) - 1)]}


def _exchanged(i: PointInputs) -> Outputs:
    if i.x > len(i.image) - 1 or i.y > len(i.image[0]) - 1:
        return {}
    return solve(i.model_copy(update={"x": i.y, "y": i.x}))


def _swapped(i: PointInputs) -> Outputs:
    down, across = shares(i)
    return {"value": mixed(i, 1 - down, 1 - across)}


FAMILY = Family(
    id="bilinear_interpolation",
    title=TITLE,
    inputs=PointInputs,
    outputs={"value": Output("real", VALUE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "nearest_neighbour": _nearest,
            "weights_swapped": _swapped,
            "exchanges_x_and_y": _exchanged,
        },
    ),
    symbols={"image": "I"},
)
