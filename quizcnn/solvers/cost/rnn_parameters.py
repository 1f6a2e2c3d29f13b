"""Parameters of one recurrent layer (torch.nn.RNN, GRU, LSTM documentation, section Variables)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import PARAMETERS
from quizcnn.text import Text

TITLE = Text("Parameters of a recurrent layer", "循环层的参数量")
CONVENTION = Text(
    "One layer; an RNN has 1 gate, a GRU 3, an LSTM 4. biases=two is PyTorch: two bias vectors a gate, one beside W_ih, one beside W_hh.",
    "只有一层；RNN 有 1 组权重，GRU 有 3 组，LSTM 有 4 组。biases=two 即 PyTorch 的做法：每组两个偏置向量，W_ih 和 W_hh 各配一个。",
)
OUTPUTS = {"parameters": Output("integer", Text("parameters", "参数量"), PARAMETERS)}
STEPS = {
    "gate": Text("one gate: weights for the input, weights for the hidden state, biases", "一个门：输入的权重、隐藏状态的权重、偏置"),
    "gates": Text("all gates", "所有的门"),
    "directions": Text("both directions have parameters of their own", "两个方向各有一份参数"),
}  # fmt: skip
MISTAKES = {
    "forgets_gates": (
        Text("counts one gate only", "只算了一个门"),
        Text("A GRU has 3 such blocks of weights, an LSTM 4.", "GRU 有 3 组这样的权重，LSTM 有 4 组。"),
    ),
    "one_bias": (
        Text("counts one bias vector a gate", "每个门只算了一个偏置向量"),
        Text("biases=two: PyTorch keeps a bias beside the input weights and another beside the recurrent ones.", "biases=two：PyTorch 的输入权重和循环权重各带一个偏置。"),
    ),
    "forgets_recurrent_weights": (
        Text("leaves out the recurrent weights", "漏了循环权重"),
        Text("Each gate also reads the {hidden_size} hidden values of the step before.", "每个门还要读上一步的 {hidden_size} 个隐藏值。"),
    ),
    "one_direction": (
        Text("counts one direction", "只算了一个方向"),
        Text("The backward direction has weights of its own.", "反向有自己的一份权重。"),
    ),
}  # fmt: skip
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
BIASES = {"none": 0, "one": 1, "two": 2}


class RecurrentInputs(Inputs):
    """Kind of cell, features of the input and of the hidden state, bias vectors of a gate, one direction or both."""

    cell: Literal["rnn", "gru", "lstm"]
    input_size: Size
    hidden_size: Size
    biases: Literal["one", "two", "none"] = "two"
    bidirectional: bool = False

    @property
    def gates(self) -> int:
        return GATES[self.cell]

    @property
    def directions(self) -> int:
        return 2 if self.bidirectional else 1


def gate(i: RecurrentInputs, biases: int | None = None, recurrent: bool = True) -> int:
    """Parameters of one gate in one direction; ``biases`` in place of the given number."""
    vectors = BIASES[i.biases] if biases is None else biases
    read = i.input_size + (i.hidden_size if recurrent else 0)
    return i.hidden_size * (read + vectors)


def solve(i: RecurrentInputs) -> Outputs:
    return {"parameters": i.directions * i.gates * gate(i)}


def steps(i: RecurrentInputs) -> Sequence[Step]:
    d, h, b, one = i.input_size, i.hidden_size, BIASES[i.biases], gate(i)
    layer = i.gates * one
    lines = [
        Step(STEPS["gate"], rf"h(d+h+b) = {h} \cdot ({d}+{h}+{b}) = {one}", one),
        Step(STEPS["gates"], f"P_1 = {product(i.gates, one)} = {layer}", layer),
    ]
    if i.bidirectional:
        lines.append(Step(STEPS["directions"], f"P = {product(2, layer)} = {2 * layer}", 2 * layer))
    return lines


def _mistake(slug: str, wrong: Callable[[RecurrentInputs], int | None]) -> Mistake[RecurrentInputs]:
    """Another count; None where the rule changes nothing."""

    def applied(i: RecurrentInputs) -> Outputs:
        found = wrong(i)
        return {} if found is None else {"parameters": found}

    return Mistake(slug, *MISTAKES[slug], applied)


FAMILY = Family(
    id="rnn_parameters",
    title=TITLE,
    inputs=RecurrentInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("forgets_gates", lambda i: i.directions * gate(i) if i.gates > 1 else None),
        _mistake("one_bias", lambda i: i.directions * i.gates * gate(i, 1) if i.biases == "two" else None),
        _mistake("forgets_recurrent_weights", lambda i: i.directions * i.gates * gate(i, recurrent=False)),
        _mistake("one_direction", lambda i: i.gates * gate(i) if i.bidirectional else None),
    ),
    symbols={"input_size": "d", "hidden_size": "h"},
)
