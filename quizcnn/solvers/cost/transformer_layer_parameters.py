"""Parameters of a Transformer encoder layer (torch.nn.TransformerEncoderLayer; Vaswani et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import attention_weights
from quizcnn.solvers.units import PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Parameters of a Transformer encoder layer", "Transformer 编码器层的参数量")
CONVENTION = Text(
    "Four projections of multi-head attention, two feedforward layers, two layer norms; biases everywhere (PyTorch's nn.TransformerEncoderLayer).",
    "多头注意力的四个投影、两个前馈层、两个 LayerNorm，全部带偏置（按 PyTorch 的 nn.TransformerEncoderLayer）。",
)
OUTPUTS = {
    "attention": Output("integer", Text("parameters of the attention", "注意力的参数量"), PARAMETERS),
    "feedforward": Output("integer", Text("parameters of the feedforward part", "前馈部分的参数量"), PARAMETERS),
    "layer_norm": Output("integer", Text("parameters of both layer norms", "两个 LayerNorm 的参数量"), PARAMETERS),
    "total": Output("integer", Text("parameters of the layer", "整层的参数量"), PARAMETERS),
}
STEPS = {
    "attention": Text("four projections: query, key, value, output", "四个投影：query、key、value、输出"),
    "feedforward": Text("up to the inner width and back, with biases", "升到中间维度再降回来，带偏置"),
    "layer_norm": Text("scale and shift of both layer norms", "两个 LayerNorm 的缩放和平移"),
    "total": Text("together", "合计"),
}
MISTAKES = {
    "forgets_layer_norm": (
        Text("leaves out the layer norms", "漏了 LayerNorm"),
        Text("Each of the two layer norms has {embed_dim} scales and {embed_dim} shifts.", "两个 LayerNorm 各有 {embed_dim} 个缩放和 {embed_dim} 个平移参数。"),
    ),
    "forgets_biases": (
        Text("leaves out the biases", "漏了偏置"),
        Text("All four projections and both feedforward layers have biases.", "四个投影和两个前馈层都带偏置。"),
    ),
}  # fmt: skip


class EncoderInputs(Inputs):
    """Width of the tokens, inner width of the feedforward part. The number of heads changes nothing."""

    embed_dim: Size
    feedforward_dim: Size


def feedforward(i: EncoderInputs, bias: bool = True) -> int:
    weights = 2 * i.embed_dim * i.feedforward_dim
    return weights + i.feedforward_dim + i.embed_dim if bias else weights


def counts(attention: int, inner: int, norm: int) -> dict[str, int]:
    return {"attention": attention, "feedforward": inner, "layer_norm": norm, "total": attention + inner + norm}


def solve(i: EncoderInputs) -> Outputs:
    return {**counts(attention_weights(i.embed_dim, 4, True), feedforward(i), 4 * i.embed_dim)}


def steps(i: EncoderInputs) -> Sequence[Step]:
    d, f = i.embed_dim, i.feedforward_dim
    attention, inner, norm = attention_weights(d, 4, True), feedforward(i), 4 * d
    total = attention + inner + norm
    parts = [
        Step(STEPS["attention"], rf"4(d^2+d) = 4 \cdot ({d}^2+{d}) = {attention}", attention, "attention"),
        Step(STEPS["feedforward"], f"2df+f+d = {product(2, d, f)}+{f}+{d} = {inner}", inner, "feedforward"),
        Step(STEPS["layer_norm"], rf"2 \cdot 2d = {product(2, 2, d)} = {norm}", norm, "layer_norm"),
    ]
    last = Step(STEPS["total"], f"{attention}+{inner}+{norm} = {total}", total)
    return [*parts, *lead_to([*parts, last], "total")]


def _without_biases(i: EncoderInputs) -> Outputs:
    found = counts(attention_weights(i.embed_dim, 4, False), feedforward(i, bias=False), 4 * i.embed_dim)
    return {name: found[name] for name in ("attention", "feedforward", "total")}


FAMILY = Family(
    id="transformer_layer_parameters",
    title=TITLE,
    inputs=EncoderInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_layer_norm": lambda i: {"total": attention_weights(i.embed_dim, 4, True) + feedforward(i)},
            "forgets_biases": _without_biases,
        },
    ),
    follow={"total": lambda i, own: sum(whole(own[name]) for name in ("attention", "feedforward", "layer_norm"))},
    symbols={"embed_dim": "d", "feedforward_dim": "f"},
)
