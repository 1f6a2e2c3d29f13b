"""Softmax with temperature, its logarithm and the log-sum-exp (Goodfellow et al. 2016, sections 4.1 and 6.2.2.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import quotient
from quizcnn.solvers.distributions import Softmax
from quizcnn.solvers.inputs import Inputs, Many, Real
from quizcnn.solvers.notation import (
    GUARDED,
    MOST_TERMS,
    difference,
    exponentials_line,
    given,
    is_exact,
    line,
    list_line,
    near,
    one_plus,
)
from quizcnn.text import Text

TITLE = Text("Softmax", "softmax 概率")
CONVENTION = Text(
    "The logits are divided by the temperature first; logarithms are natural.", "先把 logits 除以温度；对数取自然对数。"
)
PROBABILITIES = Text("probabilities", "概率")
LOG_PROBABILITIES = Text("log-probabilities", "对数概率")
LOGSUMEXP = Text("log-sum-exp", "log-sum-exp 的值")
STEPS = {
    "scaled": Text("logits divided by the temperature {temperature}", "logits 除以温度 {temperature}"),
    "largest": Text("the largest; taking it off changes no probability and keeps e^z small", "最大值；减去它概率不变，指数也不会溢出"),
    "sum": Text("sum of the exponentials", "指数之和"),
    "probability": Text("class {place}: its exponential over the sum", "第 {place} 类：它的指数除以总和"),
    "probabilities": Text("all probabilities", "全部概率"),
    "log_probability": Text("class {place}: its logit less the maximum, less the logarithm of the sum", "第 {place} 类：logit 减最大值，再减总和的对数"),
    "log_probabilities": Text("all log-probabilities", "全部对数概率"),
    "logsumexp": Text("the maximum added back to the logarithm of the sum", "总和取对数，再加回最大值"),
}  # fmt: skip
MISTAKES = {
    "normalizes_logits_without_exp": (
        Text("divides the logits by their sum", "直接用 logits 除以它们的和"),
        Text(
            "A logit may be negative or zero; softmax takes e to its power before it divides.",
            "logit 可以是负数或零，softmax 要先取指数再归一化。",
        ),
    ),
    "divides_by_max": (
        Text("divides by the largest logit", "用 logits 除以最大的 logit"),
        Text(
            "Probabilities add up to 1; quotients by the maximum do not.",
            "概率之和为 1，除以最大值得到的数加起来不等于 1。",
        ),
    ),
    "multiplies_by_temperature": (
        Text("multiplies by the temperature", "乘了温度"),
        Text(
            "The logits are divided by {temperature}: a higher temperature brings the probabilities closer together.",
            "logits 要除以 {temperature}：温度越高，各类概率越接近。",
        ),
    ),
    "forgets_to_add_maximum": (
        Text("leaves out the maximum that was taken off", "漏加了先前减去的最大值"),
        Text(
            "Taking the maximum off inside the sum takes it off the logarithm too, so it is added back.",
            "在求和里减去最大值，对数也少了这么多，最后要加回来。",
        ),
    ),
}
LINES = 4
"""So many classes get a line of their own; of more only the first."""


class SoftmaxInputs(Inputs):
    """logits, one a class; the temperature is above 0."""

    logits: Many[Real]
    temperature: Real = Field(default=1.0, gt=0)


def scaled(i: SoftmaxInputs) -> Softmax:
    return Softmax(tuple(quotient(logit, i.temperature) for logit in i.logits) if i.temperature != 1 else i.logits)


def outputs_of(found: Softmax) -> Outputs:
    return {
        "probabilities": found.probabilities(),
        "log_probabilities": found.log_probabilities(),
        "logsumexp": found.log_sum_exp(),
    }


def solve(i: SoftmaxInputs) -> Outputs:
    return outputs_of(scaled(i))


def steps(i: SoftmaxInputs) -> Sequence[Step]:
    found = scaled(i)
    return [*_probability_steps(i, found), *_log_steps(i, found)]


def _sum_steps(i: SoftmaxInputs, found: Softmax) -> list[Step]:
    lines = []
    if i.temperature != 1:
        caption = STEPS["scaled"].map(lambda text: text.format(temperature=given(i.temperature)))
        lines.append(Step(caption, list_line("z", found.scores, GUARDED), found.scores))
    largest = found.scores[found.top]
    some = ", ".join(near(score, GUARDED) for score in found.scores) if len(found.scores) <= MOST_TERMS else ""
    lines.append(Step(STEPS["largest"], line("m", rf"\max({some})" if some else "", largest, places=GUARDED), largest))
    shifted = [_shifted(found, place) for place in range(len(found.scores))]
    latex = exponentials_line("S", shifted, found.rest, rough=not is_exact(*found.scores))
    lines.append(Step(STEPS["sum"], latex, 1 + found.rest))
    return lines


def _shifted(found: Softmax, place: int) -> str:
    return difference(found.scores[place], found.scores[found.top])


def _places(found: Softmax) -> range:
    return range(len(found.scores) if len(found.scores) <= LINES else 1)


def _probability_steps(i: SoftmaxInputs, found: Softmax) -> list[Step]:
    values = found.probabilities()
    lines = _sum_steps(i, found)
    for place in _places(found):
        expression = rf"\frac{{e^{{{_shifted(found, place)}}}}}{{{one_plus(found.rest)}}}"
        lines.append(_numbered("probability", f"p_{{{place + 1}}}", expression, place, values[place]))
    lines.append(Step(STEPS["probabilities"], list_line("p", values), values))
    return lead_to(lines, "probabilities")


def _log_steps(i: SoftmaxInputs, found: Softmax) -> list[Step]:
    shared, values = _sum_steps(i, found), found.log_probabilities()
    whole = one_plus(found.rest)
    lines = [*shared]
    for place in _places(found):
        expression = rf"{_shifted(found, place)}-\ln {whole}"
        lines.append(_numbered("log_probability", rf"\ln p_{{{place + 1}}}", expression, place, values[place]))
    lines.append(Step(STEPS["log_probabilities"], list_line(r"\ln p", values), values))
    largest, value = found.scores[found.top], found.log_sum_exp()
    last = Step(
        STEPS["logsumexp"], line(r"m+\ln S", rf"{near(largest, GUARDED)}+\ln {whole}", value, rough=True), value
    )
    return [*lead_to(lines, "log_probabilities"), *lead_to([*shared, last], "logsumexp")]


def _numbered(step: str, symbol: str, expression: str, place: int, value: float) -> Step:
    caption = STEPS[step].map(lambda text: text.format(place=place + 1))
    return Step(caption, line(symbol, expression, value, rough=True), value)


def _as_probabilities(quotients: Sequence[float]) -> Outputs:
    """Wrong probabilities, and their logarithms where all have one."""
    found: Outputs = {"probabilities": tuple(quotients)}
    if min(quotients) > 0:
        found["log_probabilities"] = tuple(math.log(value) for value in quotients)
    return found


def _normalizes_logits(i: SoftmaxInputs) -> Outputs:
    if i.temperature != 1:
        return {}
    whole = math.fsum(i.logits)
    return _as_probabilities([logit / whole for logit in i.logits])


def _divides_by_max(i: SoftmaxInputs) -> Outputs:
    return _as_probabilities([logit / max(i.logits) for logit in i.logits])


def _multiplies(i: SoftmaxInputs) -> Outputs:
    return outputs_of(Softmax(tuple(logit * i.temperature for logit in i.logits))) if i.temperature != 1 else {}


def _forgets_maximum(i: SoftmaxInputs) -> Outputs:
    return {"logsumexp": math.log1p(scaled(i).rest)}


FAMILY = Family(
    id="softmax",
    title=TITLE,
    inputs=SoftmaxInputs,
    outputs={
        "probabilities": Output("list", PROBABILITIES, elements="real"),
        "log_probabilities": Output("list", LOG_PROBABILITIES, elements="real"),
        "logsumexp": Output("real", LOGSUMEXP),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "normalizes_logits_without_exp": _normalizes_logits,
            "divides_by_max": _divides_by_max,
            "multiplies_by_temperature": _multiplies,
            "forgets_to_add_maximum": _forgets_maximum,
        },
    ),
    symbols={"logits": "z", "temperature": "T"},
)
