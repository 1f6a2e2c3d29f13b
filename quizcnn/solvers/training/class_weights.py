"""Weights that balance classes of different size (King & Zeng 2001; scikit-learn's class_weight="balanced")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Size
from quizcnn.solvers.notation import MOST_TERMS, line, list_line, total
from quizcnn.text import Text

TITLE = Text("Balanced class weights", "类别均衡权重")
CONVENTION = Text('As scikit-learn\'s "balanced": N/(K·n) for a class of n samples, N all samples, K classes.', "同 scikit-learn 的 balanced：样本数为 n 的类权重为 N/(K·n)，N 为总样本数，K 为类别数。")  # fmt: skip
WEIGHTS = Text("class weights", "类别权重")
STEPS = {
    "total": Text("all samples", "总样本数"),
    "one": Text("class {place}", "第 {place} 类"),
    "all": Text("all weights", "全部权重"),
}
MISTAKES = {
    "forgets_number_of_classes": (
        Text("leaves out the number of classes", "漏除了类别数"),
        Text("Divided by K, the weights of a balanced set are 1 and the loss keeps its scale.", "除以 K，均衡数据的权重就是 1，损失的尺度不变。"),
    ),
    "inverse_count": (
        Text("takes one over the count", "直接取样本数的倒数"),
        Text("1/n balances the classes too, but makes the loss smaller the more samples there are.", "1/n 也能均衡，但样本越多损失越小。"),
    ),
    "favours_the_majority": (
        Text("gives the larger class the larger weight", "样本多的类权重更大"),
        Text("Weights make up for few samples, so the rare class gets the large one.", "权重用来弥补样本少，少的类权重才大。"),
    ),
}  # fmt: skip
LINES = 6


class WeightInputs(Inputs):
    """Samples of each class, at least one."""

    counts: Many[Size]


def weighted(i: WeightInputs, rule: Callable[[int, int, int], Fraction]) -> Outputs:
    whole, classes = sum(i.counts), len(i.counts)
    return {"weights": tuple(float(rule(whole, classes, count)) for count in i.counts)}


def balanced(whole: int, classes: int, count: int) -> Fraction:
    return Fraction(whole, classes * count)


def solve(i: WeightInputs) -> Outputs:
    return weighted(i, balanced)


def steps(i: WeightInputs) -> Sequence[Step]:
    whole, classes = sum(i.counts), len(i.counts)
    terms = total(map(str, i.counts)) if classes <= MOST_TERMS else ""
    lines = [Step(STEPS["total"], line("N", terms, whole), whole if terms else None)]
    values = [float(balanced(whole, classes, count)) for count in i.counts]
    for place, count in enumerate(i.counts[:LINES], 1):
        latex = rf"\frac{{{whole}}}{{{classes} \cdot {count}}}"
        lines.append(Step(_numbered(place), line(f"w_{{{place}}}", latex, values[place - 1]), values[place - 1]))
    return [*lines, Step(STEPS["all"], list_line("w", values), tuple(values))]


def _numbered(place: int) -> Text:
    return STEPS["one"].map(lambda text: text.format(place=place))


FAMILY = Family(
    id="class_weights",
    title=TITLE,
    inputs=WeightInputs,
    outputs={"weights": Output("list", WEIGHTS, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_number_of_classes": lambda i: weighted(i, lambda n, _, count: Fraction(n, count)),
            "inverse_count": lambda i: weighted(i, lambda _, __, count: Fraction(1, count)),
            "favours_the_majority": lambda i: weighted(i, lambda n, k, count: Fraction(k * count, n)),
        },
    ),
    symbols={"counts": "n"},
)
