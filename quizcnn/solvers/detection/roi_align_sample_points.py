"""Where RoI Align samples a bin along one axis (He et al. 2017, section 3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Real, Size, refuse_work
from quizcnn.solvers.notation import given, line, list_line
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Sample points of RoI Align", "RoI Align 的采样点")
CONVENTION = Text(
    "A bin is cut into sampling_ratio equal parts and sampled in the middle of each.",
    "每格等分成 sampling_ratio 份，在每份的中点采样。",
)
POINTS = Text("sample points", "采样点")
STEPS = {
    "part": Text("length of a part", "每份的长度"),
    "one": Text("middle of part {place}", "第 {place} 份的中点"),
    "all": Text("all points", "全部采样点"),
}
MISTAKES = {
    "samples_at_bin_edges": (
        Text("samples at the beginning of each part", "在每份的起点采样"),
        Text("The middle of a part stands for it; its edge belongs to the neighbour as well.", "中点才代表这一份，起点同时属于相邻的一份。"),
    ),
    "includes_both_ends": (
        Text("spreads the points from end to end", "把采样点从头到尾均匀铺开"),
        Text("No point lies on the border of the bin: neighbouring bins would share it.", "采样点不落在格的边界上，否则相邻的格会共用它。"),
    ),
}  # fmt: skip
LINES = 4


class SampleInputs(Inputs):
    """Start and size of a bin on the feature map, samples along the axis."""

    start: Real
    bin_size: NonNegative
    sampling_ratio: Size

    @model_validator(mode="after")
    def _is_possible(self) -> SampleInputs:
        refuse_work(self.sampling_ratio, "sampling_ratio", most=10**5)
        return self


def points(i: SampleInputs, shift: Fraction) -> tuple[float, ...]:
    part = exact(i.bin_size) / i.sampling_ratio
    return spaced(exact(i.start) + shift * part, part, i.sampling_ratio)


def spaced(first: Fraction, step: Fraction, count: int) -> tuple[float, ...]:
    """``count`` points from ``first`` on, each rounded once: whole numbers over one denominator, as there may be a million."""
    below = math.lcm(first.denominator, step.denominator)
    start, stride = int(first * below), int(step * below)
    return tuple((start + place * stride) / below for place in range(count))


def solve(i: SampleInputs) -> Outputs:
    return {"points": points(i, Fraction(1, 2))}


def steps(i: SampleInputs) -> Sequence[Step]:
    found, part = points(i, Fraction(1, 2)), float(exact(i.bin_size) / i.sampling_ratio)
    share = rf"\frac{{{given(i.bin_size)}}}{{{i.sampling_ratio}}}"
    lines = [Step(STEPS["part"], line("h", share, part), part)]
    for place, point in enumerate(found[:LINES]):
        latex = rf"{given(i.start)}+({place}+0.5) \cdot {share}"
        lines.append(Step(_numbered(place + 1), line(f"p_{{{place + 1}}}", latex, point), point))
    return [*lines, Step(STEPS["all"], list_line("p", found), found)]


def _numbered(place: int) -> Text:
    return STEPS["one"].map(lambda text: text.format(place=place))


def _ends(i: SampleInputs) -> Outputs:
    if i.sampling_ratio < 2:
        return {}
    return {"points": spaced(exact(i.start), exact(i.bin_size) / (i.sampling_ratio - 1), i.sampling_ratio)}


FAMILY = Family(
    id="roi_align_sample_points",
    title=TITLE,
    inputs=SampleInputs,
    outputs={"points": Output("list", POINTS, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "samples_at_bin_edges": lambda i: {"points": points(i, Fraction())},
            "includes_both_ends": _ends,
        },
    ),
    symbols={"start": "a", "bin_size": "b", "sampling_ratio": "n"},
)
