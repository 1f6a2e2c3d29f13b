"""Variance of pre-activations from layer to layer (Glorot & Bengio 2010, section 4.2; He et al. 2015, section 2.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, NonNegative, Refusal, Size
from quizcnn.solvers.notation import GUARDED, given, is_exact, line, list_line, near
from quizcnn.text import Text

TITLE = Text("Variance through layers", "方差的逐层传播")
CONVENTION = Text(
    "Weights independent with mean 0, inputs with mean 0, no bias; the variances are those of the pre-activations, layer by layer; the bound is the a of U(−a, a).",
    "权重相互独立、均值为 0，输入均值为 0，没有偏置；所求为逐层激活之前的方差；边界指 U(−a, a) 中的 a。",
)
OUTPUTS = {
    "variances": Output("list", Text("variance after each layer", "各层的方差"), elements="real"),
    "gain": Output("real", Text("factor per layer", "每层的倍数")),
    "uniform_bound": Output("real", Text("bound of the uniform distribution", "均匀分布的边界")),
}
STEPS = {
    "linear": Text("factor: a sum of fan_in products", "倍数：fan_in 个乘积之和"),
    "relu": Text("factor: a sum of fan_in products, halved by ReLU", "倍数：fan_in 个乘积之和，ReLU 再减半"),
    "first": Text("layer 1 sees the input itself", "第 1 层直接看到输入"),
    "next": Text("layer {place}: the factor times the layer before", "第 {place} 层：上一层乘这个倍数"),
    "variances": Text("all layers", "各层的方差"),
    "bound": Text("U(−a, a) has variance a²/3", "U(−a, a) 的方差是 a²/3"),
}
MISTAKES = {
    "std_for_variance": (
        Text("takes the standard deviation for the variance", "用标准差代替了方差"),
        Text("Variances of independent terms add up; standard deviations do not.", "独立项相加时，相加的是方差，不是标准差。"),
    ),
    "forgets_fan_in": (
        Text("leaves out fan_in", "漏乘了 fan_in"),
        Text("Each pre-activation adds up {fan_in} products, and their variances add up too.", "每个值由 {fan_in} 个乘积相加，方差也跟着相加。"),
    ),
    "ignores_relu": (
        Text("ignores the ReLU", "没有考虑 ReLU"),
        Text("A ReLU sets half of a symmetric distribution to zero: E[x²] becomes half the variance.", "ReLU 把对称分布的一半置零，E[x²] 只剩方差的一半。"),
    ),
    "halves_the_first_layer": (
        Text("halves the first layer too", "第一层也减了半"),
        Text("No ReLU stands before the first layer: it sees the input with its full variance.", "第一层之前没有 ReLU，看到的是方差完整的输入。"),
    ),
    "twelve_for_three": (
        Text("takes the variance of U(−a, a) for a²/12", "以为 U(−a, a) 的方差是 a²/12"),
        Text("The width of U(−a, a) is 2a, so the variance (2a)²/12 is a²/3.", "U(−a, a) 的宽度是 2a，方差为 (2a)²/12，即 a²/3。"),
    ),
}  # fmt: skip
LINES = 4
MOST_LAYERS = 10**4


class VarianceInputs(Inputs):
    """layers: how many, each with fan_in inputs; relu stands between two layers, not before the first."""

    fan_in: Size
    weight_variance: NonNegative
    layers: Size = Field(le=MOST_LAYERS)
    input_variance: NonNegative = 1.0
    activation: Literal["linear", "relu"] = "linear"


def full_gain(fan_in: int, variance: Decimal) -> Decimal:
    """fan_in*Var(w), the factor of a linear layer."""
    return WIDE.multiply(Decimal(fan_in), variance)


def by_relu(i: VarianceInputs, gain: Decimal) -> Decimal:
    return WIDE.divide(gain, Decimal(2)) if i.activation == "relu" else gain


def variances_by(i: VarianceInputs, first_gain: Decimal, gain: Decimal) -> tuple[float, ...]:
    value = WIDE.multiply(first_gain, decimal_of(i.input_variance))
    found = [float(value)]
    for _ in range(i.layers - 1):
        value = WIDE.multiply(value, gain)
        found.append(float(value))
    return tuple(found)


def outputs_by(i: VarianceInputs, full: Decimal) -> Outputs:
    """Variances and gain when ``full`` is the factor without activation."""
    gain = by_relu(i, full)
    return {"variances": variances_by(i, full, gain), "gain": float(gain)}


def bound(i: VarianceInputs, factor: int) -> float:
    return float(WIDE.sqrt(WIDE.multiply(Decimal(factor), decimal_of(i.weight_variance))))


def solve(i: VarianceInputs) -> Outputs:
    found = outputs_by(i, full_gain(i.fan_in, decimal_of(i.weight_variance)))
    if not all(map(math.isfinite, (found["gain"], *found["variances"]))):  # type: ignore[misc]
        names = ("fan_in", "weight_variance", "layers", "input_variance")
        raise Refusal("the variances grow beyond the range of decimal numbers", *names)
    return {**found, "uniform_bound": bound(i, 3)}


def steps(i: VarianceInputs) -> Sequence[Step]:
    full = full_gain(i.fan_in, decimal_of(i.weight_variance))
    gain, end = float(by_relu(i, full)), bound(i, 3)
    half = r"\frac{1}{2} \cdot " if i.activation == "relu" else ""
    expression = rf"{half}{i.fan_in} \cdot {given(i.weight_variance)}"
    factor = Step(STEPS[i.activation], line("g", expression, gain, places=GUARDED), gain)
    root = rf"\sqrt{{3 \cdot {given(i.weight_variance)}}}"
    last = Step(STEPS["bound"], line(r"a = \sqrt{3v}", root, end), end)
    values = variances_by(i, full, by_relu(i, full))
    return [
        *lead_to([factor, *_layer_steps(i, values, gain)], "variances"),
        *lead_to([factor], "gain"),
        *lead_to([last], "uniform_bound"),
    ]


def _layer_steps(i: VarianceInputs, values: Sequence[float], gain: float) -> list[Step]:
    expression = rf"{i.fan_in} \cdot {given(i.weight_variance)} \cdot {given(i.input_variance)}"
    lines = [Step(STEPS["first"], line("v_{1}", expression, values[0], places=GUARDED), values[0])]
    for place, (old, new) in enumerate(pairwise(values[:LINES]), start=2):
        caption = STEPS["next"].map(lambda text, place=place: text.format(place=place))  # type: ignore[misc]
        product = rf"{near(gain, GUARDED)} \cdot {near(old, GUARDED)}"
        latex = line(f"v_{{{place}}}", product, new, rough=not is_exact(gain, old), places=GUARDED)
        lines.append(Step(caption, latex, new))
    return [*lines, Step(STEPS["variances"], list_line("v", values), tuple(values))]


def _std(i: VarianceInputs) -> Outputs:
    return outputs_by(i, full_gain(i.fan_in, WIDE.sqrt(decimal_of(i.weight_variance))))


def _without_relu(i: VarianceInputs) -> Outputs:
    full = full_gain(i.fan_in, decimal_of(i.weight_variance))
    return {"variances": variances_by(i, full, full), "gain": float(full)} if i.activation == "relu" else {}


def _halved_first(i: VarianceInputs) -> Outputs:
    gain = by_relu(i, full_gain(i.fan_in, decimal_of(i.weight_variance)))
    return {"variances": variances_by(i, gain, gain)} if i.activation == "relu" else {}


FAMILY = Family(
    id="variance_propagation",
    title=TITLE,
    inputs=VarianceInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "std_for_variance": _std,
            "forgets_fan_in": lambda i: outputs_by(i, full_gain(1, decimal_of(i.weight_variance))),
            "ignores_relu": _without_relu,
            "halves_the_first_layer": _halved_first,
            "twelve_for_three": lambda i: {"uniform_bound": bound(i, 12)},
        },
    ),
    symbols={"fan_in": "n", "weight_variance": r"\sigma_w^2", "layers": "L", "input_variance": "v_0"},
)
