"""Parameters of a fully connected layer (torch.nn.Linear, section Variables)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Parameters of a fully connected layer", "全连接层的参数量")
CONVENTION = Text(
    "PyTorch's nn.Linear: one bias per output when bias=True.",
    "按 PyTorch 的 nn.Linear 计算，bias=True 时每个输出一个偏置。",
)
OUTPUTS = {
    "weights": Output("integer", Text("weights", "权重数"), PARAMETERS),
    "biases": Output("integer", Text("biases", "偏置数"), PARAMETERS),
    "total": Output("integer", Text("parameters", "参数量"), PARAMETERS),
}
STEPS = {
    "weights": Text("weights: every input to every output", "权重：每个输入连到每个输出"),
    "biases": Text("biases: one per output", "偏置：每个输出一个"),
    "no_biases": Text("bias=False: none", "bias=False：没有偏置"),
    "total": Text("parameters: weights and biases", "参数量：权重加偏置"),
}
MISTAKES = {
    "forgets_bias": (
        Text("leaves out the biases", "漏了偏置"),
        Text(
            "bias=True adds one parameter for each of the {out_features} outputs.",
            "bias=True 时 {out_features} 个输出各加一个参数。",
        ),
    ),
    "bias_per_input": (
        Text("counts one bias per input", "按输入数算了偏置"),
        Text(
            "A bias is added to each output, so there are {out_features}.",
            "偏置加在每个输出上，所以有 {out_features} 个。",
        ),
    ),
}


class LinearInputs(Inputs):
    """Feature counts."""

    in_features: Size
    out_features: Size
    bias: bool = True


def counts(i: LinearInputs, biases: int) -> Outputs:
    weights = i.in_features * i.out_features
    return {"weights": weights, "biases": biases, "total": weights + biases}


def solve(i: LinearInputs) -> Outputs:
    return counts(i, i.out_features if i.bias else 0)


def steps(i: LinearInputs) -> Sequence[Step]:
    weights, biases = i.in_features * i.out_features, i.out_features if i.bias else 0
    first = Step(
        STEPS["weights"], rf"n_{{in}} n_{{out}} = {product(i.in_features, i.out_features)} = {weights}", weights
    )
    second = Step(STEPS["biases" if i.bias else "no_biases"], f"b = {biases}", biases)
    total = Step(STEPS["total"], f"{weights}+{biases} = {weights + biases}", weights + biases)
    return [*lead_to([first], "weights"), *lead_to([second], "biases"), *lead_to([first, second, total], "total")]


def _wrong(slug: str, inputs_count: bool) -> Mistake[LinearInputs]:
    def wrong(i: LinearInputs) -> Outputs:
        found = counts(i, i.in_features if inputs_count else 0)
        return {"biases": found["biases"], "total": found["total"]} if i.bias else {}

    return Mistake(slug, *MISTAKES[slug], wrong)


FAMILY = Family(
    id="linear_parameters",
    title=TITLE,
    inputs=LinearInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(_wrong("forgets_bias", inputs_count=False), _wrong("bias_per_input", inputs_count=True)),
    follow={"total": lambda i, own: whole(own["weights"]) + whole(own["biases"])},
    symbols={"in_features": "n_{in}", "out_features": "n_{out}"},
)
