"""Weights of MobileNetV2's inverted residual block (Sandler et al. 2018, section 3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Parameters of an inverted residual block", "倒残差模块的参数量")
CONVENTION = Text(
    "Convolution weights only: no biases, no batch norm; with expansion 1 there is no expansion layer.",
    "只计卷积权重，不含偏置和 BN；扩展系数为 1 时没有升维层。",
)
OUTPUTS = {
    "hidden_channels": Output("integer", Text("channels inside the block", "模块中间的通道数"), CHANNELS),
    "parameters": Output("integer", Text("weights of the block", "模块的权重数"), PARAMETERS),
}
STEPS = {
    "hidden": Text("channels after the expansion", "升维后的通道数"),
    "expand": Text("1×1 expansion", "1×1 升维"),
    "depthwise": Text("depthwise convolution: one kernel a channel", "逐通道卷积：每个通道一个核"),
    "project": Text("1×1 projection", "1×1 降维"),
    "total": Text("the layers together", "各层合计"),
}
MISTAKES = {
    "depthwise_as_full_conv": (
        Text("counts the depthwise convolution as a full one", "把逐通道卷积当成了普通卷积"),
        Text("Each of the {hidden_channels} channels has one kernel of its own and sees no other channel.", "{hidden_channels} 个通道各有一个核，互不相通。"),
    ),
    "expands_output": (
        Text("expands the output channels", "按输出通道数扩展"),
        Text("The expansion comes first, so it multiplies the {in_channels} input channels.", "升维在最前面，乘的是 {in_channels} 个输入通道。"),
    ),
    "forgets_expansion_layer": (
        Text("leaves out the 1×1 expansion", "漏了 1×1 升维层"),
        Text("With expansion={expansion} the wider channels come from a 1×1 convolution that has weights too.", "expansion={expansion} 时，变宽的通道来自一个 1×1 卷积，它也有权重。"),
    ),
}  # fmt: skip


class InvertedResidualInputs(Inputs):
    """Channel counts, expansion factor, side of the depthwise kernel."""

    in_channels: Size
    out_channels: Size
    expansion: Size
    kernel_size: Size = 3


def layers(i: InvertedResidualInputs, hidden: int) -> list[int]:
    """Weights of the layers with so many channels inside; the first is 0 where it is absent."""
    return [
        conv_weights(i.in_channels, hidden, (1, 1)) if i.expansion > 1 else 0,
        conv_weights(hidden, hidden, (i.kernel_size, i.kernel_size), groups=hidden),
        conv_weights(hidden, i.out_channels, (1, 1)),
    ]


def hidden(i: InvertedResidualInputs) -> int:
    return i.in_channels * i.expansion


def solve(i: InvertedResidualInputs) -> Outputs:
    return {"hidden_channels": hidden(i), "parameters": sum(layers(i, hidden(i)))}


def steps(i: InvertedResidualInputs) -> Sequence[Step]:
    h, k = hidden(i), i.kernel_size
    expand, depthwise, project = layers(i, h)
    first = Step(STEPS["hidden"], rf"h = t C_{{in}} = {product(i.expansion, i.in_channels)} = {h}", h)
    each = [
        Step(STEPS["expand"], rf"C_{{in}} h = {product(i.in_channels, h)} = {expand}", expand),
        Step(STEPS["depthwise"], rf"k^2 h = {product(k, k, h)} = {depthwise}", depthwise),
        Step(STEPS["project"], rf"h C_{{out}} = {product(h, i.out_channels)} = {project}", project),
    ]
    shown = each if i.expansion > 1 else each[1:]
    total = expand + depthwise + project
    last = Step(STEPS["total"], f"{'+'.join(str(step.value) for step in shown)} = {total}", total)
    return [*lead_to([first], "hidden_channels"), *lead_to([first, *shown, last], "parameters")]


def _full(i: InvertedResidualInputs) -> Outputs:
    expand, depthwise, project = layers(i, hidden(i))
    return {"parameters": expand + depthwise * hidden(i) + project}


def _of_output(i: InvertedResidualInputs) -> Outputs:
    inside = i.out_channels * i.expansion
    return {"hidden_channels": inside, "parameters": sum(layers(i, inside))}


FAMILY = Family(
    id="inverted_residual_parameters",
    title=TITLE,
    inputs=InvertedResidualInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "depthwise_as_full_conv": _full,
            "expands_output": lambda i: _of_output(i) if i.in_channels != i.out_channels else {},
            "forgets_expansion_layer": lambda i: (
                {"parameters": sum(layers(i, hidden(i))[1:])} if i.expansion > 1 else {}
            ),
        },
    ),
    follow={"parameters": lambda i, own: sum(layers(i, whole(own["hidden_channels"])))},
    symbols={"in_channels": "C_{in}", "out_channels": "C_{out}", "expansion": "t", "kernel_size": "k"},
)
