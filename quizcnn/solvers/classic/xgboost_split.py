"""Leaf weights and gain of a split in gradient boosting (Chen & Guestrin 2016, equations 5 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Real, Refusal
from quizcnn.solvers.notation import given, line, near, near_operand, plus
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Split in XGBoost", "XGBoost 的一次分裂")
CONVENTION = Text(
    "Leaf weight −G/(H + λ), the parent sums both sides; gain ½·(left score + right score − parent score) − γ with scores G²/(H + λ); learning rate 1.",
    "叶权重 −G/(H + λ)，父节点取两侧之和；得分 G²/(H + λ)，增益 ½·(左 + 右 − 父) − γ；学习率为 1。",
)
LEFT = Text("weight of the left leaf", "左叶权重")
RIGHT = Text("weight of the right leaf", "右叶权重")
PARENT = Text("weight of the unsplit leaf", "不分裂时的叶权重")
GAIN = Text("gain of the split", "分裂增益")
STEPS = {
    "left": Text("left: gradient over hessian with λ, the sign turned", "左叶：梯度除以二阶导加 λ，再变号"),
    "right": Text("right: the same", "右叶：同理"),
    "sums": Text("both sides together: gradient", "两侧合计：梯度"),
    "hessians": Text("both sides together: hessian", "两侧合计：二阶导"),
    "parent": Text("the leaf before the split", "分裂前的叶"),
    "left_score": Text("score of the left leaf", "左叶得分"),
    "right_score": Text("score of the right leaf", "右叶得分"),
    "parent_score": Text("score of the parent", "父节点得分"),
    "gain": Text("half of what the scores gain, less the price of a leaf", "得分增量的一半，减去新增叶的代价"),
}
MISTAKES = {
    "sign_of_weight": (
        Text("does not turn the sign", "没有变号"),
        Text("The weight goes against the gradient: it makes G·w + ½(H + λ)·w² smallest.", "权重与梯度方向相反，才能使 G·w + ½(H + λ)·w² 最小。"),
    ),
    "forgets_half": (
        Text("leaves out the half", "漏乘了 ½"),
        Text("At its minimum the quadratic is −½ G²/(H + λ), so the gain carries a half.", "二次函数的最小值是 −½ G²/(H + λ)，所以增益带 ½。"),
    ),
    "forgets_gamma": (
        Text("leaves out γ", "没有减 γ"),
        Text("Every further leaf costs γ = {gamma}, which the gain must cover.", "每多一片叶的代价是 γ = {gamma}，要从增益里减去。"),
    ),
    "forgets_parent": (
        Text("leaves out the parent's score", "没有减父节点的得分"),
        Text("A gain is measured against not splitting, so the parent's score goes off.", "增益是相对不分裂而言，要减去父节点的得分。"),
    ),
}  # fmt: skip


class SplitInputs(Inputs):
    """Sums of first and second derivatives on both sides; hessians, reg_lambda and gamma not negative."""

    left_gradient: Real
    left_hessian: NonNegative
    right_gradient: Real
    right_hessian: NonNegative
    reg_lambda: NonNegative = 1.0
    gamma: NonNegative = 0.0

    @model_validator(mode="after")
    def _has_curvature(self) -> SplitInputs:
        for side in ("left_hessian", "right_hessian"):
            if not getattr(self, side) and not self.reg_lambda:
                raise Refusal("hessian and reg_lambda must not both be 0", side, "reg_lambda")
        return self


Side = tuple[Fraction, Fraction]
"""Gradient, and hessian with lambda."""


def sides(i: SplitInputs) -> tuple[Side, Side, Side]:
    """Left, right, both."""
    left, right, penalty = exact(i.left_gradient), exact(i.right_gradient), exact(i.reg_lambda)
    over, under = exact(i.left_hessian), exact(i.right_hessian)
    return (left, over + penalty), (right, under + penalty), (left + right, over + under + penalty)


def score(side: Side) -> Fraction:
    return side[0] ** 2 / side[1]


def _weights(i: SplitInputs, sign: int) -> Outputs:
    names = ("left_weight", "right_weight", "parent_weight")
    return {name: float(sign * gradient / curve) + 0.0 for name, (gradient, curve) in zip(names, sides(i), strict=True)}


def raised(i: SplitInputs) -> Fraction:
    left, right, parent = map(score, sides(i))
    return left + right - parent


def solve(i: SplitInputs) -> Outputs:
    return {**_weights(i, -1), "gain": float(raised(i) / 2 - exact(i.gamma))}


def steps(i: SplitInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    left, right, parent = sides(i)
    gradient, hessian = float(parent[0]), float(exact(i.left_hessian) + exact(i.right_hessian))
    one = _leaf("left", "w_L", i.left_gradient, i.left_hessian, i, found["left_weight"])
    two = _leaf("right", "w_R", i.right_gradient, i.right_hessian, i, found["right_weight"])
    sums = [
        Step(STEPS["sums"], line("G", f"{given(i.left_gradient)}{plus(given(i.right_gradient))}", gradient), gradient),
        Step(STEPS["hessians"], line("H", f"{given(i.left_hessian)}+{given(i.right_hessian)}", hessian), hessian),
    ]
    whole = _leaf("parent", "w", gradient, hessian, i, found["parent_weight"])
    scores = [
        _score("left_score", "S_L", i.left_gradient, i.left_hessian, i, left),
        _score("right_score", "S_R", i.right_gradient, i.right_hessian, i, right),
        _score("parent_score", "S", gradient, hessian, i, parent),
    ]
    a, b, c = (near(float(score(side)), 6) for side in (left, right, parent))
    last = Step(
        STEPS["gain"],
        line("g", rf"\frac{{{a}+{b}-{c}}}{{2}}-{given(i.gamma)}", found["gain"], rough=True),
        found["gain"],
    )
    return [
        *lead_to([one], "left_weight"),
        *lead_to([two], "right_weight"),
        *lead_to([*sums, whole], "parent_weight"),
        *lead_to([*sums, *scores, last], "gain"),
    ]


def _leaf(step: str, symbol: str, gradient: float, hessian: float, i: SplitInputs, value: float) -> Step:
    latex = rf"-\frac{{{near(gradient)}}}{{{near(hessian)}+{given(i.reg_lambda)}}}"
    return Step(STEPS[step], line(symbol, latex, value, rough=True), value)


def _score(step: str, symbol: str, gradient: float, hessian: float, i: SplitInputs, side: Side) -> Step:
    value = float(score(side))
    latex = rf"\frac{{{near_operand(gradient)}^2}}{{{near(hessian)}+{given(i.reg_lambda)}}}"
    return Step(STEPS[step], line(symbol, latex, value, rough=True), value)


FAMILY = Family(
    id="xgboost_split",
    title=TITLE,
    inputs=SplitInputs,
    outputs={
        "left_weight": Output("real", LEFT),
        "right_weight": Output("real", RIGHT),
        "parent_weight": Output("real", PARENT),
        "gain": Output("real", GAIN),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "sign_of_weight": lambda i: _weights(i, 1),
        "forgets_half": lambda i: {"gain": float(raised(i) - exact(i.gamma))},
        "forgets_gamma": lambda i: {"gain": float(raised(i) / 2)} if i.gamma else {},
        "forgets_parent": lambda i: {"gain": float((raised(i) + score(sides(i)[2])) / 2 - exact(i.gamma))},
    }),
    symbols={"left_gradient": "G_L", "right_gradient": "G_R", "left_hessian": "H_L", "right_hessian": "H_R", "reg_lambda": r"\lambda", "gamma": r"\gamma"},
)  # fmt: skip
