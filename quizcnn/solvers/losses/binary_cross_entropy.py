"""Binary cross-entropy of one probability, and the gradients of it and of the squared error by the logit (Goodfellow et al. 2016, section 6.2.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Label, Probability, Refusal
from quizcnn.solvers.notation import given, line
from quizcnn.text import Text

TITLE = Text("Binary cross-entropy", "二元交叉熵")
CONVENTION = Text(
    "Natural logarithm; the gradients are with respect to the logit whose sigmoid is the probability; the squared error is (p − y)²/2.",
    "取自然对数；梯度是对 logit 求的，概率 p 为该 logit 的 sigmoid；平方误差取 (p − y)²/2。",
)
OUTPUTS = {
    "loss": Output("real", Text("loss", "损失"), ("nat", "nats")),
    "grad_logit": Output("real", Text("gradient of the cross-entropy with respect to the logit", "交叉熵对 logit 的梯度")),
    "squared_error_grad_logit": Output("real", Text("gradient of the squared error with respect to the logit", "平方误差对 logit 的梯度")),
}  # fmt: skip
STEPS = {
    "positive": Text("target 1: minus the logarithm of p", "目标为 1：取 p 的对数的相反数"),
    "negative": Text("target 0: minus the logarithm of 1 − p", "目标为 0：取 1 − p 的对数的相反数"),
    "gradient": Text("the sigmoid's derivative cancels: probability less target", "sigmoid 的导数被约掉：概率减目标"),
    "squared": Text("here it stays: times p(1 − p)", "这里 sigmoid 的导数还在：再乘 p(1 − p)"),
}
MISTAKES = {
    "swaps_classes": (
        Text("takes the loss of the other class", "算成了另一类的损失"),
        Text("p is the probability of target 1; for target {target} the loss looks at the probability of that target.", "p 是目标为 1 的概率；目标为 {target} 时，要看这一类的概率。"),
    ),
    "log_base_two": (
        Text("takes logarithms to base 2", "用了以 2 为底的对数"),
        Text("The loss is in nats: the logarithm is natural.", "损失以 nat 为单位，取自然对数。"),
    ),
    "forgets_minus": (
        Text("leaves out the minus", "漏了负号"),
        Text("The logarithm of a probability is at most 0, a loss at least 0.", "概率的对数不大于 0，而损失不小于 0。"),
    ),
    "forgets_sigmoid_derivative": (
        Text("leaves out the sigmoid's derivative", "漏了 sigmoid 的导数"),
        Text("The squared error reaches the logit through the sigmoid, whose derivative p(1 − p) stays as a factor.", "平方误差要经过 sigmoid 才传到 logit，导数 p(1 − p) 作为因子留了下来。"),
    ),
    "multiplies_cross_entropy_too": (
        Text("multiplies the cross-entropy's gradient by p(1 − p)", "交叉熵的梯度也乘了 p(1 − p)"),
        Text("The logarithm's derivative cancels p(1 − p), so p − y is left.", "对数的导数与 p(1 − p) 约掉，只剩 p − y。"),
    ),
}  # fmt: skip


class BinaryInputs(Inputs):
    """probability of target 1; a wrong certain prediction is refused."""

    probability: Probability
    target: Label

    @model_validator(mode="after")
    def _is_finite(self) -> BinaryInputs:
        if self.probability == 1 - self.target:
            raise Refusal("a certain wrong prediction has an infinite loss", "probability", "target")
        return self

    @property
    def p(self) -> Decimal:
        return decimal_of(self.probability)

    @property
    def error(self) -> Decimal:
        """p - y"""
        return WIDE.subtract(self.p, Decimal(self.target))

    @property
    def slope(self) -> Decimal:
        """p(1 - p), the sigmoid's derivative."""
        return WIDE.multiply(self.p, WIDE.subtract(Decimal(1), self.p))


def loss_for(i: BinaryInputs, target: int) -> Decimal:
    p = i.p if target else WIDE.subtract(Decimal(1), i.p)
    return abs(WIDE.ln(p))


def solve(i: BinaryInputs) -> Outputs:
    return {
        "loss": float(loss_for(i, i.target)),
        "grad_logit": float(i.error),
        "squared_error_grad_logit": float(WIDE.multiply(i.error, i.slope)),
    }


def steps(i: BinaryInputs) -> Sequence[Step]:
    p = given(i.probability)
    loss, error = float(loss_for(i, i.target)), float(i.error)
    squared = float(WIDE.multiply(i.error, i.slope))
    logarithm = rf"-\ln {p}" if i.target else rf"-\ln (1-{p})"
    return [
        Step(STEPS["positive" if i.target else "negative"], line("L", logarithm, loss), loss, "loss"),
        Step(STEPS["gradient"], line("p-y", f"{p}-{i.target}", error), error, "grad_logit"),
        Step(
            STEPS["squared"],
            line("(p-y)p(1-p)", rf"({p}-{i.target}) \cdot {p} \cdot (1-{p})", squared),
            squared,
            "squared_error_grad_logit",
        ),
    ]


FAMILY = Family(
    id="binary_cross_entropy",
    title=TITLE,
    inputs=BinaryInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "swaps_classes": lambda i: {"loss": float(loss_for(i, 1 - i.target))},
            "log_base_two": lambda i: {"loss": float(WIDE.divide(loss_for(i, i.target), WIDE.ln(Decimal(2))))},
            "forgets_minus": lambda i: {"loss": 0.0 - float(loss_for(i, i.target))},
            "forgets_sigmoid_derivative": lambda i: {"squared_error_grad_logit": float(i.error)},
            "multiplies_cross_entropy_too": lambda i: {"grad_logit": float(WIDE.multiply(i.error, i.slope))},
        },
        conventions=("log_base_two",),
    ),
    symbols={"probability": "p", "target": "y"},
)
