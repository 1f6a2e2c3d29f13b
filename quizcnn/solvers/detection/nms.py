"""Greedy non-maximum suppression (torchvision.ops.nms). IoU and threshold compare as fractions, so a box at the threshold stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.boxes import Corners, area, check_corners, corners_of, intersection, iou, survivors
from quizcnn.solvers.decimals import over_one_denominator, ratio_of
from quizcnn.solvers.inputs import Box, Inputs, Many, Probability, Real, Refusal, refuse_work
from quizcnn.solvers.latex import row
from quizcnn.solvers.notation import ends, given, list_line, near
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Non-maximum suppression", "非极大值抑制 NMS")
CONVENTION = Text(
    "Boxes are [x1, y1, x2, y2], numbered from 0; a box goes when its IoU with a kept one is above the threshold, not at it; kept indices by falling score, equal scores by index.",
    "框为 [x1, y1, x2, y2]，从 0 编号；与已保留的框交并比大于阈值才去掉，等于阈值则保留；保留的序号按得分从高到低排列，同分按序号。",
)
KEPT = Text("indices of the boxes kept", "保留的框的序号")
STEPS = {
    "order": Text("boxes by falling score", "按得分从高到低排列"),
    "goes": Text("box {box} overlaps the kept box {other} by more than {threshold}: it goes", "框 {box} 与已保留的框 {other} 的交并比大于 {threshold}，去掉"),
    "stays": Text("box {box} and the kept box {other}: not above {threshold}, so box {other} does not remove it", "框 {box} 与已保留的框 {other} 的交并比不大于 {threshold}，不会被它去掉"),
    "kept": Text("what no kept box removed; boxes without a line here overlap no kept one", "没有被去掉的框；上面没有列出的框与已保留的框都不相交"),
}  # fmt: skip
MISTAKES = {
    "suppressed_boxes_suppress": (
        Text("lets suppressed boxes suppress others", "让已去掉的框继续去掉别的框"),
        Text("Only a kept box removes others; one that is gone has no say.", "只有保留下来的框才能去掉别的框。"),
    ),
    "keeps_input_order": (
        Text("lists the boxes in the order of the input", "按输入顺序列出"),
        Text("The result is ordered by falling score, as the boxes were taken.", "结果按得分从高到低排列，也就是取框的顺序。"),
    ),
    "at_or_above_threshold": (
        Text("removes boxes at the threshold too", "交并比等于阈值的框也去掉了"),
        Text("A box goes only when its IoU is above {iou_threshold}.", "交并比大于 {iou_threshold} 才去掉。"),
    ),
}  # fmt: skip
MOST_PAIRS = 4 * 10**6
LINES = 12


class NmsInputs(Inputs):
    """Boxes by their corners and a score each; iou_threshold from 0 to 1."""

    boxes: Many[Box]
    scores: Many[Real]
    iou_threshold: Probability

    @model_validator(mode="after")
    def _fits(self) -> NmsInputs:
        if len(self.boxes) != len(self.scores):
            raise Refusal(f"{len(self.boxes)} boxes do not fit {len(self.scores)} scores", "boxes", "scores")
        check_corners(self.boxes, "boxes")
        refuse_work(len(self.boxes) ** 2, "boxes", "scores", most=MOST_PAIRS)
        return self


@dataclass(frozen=True, slots=True)
class Scene:
    """Boxes in units of a common denominator, their areas, and the threshold as a fraction."""

    boxes: list[Corners]
    areas: list[int]
    top: int
    below: int

    def excess(self, one: int, other: int) -> int:
        """Above, at or below 0 as the IoU of two boxes is above, at or below the threshold; that of two empty boxes is 0."""
        common = intersection(self.boxes[one], self.boxes[other])
        union = self.areas[one] + self.areas[other] - common
        return common * self.below - self.top * union if union else -self.top

    def iou(self, one: int, other: int) -> Fraction:
        return iou(self.boxes[one], self.boxes[other])


def scene(i: NmsInputs) -> Scene:
    boxes, _ = corners_of(i.boxes)
    return Scene(boxes, [area(box) for box in boxes], *ratio_of(i.iou_threshold))


def by_score(i: NmsInputs) -> list[int]:
    """Indices by falling score, equal scores by index."""
    return sorted(range(len(i.scores)), key=lambda place: -i.scores[place])


def suppressed(i: NmsInputs, *, at_threshold: bool = False) -> tuple[int, ...]:
    """Indices kept, in the order taken."""
    found, least = scene(i), 0 if at_threshold else 1
    return survivors(by_score(i), lambda place, other: found.excess(place, other) >= least)


def solve(i: NmsInputs) -> Outputs:
    return {"kept": suppressed(i)}


def steps(i: NmsInputs) -> Sequence[Step]:
    order, kept = by_score(i), suppressed(i)
    lines = [Step(STEPS["order"], list_line("o", order), tuple(order), "kept")]
    lines += _pair_steps(i) if len(i.boxes) <= LINES else []
    return [*lines, Step(STEPS["kept"], rf"\mathrm{{kept}} = {row(kept)}", kept, "kept")]


def _pair_steps(i: NmsInputs) -> list[Step]:
    """A line for every overlap with a kept box, until one removes the box."""
    return [_pair_step(i, place, other, share) for place, other, share in overlaps(i)]


def overlaps(i: NmsInputs) -> Iterator[tuple[int, int, Fraction]]:
    found, kept, threshold = scene(i), list[int](), exact(i.iou_threshold)
    for place in by_score(i):
        for other in kept:
            share = found.iou(place, other)
            if share:
                yield place, other, share
            if share > threshold:
                break
        else:
            kept.append(place)


def _pair_step(i: NmsInputs, place: int, other: int, share: Fraction) -> Step:
    found, unit = scene(i), over_one_denominator(value for box in i.boxes for value in box)[1]
    goes = share > exact(i.iou_threshold)
    facts = {"box": place, "other": other, "threshold": given(i.iou_threshold)}
    caption = STEPS["goes" if goes else "stays"].map(lambda text: text.format(**facts))
    common = Fraction(intersection(found.boxes[place], found.boxes[other]), unit**2)
    sizes = [near(Fraction(found.areas[box], unit**2)) for box in (place, other)]
    quotient = rf"\frac{{{near(common)}}}{{{sizes[0]}+{sizes[1]}-{near(common)}}}"
    latex = rf"\mathrm{{IoU}}_{{{place},{other}}} = {quotient} {ends(float(share))}"
    return Step(caption, latex, float(share), "kept")


def _all_suppress(i: NmsInputs) -> Outputs:
    found, order = scene(i), by_score(i)
    kept = (place for rank, place in enumerate(order) if all(found.excess(place, other) <= 0 for other in order[:rank]))
    return {"kept": tuple(kept)}


FAMILY = Family(
    id="nms",
    title=TITLE,
    inputs=NmsInputs,
    outputs={"kept": Output("list", KEPT)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "suppressed_boxes_suppress": _all_suppress,
            "keeps_input_order": lambda i: {"kept": tuple(sorted(suppressed(i)))},
            "at_or_above_threshold": lambda i: {"kept": suppressed(i, at_threshold=True)},
        },
    ),
)
