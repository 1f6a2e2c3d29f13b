"""How much a split lowers the impurity of a node (Quinlan 1986; Breiman et al. 1984)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Many, Refusal
from quizcnn.solvers.notation import MOST_TERMS, line, near, near_operand, total
from quizcnn.text import Text

Counts = Sequence[int]
TITLE = Text("Information gain of a split", "划分的信息增益")
CONVENTION = Text(
    "A row a child, a column a class; entropy in bits; children weigh by their share of the samples, an empty one 0.",
    "每行一个子节点，每列一个类别；熵以比特计；子节点按样本占比加权，空节点权重为 0。",
)
PARENT = Text("impurity of the parent", "父节点的不纯度")
CHILDREN = Text("weighted impurity of the children", "子节点的加权不纯度")
GAIN = Text("gain", "增益")
STEPS = {
    "counts": Text("classes in the parent: the columns added up", "父节点各类样本数：按列相加"),
    "entropy": Text("entropy of the parent", "父节点的熵"),
    "gini": Text("Gini impurity of the parent", "父节点的基尼不纯度"),
    "child_entropy": Text("entropy of child {place}, {size} of {whole} samples", "第 {place} 个子节点的熵，样本 {size} / {whole}"),
    "child_gini": Text("Gini impurity of child {place}, {size} of {whole} samples", "第 {place} 个子节点的基尼不纯度，样本 {size} / {whole}"),
    "weighted": Text("mean over the children, weighted by their samples", "按样本数加权平均"),
    "gain": Text("what the split takes off", "划分减少的不纯度"),
}  # fmt: skip
MISTAKES = {
    "unweighted_children": (
        Text("takes the plain mean of the children", "对子节点直接取平均"),
        Text("A child counts by its share of the samples; otherwise a child with one sample would weigh as much as one with a hundred.", "子节点按样本占比加权，否则一个样本的子节点与一百个样本的一样重。"),
    ),
    "natural_logarithm": (
        Text("takes natural logarithms", "用了自然对数"),
        Text("Bits ask for logarithms to base 2; nats are smaller by the factor ln 2.", "以比特计要取以 2 为底的对数，用自然对数会小 ln 2 倍。"),
    ),
    "children_for_gain": (
        Text("gives the children's impurity as gain", "把子节点的不纯度当成了增益"),
        Text("The gain is what the split takes off: parent less children.", "增益是划分减少的量：父节点减子节点。"),
    ),
}  # fmt: skip
LINES = 5


class GainInputs(Inputs):
    """children: class counts, shape (children, classes)."""

    children: Many[Many[Count]]
    criterion: Literal["entropy", "gini"] = "entropy"

    @model_validator(mode="after")
    def _fits(self) -> GainInputs:
        if len({len(child) for child in self.children}) > 1:
            raise Refusal("every row must have as many classes", "children")
        if not any(any(child) for child in self.children):
            raise Refusal("there are no samples", "children")
        return self


def entropy(counts: Counts) -> float:
    """In bits; shares near 1 lose no digits."""
    whole = sum(counts)
    terms = [-(count / whole) * _log2(count, whole) for count in counts if count]
    return math.fsum(terms) + 0.0


def _log2(count: int, whole: int) -> float:
    """log2(count/whole)."""
    return (
        math.log1p(-(whole - count) / whole) / math.log(2) if 2 * count > whole else math.log2(count) - math.log2(whole)
    )


def gini(counts: Counts) -> Fraction:
    whole = sum(counts)
    return 1 - Fraction(sum(count**2 for count in counts), whole**2)


def impurity(i: GainInputs, counts: Counts) -> float:
    return entropy(counts) if i.criterion == "entropy" else float(gini(counts))


def parent_of(i: GainInputs) -> tuple[int, ...]:
    return tuple(map(sum, zip(*i.children, strict=True)))


def solve(i: GainInputs) -> Outputs:
    filled, parent = [child for child in i.children if any(child)], parent_of(i)
    whole = sum(parent)
    if i.criterion == "gini":
        exact_children = sum((gini(child) * sum(child) / whole for child in filled), Fraction())
        found = gini(parent), exact_children, gini(parent) - exact_children
        return dict(zip(("parent", "weighted_children", "gain"), map(float, found), strict=True))
    children = math.fsum(entropy(child) * (sum(child) / whole) for child in filled)
    return {"parent": entropy(parent), "weighted_children": children, "gain": _mutual(i, parent)}


def _mutual(i: GainInputs, parent: Counts) -> float:
    """Gain in bits as mutual information of child and class: a sum of small terms, not a difference of large ones."""
    whole = sum(parent)
    terms = []
    for child in i.children:
        for count, column in zip(child, parent, strict=True):
            if count:
                terms.append(count / whole * _log_ratio(count * whole, sum(child) * column))
    return max(0.0, math.fsum(terms))


def _log_ratio(top: int, bottom: int) -> float:
    """log2(top/bottom), exact near 1."""
    if abs(top - bottom) * 2 < bottom:
        return math.log1p(float(Fraction(top - bottom, bottom))) / math.log(2)
    return math.log2(top) - math.log2(bottom)


def steps(i: GainInputs) -> Sequence[Step]:
    found, parent = solve(i), parent_of(i)
    whole = sum(parent)
    first = [
        Step(STEPS["counts"], rf"n = [{', '.join(map(str, parent))}]", parent),
        Step(
            STEPS[i.criterion],
            line("I", _expression(i, parent), float(str(found["parent"])), rough=True),
            found["parent"],
        ),
    ]
    second = []
    filled = [(place, child) for place, child in enumerate(i.children, 1) if any(child)]
    for place, child in filled[:LINES]:
        value = impurity(i, child)
        caption = _said(f"child_{i.criterion}", place=place, size=sum(child), whole=whole)
        second.append(Step(caption, line(f"I_{{{place}}}", _expression(i, child), value, rough=True), value))
    terms = [rf"\frac{{{sum(child)}}}{{{whole}}} \cdot {near(impurity(i, child))}" for _, child in filled]
    second.append(
        Step(
            STEPS["weighted"],
            line("C", total(terms), float(str(found["weighted_children"])), rough=True),
            found["weighted_children"] if len(terms) <= MOST_TERMS else None,
        )
    )
    difference = rf"{near(float(str(found['parent'])), 6)}-{near_operand(float(str(found['weighted_children'])), 6)}"
    last = Step(STEPS["gain"], line("G", difference, float(str(found["gain"])), rough=True), found["gain"])
    second[-1] = Step(second[-1].caption, second[-1].latex, found["weighted_children"])
    return [*lead_to(first, "parent"), *lead_to(second, "weighted_children"), *lead_to([*first, *second, last], "gain")]


def _said(step: str, **numbers: int) -> Text:
    return STEPS[step].map(lambda text: text.format(**numbers))


def _expression(i: GainInputs, counts: Counts) -> str:
    whole = sum(counts)
    shown = [count for count in counts if count]
    if i.criterion == "gini":
        squares = total(rf"(\frac{{{count}}}{{{whole}}})^2" for count in shown)
        return f"1-({squares})" if squares else ""
    terms = total(rf"\frac{{{count}}}{{{whole}}} \cdot \log_2 \frac{{{count}}}{{{whole}}}" for count in shown)
    return f"-({terms})" if terms else ""


def _unweighted(i: GainInputs) -> Outputs:
    found = [impurity(i, child) for child in i.children if any(child)]
    mean = math.fsum(found) / len(found)
    return {"weighted_children": mean, "gain": impurity(i, parent_of(i)) - mean}


def _nats(i: GainInputs) -> Outputs:
    if i.criterion == "gini":
        return {}
    return {name: float(str(value)) * math.log(2) for name, value in solve(i).items()}


FAMILY = Family(
    id="information_gain",
    title=TITLE,
    inputs=GainInputs,
    outputs={
        "parent": Output("real", PARENT),
        "weighted_children": Output("real", CHILDREN),
        "gain": Output("real", GAIN),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "unweighted_children": _unweighted,
            "natural_logarithm": _nats,
            "children_for_gain": lambda i: {"gain": solve(i)["weighted_children"]},
        },
    ),
    symbols={"children": "n"},
)
