"""One step of Adam (Kingma & Ba 2015, algorithm 1; torch.optim.Adam without weight decay). Decimal arithmetic throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from quizcnn.solvers.averages import averaged, correction
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, NonNegative, Real, Refusal, Size
from quizcnn.solvers.notation import GUARDED, base, given, is_exact, line, near, near_operand, operand, plus
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("One step of Adam", "Adam 的一步更新")
CONVENTION = Text(
    "Steps count from 1; m and v are asked as they are stored, before bias correction; eps is added after the root; no weight decay.",
    "步数从 1 开始；所求 m 和 v 是保存的值，未做偏差修正；eps 在开方之后相加；没有权重衰减。",
)
WEIGHT = Text("new weight", "新权重")
FIRST = Text("new first moment m", "新的一阶矩 m")
SECOND = Text("new second moment v", "新的二阶矩 v")
STEPS = {
    "m": Text("running mean of the gradient", "梯度的滑动平均"),
    "v": Text("running mean of the squared gradient", "梯度平方的滑动平均"),
    "corrected_m": Text("first moment corrected for its start at 0", "一阶矩做偏差修正"),
    "corrected_v": Text("second moment corrected for its start at 0", "二阶矩做偏差修正"),
    "change": Text("change: first moment over the root of the second, times the learning rate", "更新量：一阶矩除以二阶矩的平方根，再乘学习率"),
    "weight": Text("the weight moves against the gradient", "权重沿梯度的反方向移动"),
}  # fmt: skip
MISTAKES = {
    "forgets_bias_correction": (
        Text("leaves out the bias correction", "没有做偏差修正"),
        Text(
            "m and v start at 0 and are too small at first; at step {step} they are divided by 1 − beta^{step}.",
            "m 和 v 从 0 开始，最初偏小；第 {step} 步要除以 1 − beta^{step}。",
        ),
    ),
    "forgets_square_root": (
        Text("divides by the second moment without its root", "除以二阶矩而没有开方"),
        Text(
            "v holds squared gradients: only its root has the unit of the gradient.",
            "v 是梯度平方的平均，开方后才与梯度同单位。",
        ),
    ),
    "stores_corrected_moments": (
        Text("gives the corrected moments", "给出了修正后的矩"),
        Text(
            "The correction is made for the update alone; what is stored stays uncorrected.",
            "偏差修正只用于这次更新，保存的 m 和 v 不修正。",
        ),
    ),
    "swaps_betas": (
        Text("exchanges beta1 and beta2", "把 beta1 和 beta2 弄反了"),
        Text(
            "beta1 = {beta1} averages the gradient, beta2 = {beta2} its square.",
            "beta1 = {beta1} 用于梯度，beta2 = {beta2} 用于梯度的平方。",
        ),
    ),
}
Decay = Annotated[Real, Field(ge=0, lt=1)]


class AdamInputs(Inputs):
    """State before the step: weight, m and v; ``step`` is the number of this step, from 1."""

    weight: Real
    gradient: Real
    step: Size
    m: Real = 0.0
    v: NonNegative = 0.0
    learning_rate: Real = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    eps: NonNegative = 1e-8

    @model_validator(mode="after")
    def _has_divisor(self) -> AdamInputs:
        if not self.eps and not (self.v and self.beta2) and not self.gradient:
            raise Refusal("the second moment stays 0, so eps must be above 0", "eps", "gradient", "v")
        return self


@dataclass(frozen=True, slots=True)
class Moments:
    """New moments as stored, and corrected for their start at 0."""

    m: Decimal
    v: Decimal
    corrected_m: Decimal
    corrected_v: Decimal


def moments(i: AdamInputs, beta1: float, beta2: float) -> Moments:
    first, second, gradient = decimal_of(beta1), decimal_of(beta2), decimal_of(i.gradient)
    m = averaged(decimal_of(i.m), gradient, first)
    v = averaged(decimal_of(i.v), WIDE.multiply(gradient, gradient), second)
    return Moments(m, v, WIDE.divide(m, correction(first, i.step)), WIDE.divide(v, correction(second, i.step)))


def change_of(i: AdamInputs, m: Decimal, divisor: Decimal) -> Decimal:
    """learning_rate*m/(divisor + eps)"""
    return WIDE.divide(WIDE.multiply(decimal_of(i.learning_rate), m), WIDE.add(divisor, decimal_of(i.eps)))


def moved(i: AdamInputs, m: Decimal, divisor: Decimal) -> float:
    """The weight after the step."""
    return float(WIDE.subtract(decimal_of(i.weight), change_of(i, m, divisor)))


def outputs_of(i: AdamInputs, found: Moments) -> Outputs:
    return {
        "weight": moved(i, found.corrected_m, WIDE.sqrt(found.corrected_v)),
        "m": float(found.m),
        "v": float(found.v),
    }


def solve(i: AdamInputs) -> Outputs:
    return outputs_of(i, moments(i, i.beta1, i.beta2))


def steps(i: AdamInputs) -> Sequence[Step]:
    found = moments(i, i.beta1, i.beta2)
    m, v = float(found.m), float(found.v)
    first = Step(STEPS["m"], line(r"\beta_1 m+(1-\beta_1)g", _average(i.beta1, i.m, operand(i.gradient)), m), m)
    squared = f"{base(i.gradient)}^2"
    second = Step(STEPS["v"], line(r"\beta_2 v+(1-\beta_2)g^2", _average(i.beta2, i.v, squared), v), v)
    corrected = [
        _corrected("m", i.beta1, i.step, m, float(found.corrected_m)),
        _corrected("v", i.beta2, i.step, v, float(found.corrected_v)),
    ]
    return [
        *lead_to([first], "m"),
        *lead_to([second], "v"),
        *lead_to([first, second, *corrected, *_weight_steps(i, found)], "weight"),
    ]


def _average(beta: float, old: float, new: str) -> str:
    return rf"{given(beta)} \cdot {operand(old)}+(1-{given(beta)}) \cdot {new}"


def _corrected(name: str, beta: float, step: int, raw: float, value: float) -> Step:
    expression = rf"\frac{{{near(raw, GUARDED)}}}{{1-{base(beta)}^{{{step}}}}}"
    symbol = rf"\hat{{{name}}}"
    return Step(
        STEPS[f"corrected_{name}"], line(symbol, expression, value, rough=not is_exact(raw), places=GUARDED), value
    )


def _weight_steps(i: AdamInputs, found: Moments) -> list[Step]:
    m, v = float(found.corrected_m), float(found.corrected_v)
    root = rf"\sqrt{{{near(v, GUARDED)}}}{plus(given(i.eps)) if i.eps else ''}"
    change = float(change_of(i, found.corrected_m, WIDE.sqrt(found.corrected_v)))
    weight = moved(i, found.corrected_m, WIDE.sqrt(found.corrected_v))
    fraction = rf"{given(i.learning_rate)} \cdot \frac{{{near(m, GUARDED)}}}{{{root}}}"
    symbol = r"\eta \frac{\hat{m}}{\sqrt{\hat{v}}+\epsilon}"
    return [
        Step(STEPS["change"], line(symbol, fraction, change, rough=not is_exact(m, v), places=GUARDED), change),
        Step(STEPS["weight"], _new_weight(i.weight, change, weight), weight),
    ]


def _new_weight(old: float, change: float, new: float) -> str:
    expression = f"{given(old)}-{near_operand(change, GUARDED)}"
    return line("w", expression, new, rough=not is_exact(change), places=GUARDED)


def _without_correction(i: AdamInputs) -> Outputs:
    found = moments(i, i.beta1, i.beta2)
    return {"weight": moved(i, found.m, WIDE.sqrt(found.v))}


def _without_root(i: AdamInputs) -> Outputs:
    found = moments(i, i.beta1, i.beta2)
    return {"weight": moved(i, found.corrected_m, found.corrected_v)}


def _corrected_outputs(i: AdamInputs) -> Outputs:
    found = moments(i, i.beta1, i.beta2)
    return {"m": float(found.corrected_m), "v": float(found.corrected_v)}


def _swapped(i: AdamInputs) -> Outputs:
    return outputs_of(i, moments(i, i.beta2, i.beta1)) if i.beta1 != i.beta2 else {}


def _follow_weight(i: AdamInputs, own: Outputs) -> Value:
    key = solve(i)
    m, v = own.get("m", key["m"]), own.get("v", key["v"])
    if not isinstance(m, int | float) or not isinstance(v, int | float) or v < 0:
        return key["weight"]
    corrected_m = WIDE.divide(decimal_of(float(m)), correction(decimal_of(i.beta1), i.step))
    corrected_v = WIDE.divide(decimal_of(float(v)), correction(decimal_of(i.beta2), i.step))
    return moved(i, corrected_m, WIDE.sqrt(corrected_v)) if v or i.eps else key["weight"]


FAMILY = Family(
    id="adam_step",
    title=TITLE,
    inputs=AdamInputs,
    outputs={"weight": Output("real", WEIGHT), "m": Output("real", FIRST), "v": Output("real", SECOND)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_bias_correction": _without_correction,
            "forgets_square_root": _without_root,
            "stores_corrected_moments": _corrected_outputs,
            "swaps_betas": _swapped,
        },
    ),
    follow={"weight": _follow_weight},
    symbols={
        "weight": "w",
        "gradient": "g",
        "step": "t",
        "learning_rate": r"\eta",
        "beta1": r"\beta_1",
        "beta2": r"\beta_2",
        "eps": r"\epsilon",
    },
)
