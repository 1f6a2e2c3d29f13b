"""Weights of a bottleneck block against two plain convolutions (He et al. 2016, ResNet, section 4.1; Xie et al. 2017, ResNeXt)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import fraction, product, tex
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Parameters of a bottleneck block", "瓶颈结构的参数量")
CONVENTION = Text(
    "Convolution weights only: no biases, no batch norm, no shortcut; basic is two k×k convolutions without groups; as many channels come out as go in unless given.",
    "只计卷积权重，不含偏置、BN 和捷径；普通结构是两个不分组的 k×k 卷积；没有另外给出时，输出通道数等于输入通道数。",
)
OUTPUTS = {
    "bottleneck_parameters": Output("integer", Text("weights of the bottleneck", "瓶颈结构的权重数"), PARAMETERS),
    "basic_parameters": Output("integer", Text("weights of the basic block", "普通结构的权重数"), PARAMETERS),
    "ratio": Output("fraction", Text("bottleneck against basic", "瓶颈结构与普通结构之比")),
}
STEPS = {
    "reduce": Text("1×1 to the reduced channels", "1×1 降维"),
    "middle": Text("k×k on the reduced channels", "在降维后的通道上做 k×k 卷积"),
    "expand": Text("1×1 to the output channels", "1×1 升维"),
    "bottleneck": Text("the three layers together", "三层合计"),
    "basic": Text("two k×k convolutions at full width", "两个全宽的 k×k 卷积"),
    "ratio": Text("bottleneck against basic", "瓶颈结构与普通结构之比"),
}
MISTAKES = {
    "forgets_expand": (
        Text("leaves out the last 1×1 convolution", "漏了最后一个 1×1 卷积"),
        Text("The block has to come back from {reduced_channels} channels to its full width.", "模块还要从 {reduced_channels} 个通道升回全宽。"),
    ),
    "three_by_three_at_full_width": (
        Text("runs the k×k convolution at full width", "k×k 卷积按全宽计算"),
        Text("The 1×1 before it leaves only {reduced_channels} channels; that is where the saving comes from.", "前面的 1×1 卷积只留下 {reduced_channels} 个通道，省参数就省在这里。"),
    ),
    "ignores_groups": (
        Text("ignores groups", "没有考虑 groups"),
        Text("With groups={groups} each filter sees only 1/{groups} of the {reduced_channels} channels.", "groups={groups} 时每个滤波器只看 {reduced_channels} 个通道的 1/{groups}。"),
    ),
    "one_plain_convolution": (
        Text("compares with one plain convolution", "普通结构只算了一个卷积"),
        Text("The basic block has two k×k convolutions.", "普通结构有两个 k×k 卷积。"),
    ),
}  # fmt: skip


class BottleneckInputs(Inputs):
    """Channel counts; ``out_channels`` null keeps ``channels``."""

    channels: Size
    reduced_channels: Size
    out_channels: Size | None = None
    kernel_size: Size = 3
    groups: Size = 1

    @model_validator(mode="after")
    def _divides(self) -> BottleneckInputs:
        if self.reduced_channels % self.groups:
            raise Refusal("groups must divide reduced_channels", "groups", "reduced_channels")
        return self

    @property
    def out(self) -> int:
        return self.out_channels or self.channels


def layers(i: BottleneckInputs) -> tuple[int, int, int]:
    """Weights of 1×1, k×k and 1×1."""
    side, r = (i.kernel_size, i.kernel_size), i.reduced_channels
    return conv_weights(i.channels, r, (1, 1)), conv_weights(r, r, side, i.groups), conv_weights(r, i.out, (1, 1))


def basic_layers(i: BottleneckInputs) -> tuple[int, int]:
    side = (i.kernel_size, i.kernel_size)
    return conv_weights(i.channels, i.out, side), conv_weights(i.out, i.out, side)


def counts(bottleneck: int, basic: int) -> Outputs:
    return {"bottleneck_parameters": bottleneck, "basic_parameters": basic, "ratio": Fraction(bottleneck, basic)}


def solve(i: BottleneckInputs) -> Outputs:
    return counts(sum(layers(i)), sum(basic_layers(i)))


def steps(i: BottleneckInputs) -> Sequence[Step]:
    (reduce, middle, expand), basic = layers(i), basic_layers(i)
    k, r, seen = i.kernel_size, i.reduced_channels, i.reduced_channels // i.groups
    total, plain = reduce + middle + expand, sum(basic)
    ratio = Fraction(total, plain)
    three = [
        Step(STEPS["reduce"], rf"C R = {product(i.channels, r)} = {reduce}", reduce),
        Step(STEPS["middle"], rf"k^2 R \frac{{R}}{{g}} = {product(k, k, r, seen)} = {middle}", middle),
        Step(STEPS["expand"], rf"R O = {product(r, i.out)} = {expand}", expand),
        Step(STEPS["bottleneck"], f"{reduce}+{middle}+{expand} = {total}", total),
    ]
    line = rf"k^2 C O+k^2 O O = {product(k, k, i.channels, i.out)}+{product(k, k, i.out, i.out)} = {plain}"
    two = Step(STEPS["basic"], line, plain)
    last = Step(STEPS["ratio"], f"{fraction(total, plain)} = {tex(ratio)}", ratio)
    return [*lead_to(three, "bottleneck_parameters"), *lead_to([two], "basic_parameters"), *lead_to([*three, two, last], "ratio")]  # fmt: skip


def _mistake(slug: str, rule: Callable[[BottleneckInputs], int | None]) -> Mistake[BottleneckInputs]:
    """Another count of the bottleneck's weights; None where the rule changes nothing."""

    def wrong(i: BottleneckInputs) -> Outputs:
        bottleneck = rule(i)
        if bottleneck is None:
            return {}
        found = counts(bottleneck, sum(basic_layers(i)))
        return {name: found[name] for name in ("bottleneck_parameters", "ratio")}

    return Mistake(slug, *MISTAKES[slug], wrong)


def _full_width(i: BottleneckInputs) -> int | None:
    reduce, _, expand = layers(i)
    return reduce + i.kernel_size**2 * i.channels**2 + expand if i.groups == 1 else None


def _without_groups(i: BottleneckInputs) -> int | None:
    return sum(layers(i)) + layers(i)[1] * (i.groups - 1) if i.groups > 1 else None


def _one_plain(i: BottleneckInputs) -> Outputs:
    found = counts(sum(layers(i)), basic_layers(i)[1])
    return {name: found[name] for name in ("basic_parameters", "ratio")}


FAMILY = Family(
    id="bottleneck_parameters",
    title=TITLE,
    inputs=BottleneckInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("forgets_expand", lambda i: sum(layers(i)[:2])),
        _mistake("three_by_three_at_full_width", _full_width),
        _mistake("ignores_groups", _without_groups),
        Mistake("one_plain_convolution", *MISTAKES["one_plain_convolution"], _one_plain),
    ),
    follow={"ratio": lambda i, own: Fraction(whole(own["bottleneck_parameters"]), whole(own["basic_parameters"]))},
    symbols={"channels": "C", "reduced_channels": "R", "out_channels": "O", "kernel_size": "k", "groups": "g"},
)
