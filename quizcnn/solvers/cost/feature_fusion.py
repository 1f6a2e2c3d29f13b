"""Channels of fused feature maps and the parameters of the convolution behind them (torch.cat or sum, torch.nn.Conv2d)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Refusal, Size, SizePair
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import total
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Add or concatenate feature maps", "特征图相加或拼接")
CONVENTION = Text(
    "All maps have the same height and width; the next layer is one PyTorch nn.Conv2d without groups, a bias per output channel when bias=True.",
    "各特征图高、宽相同；下一层是一个不分组的 PyTorch nn.Conv2d，bias=True 时每个输出通道一个偏置。",
)
OUTPUTS = {
    "fused_channels": Output("integer", Text("channels after fusion", "融合后的通道数"), CHANNELS),
    "next_parameters": Output("integer", Text("parameters of the next convolution", "下一个卷积的参数量"), PARAMETERS),
}
STEPS = {
    "concat": Text("concatenation lays the channels behind each other", "拼接把通道依次排开"),
    "add": Text("addition keeps the channels", "相加时通道数不变"),
    "biased": Text("weights and biases of the next convolution", "下一个卷积的权重和偏置"),
    "plain": Text("weights of the next convolution, no biases", "下一个卷积的权重，没有偏置"),
}
MISTAKES = {
    "concat_keeps_channels": (
        Text("keeps the channels of one map", "只保留了一张图的通道数"),
        Text("That is addition; concatenation lays all channels {channels} behind each other.", "那是相加；拼接是把 {channels} 这些通道依次排在一起。"),
    ),
    "add_sums_channels": (
        Text("adds up the channel counts", "把通道数相加了"),
        Text("That is concatenation; addition adds values and keeps the channels.", "那是拼接；相加加的是数值，通道数不变。"),
    ),
    "forgets_bias": (
        Text("leaves out the biases", "漏了偏置"),
        Text("bias=True adds one parameter for each of the {out_channels} output channels.", "bias=True 时 {out_channels} 个输出通道各加一个参数。"),
    ),
}  # fmt: skip


class FusionInputs(Inputs):
    """Channels of each map; the next convolution's output channels, kernel (height, width) and bias."""

    channels: Many[Size]
    mode: Literal["add", "concat"]
    out_channels: Size
    kernel_size: SizePair = (3, 3)
    bias: bool = True

    @model_validator(mode="after")
    def _fits(self) -> FusionInputs:
        if self.mode == "add" and len(set(self.channels)) > 1:
            raise Refusal("maps with different numbers of channels cannot be added", "channels", "mode")
        return self


def fused(i: FusionInputs) -> int:
    return sum(i.channels) if i.mode == "concat" else i.channels[0]


def parameters(i: FusionInputs, channels: int) -> int:
    """Parameters of the next convolution behind so many channels."""
    return conv_weights(channels, i.out_channels, i.kernel_size) + (i.out_channels if i.bias else 0)


def counts(i: FusionInputs, channels: int) -> Outputs:
    return {"fused_channels": channels, "next_parameters": parameters(i, channels)}


def solve(i: FusionInputs) -> Outputs:
    return counts(i, fused(i))


def steps(i: FusionInputs) -> Sequence[Step]:
    channels, found = fused(i), parameters(i, fused(i))
    terms = total(str(count) for count in i.channels) if i.mode == "concat" and len(i.channels) > 1 else ""
    first = Step(STEPS[i.mode], f"C = {f'{terms} = ' if terms else ''}{channels}", channels)
    bias, symbol = (f"+{i.out_channels}", "+C_{out}") if i.bias else ("", "")
    line = rf"C_{{out}} C k_h k_w{symbol} = {product(i.out_channels, channels, *i.kernel_size)}{bias} = {found}"
    last = Step(STEPS["biased" if i.bias else "plain"], line, found)
    return [*lead_to([first], "fused_channels"), *lead_to([first, last], "next_parameters")]


FAMILY = Family(
    id="feature_fusion",
    title=TITLE,
    inputs=FusionInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "concat_keeps_channels": lambda i: counts(i, i.channels[0]) if i.mode == "concat" else {},
            "add_sums_channels": lambda i: counts(i, sum(i.channels)) if i.mode == "add" else {},
            "forgets_bias": lambda i: {"next_parameters": parameters(i, fused(i)) - i.out_channels} if i.bias else {},
        },
    ),
    follow={"next_parameters": lambda i, own: parameters(i, whole(own["fused_channels"]))},
    symbols={"out_channels": "C_{out}", "kernel_size": "k"},
)
