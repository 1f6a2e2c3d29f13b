"""Exponential moving average of a list, its correction for the start (Kingma & Ba 2015, section 3) and its effective window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pydantic import Field, model_validator

from quizcnn.solvers.averages import averaged
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Many, Real, refuse_work
from quizcnn.solvers.notation import GUARDED, base, given, is_exact, line, list_line, near, near_operand, operand
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Exponential moving average", "指数滑动平均")
CONVENTION = Text(
    "v_t = beta·v_(t−1) + (1 − beta)·x_t from v_0 = initial, t from 1; corrected = (v_t − beta^t·initial)/(1 − beta^t); the effective window is 1/(1 − beta).",
    "v_t = beta·v_(t−1) + (1 − beta)·x_t，v_0 = initial，t 从 1 开始；修正值为 (v_t − beta^t·initial)/(1 − beta^t)；等效窗口为 1/(1 − beta)。",
)
OUTPUTS = {
    "averages": Output("list", Text("averages", "滑动平均值"), elements="real"),
    "corrected": Output("list", Text("corrected averages", "修正后的平均值"), elements="real"),
    "effective_window": Output("real", Text("effective window", "等效窗口长度")),
}
STEPS = {
    "average": Text("value {place}: the old average and the new value, weighted", "第 {place} 个值：旧平均与新值加权"),
    "averages": Text("all averages", "全部滑动平均值"),
    "corrected": Text("average {place}: the start taken off, divided by the weights so far", "第 {place} 个平均：减去初值的部分，除以已有权重之和"),
    "all_corrected": Text("all corrected averages", "全部修正值"),
    "window": Text("the weights fall by beta a step; their sum is that of so many equal ones", "权重逐步乘 beta，总和相当于这么多个等权值"),
}  # fmt: skip
MISTAKES = {
    "swaps_weights": (
        Text("gives the new value the weight beta", "把 beta 当成新值的权重"),
        Text("beta = {beta} weighs the old average; the new value gets the rest.", "beta = {beta} 是旧平均的权重，新值只占剩下的部分。"),
    ),
    "forgets_correction": (
        Text("leaves out the correction", "没有做偏差修正"),
        Text("The first averages still hold the start {initial}; divide by 1 − beta^t once it is taken off.", "最初几个平均仍带着初值 {initial}，减去它的部分后还要除以 1 − beta^t。"),
    ),
    "corrects_without_power": (
        Text("divides by 1 − beta at every step", "每一步都除以 1 − beta"),
        Text("After t values the weights add up to 1 − beta^t, which grows from step to step.", "t 个值之后权重之和为 1 − beta^t，它逐步增大。"),
    ),
    "window_squared": (
        Text("squares the window", "把窗口长度平方了"),
        Text("beta = 0.9 reaches over about 10 values, not 100: the window is 1/(1 − beta).", "beta = 0.9 大约平均最近 10 个值，不是 100 个：窗口为 1/(1 − beta)。"),
    ),
}  # fmt: skip
LINES = 4
MOST_VALUES = 10**5


class MovingAverageInputs(Inputs):
    """values in the order of time; beta in [0, 1) weighs the old average."""

    values: Many[Real]
    beta: Real = Field(ge=0, lt=1)
    initial: Real = 0.0

    @model_validator(mode="after")
    def _bounded(self) -> MovingAverageInputs:
        refuse_work(len(self.values), "values", most=MOST_VALUES)
        return self


@dataclass(frozen=True, slots=True)
class Track:
    """After each value: the average from ``initial``, that from 0, and beta to the number of values."""

    averages: list[Decimal]
    from_zero: list[Decimal]
    powers: list[Decimal]

    def corrected(self) -> list[Decimal]:
        """Averages from 0 over the sum of their weights, which is the start taken off and the rest scaled up."""
        pairs = zip(self.from_zero, self.powers, strict=True)
        return [WIDE.divide(value, WIDE.subtract(Decimal(1), power)) for value, power in pairs]


def track(i: MovingAverageInputs) -> Track:
    beta, average, zero, power = decimal_of(i.beta), decimal_of(i.initial), Decimal(0), Decimal(1)
    found = Track([], [], [])
    for value in map(decimal_of, i.values):
        average, zero, power = averaged(average, value, beta), averaged(zero, value, beta), WIDE.multiply(power, beta)
        found.averages.append(average)
        found.from_zero.append(zero)
        found.powers.append(power)
    return found


def floats(values: Sequence[Decimal]) -> tuple[float, ...]:
    return tuple(map(float, values))


def window(i: MovingAverageInputs) -> Decimal:
    """1/(1 - beta)"""
    return WIDE.divide(Decimal(1), WIDE.subtract(Decimal(1), decimal_of(i.beta)))


def solve(i: MovingAverageInputs) -> Outputs:
    found = track(i)
    return {
        "averages": floats(found.averages),
        "corrected": floats(found.corrected()),
        "effective_window": float(window(i)),
    }


def steps(i: MovingAverageInputs) -> Sequence[Step]:
    found = track(i)
    averages = floats(found.averages)
    first = _average_steps(i, averages)
    length = float(window(i))
    last = Step(STEPS["window"], line(r"\frac{1}{1-\beta}", rf"\frac{{1}}{{1-{given(i.beta)}}}", length), length)
    return [
        *lead_to([*first, Step(STEPS["averages"], list_line("v", averages), averages)], "averages"),
        *lead_to([*first, *_corrected_steps(i, found)], "corrected"),
        *lead_to([last], "effective_window"),
    ]


def _average_steps(i: MovingAverageInputs, averages: Sequence[float]) -> list[Step]:
    lines = []
    for place, (old, new) in enumerate(pairwise((i.initial, *averages[:LINES]))):
        expression = (
            rf"{given(i.beta)} \cdot {near_operand(old, GUARDED)}+(1-{given(i.beta)}) \cdot {operand(i.values[place])}"
        )
        caption = STEPS["average"].map(lambda text, place=place: text.format(place=place + 1))  # type: ignore[misc]
        latex = line(f"v_{{{place + 1}}}", expression, new, rough=not is_exact(old), places=GUARDED)
        lines.append(Step(caption, latex, new))
    return lines


def _corrected_steps(i: MovingAverageInputs, found: Track) -> list[Step]:
    corrected, lines = floats(found.corrected()), []
    rows = zip(floats(found.averages)[:LINES], floats(found.from_zero), corrected, strict=False)
    for place, (raw, plain, value) in enumerate(rows):
        power = f"{base(i.beta)}^{{{place + 1}}}"
        top, rough = (
            f"{near(raw, GUARDED)}-{power} \\cdot {operand(i.initial)}" if i.initial else near(raw, GUARDED),
            not is_exact(raw),
        )
        if rough and abs(raw) > 50 * abs(value):
            # taking off a start much larger than what is left would lose the digits shown
            top, rough = near(plain, GUARDED), not is_exact(plain)
        caption = STEPS["corrected"].map(lambda text, place=place: text.format(place=place + 1))  # type: ignore[misc]
        latex = line(rf"\hat{{v}}_{{{place + 1}}}", rf"\frac{{{top}}}{{1-{power}}}", value, rough=rough)
        lines.append(Step(caption, latex, value))
    return [*lines, Step(STEPS["all_corrected"], list_line(r"\hat{v}", corrected), tuple(corrected))]


def _swapped(i: MovingAverageInputs) -> Outputs:
    average, beta = decimal_of(i.initial), WIDE.subtract(Decimal(1), decimal_of(i.beta))
    found = []
    for value in map(decimal_of, i.values):
        average = averaged(average, value, beta)
        found.append(average)
    return {"averages": floats(found)}


def _first_power(i: MovingAverageInputs) -> Outputs:
    return {"corrected": floats([WIDE.multiply(value, window(i)) for value in track(i).from_zero])}


def _follow_corrected(i: MovingAverageInputs, own: Outputs) -> Value:
    averages, found = own["averages"], []
    if not isinstance(averages, tuple) or len(averages) != len(i.values):
        return None
    for average, power in zip(averages, track(i).powers, strict=True):
        start = WIDE.multiply(power, decimal_of(i.initial))
        rest = WIDE.subtract(decimal_of(float(rational(average))), start)
        found.append(float(WIDE.divide(rest, WIDE.subtract(Decimal(1), power))))
    return tuple(found)


FAMILY = Family(
    id="exponential_moving_average",
    title=TITLE,
    inputs=MovingAverageInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "swaps_weights": _swapped,
            "forgets_correction": lambda i: {"corrected": floats(track(i).averages)},
            "corrects_without_power": _first_power,
            "window_squared": lambda i: {"effective_window": float(WIDE.multiply(window(i), window(i)))},
        },
    ),
    follow={"corrected": _follow_corrected},
    symbols={"values": "x", "beta": r"\beta", "initial": "v_0"},
)
