"""Parameters of multi-head attention (torch.nn.MultiheadAttention)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import attention_weights
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.text import Text

TITLE = Text("Parameters of multi-head attention", "多头注意力的参数量")
CONVENTION = Text(
    "Query, key, value and output projections, each from embed_dim to embed_dim (PyTorch's nn.MultiheadAttention).",
    "包括 query、key、value 和输出四个投影，都从 embed_dim 到 embed_dim（按 PyTorch 的 nn.MultiheadAttention）。",
)
OUTPUTS = {
    "head_dim": Output("integer", Text("width of one head", "每个头的维度"), CHANNELS),
    "parameters": Output("integer", Text("parameters", "参数量"), PARAMETERS),
}
STEPS = {
    "head_dim": Text("width of one head: the heads share the embedding", "每个头的维度：各个头平分嵌入维度"),
    "one": Text("one projection, weights and biases", "一个投影的权重和偏置"),
    "one_plain": Text("one projection, weights only", "一个投影，只有权重"),
    "parameters": Text("four projections: query, key, value, output", "四个投影：query、key、value、输出"),
}
MISTAKES = {
    "multiplies_by_heads": (
        Text("multiplies by the heads", "多乘了头数"),
        Text("The {num_heads} heads share the width: each takes {embed_dim}/{num_heads} of it, so their number does not matter.", "{num_heads} 个头平分维度，每个头只有 {embed_dim}/{num_heads} 维，所以与头数无关。"),
    ),
    "forgets_output_projection": (
        Text("forgets the output projection", "漏了输出投影"),
        Text("After the heads are joined a fourth projection mixes them.", "各个头拼接之后还有第四个投影来混合它们。"),
    ),
}  # fmt: skip


class AttentionInputs(Inputs):
    """Width and heads; keys and values have the same width."""

    embed_dim: Size
    num_heads: Size
    bias: bool = True

    @model_validator(mode="after")
    def _divides(self) -> AttentionInputs:
        if self.embed_dim % self.num_heads:
            raise Refusal("num_heads must divide embed_dim", "num_heads", "embed_dim")
        return self


def solve(i: AttentionInputs) -> Outputs:
    return {"head_dim": i.embed_dim // i.num_heads, "parameters": attention_weights(i.embed_dim, 4, i.bias)}


def steps(i: AttentionInputs) -> Sequence[Step]:
    d, one = i.embed_dim, attention_weights(i.embed_dim, 1, i.bias)
    head = d // i.num_heads
    symbols, numbers, caption = ("d^2+d", f"{d}^2+{d}", "one") if i.bias else ("d^2", f"{d}^2", "one_plain")
    return [
        Step(STEPS["head_dim"], rf"\frac{{d}}{{h}} = \frac{{{d}}}{{{i.num_heads}}} = {head}", head, "head_dim"),
        Step(STEPS[caption], f"{symbols} = {numbers} = {one}", one, "parameters"),
        Step(STEPS["parameters"], f"{product(4, one)} = {4 * one}", 4 * one, "parameters"),
    ]


FAMILY = Family(
    id="attention_parameters",
    title=TITLE,
    inputs=AttentionInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "multiplies_by_heads": lambda i: {"parameters": attention_weights(i.embed_dim, 4, i.bias) * i.num_heads},
            "forgets_output_projection": lambda i: {"parameters": attention_weights(i.embed_dim, 3, i.bias)},
        },
    ),
    symbols={"embed_dim": "d", "num_heads": "h"},
)
