"""fan_in and fan_out of a convolution (torch.nn.init._calculate_fan_in_and_fan_out)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size, SizePair
from quizcnn.solvers.latex import fraction, product
from quizcnn.solvers.primitives import check_groups
from quizcnn.text import Text

TITLE = Text("Fans of a convolution", "卷积的 fan_in 与 fan_out")
CONVENTION = Text(
    "As torch.nn.init counts them from the shape of the weights: fan_out is not divided by the groups.",
    "按 torch.nn.init 从权重形状计算：fan_out 不除以组数。",
)
OUTPUTS = {
    "fan_in": Output("integer", Text("fan_in", "fan_in 的值"), ("个",)),
    "fan_out": Output("integer", Text("fan_out", "fan_out 的值"), ("个",)),
}
STEPS = {
    "share": Text("input channels of a group", "每组的输入通道数"),
    "area": Text("taps of the window", "窗口内的位置数"),
    "fan_in": Text("weights that enter one output value", "汇入一个输出值的权重数"),
    "fan_out": Text("output channels times the window", "输出通道数乘窗口大小"),
}
MISTAKES = {
    "forgets_kernel_area": (
        Text("counts the channels alone", "只数了通道"),
        Text("Every tap of the window has its own weights, so fan_in holds the kernel area too.", "窗口的每个位置都有自己的权重，fan_in 还要乘核的面积。"),
    ),
    "swaps_fans": (
        Text("exchanges the two fans", "把 fan_in 和 fan_out 弄反了"),
        Text("fan_in counts what enters an output ({in_channels} channels), fan_out what leaves an input ({out_channels} channels).", "fan_in 数流入一个输出的权重（{in_channels} 个通道），fan_out 数一个输入流向的权重（{out_channels} 个通道）。"),
    ),
    "ignores_groups": (
        Text("ignores the groups", "没有考虑分组"),
        Text("An output sees the channels of its own group only: {in_channels} divided by {groups}.", "一个输出只看自己那一组的通道：{in_channels} 除以 {groups}。"),
    ),
    "divides_fan_out_by_groups": (
        Text("divides fan_out by the groups", "把 fan_out 也除以了组数"),
        Text("That is what an input truly feeds; PyTorch reads the weights' shape and leaves fan_out undivided.", "一个输入真正影响的确实少一些，但 PyTorch 只看权重形状，fan_out 不除以组数。"),
    ),
}  # fmt: skip


class ConvFansInputs(Inputs):
    """kernel_size for both axes or [height, width]; groups divide both channel counts."""

    in_channels: Size
    out_channels: Size
    kernel_size: SizePair
    groups: Size = 1

    @model_validator(mode="after")
    def _divides(self) -> ConvFansInputs:
        check_groups(self.in_channels, self.out_channels, self.groups)
        return self

    @property
    def area(self) -> int:
        return self.kernel_size[0] * self.kernel_size[1]


def fan_in(i: ConvFansInputs, groups: int) -> int:
    return i.in_channels // groups * i.area


def solve(i: ConvFansInputs) -> Outputs:
    return {"fan_in": fan_in(i, i.groups), "fan_out": i.out_channels * i.area}


def steps(i: ConvFansInputs) -> Sequence[Step]:
    share, (height, width) = i.in_channels // i.groups, i.kernel_size
    inside, outside = fan_in(i, i.groups), i.out_channels * i.area
    area = Step(STEPS["area"], rf"k_h \cdot k_w = {product(height, width)} = {i.area}", i.area)
    first = Step(STEPS["share"], rf"\frac{{M}}{{G}} = {fraction(i.in_channels, i.groups)} = {share}", share)
    enters = Step(STEPS["fan_in"], rf"\frac{{M}}{{G}} k_h k_w = {product(share, i.area)} = {inside}", inside)
    leaves = Step(STEPS["fan_out"], rf"N k_h k_w = {product(i.out_channels, i.area)} = {outside}", outside)
    return [*lead_to([first, area, enters], "fan_in"), *lead_to([area, leaves], "fan_out")]


FAMILY = Family(
    id="conv_fans",
    title=TITLE,
    inputs=ConvFansInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_kernel_area": lambda i: {"fan_in": i.in_channels // i.groups},
            "swaps_fans": lambda i: {"fan_in": i.out_channels * i.area, "fan_out": fan_in(i, i.groups)},
            "ignores_groups": lambda i: {"fan_in": fan_in(i, 1)},
            "divides_fan_out_by_groups": lambda i: {"fan_out": i.out_channels // i.groups * i.area},
        },
    ),
    symbols={"in_channels": "M", "out_channels": "N", "kernel_size": "k", "groups": "G"},
)
