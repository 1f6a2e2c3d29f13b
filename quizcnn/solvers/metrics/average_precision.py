"""Average precision of ranked detections: Pascal VOC's two rules (Everingham et al. 2010) and scikit-learn's step sum.

Recalls are counts over ``positives`` and compare as integers; only the last sum is a float.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Label, Many, Real, Refusal
from quizcnn.solvers.latex import tex
from quizcnn.solvers.notation import ends, given, list_line, near, total
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Average precision", "平均精度 AP")
CONVENTION = Text(
    "all_points and 11_points interpolate as Pascal VOC: at a recall the largest precision at that recall or a higher one; step is scikit-learn's sum without interpolation, tied scores taken together. positives counts all objects, found or not.",
    "all_points 和 11_points 按 Pascal VOC 插值：某召回率处取该处及更高召回率上的最大精确率；step 是 scikit-learn 的求和，不插值，同分合并。positives 是全部目标数，含漏检。",
)
AP = Text("average precision", "平均精度（AP）")
STEPS = {
    "hits": Text(
        "true positives among the first detections, by falling score", "按得分从高到低，前若干个检测中的真正例数"
    ),
    "precisions": Text("precision after each detection", "每个检测之后的精确率"),
    "best": Text("the largest precision from there on, at each true positive", "每个真正例处，此后的最大精确率"),
    "grid": Text(
        "at the recalls 0, 0.1 ... 1 the largest precision at that recall or a higher one",
        "召回率 0、0.1 ... 1 处的插值精确率：此处及更高召回率上的最大精确率",
    ),
    "group": Text(
        "score {score}: true positives gained, times the precision there",
        "得分 {score} 处：新增的真正例数，乘此处的精确率",
    ),
    "all_points": Text("each true positive raises the recall by 1/positives", "每个真正例使召回率增加 1/positives"),
    "11_points": Text("mean over the eleven recalls", "十一个召回率处的平均"),
    "step": Text("sum over the distinct scores", "对各个不同得分求和"),
}
MISTAKES = {
    "trapezoid": (
        Text("takes the trapezoidal area under the raw curve", "用梯形法求了原始曲线下的面积"),
        Text(
            "Between two points of a precision-recall curve a straight line promises precisions that cannot be reached.",
            "精确率-召回率曲线两点之间连直线，会得到实际达不到的精确率。",
        ),
    ),
    "forgets_missed_ground_truth": (
        Text("leaves out the objects that were never detected", "漏算了没有检出的目标"),
        Text(
            "Recall divides by all {positives} objects, those that no detection found among them.",
            "召回率要除以全部 {positives} 个目标，漏检的也算在内。",
        ),
    ),
    "no_interpolation": (
        Text("takes the precisions without interpolation", "没有对精确率插值"),
        Text(
            "Pascal VOC raises each precision to the largest one at the same or a higher recall.",
            "Pascal VOC 把每处的精确率换成该召回率及更高处的最大值。",
        ),
    ),
    "uses_eleven_points": (
        Text("averages over eleven recalls", "用了 11 点平均"),
        Text(
            "That is the rule of VOC 2007; method={method} asks for another one.",
            "那是 VOC 2007 的规则，这里要求的是 method={method}。",
        ),
    ),
    "uses_all_points": (
        Text("takes the area under the interpolated curve", "求了插值曲线下的面积"),
        Text(
            "That is the rule of VOC since 2010; method={method} asks for another one.",
            "那是 VOC 2010 以后的规则，这里要求的是 method={method}。",
        ),
    ),
}
CONVENTIONS = {"no_interpolation", "uses_eleven_points", "uses_all_points"}
LINES = 8

Method: TypeAlias = Literal["all_points", "11_points", "step"]


class ApInputs(Inputs):
    """Detections with their scores, label 1 where one hits an object; positives counts all objects."""

    scores: Many[Real]
    labels: Many[Label]
    positives: Count | None = None
    method: Method

    @model_validator(mode="after")
    def _has_positives(self) -> ApInputs:
        if len(self.scores) != len(self.labels):
            raise Refusal(f"{len(self.scores)} scores do not fit {len(self.labels)} labels", "scores", "labels")
        found = sum(self.labels)
        if self.positives is not None and self.positives < found:
            raise Refusal(f"must be at least the {found} labels that are 1", "positives", "labels")
        if not self.objects:
            raise Refusal("there is no positive, so there is no recall", "labels", "positives")
        return self

    @property
    def objects(self) -> int:
        return sum(self.labels) if self.positives is None else self.positives


Point: TypeAlias = tuple[int, int]
"""True positives and detections so far: recall is the first over the objects, precision their quotient."""


def ranked(i: ApInputs) -> list[tuple[float, int]]:
    """Scores and labels by falling score, ties in the given order."""
    return sorted(zip(i.scores, i.labels, strict=True), key=lambda pair: -pair[0])


def rank_points(i: ApInputs) -> list[Point]:
    """One point a detection."""
    return list(zip(accumulate(label for _, label in ranked(i)), range(1, len(i.labels) + 1), strict=True))


def score_points(i: ApInputs) -> list[Point]:
    """One point a distinct score."""
    order, points = ranked(i), rank_points(i)
    return [
        point for place, point in enumerate(points) if place + 1 == len(order) or order[place + 1][0] != order[place][0]
    ]


def best_precisions(points: Sequence[Point]) -> list[Point]:
    """For every point the one with the largest precision from there on."""
    best, found = points[-1], []
    for hits, seen in reversed(points):
        if hits * best[1] > best[0] * seen:
            best = (hits, seen)
        found.append(best)
    return found[::-1]


def gains(points: Sequence[Point]) -> list[int]:
    """True positives that each point adds."""
    return [hits - before for (hits, _), before in zip(points, [0, *(hits for hits, _ in points)], strict=False)]


def all_points(i: ApInputs, objects: int) -> float:
    points = rank_points(i)
    pairs = zip(gains(points), best_precisions(points), strict=True)
    return math.fsum(hits / seen for gain, (hits, seen) in pairs if gain) / objects


def grid_precisions(i: ApInputs, objects: int) -> list[Point]:
    """At each recall k/10 the best precision from the first point with that recall on, 0/1 where there is none."""
    points = rank_points(i)
    best = best_precisions(points)
    first = (next((at for at, (hits, _) in enumerate(points) if 10 * hits >= k * objects), None) for k in range(11))
    return [(0, 1) if at is None else best[at] for at in first]


def eleven_points(i: ApInputs, objects: int) -> float:
    return math.fsum(hits / seen for hits, seen in grid_precisions(i, objects)) / 11


def step_sum(i: ApInputs, objects: int) -> float:
    points = score_points(i)
    return math.fsum(gain * hits / seen for gain, (hits, seen) in zip(gains(points), points, strict=True)) / objects


RULES: Mapping[Method, Callable[[ApInputs, int], float]] = {
    "all_points": all_points,
    "11_points": eleven_points,
    "step": step_sum,
}


def solve(i: ApInputs) -> Outputs:
    return {"ap": RULES[i.method](i, i.objects)}


def steps(i: ApInputs) -> Sequence[Step]:
    ap = RULES[i.method](i, i.objects)
    if i.method == "step":
        return _score_steps(i, ap)
    points = rank_points(i)
    hits = tuple(hits for hits, _ in points)
    precisions = [Fraction(*point) for point in points]
    return [
        Step(STEPS["hits"], list_line("tp", hits), hits, "ap"),
        Step(STEPS["precisions"], _fractions("P", precisions), tuple(precisions), "ap"),
        *(_grid_steps(i, ap) if i.method == "11_points" else _gain_steps(i, points, ap)),
    ]


def _fractions(symbol: str, values: Sequence[Fraction]) -> str:
    return f"{symbol} = [{', '.join(map(tex, values))}]" if len(values) <= 2 * LINES else list_line(symbol, values)


def _gain_steps(i: ApInputs, points: Sequence[Point], ap: float) -> list[Step]:
    best = [Fraction(*top) for gain, top in zip(gains(points), best_precisions(points), strict=True) if gain]
    if not best:
        return [Step(STEPS["all_points"], rf"\mathrm{{AP}} = \frac{{0}}{{{i.objects}}} = 0", ap, "ap")]
    lines = [Step(STEPS["best"], _fractions("P_{max}", best), tuple(best), "ap")]
    return [*lines, Step(STEPS["all_points"], _mean(best, i.objects, ap), ap, "ap")]


def _grid_steps(i: ApInputs, ap: float) -> list[Step]:
    grid = [Fraction(*point) for point in grid_precisions(i, i.objects)]
    latex = rf"\mathrm{{AP}} = \frac{{{_repeated(grid)}}}{{11}} {ends(ap)}"
    return [
        Step(STEPS["grid"], _fractions("P_{max}", grid), tuple(grid), "ap"),
        Step(STEPS["11_points"], latex, ap, "ap"),
    ]


def _repeated(values: Sequence[Fraction]) -> str:
    """The sum with equal neighbours taken together: ``3 \\cdot 1 + 8 \\cdot \\frac{1}{2}``."""
    runs: list[tuple[int, Fraction]] = []
    for value in values:
        if runs and runs[-1][1] == value:
            runs[-1] = (runs[-1][0] + 1, value)
        else:
            runs.append((1, value))
    return "+".join(rf"{count} \cdot {tex(value)}" for count, value in runs)


def _mean(terms: Sequence[Fraction], below: int, ap: float) -> str:
    added = total(map(tex, terms)) or near(float(sum(terms)))
    return rf"\mathrm{{AP}} = \frac{{{added}}}{{{below}}} {ends(ap)}"


def _score_steps(i: ApInputs, ap: float) -> list[Step]:
    points, order = score_points(i), ranked(i)
    gained = [(gain, point) for gain, point in zip(gains(points), points, strict=True) if gain]
    terms = [gain * Fraction(*point) for gain, point in gained]
    if not terms:
        return [Step(STEPS["step"], rf"\mathrm{{AP}} = \frac{{0}}{{{i.objects}}} = 0", ap, "ap")]
    lines = []
    for place, (gain, (hits, seen)) in enumerate(gained if len(gained) <= LINES else []):
        caption = STEPS["group"].map(lambda text, at=seen - 1: text.format(score=given(order[at][0])))  # type: ignore[misc]
        latex = rf"a_{{{place + 1}}} = {gain} \cdot \frac{{{hits}}}{{{seen}}} {ends(terms[place])}"
        lines.append(Step(caption, latex, terms[place], "ap"))
    return [*lines, Step(STEPS["step"], _mean(terms, i.objects, ap), ap, "ap")]


def _trapezoid(i: ApInputs) -> Outputs:
    points = rank_points(i)
    before = [1.0, *(hits / seen for hits, seen in points)]
    strips = zip(gains(points), points, before, strict=False)
    return {"ap": math.fsum(gain * (hits / seen + left) / 2 for gain, (hits, seen), left in strips) / i.objects}


def _found_only(i: ApInputs) -> Outputs:
    found = sum(i.labels)
    return {"ap": RULES[i.method](i, found)} if found and found < i.objects else {}


def _other(methods: set[str], rule: Callable[[ApInputs, int], float]) -> Callable[[ApInputs], Mapping[str, Value]]:
    """The value of another rule, where one of ``methods`` is asked."""
    return lambda i: {"ap": rule(i, i.objects)} if i.method in methods else {}


FAMILY = Family(
    id="average_precision",
    title=TITLE,
    inputs=ApInputs,
    outputs={"ap": Output("real", AP)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "trapezoid": _trapezoid,
            "forgets_missed_ground_truth": _found_only,
            "no_interpolation": _other({"all_points"}, step_sum),
            "uses_eleven_points": _other({"all_points"}, eleven_points),
            "uses_all_points": _other({"11_points", "step"}, all_points),
        },
        conventions=CONVENTIONS,
    ),
    symbols={"scores": "s", "labels": "y", "positives": "n_+"},
)
