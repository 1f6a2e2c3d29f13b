"""Anchors (or default boxes) of all feature maps of a detector (Liu et al. 2016, SSD; Redmon & Farhadi 2018, YOLOv3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import Inputs, Many, Size, SizePair
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import total
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Number of anchors", "anchor 总数")
CONVENTION = Text(
    "A map given by one number is square, one given by two is [height, width]; every location of every map has all its anchors.",
    "只给一个数的特征图是方形，给两个数的是 [高, 宽]；每张图的每个位置都有全部 anchor。",
)
OUTPUTS = {"anchors": Output("integer", Text("anchors", "anchor 总数"), COUNT)}
STEPS = {
    "locations": Text("locations of all maps", "所有特征图的位置数之和"),
    "anchors": Text("anchors of all locations", "所有位置的 anchor 数"),
}
MISTAKES = {
    "forgets_square": (
        Text("takes one side of each map for its locations", "把特征图的一条边当成了位置数"),
        Text("A map has as many locations as pixels: height times width.", "特征图有多少个像素就有多少个位置：高乘宽。"),
    ),
    "one_level_only": (
        Text("counts the first map only", "只算了第一张特征图"),
        Text("Every map {feature_sizes} has anchors of its own.", "{feature_sizes} 每张特征图都有自己的 anchor。"),
    ),
    "one_anchor_per_location": (
        Text("counts one anchor a location", "每个位置只算了一个 anchor"),
        Text("Each location carries {anchors_per_location} anchors of different shapes.", "每个位置有 {anchors_per_location} 个形状不同的 anchor。"),
    ),
}  # fmt: skip


class AnchorInputs(Inputs):
    """Maps as sides or [height, width]."""

    feature_sizes: Many[SizePair]
    anchors_per_location: Size


def locations(i: AnchorInputs) -> int:
    return sum(high * wide for high, wide in i.feature_sizes)


def solve(i: AnchorInputs) -> Outputs:
    return {"anchors": locations(i) * i.anchors_per_location}


def steps(i: AnchorInputs) -> Sequence[Step]:
    places, found = locations(i), locations(i) * i.anchors_per_location
    terms = total(f"{high}^2" if high == wide else product(high, wide) for high, wide in i.feature_sizes)
    return [
        Step(STEPS["locations"], f"n = {f'{terms} = ' if terms else ''}{places}", places),
        Step(STEPS["anchors"], rf"n A = {product(places, i.anchors_per_location)} = {found}", found),
    ]


def _mistake(slug: str, wrong: Callable[[AnchorInputs], int | None]) -> Mistake[AnchorInputs]:
    def applied(i: AnchorInputs) -> Outputs:
        found = wrong(i)
        return {} if found is None else {"anchors": found}

    return Mistake(slug, *MISTAKES[slug], applied)


def _first(i: AnchorInputs) -> int | None:
    high, wide = i.feature_sizes[0]
    return high * wide * i.anchors_per_location if len(i.feature_sizes) > 1 else None


FAMILY = Family(
    id="anchor_count",
    title=TITLE,
    inputs=AnchorInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("forgets_square", lambda i: sum(high for high, _ in i.feature_sizes) * i.anchors_per_location),
        _mistake("one_level_only", _first),
        _mistake("one_anchor_per_location", lambda i: locations(i) if i.anchors_per_location > 1 else None),
    ),
    symbols={"anchors_per_location": "A"},
)
