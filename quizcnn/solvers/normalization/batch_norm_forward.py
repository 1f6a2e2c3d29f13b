"""Batch normalisation of one channel in training mode (Ioffe & Szegedy 2015, algorithm 1). Mean and variance are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of, over_one_denominator
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal
from quizcnn.solvers.notation import (
    GUARDED,
    MOST_TERMS,
    fine_difference,
    given,
    is_exact,
    line,
    list_line,
    near,
    plus,
    total,
)
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Batch normalisation of one channel", "单通道批归一化")
CONVENTION = Text(
    "Training mode: the variance divides by N (biased), eps is added to it under the square root; the variance asked is without eps.",
    "训练模式：方差除以 N（有偏），eps 在根号内与方差相加；所求方差不含 eps。",
)
MEAN = Text("mean", "均值")
VARIANCE = Text("variance", "方差")
OUTPUT = Text("normalised values", "归一化后的值")
STEPS = {
    "mean": Text("mean of the N values", "N 个值的均值"),
    "variance": Text("mean of the squared distances from the mean", "各值与均值之差的平方的平均"),
    "deviation": Text("root of the variance with eps", "方差加 eps 后开方"),
    "value": Text("value {place}: centred, divided, times gamma, plus beta", "第 {place} 个值：减均值，除以标准差，乘 gamma，加 beta"),
    "output": Text("all values", "全部值"),
}  # fmt: skip
MISTAKES = {
    "unbiased_variance": (
        Text("divides the variance by N − 1", "方差除以了 N − 1"),
        Text(
            "In training the batch is normalised with the biased variance, divided by N; only the running variance uses N − 1.",
            "训练时用除以 N 的有偏方差归一化，除以 N − 1 的只用于更新滑动方差。",
        ),
    ),
    "divides_by_variance": (
        Text("divides by the variance", "除以了方差"),
        Text(
            "Only the square root has the unit of the values, and only it brings the spread to 1.",
            "方差开方后才与原值同单位，除以它才能把标准差变为 1。",
        ),
    ),
    "forgets_affine": (
        Text("leaves out gamma and beta", "漏了 gamma 和 beta"),
        Text(
            "The normalised value is multiplied by gamma = {gamma}, then beta = {beta} is added.",
            "归一化后还要乘 gamma = {gamma}，再加 beta = {beta}。",
        ),
    ),
}
LINES = 4


class BatchNormInputs(Inputs):
    """values of one channel over batch and positions; eps at least 0."""

    values: Many[Real]
    gamma: Real = 1.0
    beta: Real = 0.0
    eps: NonNegative = 1e-5

    @model_validator(mode="after")
    def _has_spread(self) -> BatchNormInputs:
        if not self.eps and min(self.values) == max(self.values):
            raise Refusal("equal values have variance 0, so eps must be above 0", "values", "eps")
        return self


@dataclass(frozen=True, slots=True)
class Moments:
    """Values as integers over ``below``; their sum, and N² times the variance in units of 1/below²."""

    values: list[int]
    below: int
    total: int
    spread: int

    @property
    def mean(self) -> float:
        return self.total / (len(self.values) * self.below)

    def variance(self, *, unbiased: bool = False) -> tuple[int, int]:
        """Numerator and denominator."""
        count = len(self.values)
        return self.spread, count * (count - 1 if unbiased else count) * self.below**2

    def centred(self, place: int) -> Decimal:
        count = len(self.values)
        return WIDE.divide(Decimal(count * self.values[place] - self.total), Decimal(count * self.below))


def moments(values: Sequence[float]) -> Moments:
    whole, below = over_one_denominator(values)
    added = sum(whole)
    return Moments(whole, below, added, len(whole) * sum(value * value for value in whole) - added * added)


def sum_with_eps(i: BatchNormInputs, variance: tuple[int, int]) -> Decimal:
    return WIDE.add(WIDE.divide(Decimal(variance[0]), Decimal(variance[1])), decimal_of(i.eps))


def outputs_by(i: BatchNormInputs, found: Moments, divisor: Decimal, *, affine: bool = True) -> tuple[float, ...]:
    """Every value centred and divided, then times gamma plus beta."""
    gamma, beta = (decimal_of(i.gamma), decimal_of(i.beta)) if affine else (Decimal(1), Decimal(0))
    factor = WIDE.divide(gamma, divisor)
    return tuple(float(WIDE.fma(found.centred(place), factor, beta)) for place in range(len(i.values)))


def solve(i: BatchNormInputs) -> Outputs:
    found = moments(i.values)
    variance = found.variance()
    return {
        "mean": found.mean,
        "variance": variance[0] / variance[1],
        "output": outputs_by(i, found, WIDE.sqrt(sum_with_eps(i, variance))),
    }


def steps(i: BatchNormInputs) -> Sequence[Step]:
    found, outputs = moments(i.values), solve(i)
    mean, variance, count = found.mean, found.variance()[0] / found.variance()[1], len(i.values)
    few = count <= MOST_TERMS
    terms = total(map(given, i.values))
    squares = total(rf"({fine_difference(value, mean)})^2" for value in i.values) if few else ""
    rough = not is_exact(mean, *i.values)
    first = Step(STEPS["mean"], line(r"\mu", rf"\frac{{{terms}}}{{{count}}}" if terms else "", mean), mean)
    second = Step(
        STEPS["variance"],
        line(r"\sigma^2", rf"\frac{{{squares}}}{{{count}}}" if squares else "", variance, rough=rough, places=GUARDED),
        variance,
    )
    return [
        *lead_to([first], "mean"),
        *lead_to([first, second], "variance"),
        *lead_to([first, second, *_output_steps(i, found, outputs["output"])], "output"),
    ]


def _output_steps(i: BatchNormInputs, found: Moments, output: Value) -> list[Step]:
    values: Sequence[float] = output  # type: ignore[assignment]
    variance = found.variance()[0] / found.variance()[1]
    deviation = float(WIDE.sqrt(sum_with_eps(i, found.variance())))
    root = rf"\sqrt{{{near(variance, GUARDED)}+{given(i.eps)}}}" if i.eps else rf"\sqrt{{{near(variance, GUARDED)}}}"
    lines = [
        Step(
            STEPS["deviation"],
            line(r"\sqrt{\sigma^2+\epsilon}", root, deviation, rough=not is_exact(variance), places=GUARDED),
            deviation,
        )
    ]
    for place in range(len(values) if len(values) <= LINES else 1):
        quotient = rf"\frac{{{fine_difference(i.values[place], found.mean)}}}{{{near(deviation, GUARDED)}}}"
        scaled = quotient if i.gamma == 1 else rf"{given(i.gamma)} \cdot {quotient}"
        expression = rf"{scaled}{plus(given(i.beta))}" if i.beta else scaled
        rough = not is_exact(deviation, found.mean, i.values[place])
        caption = STEPS["value"].map(lambda text, place=place: text.format(place=place + 1))  # type: ignore[misc]
        lines.append(Step(caption, line(f"y_{{{place + 1}}}", expression, values[place], rough=rough), values[place]))
    return [*lines, Step(STEPS["output"], list_line("y", values), output)]


def _unbiased(i: BatchNormInputs) -> Outputs:
    found = moments(i.values)
    variance = found.variance(unbiased=True)
    return {
        "variance": variance[0] / variance[1],
        "output": outputs_by(i, found, WIDE.sqrt(sum_with_eps(i, variance))),
    }


def _by_variance(i: BatchNormInputs) -> Outputs:
    found = moments(i.values)
    return {"output": outputs_by(i, found, sum_with_eps(i, found.variance()))}


def _without_affine(i: BatchNormInputs) -> Outputs:
    if i.gamma == 1 and not i.beta:
        return {}
    found = moments(i.values)
    return {"output": outputs_by(i, found, WIDE.sqrt(sum_with_eps(i, found.variance())), affine=False)}


def _number(own: Outputs, name: str, key: Outputs) -> Decimal:
    value = own.get(name, key[name])
    return decimal_of(float(value)) if isinstance(value, int | float) else Decimal(0)


def _follow_variance(i: BatchNormInputs, own: Outputs) -> Value:
    mean = _number(own, "mean", solve(i))
    distances = [WIDE.subtract(decimal_of(value), mean) for value in i.values]
    added = sum((WIDE.multiply(distance, distance) for distance in distances), Decimal(0))
    return float(WIDE.divide(added, Decimal(len(distances))))


def _follow_output(i: BatchNormInputs, own: Outputs) -> Value:
    key = solve(i)
    mean, variance = _number(own, "mean", key), _number(own, "variance", key)
    deviation = WIDE.sqrt(WIDE.add(variance, decimal_of(i.eps)))
    factor = WIDE.divide(decimal_of(i.gamma), deviation)
    return tuple(
        float(WIDE.fma(WIDE.subtract(decimal_of(value), mean), factor, decimal_of(i.beta))) for value in i.values
    )


FAMILY = Family(
    id="batch_norm_forward",
    title=TITLE,
    inputs=BatchNormInputs,
    outputs={
        "mean": Output("real", MEAN),
        "variance": Output("real", VARIANCE),
        "output": Output("list", OUTPUT, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "unbiased_variance": _unbiased,
            "divides_by_variance": _by_variance,
            "forgets_affine": _without_affine,
        },
        conventions=("unbiased_variance",),
    ),
    follow={"variance": _follow_variance, "output": _follow_output},
    symbols={"values": "x", "gamma": r"\gamma", "beta": r"\beta", "eps": r"\epsilon"},
)
