"""Activation functions and their derivatives at a point (torch.nn.functional and autograd, defaults of PyTorch).

Values are worked out in 50 digits, so nothing overflows and nothing cancels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from quizcnn.solvers.activations import PAIRS, SCALED_PAIRS, Pair, normal_share, sigmoid, softplus, tanh_of_softplus
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Real
from quizcnn.solvers.notation import base, given, line, near, near_operand, operand
from quizcnn.text import Text

Name: TypeAlias = Literal[
    "sigmoid", "tanh", "relu", "leaky_relu", "elu", "silu", "hardswish", "mish", "gelu", "softplus", "relu6"
]
TITLE = Text("Value and derivative of an activation", "激活函数的值与导数")
CONVENTION = Text(
    "PyTorch's definitions and defaults (GELU exact, with erf); at a kink its derivative: ReLU 0 at 0, Leaky ReLU and ELU alpha at 0, ReLU6 0 at 0 and 6, Hardswish 0 at −3 and 1 at 3.",
    "按 PyTorch 的定义和默认值（GELU 为 erf 精确式）；折点处的导数：ReLU 在 0 处取 0，Leaky ReLU 与 ELU 在 0 处取 alpha，ReLU6 在 0 和 6 处取 0，Hardswish 在 −3 处取 0、在 3 处取 1。",
)
LABELS = {"value": Text("value", "函数值"), "derivative": Text("derivative", "导数")}
CAPTIONS = {
    "value": Text("the value", "函数值"),
    "derivative": Text("the derivative", "导数"),
    "sigmoid": Text("the sigmoid of x", "x 的 sigmoid 值"),
    "softplus": Text("the softplus of x", "x 的 softplus 值"),
    "tanh": Text("its tanh", "它的 tanh"),
    "phi": Text("the normal distribution up to x", "标准正态分布到 x 为止的概率"),
    "density": Text("its density at x", "它在 x 处的密度"),
}
MISTAKES = {
    "sigmoid_sign_error": (
        Text("drops the minus in the exponent", "指数漏了负号"),
        Text("The sigmoid is 1/(1 + e^−x); with e^x it falls instead of rising.", "sigmoid 是 1/(1 + e^−x)，写成 e^x 就变成递减了。"),
    ),
    "derivative_for_value": (
        Text("gives the derivative for the value", "把导数当成了函数值"),
        Text("The value was asked: what the unit puts out, not its slope.", "函数值是神经元的输出，不是斜率。"),
    ),
    "value_for_derivative": (
        Text("gives the value for the derivative", "把函数值当成了导数"),
        Text("The derivative is the slope at x = {x}, not the output there.", "导数是 x = {x} 处的斜率，不是那里的输出。"),
    ),
    "tanh_as_sigmoid": (
        Text("takes the sigmoid for tanh", "把 tanh 当成了 sigmoid"),
        Text("tanh runs from −1 to 1: tanh(x) = 2σ(2x) − 1.", "tanh 的取值从 −1 到 1：tanh(x) = 2σ(2x) − 1。"),
    ),
    "zero_for_negatives": (
        Text("cuts negative arguments to 0 as ReLU does", "像 ReLU 那样把负数截成 0"),
        Text("This function lets part of a negative argument through.", "这个函数会让负数部分通过。"),
    ),
    "passes_negatives": (
        Text("lets a negative argument pass", "让负数原样通过"),
        Text("Below 0 it is flat: value 0 and derivative 0.", "在 0 以下它是平的，函数值和导数都是 0。"),
    ),
    "forgets_division_by_six": (
        Text("does not divide by 6", "没有除以 6"),
        Text("Hardswish is x·ReLU6(x + 3)/6; the gate must end at 1.", "Hardswish 是 x·ReLU6(x + 3)/6，门控最大应为 1。"),
    ),
    "forgets_the_cap": (
        Text("does not cap at 6", "没有在 6 处截断"),
        Text("ReLU6 stops at 6; above it nothing grows.", "ReLU6 最大为 6，再往上不再增长。"),
    ),
    "tanh_approximation": (
        Text("takes the tanh approximation of GELU", "用了 GELU 的 tanh 近似式"),
        Text("PyTorch's default is x·Φ(x) with erf; the tanh form is approximate='tanh'.", "PyTorch 默认是用 erf 的 x·Φ(x)，tanh 形式要写 approximate='tanh'。"),
    ),
}  # fmt: skip
DEFAULT_ALPHA = {"leaky_relu": Decimal("0.01"), "elu": Decimal(1)}
PLACES = 8
"""Decimals of what is added up in a derivative: the parts may nearly cancel."""
MOST_SQUARED = 3.0
"""Up to here 1 - tanh² is written as such; beyond, it would lose its digits."""
MOST_APPROXIMATED = 6.0
"""Up to here the approximation of GELU is worked out; beyond, it is 0 or x as the exact one."""


class ActivationInputs(Inputs):
    """alpha is the slope of leaky_relu (0.01) or the scale of elu (1); the others do not have it."""

    name: Name
    x: Real
    alpha: Real | None = None


def alpha_of(i: ActivationInputs) -> Decimal:
    return DEFAULT_ALPHA[i.name] if i.alpha is None else decimal_of(i.alpha)


def pair(i: ActivationInputs) -> Pair:
    x = decimal_of(i.x)
    return SCALED_PAIRS[i.name](x, alpha_of(i)) if i.name in SCALED_PAIRS else PAIRS[i.name](x)


def outputs(found: Pair) -> Outputs:
    return {"value": float(found[0]) + 0.0, "derivative": float(found[1]) + 0.0}


def solve(i: ActivationInputs) -> Outputs:
    return outputs(pair(i))


@dataclass(frozen=True, slots=True)
class Work:
    """How value and derivative are written: lines before both, the two expressions, lines that only the derivative needs."""

    value: str
    derivative: str
    before: tuple[Step, ...] = ()
    between: tuple[Step, ...] = ()
    value_rounded: bool = False
    derivative_rounded: bool = False
    derivative_of_value: bool = False


def steps(i: ActivationInputs) -> Sequence[Step]:
    value, derivative = (float(each) + 0.0 for each in pair(i))
    work = WORKS[i.name](i)
    x = given(i.x)
    first = Step(CAPTIONS["value"], line(f"f({x})", work.value, value, rough=work.value_rounded), value)
    last = line(f"f'({x})", work.derivative, derivative, rough=work.derivative_rounded)
    return [
        *lead_to([*work.before, first], "value"),
        *lead_to(
            [
                *work.before,
                *([first] if work.derivative_of_value else []),
                *work.between,
                Step(CAPTIONS["derivative"], last, derivative),
            ],
            "derivative",
        ),
    ]


def _part(name: str, symbol: str, shown: str, value: float, *, rough: bool = False) -> Step:
    return Step(CAPTIONS[name], line(symbol, shown, value, rough=rough, places=PLACES), value)


def _gate(x: float) -> str:
    """The sigmoid with an exponent that is not above 0."""
    return rf"\frac{{1}}{{1+e^{{{given(-x)}}}}}" if x >= 0 else rf"\frac{{e^{{{given(x)}}}}}{{1+e^{{{given(x)}}}}}"


def _soft(x: float) -> str:
    return rf"{given(x)}+\ln(1+e^{{{given(-x)}}})" if x > 0 else rf"\ln(1+e^{{{given(x)}}})"


def _precise(value: Decimal | float) -> str:
    return near_operand(float(value), PLACES)


def _at(i: ActivationInputs) -> tuple[Decimal, Decimal]:
    """σ(x) and 1 - σ(x)"""
    x = decimal_of(i.x)
    return sigmoid(x), sigmoid(-x)


def _work_sigmoid(i: ActivationInputs) -> Work:
    gate, rest = _at(i)
    shown = rf"{_precise(gate)} \cdot {_precise(rest)}"
    return Work(_gate(i.x), shown, derivative_rounded=True, derivative_of_value=True)


def _work_tanh(i: ActivationInputs) -> Work:
    twice = given(-2 * abs(i.x))
    sign = "-" if i.x < 0 else ""
    value = rf"{sign}\frac{{1-e^{{{twice}}}}}{{1+e^{{{twice}}}}}"
    if abs(i.x) > MOST_SQUARED:
        return Work(value, rf"\frac{{4 \cdot e^{{{twice}}}}}{{(1+e^{{{twice}}})^2}}")
    square = base(float(f"{math.tanh(i.x):.{PLACES}f}"))
    return Work(value, f"1-{square}^2", derivative_rounded=True, derivative_of_value=True)


def _work_piece(i: ActivationInputs) -> Work:
    """relu, relu6 and hardswish: straight or square pieces."""
    x, shown = i.x, given(i.x)
    if i.name == "hardswish":
        if abs(x) >= 3:
            return Work(shown if x > 0 else "0", "1" if x > 0 else "0")
        inside = rf"{operand(x)}+3"
        return Work(rf"\frac{{{shown} \cdot ({inside})}}{{6}}", rf"\frac{{2 \cdot {inside}}}{{6}}")
    cap = rf"\min(6, \max(0, {shown}))" if i.name == "relu6" else rf"\max(0, {shown})"
    return Work(cap, given(float(pair(i)[1])))


def _work_scaled(i: ActivationInputs) -> Work:
    """leaky_relu and elu"""
    if i.x > 0:
        return Work(given(i.x), "1")
    alpha = given(float(alpha_of(i)))
    if i.name == "leaky_relu":
        return Work(rf"{alpha} \cdot {operand(i.x)}", rf"{alpha} \cdot 1")
    power = f"e^{{{given(i.x)}}}"
    return Work(rf"{alpha} \cdot ({power}-1)", rf"{alpha} \cdot {power}")


def _work_silu(i: ActivationInputs) -> Work:
    gate, rest = _at(i)
    part = _part("sigmoid", r"\sigma", _gate(i.x), float(gate))
    sigma, x = _precise(gate), operand(i.x)
    value, more = rf"{given(i.x)} \cdot {sigma}", rf"{sigma}+{x} \cdot {sigma} \cdot {_precise(rest)}"
    return Work(value, more, (part,), value_rounded=True, derivative_rounded=True)


def _work_mish(i: ActivationInputs) -> Work:
    x = decimal_of(i.x)
    curve, rest = (_precise(each) for each in tanh_of_softplus(x))
    soft, gate = float(softplus(x)), float(sigmoid(x))
    parts = (
        _part("softplus", "s", _soft(i.x), soft),
        _part("tanh", "t", rf"\tanh({near(soft, PLACES)})", float(tanh_of_softplus(x)[0]), rough=True),
    )
    between = (_part("sigmoid", r"\sigma", _gate(i.x), gate),)
    more = rf"{curve}+{operand(i.x)} \cdot {rest} \cdot {_precise(gate)}"
    return Work(rf"{given(i.x)} \cdot {curve}", more, parts, between, value_rounded=True, derivative_rounded=True)


def _work_gelu(i: ActivationInputs) -> Work:
    share, density = normal_share(i.x)
    part = _part("phi", "P", rf"\Phi({given(i.x)})", share)
    bell = _part("density", r"\varphi", rf"\frac{{e^{{-{base(i.x)}^2/2}}}}{{\sqrt{{2 \cdot \pi}}}}", density)
    more = rf"{_precise(share)}+{operand(i.x)} \cdot {_precise(density)}"
    value = rf"{given(i.x)} \cdot {_precise(share)}"
    return Work(value, more, (part,), (bell,), value_rounded=True, derivative_rounded=True)


WORKS: Mapping[str, Callable[[ActivationInputs], Work]] = {
    "sigmoid": _work_sigmoid,
    "tanh": _work_tanh,
    "relu": _work_piece,
    "relu6": _work_piece,
    "hardswish": _work_piece,
    "leaky_relu": _work_scaled,
    "elu": _work_scaled,
    "silu": _work_silu,
    "mish": _work_mish,
    "gelu": _work_gelu,
    "softplus": lambda i: Work(_soft(i.x), _gate(i.x)),
}


def _sign_error(i: ActivationInputs) -> Outputs:
    return {"value": float(sigmoid(-decimal_of(i.x)))} if i.name == "sigmoid" else {}


def _tanh_as_sigmoid(i: ActivationInputs) -> Outputs:
    return outputs(PAIRS["sigmoid"](decimal_of(i.x))) if i.name == "tanh" else {}


def _zero_below(i: ActivationInputs) -> Outputs:
    return {"value": 0.0, "derivative": 0.0} if i.name in ("leaky_relu", "elu") and i.x < 0 else {}


def _passes(i: ActivationInputs) -> Outputs:
    return {"value": i.x, "derivative": 1.0} if i.name in ("relu", "relu6") and i.x < 0 else {}


def _no_division(i: ActivationInputs) -> Outputs:
    value, derivative = (float(WIDE.multiply(each, Decimal(6))) for each in pair(i))
    return {"value": value, "derivative": derivative} if i.name == "hardswish" else {}


def _no_cap(i: ActivationInputs) -> Outputs:
    return {"value": i.x, "derivative": 1.0} if i.name == "relu6" and i.x > 6 else {}


def _approximated(i: ActivationInputs) -> Outputs:
    """x/2·(1 + tanh u) with u = √(2/π)(x + 0.044715x³), and its derivative (Hendrycks & Gimpel 2016, section 2)."""
    if i.name != "gelu" or abs(i.x) > MOST_APPROXIMATED:
        return {}
    root, x = math.sqrt(2 / math.pi), i.x
    curve = math.tanh(root * (x + 0.044715 * x**3))
    rise = root * (1 + 3 * 0.044715 * x * x) * (1 - curve * curve)
    return {"value": x * (1 + curve) / 2, "derivative": (1 + curve + x * rise) / 2}


FAMILY = Family(
    id="activation_value",
    title=TITLE,
    inputs=ActivationInputs,
    outputs={name: Output("real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sigmoid_sign_error": _sign_error,
            "derivative_for_value": lambda i: {"value": solve(i)["derivative"]},
            "tanh_as_sigmoid": _tanh_as_sigmoid,
            "value_for_derivative": lambda i: {"derivative": solve(i)["value"]},
            "zero_for_negatives": _zero_below,
            "passes_negatives": _passes,
            "forgets_division_by_six": _no_division,
            "forgets_the_cap": _no_cap,
            "tanh_approximation": _approximated,
        },
        conventions=("tanh_approximation",),
    ),
    symbols={"x": "x", "alpha": r"\alpha"},
)
