"""Generalized, distance and complete IoU of two boxes (Rezatofighi et al. 2019; Zheng et al. 2020; torchvision.ops)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.boxes import Corners, area, check_solid, corners_of, intersection
from quizcnn.solvers.decimals import WIDE, nearest_number
from quizcnn.solvers.inputs import Box, Inputs
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import GUARDED, difference, is_exact, line, near
from quizcnn.solvers.values import Value, rational
from quizcnn.solvers.vectors import root
from quizcnn.text import Text

TITLE = Text("GIoU, DIoU and CIoU of two boxes", "两个框的 GIoU、DIoU 与 CIoU")
CONVENTION = Text(
    "Boxes are [x1, y1, x2, y2], width = x2 − x1; GIoU as in Rezatofighi et al. 2019, DIoU and CIoU as in Zheng et al. 2020, with alpha = v/(1 − IoU + v).",
    "框为 [x1, y1, x2, y2]，宽取 x2 − x1；GIoU 按 Rezatofighi 等 2019，DIoU 和 CIoU 按 Zheng 等 2020，alpha = v/(1 − IoU + v)。",
)
OUTPUTS = {
    "iou": Output("real", Text("IoU", "交并比 IoU")),
    "giou": Output("real", Text("GIoU", "广义交并比 GIoU")),
    "diou": Output("real", Text("DIoU", "距离交并比 DIoU")),
    "ciou": Output("real", Text("CIoU", "完整交并比 CIoU")),
}
STEPS = {
    "common": Text("area of the intersection", "交集面积"),
    "apart": Text("no common area", "没有公共部分"),
    "union": Text("both areas, the common part counted once", "两框面积之和减去重复的交集"),
    "iou": Text("intersection over union", "交集除以并集"),
    "hull": Text("area of the smallest box around both", "最小外接框的面积"),
    "giou": Text("take off the share of the enclosing box that neither covers", "减去外接框中两框都没覆盖的比例"),
    "center": Text("squared distance of the centres", "两中心距离的平方"),
    "diagonal": Text("squared diagonal of the enclosing box", "外接框对角线的平方"),
    "diou": Text("take off the squared distance relative to the squared diagonal", "减去距离平方与对角线平方之比"),
    "aspect": Text("how far the shapes differ", "宽高比的差异"),
    "same_shape": Text("equal shapes: no further penalty", "宽高比相同，没有这一项"),
    "alpha": Text("weight of the shape term", "形状项的权重"),
    "ciou": Text("take off the weighted shape term", "再减去加权的形状项"),
}
MISTAKES = {
    "encloses_with_union": (
        Text("takes the union for the enclosing box", "把并集当成了外接框"),
        Text("The enclosing box is a rectangle around both; with the union in its place the penalty is always 0.", "外接框是包住两框的最小矩形；若用并集代替，惩罚项恒为 0。"),
    ),
    "divides_by_union": (
        Text("divides the empty part by the union", "空白部分除以了并集"),
        Text("The empty part is a share of the enclosing box, so that GIoU never falls below −1.", "空白部分是外接框的一部分，应除以外接框面积，GIoU 才不会低于 −1。"),
    ),
    "adds_penalty": (
        Text("adds the penalty", "把惩罚项加上去了"),
        Text("The penalty is taken off: boxes further apart must score lower.", "惩罚项要减去，两框离得越远得分应越低。"),
    ),
    "forgets_square_in_distance": (
        Text("leaves out the squares of distance and diagonal", "距离和对角线都没有平方"),
        Text("DIoU takes off the squared distance over the squared diagonal.", "DIoU 减去的是距离平方与对角线平方之比。"),
    ),
    "forgets_alpha": (
        Text("leaves out the weight of the shape term", "漏了形状项的权重 alpha"),
        Text("The shape term is weighed by alpha = v/(1 − IoU + v), which is small while the overlap is poor.", "形状项要乘 alpha = v/(1 − IoU + v)，重叠差时它很小。"),
    ),
}  # fmt: skip


class GiouInputs(Inputs):
    """Two boxes by their corners, each with width and height."""

    a: Box
    b: Box

    @model_validator(mode="after")
    def _has_sizes(self) -> GiouInputs:
        for name, box in (("a", self.a), ("b", self.b)):
            check_solid(box, name)
        return self


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boxes in units of one over ``unit``."""

    a: Corners
    b: Corners
    unit: int

    @property
    def common(self) -> int:
        return intersection(self.a, self.b)

    @property
    def union(self) -> int:
        return area(self.a) + area(self.b) - self.common

    @property
    def iou(self) -> Fraction:
        return Fraction(self.common, self.union)

    @property
    def hull(self) -> Corners:
        (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = self.a, self.b
        return min(ax1, bx1), min(ay1, by1), max(ax2, bx2), max(ay2, by2)

    @property
    def apart(self) -> tuple[int, int]:
        """Twice the distance of the centres on both axes."""
        x, y = (self.a[axis] + self.a[axis + 2] - self.b[axis] - self.b[axis + 2] for axis in (0, 1))
        return x, y

    @property
    def distance(self) -> Fraction:
        """d²/c²"""
        (x, y), (width, height) = self.apart, size(self.hull)
        return Fraction(x * x + y * y, 4 * (width * width + height * height))

    @property
    def empty(self) -> int:
        """The part of the enclosing box that neither covers."""
        return area(self.hull) - self.union

    @property
    def giou(self) -> Fraction:
        return self.iou - Fraction(self.empty, area(self.hull))

    @property
    def diou(self) -> Fraction:
        return self.iou - self.distance

    @property
    def aspect(self) -> Fraction:
        """v; the difference of the two arcs as one arc, so that near shapes lose no digits."""
        (wa, ha), (wb, hb) = size(self.a), size(self.b)
        turn = WIDE.divide(Decimal(wa * hb - wb * ha), Decimal(ha * hb + wa * wb))
        return Fraction(4 / math.pi**2 * math.atan(float(turn)) ** 2)

    @property
    def penalty(self) -> Fraction:
        """alpha*v"""
        v = self.aspect
        return v * v / (1 - self.iou + v) if v else v


def size(box: Corners) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def read(i: GiouInputs) -> Pair:
    (a, b), unit = corners_of((i.a, i.b))
    return Pair(a, b, unit)


def floats(**values: Fraction) -> Outputs:
    return {name: float(value) for name, value in values.items()}


def solve(i: GiouInputs) -> Outputs:
    pair = read(i)
    return floats(iou=pair.iou, giou=pair.giou, diou=pair.diou, ciou=pair.diou - pair.penalty)


def steps(i: GiouInputs) -> Sequence[Step]:
    pair = read(i)
    overlap = _overlap_steps(pair)
    distance = _distance_steps(pair)
    return [
        *lead_to(overlap, "iou"),
        *lead_to([*overlap, *_hull_steps(pair)], "giou"),
        *lead_to([*overlap, *distance], "diou"),
        *lead_to([*overlap, *distance, *_shape_steps(pair)], "ciou"),
    ]


def _area(value: int, pair: Pair) -> Fraction:
    return Fraction(value, pair.unit**2)


def _length(value: int, pair: Pair) -> str:
    return near(Fraction(value, pair.unit))


def _number(value: Fraction) -> int | float:
    return nearest_number(value) if value.denominator > 1 else int(value)


def _product(symbol: str, box: Corners, pair: Pair) -> str:
    width, height = size(box)
    value = _number(_area(width * height, pair))
    exact = is_exact(Fraction(width, pair.unit), Fraction(height, pair.unit))
    return line(symbol, rf"{_length(width, pair)} \cdot {_length(height, pair)}", value, rough=not exact)


def _overlap_steps(pair: Pair) -> list[Step]:
    common, union = _number(_area(pair.common, pair)), _number(_area(pair.union, pair))
    both = (min(pair.a[2], pair.b[2]), min(pair.a[3], pair.b[3]))
    inner = (max(pair.a[0], pair.b[0]), max(pair.a[1], pair.b[1]), *both)
    first = Step(STEPS["common"], _product("I", inner, pair), common) if common else Step(STEPS["apart"], "I = 0", 0)
    sizes = [_number(_area(area(box), pair)) for box in (pair.a, pair.b)]
    terms = f"{near(sizes[0])}+{near(sizes[1])}-{near(common)}"
    whole = line("U", terms, union, rough=not is_exact(*sizes, common))
    ratio = line(
        r"\mathrm{IoU}", fraction(near(common), near(union)), float(pair.iou), rough=not is_exact(common, union)
    )
    return [first, Step(STEPS["union"], whole, union), Step(STEPS["iou"], ratio, float(pair.iou))]


def _hull_steps(pair: Pair) -> list[Step]:
    hull, union = _number(_area(area(pair.hull), pair)), _number(_area(pair.union, pair))
    share = fraction(difference(hull, union), near(hull, GUARDED))
    value = float(pair.giou)
    result = line(r"\mathrm{GIoU}", f"{near(float(pair.iou), GUARDED)}-{share}", value, rough=True)
    return [Step(STEPS["hull"], _product("C", pair.hull, pair), hull), Step(STEPS["giou"], result, value)]


def _distance_steps(pair: Pair) -> list[Step]:
    (x, y), (width, height) = pair.apart, size(pair.hull)
    center = _number(Fraction(x * x + y * y, 4 * pair.unit**2))
    diagonal = _number(Fraction(width * width + height * height, pair.unit**2))
    halves = [Fraction(abs(part), 2 * pair.unit) for part in (x, y)]
    sides = [Fraction(side, pair.unit) for side in (width, height)]
    taken = fraction(near(center, GUARDED), near(diagonal, GUARDED))
    value = float(pair.diou)
    result = line(r"\mathrm{DIoU}", f"{near(float(pair.iou), GUARDED)}-{taken}", value, rough=True)
    return [
        Step(STEPS["center"], _squares("d^2", halves, center), center),
        Step(STEPS["diagonal"], _squares("c^2", sides, diagonal), diagonal),
        Step(STEPS["diou"], result, value),
    ]


def _squares(symbol: str, parts: Sequence[Fraction], value: int | float) -> str:
    terms = "+".join(f"{_plain(part)}^2" for part in parts)
    return line(symbol, terms, value, rough=not is_exact(*parts))


def _plain(value: Fraction) -> str:
    text = near(value, GUARDED)
    return text if text.replace(".", "").isdigit() else f"({text})"


def _shape_steps(pair: Pair) -> list[Step]:
    v, value = pair.aspect, float(pair.diou - pair.penalty)
    iou = float(pair.iou)
    if not v:
        same = line(r"\mathrm{CIoU}", f"{near(value, GUARDED)}-0", value, rough=not is_exact(value))
        return [Step(STEPS["same_shape"], "v = 0", 0), Step(STEPS["ciou"], same, value)]
    weight = float(v / (1 - pair.iou + v))
    shape = near(float(v), GUARDED)
    alpha = line(r"\alpha", fraction(shape, f"1-{near(iou, GUARDED)}+{shape}"), weight, rough=True)
    taken = rf"{near(weight, GUARDED)} \cdot {shape}"
    result = line(r"\mathrm{CIoU}", f"{near(float(pair.diou), GUARDED)}-{taken}", value, rough=True)
    return [
        Step(STEPS["aspect"], rf"v = \frac{{4}}{{\pi^2}} \cdot {_arcs(pair)}^2 \approx {near(float(v))}", float(v)),
        Step(STEPS["alpha"], alpha, weight),
        Step(STEPS["ciou"], result, value),
    ]


def _arcs(pair: Pair) -> str:
    (wa, ha), (wb, hb) = size(pair.a), size(pair.b)
    sides = (WIDE.divide(Decimal(width), Decimal(height)) for width, height in ((wa, ha), (wb, hb)))
    arcs = (math.atan(float(side)) for side in sides)
    return f"({'-'.join(f'{arc:.10g}' for arc in arcs)})"


def _plain_distance(i: GiouInputs) -> Outputs:
    pair = read(i)
    diou = float(pair.iou) - root(pair.distance)
    return {"diou": diou, "ciou": diou - float(pair.penalty)}


def _follow_giou(i: GiouInputs, own: Outputs) -> Value:
    pair = read(i)
    return float(rational(own.get("iou", float(pair.iou))) - Fraction(pair.empty, area(pair.hull)))


def _follow_diou(i: GiouInputs, own: Outputs) -> Value:
    pair = read(i)
    return float(rational(own.get("iou", float(pair.iou))) - pair.distance)


def _follow_ciou(i: GiouInputs, own: Outputs) -> Value:
    pair = read(i)
    return float(rational(own.get("diou", float(pair.diou))) - pair.penalty)


def _wrong(slug: str, rule: Callable[[Pair], Mapping[str, Fraction]]) -> Mistake[GiouInputs]:
    label, why = MISTAKES[slug]
    return Mistake(slug, label, why, lambda i: floats(**rule(read(i))))


FAMILY = Family(
    id="box_giou",
    title=TITLE,
    inputs=GiouInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _wrong("encloses_with_union", lambda pair: {"giou": pair.iou}),
        _wrong("divides_by_union", lambda pair: {"giou": pair.iou - Fraction(pair.empty, pair.union)}),
        _wrong("adds_penalty", lambda pair: {"giou": pair.iou + Fraction(pair.empty, area(pair.hull))}),
        Mistake("forgets_square_in_distance", *MISTAKES["forgets_square_in_distance"], _plain_distance),
        _wrong("forgets_alpha", lambda pair: {"ciou": pair.diou - pair.aspect}),
    ),
    follow={"giou": _follow_giou, "diou": _follow_diou, "ciou": _follow_ciou},
)
