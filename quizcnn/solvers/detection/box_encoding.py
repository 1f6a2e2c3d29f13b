"""Regression targets of a box relative to its anchor (R-CNN, Girshick et al. 2014, appendix C; torchvision BoxCoder)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.boxes import Corners, check_solid, corners_of
from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Box, Inputs
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import GUARDED, is_exact, line, near, near_operand
from quizcnn.text import Text

TITLE = Text("Encoding a box relative to its anchor", "边界框的回归目标")
CONVENTION = Text(
    "Boxes are [x1, y1, x2, y2]; parametrisation of R-CNN (Girshick et al. 2014), natural logarithm, no variance weights.",
    "框为 [x1, y1, x2, y2]；按 R-CNN（Girshick 等 2014）的参数化，取自然对数，不用方差权重。",
)
OUTPUTS = {
    "tx": Output("real", Text("horizontal offset tx", "水平偏移 tx")),
    "ty": Output("real", Text("vertical offset ty", "垂直偏移 ty")),
    "tw": Output("real", Text("log width ratio tw", "宽的对数比 tw")),
    "th": Output("real", Text("log height ratio th", "高的对数比 th")),
}
STEPS = {
    "anchor": Text("centre of the anchor", "anchor 的中心"),
    "target": Text("centre of the target", "目标框的中心"),
    "offset": Text("distance of the centres, in sizes of the anchor", "中心之差，以 anchor 的尺寸为单位"),
    "ratio": Text("size of the target by that of the anchor", "目标框与 anchor 的尺寸之比"),
    "log": Text("its natural logarithm", "取自然对数"),
}
MISTAKES = {
    "corner_offsets": (
        Text("measures from corner to corner", "用左上角之差代替了中心之差"),
        Text("tx and ty compare centres; the corners move with the size as well.", "tx、ty 比较的是中心；左上角还随尺寸移动。"),
    ),
    "forgets_log": (
        Text("leaves out the logarithm", "漏了取对数"),
        Text("The target is the logarithm of the ratio: 0 for equal sizes, and as far from 0 for half as for twice.", "目标是比值的对数：尺寸相同时为 0，一半与两倍离 0 同样远。"),
    ),
    "divides_by_target": (
        Text("divides by the size of the target", "除以了目标框的尺寸"),
        Text("At test time only the anchor's size is known, so the distance is divided by that.", "推理时只知道 anchor 的尺寸，所以中心之差除以它。"),
    ),
    "inverts_ratio": (
        Text("divides the anchor by the target", "把尺寸之比写反了"),
        Text("A target larger than its anchor needs a positive value: target over anchor.", "目标框比 anchor 大时应为正，即目标框除以 anchor。"),
    ),
    "distance_in_pixels": (
        Text("leaves the distance in pixels", "中心之差没有除以尺寸"),
        Text("Divided by the anchor's size, the same value means the same relative shift at every scale.", "除以 anchor 的尺寸，同一数值在任何尺度上都表示同样的相对偏移。"),
    ),
}  # fmt: skip


class EncodingInputs(Inputs):
    """Anchor and target by their corners, each with width and height."""

    anchor: Box
    target: Box

    @model_validator(mode="after")
    def _has_sizes(self) -> EncodingInputs:
        for name, box in (("anchor", self.anchor), ("target", self.target)):
            check_solid(box, name)
        return self


@dataclass(frozen=True, slots=True)
class Axis:
    """The intervals of anchor and target on one axis, in units of one over ``unit``."""

    anchor: tuple[int, int]
    target: tuple[int, int]
    unit: int

    @property
    def sizes(self) -> tuple[int, int]:
        """Of the anchor, of the target."""
        return self.anchor[1] - self.anchor[0], self.target[1] - self.target[0]

    @property
    def shift(self) -> Fraction:
        """Distance of the centres."""
        return Fraction(sum(self.target) - sum(self.anchor), 2)

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.sizes[1], self.sizes[0])

    def centers(self) -> tuple[Fraction, Fraction]:
        return Fraction(sum(self.anchor), 2 * self.unit), Fraction(sum(self.target), 2 * self.unit)


def axes(i: EncodingInputs) -> tuple[Axis, Axis]:
    boxes: list[Corners]
    boxes, unit = corners_of((i.anchor, i.target))
    x, y = (Axis((boxes[0][at], boxes[0][at + 2]), (boxes[1][at], boxes[1][at + 2]), unit) for at in (0, 1))
    return x, y


def log(ratio: Fraction) -> float:
    """ln, from 50 digits of the ratio: near 1 nothing is lost."""
    return float(WIDE.ln(WIDE.divide(Decimal(ratio.numerator), Decimal(ratio.denominator))))


def solve(i: EncodingInputs) -> Outputs:
    return {**_offsets(i, lambda axis: axis.shift / axis.sizes[0]), **_scales(i, lambda axis: log(axis.ratio))}


def _offsets(i: EncodingInputs, rule: Callable[[Axis], Fraction]) -> Outputs:
    return {name: float(rule(axis)) for name, axis in zip(("tx", "ty"), axes(i), strict=True)}


def _scales(i: EncodingInputs, rule: Callable[[Axis], float]) -> Outputs:
    return {name: rule(axis) for name, axis in zip(("tw", "th"), axes(i), strict=True)}


def steps(i: EncodingInputs) -> Sequence[Step]:
    x, y = axes(i)
    offsets = [*_offset_steps(x, "x", "w"), *_offset_steps(y, "y", "h")]
    return [*offsets, *_scale_steps(x, "w"), *_scale_steps(y, "h")]


def _offset_steps(axis: Axis, letter: str, side: str) -> list[Step]:
    name, centers = f"t{letter}", axis.centers()
    lines = []
    for what, interval, center in zip(("anchor", "target"), (axis.anchor, axis.target), centers, strict=True):
        first, last = (Fraction(end, axis.unit) for end in interval)
        shown = fraction(f"{near(first, GUARDED)}+{near_operand(last, GUARDED)}", 2)
        symbol = f"{letter}_{{{what[0]}}}"
        number = float(center)
        lines.append(
            Step(
                STEPS[what], line(symbol, shown, number, rough=not is_exact(first, last), places=GUARDED), number, name
            )
        )
    value, size = float(axis.shift / axis.sizes[0]), Fraction(axis.sizes[0], axis.unit)
    top = f"{near(float(centers[1]), GUARDED)}-{near_operand(float(centers[0]), GUARDED)}"
    rough = not is_exact(*centers, size)
    result = line(f"t_{letter}", fraction(top, near(size, GUARDED)), value, rough=rough)
    return [*lines, Step(STEPS["offset"], result, value, name)]


def _scale_steps(axis: Axis, side: str) -> list[Step]:
    name, value = f"t{side}", log(axis.ratio)
    sizes = [Fraction(size, axis.unit) for size in axis.sizes]
    ratio = fraction(near(sizes[1], GUARDED), near(sizes[0], GUARDED))
    first = line(f"r_{side}", ratio, float(axis.ratio), rough=not is_exact(*sizes), places=GUARDED)
    return [
        Step(STEPS["ratio"], first, float(axis.ratio), name),
        Step(STEPS["log"], line(f"t_{side}", rf"\ln({ratio})", value, rough=not is_exact(*sizes)), value, name),
    ]


FAMILY = Family(
    id="box_encoding",
    title=TITLE,
    inputs=EncodingInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "corner_offsets": lambda i: _offsets(i, lambda axis: Fraction(axis.target[0] - axis.anchor[0], axis.sizes[0])),
        "forgets_log": lambda i: _scales(i, lambda axis: float(axis.ratio)),
        "divides_by_target": lambda i: _offsets(i, lambda axis: axis.shift / axis.sizes[1]),
        "inverts_ratio": lambda i: _scales(i, lambda axis: log(1 / axis.ratio)),
        "distance_in_pixels": lambda i: _offsets(i, lambda axis: axis.shift / axis.unit),
    }),
)  # fmt: skip
