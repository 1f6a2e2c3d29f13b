"""One step of a scalar LSTM unit in PyTorch's order of gates (Hochreiter & Schmidhuber 1997; torch.nn.LSTMCell)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from quizcnn.solvers.activations import sigmoid, tanh
from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import sum_of
from quizcnn.solvers.inputs import Inputs, Many, Real
from quizcnn.solvers.notation import GUARDED, given, is_exact, line, near, near_operand, operand
from quizcnn.solvers.notation import total as added
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("One step of an LSTM unit", "LSTM 单元的一步")
CONVENTION = Text(
    "w_x, w_h and b have four entries in PyTorch's order: input gate, forget gate, candidate, output gate; c and h are those before the step, asked are those after it.",
    "w_x、w_h、b 各有四项，按 PyTorch 的顺序：输入门、遗忘门、候选值、输出门；给出的 c 和 h 是这一步之前的，所求是这一步之后的。",
)
OUTPUTS = {
    "input_gate": Output("real", Text("input gate", "输入门")),
    "forget_gate": Output("real", Text("forget gate", "遗忘门")),
    "candidate": Output("real", Text("candidate", "候选值")),
    "output_gate": Output("real", Text("output gate", "输出门")),
    "c": Output("real", Text("new cell state c", "新的细胞状态 c")),
    "h": Output("real", Text("new hidden state h", "新的隐藏状态 h")),
}
STEPS = {
    "sum": Text("{gate}: weighted input, weighted state and bias", "{gate}：输入与状态加权，再加偏置"),
    "sigmoid": Text("{gate}: sigmoid", "{gate}：过 sigmoid"),
    "tanh": Text("{gate}: tanh", "{gate}：过 tanh"),
    "c": Text(
        "cell: what is kept of the old plus what is written of the candidate", "细胞状态：保留的旧值加上写入的候选值"
    ),
    "h": Text("hidden state: the output gate lets a part of tanh(c) out", "隐藏状态：输出门放出 tanh(c) 的一部分"),
}
MISTAKES = {
    "swaps_input_and_forget": (
        Text("exchanges input gate and forget gate", "把输入门和遗忘门弄反了"),
        Text("The forget gate {forget_gate} weighs the old cell, the input gate {input_gate} the candidate.", "遗忘门 {forget_gate} 乘旧的细胞状态，输入门 {input_gate} 乘候选值。"),
    ),
    "forgets_tanh_of_cell": (
        Text("leaves out the tanh of the cell", "漏了细胞状态的 tanh"),
        Text("The cell may grow beyond 1; tanh brings it back before the output gate.", "细胞状态可能超出 ±1，输出门之前先过 tanh。"),
    ),
    "candidate_by_sigmoid": (
        Text("takes a sigmoid for the candidate", "候选值用了 sigmoid"),
        Text("The candidate is content, not a gate: tanh lets it be negative.", "候选值是内容而不是门，用 tanh 才能取负值。"),
    ),
    "pytorch_order_ignored": (
        Text("reads the rows as input, forget, output, candidate", "把四项读成输入门、遗忘门、输出门、候选值"),
        Text("PyTorch's order is i, f, g, o: the candidate comes third, the output gate last.", "PyTorch 的顺序是 i、f、g、o：第三项是候选值，最后才是输出门。"),
    ),
}  # fmt: skip
GATES = ("input_gate", "forget_gate", "candidate", "output_gate")
LETTERS = dict(zip(GATES, "ifgo", strict=True))
Four = Annotated[Many[Real], Field(min_length=4, max_length=4)]
Squash = Callable[[Decimal], Decimal]


class LstmInputs(Inputs):
    """x, and state h and cell c before the step; rows of weights and biases in the order i, f, g, o."""

    x: Real
    h: Real
    c: Real
    w_x: Four
    w_h: Four
    b: Four


def before(i: LstmInputs, row: int) -> Decimal:
    """w_x*x + w_h*h + b of one row."""
    pairs = ((i.w_x[row], i.x), (i.w_h[row], i.h), (i.b[row], 1.0))
    return sum_of(WIDE.multiply(decimal_of(one), decimal_of(other)) for one, other in pairs)


def outputs_by(gates: Sequence[Decimal], cell: Decimal, *, squash: Squash = tanh) -> dict[str, float]:
    """All six from the four gates and the old cell."""
    entered, kept, candidate, leaves = gates
    new = WIDE.add(WIDE.multiply(kept, cell), WIDE.multiply(entered, candidate))
    values = dict(zip(GATES, gates, strict=True)) | {"c": new, "h": WIDE.multiply(leaves, squash(new))}
    return {name: float(value) for name, value in values.items()}


def gates_of(i: LstmInputs, *, candidate: Squash = tanh, rows: Sequence[int] = (0, 1, 2, 3)) -> list[Decimal]:
    squashes = (sigmoid, sigmoid, candidate, sigmoid)
    return [squash(before(i, row)) for squash, row in zip(squashes, rows, strict=True)]


def solve(i: LstmInputs) -> Outputs:
    return dict(outputs_by(gates_of(i), decimal_of(i.c)))


def steps(i: LstmInputs) -> Sequence[Step]:
    found = outputs_by(gates_of(i), decimal_of(i.c))
    lines = {name: _gate_steps(i, row, found[name]) for row, name in enumerate(GATES)}
    entered, kept, candidate = (near_operand(found[name], GUARDED) for name in GATES[:3])
    cell = Step(
        STEPS["c"],
        line("c'", rf"{kept} \cdot {operand(i.c)}+{entered} \cdot {candidate}", found["c"], rough=True, places=GUARDED),
        found["c"],
    )
    hidden = rf"{near(found['output_gate'], GUARDED)} \cdot \tanh ({near(found['c'], GUARDED)})"
    to_cell = [*lines["input_gate"], *lines["forget_gate"], *lines["candidate"], cell]
    last = Step(STEPS["h"], line("h'", hidden, found["h"], rough=True), found["h"])
    return [
        *(step for name in GATES for step in lead_to(lines[name], name)),
        *lead_to(to_cell, "c"),
        *lead_to([*to_cell, *lines["output_gate"], last], "h"),
    ]


def _gate_steps(i: LstmInputs, row: int, value: float) -> list[Step]:
    name, total = GATES[row], float(before(i, row))
    letter, label = LETTERS[name], OUTPUTS[name].label
    pairs = [(weight, value) for weight, value in ((i.w_x[row], i.x), (i.w_h[row], i.h)) if weight and value]
    products = [rf"{given(weight)} \cdot {operand(value)}" for weight, value in pairs]
    terms = added([*products, given(i.b[row])] if i.b[row] else products)
    shown = near(total, GUARDED)
    squash = "tanh" if name == "candidate" else "sigmoid"
    far = abs(total) > FARTHEST
    sigmoid_line = rf"\frac{{1}}{{1+e^{{{near(0.0 - total, GUARDED)}}}}}"
    expression = "" if far else rf"\tanh ({shown})" if squash == "tanh" else sigmoid_line
    captions = [STEPS[step].map(str) for step in ("sum", squash)]
    named = [Text(text.en.format(gate=label.en), text.zh.format(gate=label.zh)) for text in captions]
    first = Step(named[0], line(f"z_{letter}", terms, total, places=GUARDED), total)
    if far:
        # the curve has run flat: nothing is left to compute
        return [first, Step(named[1], rf"{letter} \approx {near(value)} = {near(value)}", value)]
    return [first, Step(named[1], line(letter, expression, value, rough=not is_exact(value), places=GUARDED), value)]


FARTHEST = 300.0
"""Beyond it e^z says nothing any more."""


def _swapped(i: LstmInputs) -> Outputs:
    entered, kept, candidate, leaves = gates_of(i)
    found = outputs_by((kept, entered, candidate, leaves), decimal_of(i.c))
    return {"c": found["c"], "h": found["h"]}


def _without_tanh(i: LstmInputs) -> Outputs:
    return {"h": outputs_by(gates_of(i), decimal_of(i.c), squash=lambda cell: cell)["h"]}


def _sigmoid_candidate(i: LstmInputs) -> Outputs:
    found = outputs_by(gates_of(i, candidate=sigmoid), decimal_of(i.c))
    return {name: found[name] for name in ("candidate", "c", "h")}


def _other_order(i: LstmInputs) -> Outputs:
    found = outputs_by(gates_of(i, rows=(0, 1, 3, 2)), decimal_of(i.c))
    return {name: found[name] for name in ("candidate", "output_gate", "c", "h")}


def _number(own: Outputs, name: str) -> Decimal:
    return decimal_of(float(rational(own[name])))


def _follow_c(i: LstmInputs, own: Outputs) -> Value:
    kept = WIDE.multiply(_number(own, "forget_gate"), decimal_of(i.c))
    return float(WIDE.add(kept, WIDE.multiply(_number(own, "input_gate"), _number(own, "candidate"))))


def _follow_h(i: LstmInputs, own: Outputs) -> Value:
    leaves = _number(own, "output_gate") if "output_gate" in own else sigmoid(before(i, 3))
    return float(WIDE.multiply(leaves, tanh(_number(own, "c"))))


FAMILY = Family(
    id="lstm_step",
    title=TITLE,
    inputs=LstmInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "swaps_input_and_forget": _swapped,
            "forgets_tanh_of_cell": _without_tanh,
            "candidate_by_sigmoid": _sigmoid_candidate,
            "pytorch_order_ignored": _other_order,
        },
        conventions=("pytorch_order_ignored",),
    ),
    follow={"c": _follow_c, "h": _follow_h},
    symbols={"x": "x", "h": "h", "c": "c", "w_x": "w_x", "w_h": "w_h", "b": "b"},
)
