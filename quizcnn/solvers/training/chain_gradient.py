"""The gradient through a chain of layers with one unit each, plain and with residual connections (He et al. 2016, identity mappings, equation 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import sum_of
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, given, is_exact, line, list_line, near, near_operand
from quizcnn.text import Text

TITLE = Text("Gradient through a chain of layers", "梯度的逐层连乘")
CONVENTION = Text(
    "One unit per layer: a layer multiplies the gradient by its weight times its activation derivative; with residual connections, y = x + f(x), by 1 plus that.",
    "每层一个单元：每层把梯度乘以权重与激活函数导数之积；有残差连接 y = x + f(x) 时，乘以 1 加这个积。",
)
OUTPUTS = {
    "plain": Output("real", Text("gradient without residual connections", "无残差连接的梯度")),
    "residual": Output("real", Text("gradient with residual connections", "有残差连接的梯度")),
}
STEPS = {
    "factors": Text("factor of each layer: weight times derivative", "每层的因子：权重乘导数"),
    "plain": Text("the factors multiply", "各因子连乘"),
    "shortcuts": Text("each layer adds its input: 1 plus the factor", "每层加上自己的输入：1 加该因子"),
    "residual": Text("these multiply", "再连乘"),
}
MISTAKES = {
    "derivative_only": (
        Text("multiplies the derivatives without the weights", "只乘了导数，漏了权重"),
        Text("A layer passes the gradient back through its activation and through its weight.", "梯度回传时既经过激活函数，也经过权重。"),
    ),
    "weights_only": (
        Text("multiplies the weights without the derivatives", "只乘了权重，漏了导数"),
        Text("A layer passes the gradient back through its weight and through its activation.", "梯度回传时既经过权重，也经过激活函数。"),
    ),
    "adds_factors": (
        Text("adds the factors", "把各因子相加了"),
        Text("The chain rule multiplies the factors of successive layers; only parallel paths add.", "链式法则中前后各层的因子相乘，并行的路径才相加。"),
    ),
    "one_plus_product": (
        Text("adds 1 once, to the product", "只在连乘之后加了一个 1"),
        Text("Every layer has its own shortcut, so each factor gets its own 1.", "每层各有一条捷径，每个因子都要加 1。"),
    ),
}  # fmt: skip


class ChainInputs(Inputs):
    """weights and derivatives, one of each a layer."""

    weights: Many[Real]
    derivatives: Many[Real]
    upstream: Real = 1.0

    @model_validator(mode="after")
    def _fits(self) -> ChainInputs:
        if len(self.weights) != len(self.derivatives):
            what = f"{len(self.weights)} weights and {len(self.derivatives)} derivatives"
            raise Refusal(what, "weights", "derivatives")
        refuse_work(len(self.weights), "weights", "derivatives", most=10**5)
        return self


def factors(i: ChainInputs, *, shortcut: bool = False) -> list[Decimal]:
    """w*d of each layer, or 1 + w*d rounded once."""
    one = Decimal(int(shortcut))
    return [WIDE.fma(decimal_of(w), decimal_of(d), one) for w, d in zip(i.weights, i.derivatives, strict=True)]


def multiplied(i: ChainInputs, values: Sequence[Decimal]) -> Decimal:
    """upstream times all values"""
    found = decimal_of(i.upstream)
    for value in values:
        found = WIDE.multiply(found, value)
    return found


def solve(i: ChainInputs) -> Outputs:
    plain, residual = float(multiplied(i, factors(i))), float(multiplied(i, factors(i, shortcut=True)))
    if not math.isfinite(plain) or not math.isfinite(residual):
        raise Refusal("the gradient grows beyond the range of decimal numbers", "weights", "derivatives", "upstream")
    return {"plain": plain, "residual": residual}


def steps(i: ChainInputs) -> Sequence[Step]:
    each, more = ([float(value) for value in factors(i, shortcut=shortcut)] for shortcut in (False, True))
    plain, residual = float(multiplied(i, factors(i))), float(multiplied(i, factors(i, shortcut=True)))
    first = Step(STEPS["factors"], list_line("f", each, GUARDED), tuple(each))
    second = Step(STEPS["shortcuts"], list_line("1+f", more, GUARDED), tuple(more))
    return [
        *lead_to([first, Step(STEPS["plain"], _product(i, each, plain), plain)], "plain"),
        *lead_to([first, second, Step(STEPS["residual"], _product(i, more, residual), residual)], "residual"),
    ]


def _product(i: ChainInputs, values: Sequence[float], result: float) -> str:
    if len(values) > MOST_TERMS and len(set(values)) == 1:
        shown = rf"{given(i.upstream)} \cdot ({near(values[0], GUARDED)})^{{{len(values)}}}"
    elif len(values) > MOST_TERMS:
        # too many to read: the first ones, and what all the others make together
        rest = math.prod(values[MOST_TERMS - 1 :])
        shown = _chain(i, [*values[: MOST_TERMS - 1], rest])
        return line("g", shown if math.isfinite(rest) else "", result, rough=True)
    else:
        shown = _chain(i, values)
    return line("g", shown, result, rough=not is_exact(*values))


def _chain(i: ChainInputs, values: Sequence[float]) -> str:
    return r" \cdot ".join([given(i.upstream), *(near_operand(value, GUARDED) for value in values)])


def _derivative_only(i: ChainInputs) -> Outputs:
    ones = ChainInputs.model_construct(weights=(1.0,) * len(i.weights), derivatives=i.derivatives, upstream=i.upstream)
    return solve(ones)


def _weights_only(i: ChainInputs) -> Outputs:
    ones = ChainInputs.model_construct(weights=i.weights, derivatives=(1.0,) * len(i.weights), upstream=i.upstream)
    return solve(ones)


def _added(i: ChainInputs) -> Outputs:
    return {"plain": float(multiplied(i, [sum_of(factors(i))]))}


def _one_once(i: ChainInputs) -> Outputs:
    return {"residual": float(WIDE.add(decimal_of(i.upstream), multiplied(i, factors(i))))}


FAMILY = Family(
    id="chain_gradient",
    title=TITLE,
    inputs=ChainInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "derivative_only": _derivative_only,
            "weights_only": _weights_only,
            "adds_factors": _added,
            "one_plus_product": _one_once,
        },
    ),
    symbols={"weights": "w", "derivatives": "f'", "upstream": "g_0"},
)
