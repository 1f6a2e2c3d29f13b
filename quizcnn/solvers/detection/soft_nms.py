"""Soft-NMS (Bodla et al. 2017): overlapping boxes lose score in place of going. IoU and threshold compare as fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from annotated_types import Gt
from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.boxes import Corners, area, check_corners, corners_of, intersection, iou, survivors
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Box, Inputs, Many, Probability, Real, Refusal, refuse_work
from quizcnn.solvers.latex import fraction, row
from quizcnn.solvers.notation import GUARDED, given, is_exact, line, list_line, near
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Soft-NMS", "软性非极大值抑制 Soft-NMS")
CONVENTION = Text(
    "As in Bodla et al. 2017: boxes are [x1, y1, x2, y2], numbered from 0, equal scores by index; linear leaves a score as it is where the IoU is just iou_threshold; what falls below score_threshold is out.",
    "按 Bodla 等 2017：框为 [x1, y1, x2, y2]，从 0 编号，同分按序号；linear 在交并比恰为 iou_threshold 时得分不变；低于 score_threshold 的去掉。",
)
OUTPUTS = {
    "order": Output("list", Text("indices in the order picked", "按取出顺序的序号")),
    "scores": Output("list", Text("their scores when picked", "取出时的得分"), elements="real"),
}
STEPS = {
    "overlap": Text("box {one} is picked; its IoU with box {other}", "取出框 {one}；它与框 {other} 的交并比"),
    "decay": Text("the score of box {other} after that", "框 {other} 衰减后的得分"),
    "out": Text("box {other} falls below the score threshold and goes", "框 {other} 低于得分阈值，去掉"),
    "order": Text("in the order picked", "按取出的顺序"),
    "scores": Text("with the scores that they had then", "取出时各自的得分"),
}
MISTAKES = {
    "hard_suppression": (
        Text("removes overlapping boxes as plain NMS does", "像普通 NMS 那样直接去掉重叠框"),
        Text("Soft-NMS keeps an overlapping box and lowers its score; it goes only below the score threshold.", "Soft-NMS 保留重叠框，只降低得分，低于得分阈值才去掉。"),
    ),
    "gaussian_without_square": (
        Text("leaves out the square in the exponent", "指数里漏了平方"),
        Text("The weight is exp(−v²/sigma): small overlaps hardly count.", "权重是 exp(−v²/sigma)，重叠小时几乎不衰减。"),
    ),
    "decays_small_overlaps": (
        Text("decays overlaps below the threshold too", "低于阈值的重叠也衰减了"),
        Text("The linear rule leaves a score as it is up to an IoU of {iou_threshold}.", "linear 规则下，交并比不超过 {iou_threshold} 时得分不变。"),
    ),
    "multiplies_by_overlap": (
        Text("multiplies by the IoU itself", "直接乘了交并比"),
        Text("The weight is 1 − IoU: the more two boxes overlap, the lower the score becomes.", "权重是 1 − IoU，重叠越多得分越低。"),
    ),
    "keeps_first_scores": (
        Text("gives the scores from before the decay", "写的是衰减前的得分"),
        Text("A box keeps the decayed score: that is what later thresholds and AP see.", "框保留的是衰减后的得分，后续的阈值和 AP 都用它。"),
    ),
}  # fmt: skip
LINES = 6
_STEADY = Context(prec=40, rounding=ROUND_HALF_EVEN, Emax=WIDE.Emax, Emin=WIDE.Emin)
"""Scores compare at 40 of their 50 digits, so that equal ones reached by different ways are equal."""
_ONE = Decimal(1)


class SoftNmsInputs(Inputs):
    """Boxes by their corners and a score each."""

    boxes: Many[Box]
    scores: Many[Real]
    iou_threshold: Probability = 0.3
    sigma: Annotated[Real, Gt(0)] = 0.5
    method: Literal["linear", "gaussian"]
    score_threshold: Real = 0.001

    @model_validator(mode="after")
    def _fits(self) -> SoftNmsInputs:
        if len(self.boxes) != len(self.scores):
            raise Refusal(f"{len(self.boxes)} boxes do not fit {len(self.scores)} scores", "boxes", "scores")
        check_corners(self.boxes, "boxes")
        refuse_work(len(self.boxes) ** 2, "boxes", "scores")
        return self


Weight = Callable[[SoftNmsInputs, Fraction], Decimal]
"""What a score is multiplied by, from the IoU with the box picked."""


@dataclass(frozen=True)
class Scene:
    """The boxes as integers; every pick in order with the scores at that time."""

    inputs: SoftNmsInputs

    @cached_property
    def boxes(self) -> list[Corners]:
        return corners_of(self.inputs.boxes)[0]

    def overlap(self, one: int, other: int) -> Fraction:
        return iou(self.boxes[one], self.boxes[other])

    def picks(self, weight: Weight) -> Iterator[tuple[int, dict[int, Decimal], dict[int, Decimal]]]:
        """Index picked, the scores left with it, and the scores of the others after the decay."""
        left = {place: decimal_of(score) for place, score in enumerate(self.inputs.scores)}
        least = decimal_of(self.inputs.score_threshold)
        while left:
            best = min(left, key=lambda place: (-_STEADY.plus(left[place]), place))
            others = {place: score for place, score in left.items() if place != best}
            after = {place: self._decayed(best, place, score, weight) for place, score in others.items()}
            yield best, left, after
            left = {place: score for place, score in after.items() if _STEADY.plus(score) >= least}

    def _decayed(self, best: int, place: int, score: Decimal, weight: Weight) -> Decimal:
        share = self.overlap(best, place)
        return WIDE.multiply(score, weight(self.inputs, share)) if share else score

    def result(self, weight: Weight) -> Outputs:
        taken = [(best, float(left[best])) for best, left, _ in self.picks(weight)]
        return {"order": tuple(best for best, _ in taken), "scores": tuple(score for _, score in taken)}


def kept_share(share: Fraction) -> Decimal:
    """1 - v"""
    return WIDE.divide(Decimal(share.denominator - share.numerator), Decimal(share.denominator))


def decimal(value: Fraction) -> Decimal:
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def bell(i: SoftNmsInputs, exponent: Fraction) -> Decimal:
    """e^(-exponent/sigma)"""
    return WIDE.exp(-WIDE.divide(decimal(exponent), decimal_of(i.sigma)))


def weight_of(i: SoftNmsInputs, share: Fraction) -> Decimal:
    if i.method == "gaussian":
        return bell(i, share * share)
    return kept_share(share) if share > exact(i.iou_threshold) else _ONE


def solve(i: SoftNmsInputs) -> Outputs:
    return Scene(i).result(weight_of)


def steps(i: SoftNmsInputs) -> Sequence[Step]:
    found, outputs = Scene(i), solve(i)
    order, scores = outputs["order"], outputs["scores"]
    lines = _decay_steps(found) if len(i.boxes) <= LINES else []
    indices = [place for place in order if isinstance(place, int)] if isinstance(order, tuple) else []
    values = [score for score in scores if isinstance(score, float)] if isinstance(scores, tuple) else []
    return [
        *lead_to([*lines, Step(STEPS["order"], rf"\mathrm{{order}} = {row(indices)}", order)], "order"),
        *lead_to([*lines, Step(STEPS["scores"], list_line("s", values), scores)], "scores"),
    ]


def _decay_steps(found: Scene) -> list[Step]:
    """Two lines for every overlap of a pick with a box that is left, one more where that goes."""
    lines = []
    for best, left, after in found.picks(weight_of):
        for place, score in after.items():
            if share := found.overlap(best, place):
                lines.append(_overlap_step(found, best, place, share))
                lines.append(_score_step(found.inputs, place, float(left[place]), share, float(score)))
            if _STEADY.plus(score) < decimal_of(found.inputs.score_threshold):
                limit = rf"s_{{{place}}} \approx {near(float(score))}"
                lines.append(Step(_said("out", other=place), limit))
    return lines


def _said(name: str, **facts: int) -> Text:
    return STEPS[name].map(lambda text: text.format(**facts))


def _overlap_step(found: Scene, one: int, other: int, share: Fraction) -> Step:
    unit = corners_of(found.inputs.boxes)[1] ** 2
    a, b = found.boxes[one], found.boxes[other]
    parts = [Fraction(value, unit) for value in (intersection(a, b), area(a), area(b))]
    common, first, second = (near(part, GUARDED) for part in parts)
    quotient = fraction(common, f"{first}+{second}-{common}")
    value = float(share)
    text = line(rf"\mathrm{{IoU}}_{{{one},{other}}}", quotient, value, rough=not is_exact(*parts), places=GUARDED)
    return Step(_said("overlap", one=one, other=other), text, value)


def _score_step(i: SoftNmsInputs, place: int, before: float, share: Fraction, after: float) -> Step:
    v, old = near(float(share), GUARDED), near(before, GUARDED)
    factor = rf"e^{{-\frac{{{v}^2}}{{{given(i.sigma)}}}}}" if i.method == "gaussian" else f"(1-{v})"
    kept = i.method == "linear" and share <= exact(i.iou_threshold)
    expression = rf"{old} \cdot {'1' if kept else factor}"
    text = line(f"s_{{{place}}}", expression, after, rough=True, places=GUARDED)
    return Step(_said("decay", other=place), text, after)


def _hard(i: SoftNmsInputs) -> Outputs:
    """Plain NMS at the same threshold."""
    found, threshold = Scene(i), exact(i.iou_threshold)
    order = sorted(range(len(i.scores)), key=lambda place: -i.scores[place])
    kept = survivors(order, lambda place, other: found.overlap(place, other) > threshold)
    return {"order": kept, "scores": tuple(i.scores[place] for place in kept)}


def _without_square(i: SoftNmsInputs) -> Outputs:
    return Scene(i).result(bell) if i.method == "gaussian" else {}


def _always(i: SoftNmsInputs) -> Outputs:
    return Scene(i).result(lambda _, share: kept_share(share)) if i.method == "linear" else {}


def _by_overlap(i: SoftNmsInputs) -> Outputs:
    threshold = exact(i.iou_threshold)
    rule: Weight = lambda _, share: decimal(share) if share > threshold else _ONE  # noqa: E731
    return Scene(i).result(rule) if i.method == "linear" else {}


def _first_scores(i: SoftNmsInputs) -> Outputs:
    order = solve(i)["order"]
    kept = [place for place in order if isinstance(place, int)] if isinstance(order, tuple) else []
    return {"scores": tuple(i.scores[place] for place in kept)}


FAMILY = Family(
    id="soft_nms",
    title=TITLE,
    inputs=SoftNmsInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "hard_suppression": _hard,
            "gaussian_without_square": _without_square,
            "decays_small_overlaps": _always,
            "multiplies_by_overlap": _by_overlap,
            "keeps_first_scores": _first_scores,
        },
    ),
)
