"""Which anchors are positive, negative or ignored when a region proposal network is trained (Ren et al. 2015, section 3.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.boxes import Corners, area, check_corners, corners_of, intersection, iou
from quizcnn.solvers.inputs import Box, Inputs, Many, Probability, Refusal, refuse_work
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import GUARDED, is_exact, line, list_line, near
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Matching anchors to targets", "anchor 与真值框的匹配")
CONVENTION = Text(
    "Boxes are [x1, y1, x2, y2]; labels as in Faster R-CNN: at positive_threshold an anchor is positive, at negative_threshold not yet negative; of equally good anchors the first counts, one of IoU 0 never.",
    "框为 [x1, y1, x2, y2]；按 Faster R-CNN 分配标签：交并比等于 positive_threshold 为正样本，等于 negative_threshold 还不算负样本；同样好的 anchor 取第一个，交并比为 0 的不算。",
)
POSITIVE, NEGATIVE, IGNORE = WORDS = ("positive", "negative", "ignore")
LABELS = Text("labels of the anchors: positive, negative or ignore", "各 anchor 的标签：positive、negative 或 ignore")
STEPS = {
    "overlap": Text("IoU of anchor {anchor} and target {target}", "anchor {anchor} 与真值框 {target} 的交并比"),
    "apart": Text("anchor {anchor} meets no target", "anchor {anchor} 与真值框都不相交"),
    "largest": Text("largest IoU of each anchor", "各 anchor 的最大交并比"),
    "best": Text("target {target}: anchor {anchor} fits best and is positive", "真值框 {target}：anchor {anchor} 最匹配，为正样本"),
    "labels": Text("thresholds first, then the best anchors", "先按阈值，再加上最佳 anchor"),
}  # fmt: skip
MISTAKES = {
    "forgets_best_anchor_rule": (
        Text("uses the thresholds alone", "只用了阈值"),
        Text("The best anchor of each target is positive too, so that no object is left without one.", "每个真值框的最佳 anchor 也是正样本，否则有的目标会没有正样本。"),
    ),
    "no_ignore_zone": (
        Text("calls negative all that is not positive", "不是正样本就当成负样本"),
        Text("From {negative_threshold} to below {positive_threshold} an anchor is neither and adds no loss.", "交并比从 {negative_threshold} 到 {positive_threshold} 之间两者都不是，不计损失。"),
    ),
    "ignored_as_positive": (
        Text("calls positive all that is not negative", "不是负样本就当成正样本"),
        Text("An anchor is positive from {positive_threshold} on; between the thresholds it is ignored.", "交并比不低于 {positive_threshold} 才是正样本，两阈值之间忽略。"),
    ),
}  # fmt: skip
LINES = 12
MOST_PAIRS = 3 * 10**5


class MatchingInputs(Inputs):
    """Anchors and targets by their corners, and the two thresholds of the IoU."""

    anchors: Many[Box]
    targets: Many[Box]
    positive_threshold: Probability = 0.7
    negative_threshold: Probability = 0.3

    @model_validator(mode="after")
    def _fits(self) -> MatchingInputs:
        if self.negative_threshold > self.positive_threshold:
            raise Refusal("negative_threshold must not be above positive_threshold", "negative_threshold", "positive_threshold")  # fmt: skip
        check_corners(self.anchors, "anchors")
        check_corners(self.targets, "targets")
        refuse_work(len(self.anchors) * len(self.targets), "anchors", "targets", most=MOST_PAIRS)
        return self


def corners(i: MatchingInputs) -> tuple[list[Corners], list[Corners], int]:
    """Anchors and targets as integers, and the denominator that they share."""
    boxes, unit = corners_of((*i.anchors, *i.targets))
    return boxes[: len(i.anchors)], boxes[len(i.anchors) :], unit


def overlaps(i: MatchingInputs) -> list[list[Fraction]]:
    """IoU of each anchor (row) with each target (column)."""
    anchors, targets, _ = corners(i)
    return [[iou(anchor, target) for target in targets] for anchor in anchors]


def best_anchors(table: Sequence[Sequence[Fraction]]) -> list[int | None]:
    """For each target the anchor that overlaps most, the first of equals; None where none does."""
    columns = list(zip(*table, strict=True))
    return [column.index(max(column)) if any(column) else None for column in columns]


def by_threshold(i: MatchingInputs, largest: Fraction) -> str:
    if largest >= exact(i.positive_threshold):
        return POSITIVE
    return NEGATIVE if largest < exact(i.negative_threshold) else IGNORE


def thresholded(i: MatchingInputs, table: Sequence[Sequence[Fraction]]) -> tuple[str, ...]:
    return tuple(by_threshold(i, max(row)) for row in table)


def labels(i: MatchingInputs) -> tuple[str, ...]:
    table = overlaps(i)
    best = set(best_anchors(table))
    return tuple(POSITIVE if place in best else label for place, label in enumerate(thresholded(i, table)))


def solve(i: MatchingInputs) -> Outputs:
    return {"labels": labels(i)}


def steps(i: MatchingInputs) -> Sequence[Step]:
    table, found = overlaps(i), labels(i)
    few = len(i.anchors) * len(i.targets) <= LINES
    largest = [float(max(row)) for row in table]
    best = best_anchors(table)
    shown = ", ".join(rf"\mathrm{{{label}}}" for label in found[:LINES]) + (r", \dots" if len(found) > LINES else "")
    return [
        *(_overlap_steps(i, table) if few else []),
        Step(STEPS["largest"], list_line("m", largest), tuple(largest), "labels"),
        *(_best_step(place, at) for place, at in enumerate(best) if at is not None and place < LINES),
        Step(STEPS["labels"], f"L = [{shown}]", found, "labels"),
    ]


def _best_step(target: int, anchor: int) -> Step:
    caption = STEPS["best"].map(lambda text: text.format(target=target, anchor=anchor))
    return Step(caption, rf"b_{{{target}}} = {anchor}", None, "labels")


def _overlap_steps(i: MatchingInputs, table: Sequence[Sequence[Fraction]]) -> list[Step]:
    """A line for every pair that overlaps, one for an anchor that meets nothing."""
    lines = []
    for place, row in enumerate(table):
        if not any(row):
            caption = Text(STEPS["apart"].en.format(anchor=place), STEPS["apart"].zh.format(anchor=place))
            lines.append(Step(caption, rf"m_{{{place}}} = 0", 0, "labels"))
        lines += [_overlap_step(i, place, at, share) for at, share in enumerate(row) if share]
    return lines


def _overlap_step(i: MatchingInputs, place: int, at: int, share: Fraction) -> Step:
    anchors, targets, unit = corners(i)
    one, other, value = anchors[place], targets[at], float(share)
    parts = [Fraction(part, unit**2) for part in (intersection(one, other), area(one), area(other))]
    common, first, second = (near(part, GUARDED) for part in parts)
    quotient = fraction(common, f"{first}+{second}-{common}")
    text = line(rf"\mathrm{{IoU}}_{{{place},{at}}}", quotient, value, rough=not is_exact(*parts))
    return Step(STEPS["overlap"].map(lambda said: said.format(anchor=place, target=at)), text, value, "labels")


def _thresholds_only(i: MatchingInputs) -> Outputs:
    return {"labels": thresholded(i, overlaps(i))}


def _in_place_of_ignore(word: str) -> Callable[[MatchingInputs], Outputs]:
    return lambda i: {"labels": tuple(word if label == IGNORE else label for label in labels(i))}


FAMILY = Family(
    id="anchor_matching",
    title=TITLE,
    inputs=MatchingInputs,
    outputs={"labels": Output("list", LABELS, elements="word", words=WORDS)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_best_anchor_rule": _thresholds_only,
            "no_ignore_zone": _in_place_of_ignore(NEGATIVE),
            "ignored_as_positive": _in_place_of_ignore(POSITIVE),
        },
    ),
)
