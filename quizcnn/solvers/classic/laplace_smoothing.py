"""Additive smoothing of counted frequencies (Laplace; Manning et al. 2008, section 13.2)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Many, NonNegative, Refusal
from quizcnn.solvers.notation import MOST_TERMS, given, line, list_line, near, total
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Laplace smoothing", "拉普拉斯平滑")
CONVENTION = Text(
    "Each outcome gets (count + α)/(N + αK); K is the number of outcomes listed, N the sum of the counts.",
    "每个结果的概率为 (计数 + α)/(N + αK)，K 是列出的结果数，N 是计数之和。",
)
PROBABILITIES = Text("smoothed probabilities", "平滑后的概率")
STEPS = {
    "total": Text("all observations", "观测总数"),
    "divisor": Text("each of the K outcomes adds α", "K 个结果各加一个 α"),
    "one": Text("outcome {place}", "第 {place} 个结果"),
    "all": Text("all probabilities", "全部概率"),
}
MISTAKES = {
    "forgets_number_of_outcomes": (
        Text("adds α only once below", "分母只加了一个 α"),
        Text("α is added to every count, so the sum grows by α for each of the outcomes; otherwise the probabilities exceed 1.", "每个计数都加了 α，总和就增加了结果数乘 α，否则概率之和超过 1。"),
    ),
    "unsmoothed": (
        Text("does not smooth", "没有平滑"),
        Text("Without α an outcome that was never seen gets probability 0 and wipes out every product.", "不加 α，没出现过的结果概率为 0，乘起来全是 0。"),
    ),
    "smooths_only_zeros": (
        Text("adds α to the zeros only", "只给计数为 0 的加 α"),
        Text("Every count gets α; favouring the zeros would distort the order of the others' shares.", "每个计数都加 α；只加给 0 会改变其余结果之间的比例。"),
    ),
}  # fmt: skip
LINES = 6


class SmoothingInputs(Inputs):
    """counts of the outcomes, alpha added to each."""

    counts: Many[Count]
    alpha: NonNegative = 1.0

    @model_validator(mode="after")
    def _has_mass(self) -> SmoothingInputs:
        if not any(self.counts) and not self.alpha:
            raise Refusal("counts and alpha must not all be 0", "counts", "alpha")
        return self


def shares(counts: Sequence[Fraction | int], whole: Fraction | int) -> tuple[float, ...]:
    return tuple(float(Fraction(count) / whole) for count in counts)


def solve(i: SmoothingInputs) -> Outputs:
    alpha = exact(i.alpha)
    return {"probabilities": shares([count + alpha for count in i.counts], sum(i.counts) + alpha * len(i.counts))}


def steps(i: SmoothingInputs) -> Sequence[Step]:
    observed, alpha = sum(i.counts), exact(i.alpha)
    whole = float(observed + alpha * len(i.counts))
    values = shares([count + alpha for count in i.counts], observed + alpha * len(i.counts))
    terms = total(map(str, i.counts)) if len(i.counts) <= MOST_TERMS else ""
    lines = [
        Step(STEPS["total"], line("N", terms, observed), observed if terms else None),
        Step(STEPS["divisor"], line("D", rf"{observed}+{given(i.alpha)} \cdot {len(i.counts)}", whole), whole),
    ]
    for place, count in enumerate(i.counts[:LINES]):
        caption = _numbered(place + 1)
        latex = rf"\frac{{{count}+{given(i.alpha)}}}{{{near(whole)}}}"
        lines.append(Step(caption, line(f"p_{{{place + 1}}}", latex, values[place], rough=True), values[place]))
    return [*lines, Step(STEPS["all"], list_line("p", values), values)]


def _numbered(place: int) -> Text:
    return STEPS["one"].map(lambda text: text.format(place=place))


def _divisor_once(i: SmoothingInputs) -> Outputs:
    alpha = exact(i.alpha)
    return {"probabilities": shares([count + alpha for count in i.counts], sum(i.counts) + alpha)}


def _only_zeros(i: SmoothingInputs) -> Outputs:
    counts = [count or exact(i.alpha) for count in i.counts]
    return {"probabilities": shares(counts, sum(counts, Fraction()))}


FAMILY = Family(
    id="laplace_smoothing",
    title=TITLE,
    inputs=SmoothingInputs,
    outputs={"probabilities": Output("list", PROBABILITIES, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_number_of_outcomes": _divisor_once,
            "unsmoothed": lambda i: {"probabilities": shares(i.counts, sum(i.counts))},
            "smooths_only_zeros": _only_zeros,
        },
    ),
    symbols={"counts": "n", "alpha": r"\alpha"},
)
