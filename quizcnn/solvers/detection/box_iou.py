"""Intersection over union of two boxes (torchvision.ops.box_iou), exact in the decimals given; Dice and 1 - IoU beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.boxes import Corners, area, intersection, overlap
from quizcnn.solvers.decimals import over_one_denominator
from quizcnn.solvers.inputs import Box, Inputs, Refusal
from quizcnn.solvers.notation import fine_difference, is_exact, line, list_line, near, near_operand
from quizcnn.solvers.values import Value, exact
from quizcnn.text import Text

TITLE = Text("Intersection over union of two boxes", "两个框的交并比")
CONVENTION = Text(
    "Continuous coordinates: a width is x2 − x1, without + 1; boxes that only touch, and two empty ones, have IoU 0.",
    "坐标连续，宽取 x2 − x1，不加 1；只相接的框和两个空框的交并比为 0。",
)
LABELS = {
    "intersection": Text("area of the intersection", "交集面积"),
    "union": Text("area of the union", "并集面积"),
    "iou": Text("IoU", "交并比 IoU"),
    "dice": Text("Dice coefficient", "Dice 系数"),
    "distance": Text("clustering distance 1 − IoU", "聚类距离 1 − IoU"),
}
STEPS = {
    "corners_a": Text("box a by its corners", "框 a 的角点"),
    "corners_b": Text("box b by its corners", "框 b 的角点"),
    "width": Text("width of the overlap: from the larger left edge to the smaller right one", "重叠部分的宽：较小的右边界减较大的左边界"),
    "height": Text("height of the overlap", "重叠部分的高"),
    "disjoint": Text("no overlap on one axis, so no common area", "有一个方向不重叠，没有公共部分"),
    "intersection": Text("area of the intersection", "交集面积"),
    "area_a": Text("area of box a", "框 a 的面积"),
    "area_b": Text("area of box b", "框 b 的面积"),
    "union": Text("both areas, the common part counted once", "两框面积之和减去重复的交集"),
    "iou": Text("intersection over union", "交集除以并集"),
    "empty": Text("two empty boxes count as 0", "两个空框记为 0"),
    "dice": Text("twice the intersection over the sum of the areas", "两倍交集除以面积之和"),
    "distance": Text("distance of the clustering", "聚类所用的距离"),
}  # fmt: skip
MISTAKES = {
    "union_double_counts": (
        Text("counts the overlap twice in the union", "并集里重叠部分算了两次"),
        Text("The sum of the two areas holds the common part twice; it is taken off once.", "两框面积相加时公共部分算了两次，要减去一次。"),
    ),
    "pixel_plus_one": (
        Text("adds 1 to every width and height", "每个宽和高都加了 1"),
        Text("That counts pixels from edge to edge; with continuous coordinates a width is x2 − x1.", "那是按像素个数计；坐标连续时宽就是 x2 − x1。"),
    ),
    "negative_overlap_multiplied": (
        Text("multiplies two negative overlaps", "把两个负的重叠长度相乘了"),
        Text("A negative overlap is a gap: it counts as 0 before the two are multiplied.", "重叠长度为负说明两框分开，要先取 0 再相乘。"),
    ),
    "xywh_as_xyxy": (
        Text("reads width and height as a corner", "把宽高当成了右下角坐标"),
        Text("In {format} the last two numbers are the size of the box.", "{format} 格式的后两个数是宽和高。"),
    ),
    "center_as_corner": (
        Text("reads the centre as the upper left corner", "把中心当成了左上角"),
        Text("In {format} the box reaches half its size to each side of the first two numbers.", "{format} 格式的框以前两个数为中心，向两边各延伸一半。"),
    ),
    "smaller_box_denominator": (
        Text("divides by the smaller box", "除以了较小框的面积"),
        Text("A small box inside a large one would then score 1; the union is what is divided by.", "那样大框里的小框会得 1 分，应当除以并集。"),
    ),
    "dice_forgets_two": (
        Text("leaves out the factor 2", "漏了系数 2"),
        Text("Two equal boxes must score 1: the sum of the areas is then twice the intersection.", "两框完全重合时应为 1，此时面积之和是交集的两倍。"),
    ),
    "iou_for_dice": (
        Text("gives the IoU for Dice", "把交并比当成了 Dice"),
        Text("Dice is 2·IoU/(1 + IoU), larger than the IoU unless that is 0 or 1.", "Dice 等于 2·IoU/(1 + IoU)，除非 IoU 为 0 或 1，否则更大。"),
    ),
    "iou_for_distance": (
        Text("gives the IoU for the distance", "把交并比当成了距离"),
        Text("A distance is 0 for equal boxes, so it is 1 − IoU.", "两框相同时距离应为 0，所以是 1 − IoU。"),
    ),
}  # fmt: skip

Format: TypeAlias = Literal["xyxy", "xywh", "cxcywh"]


class IouInputs(Inputs):
    """Two boxes of four numbers each, both in the same format; no negative width or height."""

    a: Box
    b: Box
    format: Format = "xyxy"

    @model_validator(mode="after")
    def _has_sizes(self) -> IouInputs:
        for name, box in (("a", self.a), ("b", self.b)):
            if self.format == "xyxy" and (box[2] < box[0] or box[3] < box[1]):
                raise Refusal("x2 must not be below x1, nor y2 below y1", name)
            if self.format != "xyxy" and min(box[2:]) < 0:
                raise Refusal("width and height must be at least 0", name)
        return self


def corners(box: Sequence[int], form: Format) -> Corners:
    """Corners in half units, so that half a width stays whole."""
    x, y, width, height = box
    if form == "xyxy":
        return 2 * x, 2 * y, 2 * width, 2 * height
    if form == "xywh":
        return 2 * x, 2 * y, 2 * (x + width), 2 * (y + height)
    return 2 * x - width, 2 * y - height, 2 * x + width, 2 * y + height


def read(i: IouInputs, form: Format) -> tuple[Corners, Corners, int]:
    """Both boxes by their corners, in units of one over the last number; ``OverflowError`` where a corner is beyond the floats."""
    whole, below = over_one_denominator((*i.a, *i.b))
    a, b = corners(whole[:4], form), corners(whole[4:], form)
    if not all(math.isfinite(value / (2 * below)) for value in (*a, *b)):
        raise OverflowError
    return a, b, 2 * below


def outputs_of(common: int, union: int, areas: int, unit: int) -> Outputs:
    """All outputs from areas in units of 1/unit²."""
    return {
        "intersection": common / unit**2,
        "union": union / unit**2,
        "iou": common / union if union else 0.0,
        "dice": 2 * common / areas if areas else 0.0,
        "distance": (union - common) / union if union else 1.0,
    }


def measured(i: IouInputs, form: Format) -> Outputs:
    a, b, unit = read(i, form)
    common, areas = intersection(a, b), area(a) + area(b)
    return outputs_of(common, areas - common, areas, unit)


def solve(i: IouInputs) -> Outputs:
    return measured(i, i.format)


@dataclass(frozen=True, slots=True)
class Shown:
    """Numbers of the worked steps as floats."""

    a: tuple[float, ...]
    b: tuple[float, ...]
    area_a: float
    area_b: float

    @property
    def rough(self) -> bool:
        return not is_exact(*self.a, *self.b, self.area_a, self.area_b)


def shown(i: IouInputs) -> Shown:
    a, b, unit = read(i, i.format)
    first, second = (tuple(value / unit for value in box) for box in (a, b))
    return Shown(first, second, area(a) / unit**2, area(b) / unit**2)


def steps(i: IouInputs) -> Sequence[Step]:
    box, key = shown(i), floats(solve(i))
    inside = [*_corner_steps(i, box), *_overlap_steps(box, key["intersection"])]
    areas = [_area_step("A", "area_a", box.a, box.area_a), _area_step("B", "area_b", box.b, box.area_b)]
    sizes, common = f"{near(box.area_a)}+{near(box.area_b)}", near(key["intersection"])
    joined = line("U", f"{sizes}-{common}", key["union"], rough=box.rough or not is_exact(key["intersection"]))
    whole = [*inside, *areas, Step(STEPS["union"], joined, key["union"])]
    ratio = _ratio_step("iou", r"\mathrm{IoU}", common, near(key["union"]), key)
    distance = line("d", fine_difference(1, key["iou"]), key["distance"], rough=not is_exact(key["iou"]))
    return [
        *lead_to(inside, "intersection"),
        *lead_to(whole, "union"),
        *lead_to([*whole, ratio], "iou"),
        *lead_to([*inside, *areas, _ratio_step("dice", "D", rf"2 \cdot {common}", sizes, key)], "dice"),
        *lead_to([*whole, ratio, Step(STEPS["distance"], distance, key["distance"])], "distance"),
    ]


def floats(outputs: Outputs) -> dict[str, float]:
    """The outputs typed as what they all are here."""
    return {name: float(value) for name, value in outputs.items() if isinstance(value, int | float)}


def _corner_steps(i: IouInputs, box: Shown) -> list[Step]:
    if i.format == "xyxy":
        return []
    return [
        Step(STEPS["corners_a"], list_line("a", box.a), box.a),
        Step(STEPS["corners_b"], list_line("b", box.b), box.b),
    ]


def _overlap_steps(box: Shown, common: float) -> list[Step]:
    sides = [min(box.a[2 + axis], box.b[2 + axis]) - max(box.a[axis], box.b[axis]) for axis in (0, 1)]
    lines = []
    for axis, (name, symbol) in enumerate((("width", "w"), ("height", "h"))):
        ends = f"\\min({near(box.a[2 + axis])}, {near(box.b[2 + axis])})"
        starts = f"\\max({near(box.a[axis])}, {near(box.b[axis])})"
        latex = line(symbol, f"{ends}-{starts}", sides[axis], rough=not is_exact(*box.a, *box.b))
        lines.append(Step(STEPS[name], latex, sides[axis]))
    if min(sides) <= 0:
        return [*lines, Step(STEPS["disjoint"], "I = 0", 0.0)]
    product = rf"{near(sides[0])} \cdot {near(sides[1])}"
    return [*lines, Step(STEPS["intersection"], line("I", product, common, rough=not is_exact(*sides)), common)]


def _area_step(symbol: str, name: str, box: Sequence[float], value: float) -> Step:
    width, height = (f"({near(box[2 + axis])}-{near_operand(box[axis])})" for axis in (0, 1))
    latex = line(symbol, rf"{width} \cdot {height}", value, rough=not is_exact(*box))
    return Step(STEPS[name], latex, value)


def _ratio_step(name: str, symbol: str, top: str, below: str, key: Mapping[str, float]) -> Step:
    value = key[name]
    if not key["union"]:
        return Step(STEPS["empty"], f"{symbol} = 0", value)
    rough = not is_exact(key["intersection"], key["union"])
    return Step(STEPS[name], line(symbol, rf"\frac{{{top}}}{{{below}}}", value, rough=rough), value)


def _double_union(i: IouInputs) -> Outputs:
    a, b, unit = read(i, i.format)
    common, areas = intersection(a, b), area(a) + area(b)
    found = outputs_of(common, areas, areas, unit)
    return {name: found[name] for name in ("union", "iou", "distance")}


def _plus_one(i: IouInputs) -> Outputs:
    """Every right and lower edge one pixel further out."""
    a, b, unit = read(i, i.format)
    wide = [(x1, y1, x2 + unit, y2 + unit) for x1, y1, x2, y2 in (a, b)]
    common, areas = intersection(*wide), area(wide[0]) + area(wide[1])
    return outputs_of(common, areas - common, areas, unit)


def _negative_overlap(i: IouInputs) -> Outputs:
    a, b, unit = read(i, i.format)
    width, height = overlap(a, b)
    areas = area(a) + area(b)
    if width >= 0 or height >= 0 or areas == width * height:
        return {}
    return outputs_of(width * height, areas - width * height, areas, unit)


def _read_as(given: Format, form: Format) -> Callable[[IouInputs], Outputs]:
    def rule(i: IouInputs) -> Outputs:
        if i.format != given or (form == "xyxy" and any(box[2] < box[0] or box[3] < box[1] for box in (i.a, i.b))):
            return {}
        return measured(i, form)

    return rule


def _by_smaller(i: IouInputs) -> Outputs:
    a, b, _ = read(i, i.format)
    common, smaller = intersection(a, b), min(area(a), area(b))
    return {"iou": common / smaller, "distance": (smaller - common) / smaller} if smaller else {}


def _dice_without_two(i: IouInputs) -> Outputs:
    a, b, _ = read(i, i.format)
    areas = area(a) + area(b)
    return {"dice": intersection(a, b) / areas} if areas else {}


def _own(i: IouInputs, own: Outputs, name: str) -> Fraction:
    value = own.get(name, solve(i)[name])
    return exact(value) if isinstance(value, int | float | Fraction) else Fraction(0)


def _areas(i: IouInputs) -> Fraction:
    a, b, unit = read(i, i.format)
    return Fraction(area(a) + area(b), unit**2)


def _follow_union(i: IouInputs, own: Outputs) -> Value:
    return float(_areas(i) - _own(i, own, "intersection"))


def _follow_iou(i: IouInputs, own: Outputs) -> Value:
    union = _own(i, own, "union") if "union" in own else _areas(i) - _own(i, own, "intersection")
    return float(_own(i, own, "intersection") / union) if union else 0.0


def _follow_dice(i: IouInputs, own: Outputs) -> Value:
    areas = _areas(i)
    return float(2 * _own(i, own, "intersection") / areas) if areas else 0.0


def _follow_distance(i: IouInputs, own: Outputs) -> Value:
    return float(1 - _own(i, own, "iou"))


FAMILY = Family(
    id="box_iou",
    title=TITLE,
    inputs=IouInputs,
    outputs={name: Output("real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "union_double_counts": _double_union,
            "pixel_plus_one": _plus_one,
            "negative_overlap_multiplied": _negative_overlap,
            "xywh_as_xyxy": _read_as("xywh", "xyxy"),
            "center_as_corner": _read_as("cxcywh", "xywh"),
            "smaller_box_denominator": _by_smaller,
            "dice_forgets_two": _dice_without_two,
            "iou_for_dice": lambda i: {"dice": solve(i)["iou"]},
            "iou_for_distance": lambda i: {"distance": solve(i)["iou"]},
        },
        conventions=("pixel_plus_one",),
    ),
    follow={"union": _follow_union, "iou": _follow_iou, "dice": _follow_dice, "distance": _follow_distance},
)
