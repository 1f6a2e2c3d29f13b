"""Focal loss of one binary prediction (Lin et al. 2017, RetinaNet, equations 4 and 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Label, NonNegative, Probability, Refusal
from quizcnn.solvers.notation import GUARDED, given, is_exact, line, near
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Focal loss", "focal loss（焦点损失）")
CONVENTION = Text(
    "p is the probability of target 1; natural logarithm; alpha weighs target 1, 1 − alpha weighs target 0; without alpha there is no weighting.",
    "p 为目标等于 1 的概率；取自然对数；目标为 1 时权重为 alpha，为 0 时权重为 1 − alpha；不给 alpha 就不加权。",
)
OUTPUTS = {
    "p_t": Output("real", Text("p_t, probability of the target", "真实类别的概率 p_t")),
    "modulating_factor": Output("real", Text("modulating factor", "调制因子")),
    "cross_entropy": Output("real", Text("cross-entropy", "交叉熵"), ("nat", "nats")),
    "loss": Output("real", Text("focal loss", "focal loss 的值"), ("nat", "nats")),
}
STEPS = {
    "positive": Text("target 1: p itself", "目标为 1：就是 p"),
    "negative": Text("target 0: 1 − p", "目标为 0：取 1 − p"),
    "factor": Text("factor that damps easy examples", "压低易分样本的因子"),
    "cross_entropy": Text("cross-entropy of the target", "真实类别的交叉熵"),
    "weight": Text("weight of target 0", "目标为 0 的权重"),
    "loss": Text("loss: weight, factor and cross-entropy multiplied", "损失：权重、调制因子与交叉熵相乘"),
}
MISTAKES = {
    "modulates_with_p_not_one_minus_p": (
        Text("raises p_t instead of 1 − p_t", "对 p_t 而不是 1 − p_t 求幂"),
        Text("p_t^{gamma} would damp the hard examples; the factor must be small where p_t is near 1.", "p_t 的 {gamma} 次方压低的是难样本；因子应当在 p_t 接近 1 时变小。"),
    ),
    "forgets_alpha": (
        Text("leaves out alpha", "漏乘了 alpha"),
        Text("The loss is also weighted by class: alpha = {alpha} for target 1, the rest for target 0.", "损失还要按类别加权：目标为 1 时乘 alpha = {alpha}，为 0 时乘其余部分。"),
    ),
    "alpha_on_the_wrong_class": (
        Text("exchanges alpha and 1 − alpha", "把 alpha 与 1 − alpha 弄反了"),
        Text("alpha = {alpha} belongs to target 1, the foreground, and 1 − alpha to target 0.", "alpha = {alpha} 属于目标 1（前景），1 − alpha 属于目标 0。"),
    ),
    "uses_p_for_negatives": (
        Text("takes p for p_t though the target is 0", "目标为 0 时仍用 p 当 p_t"),
        Text("p_t is the probability given to the true class, 1 − {probability} for target 0.", "p_t 是给真实类别的概率，目标为 0 时是 1 − {probability}。"),
    ),
    "multiplies_by_gamma": (
        Text("multiplies by gamma instead of raising to it", "把 gamma 当系数相乘而不是求幂"),
        Text("gamma = {gamma} is an exponent: (1 − p_t)^gamma.", "gamma = {gamma} 是指数：(1 − p_t)^gamma。"),
    ),
    "forgets_minus": (
        Text("leaves out the minus", "漏了负号"),
        Text("The logarithm of p_t is at most 0, a loss at least 0.", "p_t 的对数不大于 0，损失不小于 0，所以要取负。"),
    ),
}  # fmt: skip


class FocalInputs(Inputs):
    """probability of target 1; null alpha means no weighting."""

    probability: Probability
    target: Label
    alpha: Probability | None = 0.25
    gamma: NonNegative = 2.0

    @model_validator(mode="after")
    def _is_finite(self) -> FocalInputs:
        if self.probability == 1 - self.target:
            raise Refusal("a certain wrong prediction has p_t = 0 and an infinite loss", "probability", "target")
        return self


def truth(i: FocalInputs) -> Decimal:
    """p_t"""
    p = decimal_of(i.probability)
    return p if i.target else WIDE.subtract(Decimal(1), p)


def power(value: Decimal, exponent: float) -> Decimal:
    """value^exponent with 0^0 = 1."""
    if not exponent:
        return Decimal(1)
    return WIDE.power(value, decimal_of(exponent)) if value else Decimal(0)


def factor_of(i: FocalInputs, p_t: Decimal) -> Decimal:
    """(1 - p_t)^gamma"""
    return power(WIDE.subtract(Decimal(1), p_t), i.gamma)


def weight_of(i: FocalInputs, target: int) -> Decimal:
    if i.alpha is None:
        return Decimal(1)
    alpha = decimal_of(i.alpha)
    return alpha if target else WIDE.subtract(Decimal(1), alpha)


def outputs_by(p_t: Decimal, factor: Decimal, weight: Decimal) -> dict[str, Value]:
    entropy = abs(WIDE.ln(p_t))
    return {
        "p_t": float(p_t),
        "modulating_factor": float(factor),
        "cross_entropy": float(entropy),
        "loss": float(WIDE.multiply(weight, WIDE.multiply(factor, entropy))),
    }


def solve(i: FocalInputs) -> Outputs:
    p_t = truth(i)
    return outputs_by(p_t, factor_of(i, p_t), weight_of(i, i.target))


def steps(i: FocalInputs) -> Sequence[Step]:
    p_t = float(truth(i))
    found = solve(i)
    factor, entropy = float(rational(found["modulating_factor"])), float(rational(found["cross_entropy"]))
    name, expression = ("positive", "") if i.target else ("negative", f"1-{given(i.probability)}")
    first = Step(STEPS[name], line("p_t", expression, p_t), p_t)
    second = Step(STEPS["factor"], line(r"(1-p_t)^{\gamma}", _raised(i, p_t), factor, places=GUARDED), factor)
    third = Step(STEPS["cross_entropy"], line(r"-\ln p_t", rf"-\ln {given(p_t)}", entropy, places=GUARDED), entropy)
    return [
        *lead_to([first], "p_t"),
        *lead_to([first, second], "modulating_factor"),
        *lead_to([first, third], "cross_entropy"),
        *lead_to([first, second, third, *_loss_steps(i, factor, entropy)], "loss"),
    ]


def _raised(i: FocalInputs, p_t: float) -> str:
    return f"(1-{given(p_t)})^{{{given(i.gamma)}}}" if i.gamma else ""


def _loss_steps(i: FocalInputs, factor: float, entropy: float) -> list[Step]:
    loss, weight = float(rational(solve(i)["loss"])), float(weight_of(i, i.target))
    product = rf"{near(factor, GUARDED)} \cdot {near(entropy, GUARDED)}"
    lines = []
    if i.alpha is not None:
        product = rf"{given(weight)} \cdot {product}"
        if not i.target:
            lines.append(Step(STEPS["weight"], line(r"1-\alpha", f"1-{given(i.alpha)}", weight), weight))
    return [*lines, Step(STEPS["loss"], line("L", product, loss, rough=not is_exact(factor, entropy)), loss)]


def _part(values: Mapping[str, Value], *names: str) -> Outputs:
    return {name: values[name] for name in names}


def _modulates_with_p(i: FocalInputs) -> Outputs:
    found = outputs_by(truth(i), power(truth(i), i.gamma), weight_of(i, i.target))
    return _part(found, "modulating_factor", "loss")


def _times_gamma(i: FocalInputs) -> Outputs:
    factor = WIDE.multiply(decimal_of(i.gamma), WIDE.subtract(Decimal(1), truth(i)))
    return _part(outputs_by(truth(i), factor, weight_of(i, i.target)), "modulating_factor", "loss")


def _weighted(i: FocalInputs, weight: Decimal) -> Outputs:
    found = outputs_by(truth(i), factor_of(i, truth(i)), weight)
    return _part(found, "loss") if i.alpha is not None else {}


def _p_for_negatives(i: FocalInputs) -> Outputs:
    p = decimal_of(i.probability)
    return {} if i.target else outputs_by(p, factor_of(i, p), weight_of(i, i.target))


def _negated(i: FocalInputs) -> Outputs:
    found = solve(i)
    return {name: 0.0 - float(rational(found[name])) for name in ("cross_entropy", "loss")}


def _follow_loss(i: FocalInputs, own: Outputs) -> Value:
    """From the own factor and, where it was given, the own cross-entropy."""
    entropy = decimal_of(float(rational(own.get("cross_entropy", solve(i)["cross_entropy"]))))
    product = WIDE.multiply(decimal_of(float(rational(own["modulating_factor"]))), entropy)
    return float(WIDE.multiply(weight_of(i, i.target), product))


FAMILY = Family(
    id="focal_loss",
    title=TITLE,
    inputs=FocalInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "modulates_with_p_not_one_minus_p": _modulates_with_p,
            "forgets_alpha": lambda i: _weighted(i, Decimal(1)),
            "alpha_on_the_wrong_class": lambda i: _weighted(i, weight_of(i, 1 - i.target)),
            "uses_p_for_negatives": _p_for_negatives,
            "multiplies_by_gamma": _times_gamma,
            "forgets_minus": _negated,
        },
    ),
    follow={"loss": _follow_loss},
    symbols={"probability": "p", "target": "y", "alpha": r"\alpha", "gamma": r"\gamma"},
)
