"""Backpropagation through a network of two layers, one sample (Rumelhart et al. 1986; torch.nn.Linear's layout of weights)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Refusal
from quizcnn.solvers.notation import (
    GUARDED,
    MOST_TERMS,
    is_exact,
    line,
    list_line,
    matrix_line,
    near,
    near_operand,
    total,
)
from quizcnn.solvers.two_layers import MlpInputs, Pass, Table, Vector, deltas_by, dot, layer, outer, run, slopes, vector
from quizcnn.solvers.values import Value, is_finite, rational
from quizcnn.text import Text

TITLE = Text("Backpropagation through two layers", "两层网络的反向传播")
CONVENTION = Text(
    "hidden = activation(w1·x + b1), output = w2·hidden + b2 without activation, loss = Σ(output − target)²/2; a row of a weight matrix belongs to one unit; biases left out are 0; the derivative of ReLU at 0 is 0.",
    "hidden = 激活函数(w1·x + b1)，output = w2·hidden + b2，输出层没有激活函数；loss = Σ(output − target)²/2；权重矩阵的一行对应一个单元；不写的偏置为 0；ReLU 在 0 处的导数取 0。",
)
OUTPUTS = {
    "hidden": Output("list", Text("hidden values", "隐藏层的值"), elements="real"),
    "output": Output("list", Text("output", "输出"), elements="real"),
    "loss": Output("real", Text("loss", "损失")),
    "grad_w1": Output("matrix", Text("gradient with respect to w1", "对 w1 的梯度"), elements="real"),
    "grad_b1": Output("list", Text("gradient with respect to b1", "对 b1 的梯度"), elements="real"),
    "grad_w2": Output("matrix", Text("gradient with respect to w2", "对 w2 的梯度"), elements="real"),
    "grad_b2": Output("list", Text("gradient with respect to b2", "对 b2 的梯度"), elements="real"),
}
STEPS = {
    "sum": Text("hidden unit {place}: weighted inputs and bias", "隐藏单元 {place}：输入加权，再加偏置"),
    "sums": Text("sums of the hidden units", "各隐藏单元的加权和"),
    "hidden": Text("hidden values: activation of the sums", "隐藏层的值：加权和过激活函数"),
    "unit": Text("output {place}: weighted hidden values and bias", "输出 {place}：隐藏值加权，再加偏置"),
    "output": Text("output", "输出"),
    "error": Text("error of the outputs: output less target", "输出的误差：输出减目标"),
    "loss": Text("half of the sum of the squared errors", "误差平方和的一半"),
    "grad_w2": Text("each error times each hidden value", "每个误差乘每个隐藏值"),
    "grad_b2": Text("the bias of an output gets its error", "输出偏置的梯度就是误差"),
    "back": Text(
        "hidden unit {place}: the errors come back through its outgoing weights",
        "隐藏单元 {place}：误差沿它的输出权重传回",
    ),
    "backs": Text("what comes back to the hidden units", "传回各隐藏单元的误差"),
    "slopes": Text("derivative of the activation at the sums", "激活函数在加权和处的导数"),
    "grad_b1": Text("unit by unit: what comes back times the derivative", "逐单元：传回的误差乘导数"),
    "grad_w1": Text("each of these times each input", "再乘每个输入"),
}
MISTAKES = {
    "forgets_activation_derivative": (
        Text("leaves out the derivative of the activation", "漏了激活函数的导数"),
        Text("On its way to w1 the gradient passes the {activation} and takes its derivative along.", "梯度传到 w1 要经过激活函数 {activation}，必须乘上它的导数。"),
    ),
    "sign_of_error": (
        Text("takes target less output", "用目标减去输出"),
        Text("The derivative of (o − t)²/2 by o is o − t.", "(o − t)²/2 对 o 的导数是 o − t。"),
    ),
    "derivative_at_the_output": (
        Text("takes the derivative at the activation's value", "在激活值而不是加权和处求导"),
        Text("The derivative belongs to the sum before the activation; in the value it is a(1 − a) or 1 − a².", "导数在激活之前的加权和处取；用激活值 a 表示时应写成 a(1 − a) 或 1 − a²。"),
    ),
    "forgets_transpose": (
        Text("brings the errors back through w2 untransposed", "传回误差时 w2 没有转置"),
        Text("A hidden unit gets the errors of the outputs it feeds: they come along a column of w2, not a row.", "隐藏单元收到它所影响的各输出的误差，对应 w2 的一列，不是一行。"),
    ),
}  # fmt: skip
LINES = 4


def first_layer(i: MlpInputs, deltas: Vector) -> Outputs:
    """Gradients by w1 and b1 from those by the sums."""
    return {"grad_w1": floats(outer(deltas, vector(i.x))), "grad_b1": row_of(deltas)}


def row_of(values: Iterable[Decimal]) -> tuple[float, ...]:
    """As floats, none of them a negative zero."""
    return tuple(0.0 + float(value) for value in values)


def floats(table: Table) -> tuple[tuple[float, ...], ...]:
    return tuple(map(row_of, table))


def loss_of(found: Pass) -> float:
    return float(WIDE.divide(dot(found.error, found.error), Decimal(2)))


def solve(i: MlpInputs) -> Outputs:
    found = run(i)
    outputs: Outputs = {
        "hidden": row_of(found.hidden),
        "output": row_of(found.output),
        "loss": loss_of(found),
        **first_layer(i, deltas_by(found, slopes(i, found.sums))),
        "grad_w2": floats(outer(found.error, found.hidden)),
        "grad_b2": row_of(found.error),
    }
    if not all(map(is_finite, outputs.values())):
        raise Refusal("the values grow beyond the range of decimal numbers", "x", "w1", "w2", "target")
    return outputs


def steps(i: MlpInputs) -> Sequence[Step]:
    found, key = run(i), solve(i)
    sums, hidden, output, error, back = (
        [float(value) for value in values]
        for values in (found.sums, found.hidden, found.output, found.error, found.back)
    )
    rises = [float(value) for value in slopes(i, found.sums)]
    to_hidden = [
        *_weighted_steps("sum", "z", i.w1, i.b1, i.x, sums),
        Step(STEPS["sums"], list_line("z", sums, GUARDED), tuple(sums)),
        Step(STEPS["hidden"], list_line("h", hidden, GUARDED), key["hidden"]),
    ]
    to_output = [
        *to_hidden,
        *_weighted_steps("unit", "o", i.w2, i.b2, hidden, output),
        Step(STEPS["output"], list_line("o", output, GUARDED), key["output"]),
    ]
    to_error = [*to_output, Step(STEPS["error"], list_line("o-t", error, GUARDED), tuple(error))]
    to_first = [
        *to_error,
        *_weighted_steps("back", "r", list(zip(*i.w2, strict=True)), None, error, back),
        Step(STEPS["backs"], list_line("r", back, GUARDED), tuple(back)),
        Step(STEPS["slopes"], list_line("f'(z)", rises, GUARDED), tuple(rises)),
        Step(STEPS["grad_b1"], list_line(r"\delta", _floats(key["grad_b1"]), GUARDED), key["grad_b1"]),
    ]
    squares = total(map(_squared, error)) if len(error) <= MOST_TERMS else ""
    loss_line = line("L", rf"\frac{{{squares}}}{{2}}" if squares else "", loss_of(found), rough=not is_exact(*error))
    w1, w2 = matrix_line(r"\delta x^T", _rows(key["grad_w1"])), matrix_line(r"(o-t) h^T", _rows(key["grad_w2"]))
    return [
        *lead_to(to_hidden, "hidden"),
        *lead_to(to_output, "output"),
        *lead_to([*to_error, Step(STEPS["loss"], loss_line, loss_of(found))], "loss"),
        *lead_to([*to_first, Step(STEPS["grad_w1"], w1, key["grad_w1"])], "grad_w1"),
        *lead_to(to_first, "grad_b1"),
        *lead_to([*to_error, Step(STEPS["grad_w2"], w2, key["grad_w2"])], "grad_w2"),
        *lead_to([*to_error, Step(STEPS["grad_b2"], list_line("o-t", error, GUARDED), key["grad_b2"])], "grad_b2"),
    ]


def _squared(value: float) -> str:
    text = near(value, GUARDED)
    return f"{text}^2" if text.replace(".", "").isdigit() else f"({text})^2"


def _floats(value: object) -> list[float]:
    return [float(item) for item in value] if isinstance(value, tuple) else []


def _rows(value: object) -> list[list[float]]:
    return [_floats(row) for row in value] if isinstance(value, tuple) else []


def _weighted_steps(
    name: str,
    symbol: str,
    weights: Sequence[Sequence[float]],
    biases: Sequence[float] | None,
    values: Sequence[float],
    sums: Sequence[float],
) -> list[Step]:
    """A line for each of the first units: weights times values, bias, sum."""
    if len(values) >= MOST_TERMS:
        return []
    lines = []
    for place, (row, result) in enumerate(zip(weights[:LINES], sums, strict=False)):
        terms = [rf"{near(w, GUARDED)} \cdot {near_operand(v, GUARDED)}" for w, v in zip(row, values, strict=True)]
        terms += [near(biases[place], GUARDED)] if biases and biases[place] else []
        largest = max(abs(w * v) for w, v in zip(row, values, strict=True))
        if not result or abs(result) > 1e-3 * largest:
            caption = STEPS[name].map(lambda text, place=place: text.format(place=place + 1))  # type: ignore[misc]
            rough = not is_exact(*values, *row)
            latex = line(f"{symbol}_{{{place + 1}}}", total(terms), result, rough=rough, places=GUARDED)
            lines.append(Step(caption, latex, result))
    return lines


def _no_slope(i: MlpInputs) -> Outputs:
    return first_layer(i, run(i).back) if i.activation != "identity" else {}


def _negated(i: MlpInputs) -> Outputs:
    found = run(i)
    minus = Decimal(-1)
    back = [WIDE.multiply(minus, value) for value in deltas_by(found, slopes(i, found.sums))]
    error = [WIDE.multiply(minus, value) for value in found.error]
    return {
        **first_layer(i, back),
        "grad_w2": floats(outer(error, found.hidden)),
        "grad_b2": row_of(error),
    }


def _slope_at_value(i: MlpInputs) -> Outputs:
    found = run(i)
    return first_layer(i, deltas_by(found, slopes(i, found.hidden))) if i.activation != "identity" else {}


def _untransposed(i: MlpInputs) -> Outputs:
    if len(i.w2) != len(i.w1) or len(i.w2) == 1:
        return {}
    found = run(i)
    back = [dot(vector(row), found.error) for row in i.w2]
    at_sums = slopes(i, found.sums)
    return first_layer(i, [WIDE.multiply(one, other) for one, other in zip(back, at_sums, strict=True)])


def _own(own: Outputs, name: str) -> Vector:
    value = own[name]
    return [decimal_of(float(rational(item))) for item in value] if isinstance(value, tuple) else []


def _follow_output(i: MlpInputs, own: Outputs) -> Value:
    return row_of(layer(i.w2, i.b2, _own(own, "hidden")))


def _follow_error(i: MlpInputs, own: Outputs) -> Value:
    """The gradient by b2 from the own outputs, or from the own hidden values."""
    output = _own(own, "output") if "output" in own else layer(i.w2, i.b2, _own(own, "hidden"))
    return row_of(WIDE.subtract(one, decimal_of(target)) for one, target in zip(output, i.target, strict=True))


def _follow_deltas(i: MlpInputs, own: Outputs) -> Value:
    """The gradient by b1 from the own error of the outputs, at the right sums."""
    back = [dot(vector(column), _own(own, "grad_b2")) for column in zip(*i.w2, strict=True)]
    return row_of(WIDE.multiply(one, rise) for one, rise in zip(back, slopes(i, run(i).sums), strict=True))


FAMILY = Family(
    id="mlp_backprop",
    title=TITLE,
    inputs=MlpInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_activation_derivative": _no_slope,
            "sign_of_error": _negated,
            "derivative_at_the_output": _slope_at_value,
            "forgets_transpose": _untransposed,
        },
    ),
    follow={
        "output": _follow_output,
        "grad_b2": _follow_error,
        "grad_w2": lambda i, own: floats(outer(_own(own, "grad_b2"), run(i).hidden)),
        "grad_b1": _follow_deltas,
        "grad_w1": lambda i, own: floats(outer(_own(own, "grad_b1"), vector(i.x))),
    },
    symbols={"x": "x", "w1": "W_1", "b1": "b_1", "w2": "W_2", "b2": "b_2", "target": "t"},
)
