"""The learning rate for another batch size: linear (Goyal et al. 2017) or by the square root (Krizhevsky 2014)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Real, Size
from quizcnn.solvers.notation import ends, given, line
from quizcnn.solvers.values import exact
from quizcnn.solvers.vectors import root_of_ratio
from quizcnn.text import Text

TITLE = Text("Learning rate for another batch size", "批大小改变后的学习率")
CONVENTION = Text(
    "With r = batch/base batch the linear rule multiplies by r, the square-root rule by √r.",
    "r = 批大小/基准批大小，线性规则乘 r，平方根规则乘 √r。",
)
RATE = Text("learning rate", "学习率")
STEPS = {
    "ratio": Text("how many times larger the batch is", "批大小是原来的几倍"),
    "linear": Text("linear rule: the rate grows alike", "线性规则：学习率同比例增大"),
    "sqrt": Text("square-root rule", "平方根规则"),
}
MISTAKES = {
    "other_rule": (
        Text("takes the other rule", "用了另一条规则"),
        Text("The linear rule multiplies by the ratio itself, the square-root rule by its root.", "线性规则乘比值本身，平方根规则乘它的平方根。"),
    ),
    "divides": (
        Text("divides by the factor", "除以了这个倍数"),
        Text("A larger batch gives a less noisy gradient and allows a larger step, not a smaller one.", "批越大梯度噪声越小，步子可以更大，而不是更小。"),
    ),
}  # fmt: skip


class ScalingInputs(Inputs):
    """A rate that is right at base_batch, and the batch in use."""

    base_rate: Real
    base_batch: Size
    batch: Size
    rule: Literal["linear", "sqrt"]


def ratio_of(i: ScalingInputs) -> Fraction:
    return Fraction(i.batch, i.base_batch)


def scaled(i: ScalingInputs, rule: str, ratio: Fraction) -> float:
    rate = exact(i.base_rate)
    return float(rate * ratio) if rule == "linear" else root_of_ratio(rate * abs(rate) * ratio, Fraction(1))


def solve(i: ScalingInputs) -> Outputs:
    return {"rate": scaled(i, i.rule, ratio_of(i))}


def steps(i: ScalingInputs) -> Sequence[Step]:
    ratio, rate = ratio_of(i), float(str(solve(i)["rate"]))
    first = Step(STEPS["ratio"], rf"r = \frac{{{i.batch}}}{{{i.base_batch}}} {ends(float(ratio))}", float(ratio))
    factor = rf"\frac{{{i.batch}}}{{{i.base_batch}}}"
    factor = factor if i.rule == "linear" else rf"\sqrt{{{factor}}}"
    return [first, Step(STEPS[i.rule], line(r"\eta", rf"{given(i.base_rate)} \cdot {factor}", rate), rate)]


def _divides(i: ScalingInputs) -> Outputs:
    return {"rate": scaled(i, i.rule, 1 / ratio_of(i))}


FAMILY = Family(
    id="learning_rate_scaling",
    title=TITLE,
    inputs=ScalingInputs,
    outputs={"rate": Output("real", RATE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_rule": lambda i: {"rate": scaled(i, "sqrt" if i.rule == "linear" else "linear", ratio_of(i))},
            "divides": _divides,
        },
    ),
    symbols={"base_rate": r"\eta_0", "base_batch": "B_0", "batch": "B"},
)
