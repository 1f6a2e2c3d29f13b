"""Parameters of a fully connected layer on a flattened map, and on the same map after global average pooling."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Classifier on a flattened map", "展平后接全连接层的参数量")
CONVENTION = Text(
    "PyTorch's nn.Flatten and nn.Linear: one bias per output when bias=True.",
    "按 PyTorch 的 nn.Flatten 与 nn.Linear 计算，bias=True 时每个输出一个偏置。",
)
OUTPUTS = {
    "in_features": Output("integer", Text("features after flattening", "展平后的特征数"), CHANNELS),
    "total": Output("integer", Text("parameters after flattening", "展平后的参数量"), PARAMETERS),
    "gap_total": Output(
        "integer", Text("parameters after global average pooling", "全局平均池化后的参数量"), PARAMETERS
    ),
}
STEPS = {
    "in_features": Text("flattening keeps every element of the map", "展平保留特征图的每个元素"),
    "weights": Text("weights: every feature to every output", "权重：每个特征连到每个输出"),
    "total": Text("parameters: weights and biases", "参数量：权重加偏置"),
    "gap_weights": Text(
        "after global average pooling one feature per channel is left", "全局平均池化后每个通道只剩一个特征"
    ),
    "gap_total": Text("parameters after pooling: weights and biases", "池化后的参数量：权重加偏置"),
}
MISTAKES = {
    "forgets_channels": (
        Text("forgets the channels", "漏乘了通道数"),
        Text("Flattening joins all {in_channels} maps of {in_height} × {in_width}.", "展平会把 {in_channels} 张 {in_height} × {in_width} 的图全部拼起来。"),
    ),
    "forgets_bias": (
        Text("leaves out the biases", "漏了偏置"),
        Text("bias=True adds one parameter for each of the {out_features} outputs.", "bias=True 时 {out_features} 个输出各加一个参数。"),
    ),
    "gap_counts_positions": (
        Text("keeps every position after pooling", "池化后仍然保留了每个位置"),
        Text("Global average pooling leaves one value per channel, {in_channels} features.", "全局平均池化每个通道只留一个值，共 {in_channels} 个特征。"),
    ),
}  # fmt: skip


class FlattenLinearInputs(Inputs):
    """A map of in_channels x in_height x in_width and the number of outputs."""

    in_channels: Size
    in_height: Size
    in_width: Size
    out_features: Size
    bias: bool = True

    @property
    def features(self) -> int:
        return self.in_channels * self.in_height * self.in_width

    @property
    def biases(self) -> int:
        return self.out_features if self.bias else 0


def total(i: FlattenLinearInputs, features: int) -> int:
    return features * i.out_features + i.biases


def solve(i: FlattenLinearInputs) -> Outputs:
    return {"in_features": i.features, "total": total(i, i.features), "gap_total": total(i, i.in_channels)}


def layer_steps(i: FlattenLinearInputs, features: int, weights_caption: Text, total_caption: Text) -> list[Step]:
    weights = features * i.out_features
    return [
        Step(weights_caption, f"{product(features, i.out_features)} = {weights}", weights),
        Step(total_caption, f"{weights}+{i.biases} = {weights + i.biases}", weights + i.biases),
    ]


def steps(i: FlattenLinearInputs) -> Sequence[Step]:
    flat = Step(
        STEPS["in_features"], f"CHW = {product(i.in_channels, i.in_height, i.in_width)} = {i.features}", i.features
    )
    return [
        *lead_to([flat], "in_features"),
        *lead_to([flat, *layer_steps(i, i.features, STEPS["weights"], STEPS["total"])], "total"),
        *lead_to(layer_steps(i, i.in_channels, STEPS["gap_weights"], STEPS["gap_total"]), "gap_total"),
    ]


def _one_channel(i: FlattenLinearInputs) -> Outputs:
    features = i.in_height * i.in_width
    return {"in_features": features, "total": total(i, features)}


def _no_bias(i: FlattenLinearInputs) -> Outputs:
    weights: Outputs = {"total": i.features * i.out_features, "gap_total": i.in_channels * i.out_features}
    return weights if i.bias else {}


FAMILY = Family(
    id="flatten_linear_parameters",
    title=TITLE,
    inputs=FlattenLinearInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_channels": _one_channel,
            "forgets_bias": _no_bias,
            "gap_counts_positions": lambda i: {"gap_total": total(i, i.features)},
        },
    ),
    follow={"total": lambda i, own: total(i, whole(own["in_features"]))},
    symbols={"in_channels": "C", "in_height": "H", "in_width": "W", "out_features": "n_{out}"},
)
