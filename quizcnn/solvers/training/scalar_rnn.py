"""A recurrent unit with scalar weights, forward and backward through time (Goodfellow et al. 2016, section 10.2.2)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.activations import activate, slope
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import sum_of
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.notation import (
    GUARDED,
    MOST_TERMS,
    given,
    is_exact,
    line,
    list_line,
    near,
    near_operand,
    operand,
    plus,
    total,
)
from quizcnn.text import Text

TITLE = Text("A scalar recurrent unit", "标量循环单元")
CONVENTION = Text(
    "h_t = activation(w_x·x_t + w_h·h_(t−1) + b) from h_0 = 0; loss = (h_T − target)²/2 at the last step T only; the gradients run through all steps.",
    "h_t = 激活函数(w_x·x_t + w_h·h_(t−1) + b)，h_0 = 0；损失只看最后一步 T：(h_T − target)²/2；梯度沿所有时间步回传。",
)
OUTPUTS = {
    "hidden": Output("list", Text("hidden states", "隐藏状态"), elements="real"),
    "loss": Output("real", Text("loss", "损失")),
    "grad_w_x": Output("real", Text("gradient with respect to w_x", "对 w_x 的梯度")),
    "grad_w_h": Output("real", Text("gradient with respect to w_h", "对 w_h 的梯度")),
    "grad_b": Output("real", Text("gradient with respect to b", "对 b 的梯度")),
}
STEPS = {
    "input": Text("step {place}: weighted input, weighted state and bias", "第 {place} 步：输入与状态加权，再加偏置"),
    "state": Text("step {place}: activation", "第 {place} 步：过激活函数"),
    "hidden": Text("all states", "全部状态"),
    "loss": Text("half of the squared error of the last state", "最后状态误差平方的一半"),
    "last": Text(
        "back from the loss to the sum of step {place}: error times the slope of tanh",
        "从损失回到第 {place} 步的加权和：误差乘 tanh 的导数",
    ),
    "last_identity": Text(
        "back from the loss to the sum of step {place}: the error", "从损失回到第 {place} 步的加权和：就是误差"
    ),
    "earlier": Text(
        "one step back, to step {place}: times w_h and the slope there", "再往前到第 {place} 步：乘 w_h 和该步的导数"
    ),
    "earlier_identity": Text("one step back, to step {place}: times w_h", "再往前到第 {place} 步：乘 w_h"),
    "grad_w_x": Text("shared weight: the contributions of all steps add up", "权重共享：各步的贡献相加"),
    "grad_w_h": Text("each step with the state before it, added up", "各步乘前一状态，再相加"),
    "grad_b": Text("the bias enters every step once", "偏置在每一步各出现一次"),
}
MISTAKES = {
    "last_step_only": (
        Text("takes the state before the last step for a constant", "把倒数第二个状态当成常数"),
        Text("The earlier states depend on the same weights, so their contributions are added.", "更早的状态也依赖同一组权重，它们的贡献要加进来。"),
    ),
    "averages_steps": (
        Text("averages over the steps", "对时间步取了平均"),
        Text("Gradients of a shared weight add up over the steps; nothing divides them.", "共享权重的梯度在各步之间相加，不取平均。"),
    ),
    "forgets_activation_derivative": (
        Text("leaves out the derivative of tanh", "漏了 tanh 的导数"),
        Text("Every step back passes a tanh and is multiplied by 1 − h².", "每往回一步都要经过 tanh，乘以 1 − h²。"),
    ),
    "sign_of_error": (
        Text("takes target less state", "用目标减去状态"),
        Text("The derivative of (h − y)²/2 by h is h − y.", "(h − y)²/2 对 h 的导数是 h − y。"),
    ),
    "forgets_the_state": (
        Text("leaves out the state before", "漏了前一步的状态"),
        Text("From the second step on w_h = {w_h} times the old state belongs to the sum.", "从第二步起，加权和里还有 w_h = {w_h} 乘前一状态。"),
    ),
    "passes_the_sum_on": (
        Text("passes on the sum before tanh", "传下去的是 tanh 之前的和"),
        Text("The state is the value after tanh, and that value enters the next step.", "状态是过了 tanh 之后的值，传给下一步的也是它。"),
    ),
}  # fmt: skip
LINES = 4
MOST_STEPS = 10**4
GRADIENTS = ("grad_w_x", "grad_w_h", "grad_b")


class RnnInputs(Inputs):
    """x over time; the state before the first step is 0."""

    x: Many[Real]
    w_x: Real
    w_h: Real
    b: Real = 0.0
    target: Real
    activation: Literal["identity", "tanh"] = "tanh"

    @model_validator(mode="after")
    def _bounded(self) -> RnnInputs:
        refuse_work(len(self.x), "x", most=MOST_STEPS)
        return self


@dataclass(frozen=True, slots=True)
class Run:
    """Sums before the activation, states from h_0 on (one more), slopes at the sums."""

    sums: list[Decimal]
    states: list[Decimal]
    slopes: list[Decimal]

    def error(self, target: float) -> Decimal:
        return WIDE.subtract(self.states[-1], decimal_of(target))


def run(i: RnnInputs) -> Run:
    w_x, w_h, b = decimal_of(i.w_x), decimal_of(i.w_h), decimal_of(i.b)
    found = Run([], [Decimal(0)], [])
    for x in map(decimal_of, i.x):
        before = WIDE.add(sum_of((WIDE.multiply(w_x, x), WIDE.multiply(w_h, found.states[-1]))), b)
        found.sums.append(before)
        found.states.append(activate(i.activation, before))
        found.slopes.append(slope(i.activation, before))
    return found


def deltas(i: RnnInputs, found: Run, slopes: Sequence[Decimal]) -> list[Decimal]:
    """Derivative of the loss by the sum of each step, from the last step back."""
    w_h, back = decimal_of(i.w_h), found.error(i.target)
    each: list[Decimal] = []
    for rise in reversed(slopes):
        each.insert(0, WIDE.multiply(back, rise))
        back = WIDE.multiply(each[0], w_h)
    return each


def gradients(i: RnnInputs, found: Run, each: Sequence[Decimal]) -> dict[str, float]:
    """By w_x, w_h and b from the derivatives by the sums of the last ``len(each)`` steps."""
    inputs, states = i.x[len(i.x) - len(each) :], found.states[:-1][len(i.x) - len(each) :]
    return {
        "grad_w_x": 0.0 + float(sum_of(WIDE.multiply(d, decimal_of(x)) for d, x in zip(each, inputs, strict=True))),
        "grad_w_h": 0.0 + float(sum_of(WIDE.multiply(d, h) for d, h in zip(each, states, strict=True))),
        "grad_b": 0.0 + float(sum_of(each)),
    }


def halved_square(error: Decimal) -> float:
    return float(WIDE.divide(WIDE.multiply(error, error), Decimal(2)))


def solve(i: RnnInputs) -> Outputs:
    found = run(i)
    hidden, loss = tuple(map(float, found.states[1:])), halved_square(found.error(i.target))
    slopes = gradients(i, found, deltas(i, found, found.slopes))
    if not all(map(math.isfinite, (*hidden, loss, *slopes.values()))):
        raise Refusal(
            "the states or gradients grow beyond the range of decimal numbers", "w_h", "w_x", "x", "b", "target"
        )
    return {"hidden": hidden, "loss": loss, **slopes}


def steps(i: RnnInputs) -> Sequence[Step]:
    found = run(i)
    hidden = tuple(map(float, found.states[1:]))
    forward = [step for place in _forward_places(i) for step in _forward_steps(i, found, place)]
    loss = halved_square(found.error(i.target))
    expression = rf"\frac{{({near(hidden[-1], GUARDED)}-{operand(i.target)})^2}}{{2}}"
    shown = "" if abs(hidden[-1] - i.target) < 1e-2 * abs(hidden[-1]) else expression
    last = Step(STEPS["loss"], line("L", shown, loss, rough=not is_exact(hidden[-1])), loss)
    if not shown:
        last = Step(
            STEPS["loss"],
            line("L", rf"\frac{{({given(float(found.error(i.target)))})^2}}{{2}}", loss, rough=True),
            loss,
        )
    back = _backward_steps(i, found)
    return [
        *lead_to([*forward, Step(STEPS["hidden"], list_line("h", hidden), hidden)], "hidden"),
        *lead_to([*forward, last], "loss"),
        *(step for name in GRADIENTS for step in lead_to([*forward, *back, _gradient_step(i, found, name)], name)),
    ]  # fmt: skip


def _forward_places(i: RnnInputs) -> Sequence[int]:
    return range(len(i.x)) if len(i.x) <= LINES else (0, len(i.x) - 1)


def _forward_steps(i: RnnInputs, found: Run, place: int) -> list[Step]:
    old, before, new = (float(values[place]) for values in (found.states, found.sums, found.states[1:]))
    symbol = f"z_{{{place + 1}}}" if i.activation == "tanh" else f"h_{{{place + 1}}}"
    bias = plus(given(i.b)) if i.b else ""
    terms = rf"{given(i.w_x)} \cdot {operand(i.x[place])}+{operand(i.w_h)} \cdot {near_operand(old, GUARDED)}{bias}"
    lines = [_numbered("input", place, line(symbol, terms, before, rough=not is_exact(old), places=GUARDED), before)]
    if i.activation == "tanh":
        latex = line(f"h_{{{place + 1}}}", rf"\tanh ({near(before, GUARDED)})", new, rough=True, places=GUARDED)
        lines.append(_numbered("state", place, latex, new))
    return lines


def _numbered(name: str, place: int, latex: str, value: float) -> Step:
    return Step(STEPS[name].map(lambda text: text.format(place=place + 1)), latex, value)


def _backward_steps(i: RnnInputs, found: Run) -> list[Step]:
    each, error = [float(value) for value in deltas(i, found, found.slopes)], float(found.error(i.target))
    last, lines = float(found.states[-1]), []
    # a small difference of rounded numbers would not hold: the error itself then
    start = f"({near(last, GUARDED)}-{operand(i.target)})" if abs(error) > 1e-2 * abs(last) else near_operand(error)
    for place in reversed(range(max(0, len(each) - LINES), len(each))):
        is_last = place == len(each) - 1
        terms = [start] if is_last else [near_operand(each[place + 1], GUARDED), operand(i.w_h)]
        if i.activation == "tanh":
            terms.append(near(float(found.slopes[place]), GUARDED))
        name = ("last" if is_last else "earlier") + ("" if i.activation == "tanh" else "_identity")
        known = is_exact(last if is_last else each[place + 1], float(found.slopes[place]))
        latex = line(rf"\delta_{{{place + 1}}}", r" \cdot ".join(terms), each[place], rough=not known, places=GUARDED)
        lines.append(_numbered(name, place, latex, each[place]))
    return lines


def _gradient_step(i: RnnInputs, found: Run, name: str) -> Step:
    each = [float(value) for value in deltas(i, found, found.slopes)]
    value = gradients(i, found, deltas(i, found, found.slopes))[name]
    others = {
        "grad_w_x": [operand(x) for x in i.x],
        "grad_w_h": [near_operand(float(state), GUARDED) for state in found.states[:-1]],
        "grad_b": [""] * len(each) if len(each) > 1 else ["1"],
    }[name]
    terms = [near(d, GUARDED) + (rf" \cdot {other}" if other else "") for d, other in zip(each, others, strict=True)]
    symbol = {"grad_w_x": "w_x", "grad_w_h": "w_h", "grad_b": "b"}[name]
    known = is_exact(*each, *(map(float, found.states) if name == "grad_w_h" else ()))
    shown = total(terms) if len(terms) <= MOST_TERMS and (known or _is_plain(each, value)) else ""
    return Step(STEPS[name], line(rf"\frac{{\partial L}}{{\partial {symbol}}}", shown, value, rough=not known), value)


def _is_plain(each: Sequence[float], value: float) -> bool:
    """Whether rounded terms still add up to what is shown: their sum is no small difference of large ones."""
    return abs(value) > 1e-3 * max(map(abs, each), default=0.0)


def _last_only(i: RnnInputs) -> Outputs:
    found = run(i)
    return dict(gradients(i, found, deltas(i, found, found.slopes)[-1:]))


def _averaged(i: RnnInputs) -> Outputs:
    found = run(i)
    each = [WIDE.divide(value, Decimal(len(i.x))) for value in deltas(i, found, found.slopes)]
    return dict(gradients(i, found, each))


def _without_slope(i: RnnInputs) -> Outputs:
    found = run(i)
    each = deltas(i, found, [Decimal(1)] * len(i.x))
    return dict(gradients(i, found, each)) if i.activation == "tanh" else {}


def _negated(i: RnnInputs) -> Outputs:
    found = run(i)
    return {name: 0.0 - value for name, value in gradients(i, found, deltas(i, found, found.slopes)).items()}


def _states_by(i: RnnInputs, kept: Callable[[Decimal, Decimal], Decimal]) -> Outputs:
    """The states when ``kept`` of the sum and the state is what enters the next step."""
    w_x, w_h, b, carried, states = decimal_of(i.w_x), decimal_of(i.w_h), decimal_of(i.b), Decimal(0), []
    for x in map(decimal_of, i.x):
        before = WIDE.add(sum_of((WIDE.multiply(w_x, x), WIDE.multiply(w_h, carried))), b)
        states.append(activate(i.activation, before))
        carried = kept(before, states[-1])
    return {"hidden": tuple(map(float, states))}


def _passes_sum(i: RnnInputs) -> Outputs:
    return _states_by(i, lambda before, state: before) if i.activation == "tanh" else {}


FAMILY = Family(
    id="scalar_rnn",
    title=TITLE,
    inputs=RnnInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "last_step_only": _last_only,
            "averages_steps": _averaged,
            "forgets_activation_derivative": _without_slope,
            "sign_of_error": _negated,
            "forgets_the_state": lambda i: _states_by(i, lambda before, state: Decimal(0)),
            "passes_the_sum_on": _passes_sum,
        },
    ),
    symbols={"x": "x", "w_x": "w_x", "w_h": "w_h", "b": "b", "target": "y"},
)
