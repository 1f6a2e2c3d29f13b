"""Parameters and MACs of a depthwise separable convolution beside a standard one (Howard et al. 2017, MobileNets, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated

from annotated_types import Gt
from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Real, Refusal, Size
from quizcnn.solvers.latex import fraction, product, tex
from quizcnn.solvers.notation import given
from quizcnn.solvers.units import MACS, PARAMETERS
from quizcnn.solvers.values import exact, rational, whole
from quizcnn.text import Text

TITLE = Text("Cost of a depthwise separable convolution", "深度可分离卷积的代价")
CONVENTION = Text(
    "No bias; MACs on one image; ratio = separable MACs / standard MACs. A width multiplier scales both channel counts, "
    "a resolution multiplier both sides of the map.",
    "不带偏置，按一张图计 MACs；比值 = 可分离卷积 MACs / 标准卷积 MACs。宽度乘子同时缩放两个通道数，分辨率乘子同时缩放特征图的两条边。",
)
OUTPUTS = {
    "depthwise_parameters": Output("integer", Text("depthwise parameters", "逐通道卷积参数量"), PARAMETERS),
    "pointwise_parameters": Output("integer", Text("pointwise parameters", "逐点卷积参数量"), PARAMETERS),
    "parameters": Output("integer", Text("parameters, separable", "可分离卷积参数量"), PARAMETERS),
    "standard_parameters": Output("integer", Text("parameters, standard", "标准卷积参数量"), PARAMETERS),
    "macs": Output("integer", Text("MACs, separable", "可分离卷积 MACs"), MACS),
    "standard_macs": Output("integer", Text("MACs, standard", "标准卷积 MACs"), MACS),
    "ratio": Output("fraction", Text("separable / standard MACs", "可分离 / 标准 MACs 之比")),
}
STEPS = {
    "in_channels": Text("input channels at this width", "缩放后的输入通道数"),
    "out_channels": Text("output channels at this width", "缩放后的输出通道数"),
    "out_height": Text("map height at this resolution", "缩放后的特征图高"),
    "out_width": Text("map width at this resolution", "缩放后的特征图宽"),
    "depthwise": Text("depthwise: one k × k kernel per input channel", "逐通道：每个输入通道一个 k × k 核"),
    "pointwise": Text("pointwise: a 1 × 1 convolution over all channels", "逐点：对所有通道做 1 × 1 卷积"),
    "parameters": Text("separable: both together", "可分离：两者之和"),
    "standard": Text("standard: a k × k kernel for every pair of channels", "标准：每对输入输出通道一个 k × k 核"),
    "map": Text("positions of the output map", "输出特征图的位置数"),
    "macs": Text("separable MACs: every weight at every position", "可分离 MACs：每个权重在每个位置用一次"),
    "standard_macs": Text("standard MACs: every weight at every position", "标准 MACs：每个权重在每个位置用一次"),
    "ratio": Text("the map and the input channels cancel", "特征图和输入通道数约掉"),
}
MISTAKES = {
    "ratio_uses_in_channels": (
        Text("takes the input channels in the ratio", "在比值里用了输入通道数"),
        Text("The depthwise part is paid once and not for each output channel: the ratio is 1/out_channels + 1/k².", "逐通道部分只付一次，不随输出通道重复：比值是 1/out_channels + 1/k²。"),
    ),
    "depthwise_uses_out_channels": (
        Text("counts the depthwise kernels by the output channels", "按输出通道数算了逐通道卷积核"),
        Text("The depthwise step filters each input channel by itself, before the channels change.", "逐通道卷积在通道数改变之前，对每个输入通道单独滤波。"),
    ),
    "forgets_pointwise": (
        Text("leaves out the pointwise convolution", "漏了逐点卷积"),
        Text("The 1 × 1 convolution that mixes the channels has a weight for every pair of input and output channels.", "混合通道的 1 × 1 卷积对每对输入输出通道都有一个权重。"),
    ),
    "width_scales_linearly": (
        Text("scales the MACs by the width multiplier once", "让 MACs 只随宽度乘子线性缩放"),
        Text("width_multiplier={width_multiplier} scales both channel counts, so the pointwise part changes with its square.", "width_multiplier={width_multiplier} 同时缩放两个通道数，逐点部分按平方变化。"),
    ),
    "resolution_scales_linearly": (
        Text("scales the MACs by the resolution multiplier once", "让 MACs 只随分辨率乘子线性缩放"),
        Text("resolution_multiplier={resolution_multiplier} scales height and width, so the MACs change with its square.", "resolution_multiplier={resolution_multiplier} 同时缩放高和宽，MACs 按平方变化。"),
    ),
}  # fmt: skip

Multiplier = Annotated[Real, Gt(0)]


class SeparableInputs(Inputs):
    """Channel counts, a square kernel, the output map in pixels; multipliers are read as decimals (0.1 is 1/10)."""

    in_channels: Size
    out_channels: Size
    kernel_size: Size
    out_height: Size
    out_width: Size
    width_multiplier: Multiplier = 1.0
    resolution_multiplier: Multiplier = 1.0

    @model_validator(mode="after")
    def _whole(self) -> SeparableInputs:
        for multiplier, names in SCALED.items():
            for name in names:
                scaled = exact(getattr(self, multiplier)) * getattr(self, name)
                if scaled.denominator != 1:
                    raise Refusal(f"{name} times {multiplier} is {float(scaled):g}, no whole number", multiplier, name)
        return self

    @cached_property
    def layer(self) -> Layer:
        """The layer after both multipliers."""
        return scaled_layer(self, exact(self.width_multiplier), exact(self.resolution_multiplier))


SCALED = {"width_multiplier": ("in_channels", "out_channels"), "resolution_multiplier": ("out_height", "out_width")}
Layer = tuple[int, int, int, int]
"""Input and output channels, height and width of the map."""


def scaled_layer(i: SeparableInputs, width: Fraction, resolution: Fraction) -> Layer:
    sides = (i.in_channels * width, i.out_channels * width, i.out_height * resolution, i.out_width * resolution)
    into, out, height, across = (int(side) for side in sides)
    return into, out, height, across


def separable_macs(i: SeparableInputs, layer: Layer) -> int:
    into, out, height, width = layer
    return into * (i.kernel_size**2 + out) * height * width


def costs(i: SeparableInputs, depthwise: int, pointwise: int) -> Outputs:
    """The separable layer's parameters, MACs and ratio from its two parts."""
    into, out, height, width = i.layer
    standard = into * out * i.kernel_size**2
    return {
        "parameters": depthwise + pointwise,
        "macs": (depthwise + pointwise) * height * width,
        "ratio": Fraction(depthwise + pointwise, standard),
    }


def solve(i: SeparableInputs) -> Outputs:
    into, out, height, width = i.layer
    area = i.kernel_size**2
    return {
        "depthwise_parameters": into * area,
        "pointwise_parameters": into * out,
        "standard_parameters": into * out * area,
        "standard_macs": into * out * area * height * width,
        **costs(i, into * area, into * out),
    }


def scaled_step(i: SeparableInputs, name: str, value: int) -> list[Step]:
    """How a multiplier changes one input; nothing where it is 1."""
    multiplier = i.width_multiplier if name.endswith("channels") else i.resolution_multiplier
    if multiplier == 1:
        return []
    symbol = FAMILY.symbols[name]
    return [Step(STEPS[name], rf"{symbol} = {getattr(i, name)} \cdot {given(multiplier)} = {value}", value)]


def steps(i: SeparableInputs) -> Sequence[Step]:
    (into, out, height, width), k = i.layer, i.kernel_size
    scaled = {name: scaled_step(i, name, value) for name, value in zip(SIDES, i.layer, strict=True)}
    channels, sides = scaled["in_channels"] + scaled["out_channels"], scaled["out_height"] + scaled["out_width"]
    depth, point, full, positions = into * k**2, into * out, into * out * k**2, height * width
    depthwise = Step(STEPS["depthwise"], rf"k^2 C_{{in}} = {k}^2 \cdot {into} = {depth}", depth)
    pointwise = Step(STEPS["pointwise"], rf"C_{{in}} C_{{out}} = {product(into, out)} = {point}", point)
    both = Step(STEPS["parameters"], f"{depth}+{point} = {depth + point}", depth + point)
    standard = Step(STEPS["standard"], rf"k^2 C_{{in}} C_{{out}} = {k}^2 \cdot {product(into, out)} = {full}", full)
    area = Step(STEPS["map"], rf"H_{{out}} W_{{out}} = {product(height, width)} = {positions}", positions)
    macs = Step(
        STEPS["macs"],
        f"{product(depth + point, positions)} = {(depth + point) * positions}",
        (depth + point) * positions,
    )
    standard_macs = Step(STEPS["standard_macs"], f"{product(full, positions)} = {full * positions}", full * positions)
    return [
        *lead_to([*scaled["in_channels"], depthwise], "depthwise_parameters"),
        *lead_to([*channels, pointwise], "pointwise_parameters"),
        *lead_to([*channels, depthwise, pointwise, both], "parameters"),
        *lead_to([*channels, standard], "standard_parameters"),
        *lead_to([*channels, depthwise, pointwise, both, *sides, area, macs], "macs"),
        *lead_to([*channels, standard, *sides, area, standard_macs], "standard_macs"),
        *lead_to([*scaled["out_channels"], ratio_step(i)], "ratio"),
    ]


def ratio_step(i: SeparableInputs) -> Step:
    out, k = i.layer[1], i.kernel_size
    ratio = Fraction(1, out) + Fraction(1, k**2)
    latex = rf"\frac{{1}}{{C_{{out}}}}+\frac{{1}}{{k^2}} = {fraction(1, out)}+{fraction(1, f'{k}^2')} = {tex(ratio)}"
    return Step(STEPS["ratio"], latex, ratio)


def _ratio_in(i: SeparableInputs) -> Outputs:
    return {"ratio": Fraction(1, i.layer[0]) + Fraction(1, i.kernel_size**2)}


def _depthwise_out(i: SeparableInputs) -> Outputs:
    into, out, _, _ = i.layer
    depthwise = out * i.kernel_size**2
    changed = costs(i, depthwise, into * out)
    return {"depthwise_parameters": depthwise, "parameters": changed["parameters"], "macs": changed["macs"]}


def _no_pointwise(i: SeparableInputs) -> Outputs:
    return costs(i, i.layer[0] * i.kernel_size**2, 0)


def _linear_width(i: SeparableInputs) -> Outputs:
    width, resolution = exact(i.width_multiplier), exact(i.resolution_multiplier)
    return {"macs": separable_macs(i, scaled_layer(i, Fraction(1), resolution)) * width} if width != 1 else {}


def _linear_resolution(i: SeparableInputs) -> Outputs:
    width, resolution = exact(i.width_multiplier), exact(i.resolution_multiplier)
    return {"macs": separable_macs(i, scaled_layer(i, width, Fraction(1))) * resolution} if resolution != 1 else {}


SIDES = ("in_channels", "out_channels", "out_height", "out_width")
FAMILY = Family(
    id="depthwise_separable_cost",
    title=TITLE,
    inputs=SeparableInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "ratio_uses_in_channels": _ratio_in,
            "depthwise_uses_out_channels": _depthwise_out,
            "forgets_pointwise": _no_pointwise,
            "width_scales_linearly": _linear_width,
            "resolution_scales_linearly": _linear_resolution,
        },
    ),
    follow={
        "parameters": lambda i, own: whole(own["depthwise_parameters"]) + whole(own["pointwise_parameters"]),
        "macs": lambda i, own: whole(own["parameters"]) * i.layer[2] * i.layer[3],
        "standard_macs": lambda i, own: whole(own["standard_parameters"]) * i.layer[2] * i.layer[3],
        "ratio": lambda i, own: rational(own["macs"]) / rational(own["standard_macs"]),
    },
    symbols={
        "in_channels": "C_{in}",
        "out_channels": "C_{out}",
        "kernel_size": "k",
        "out_height": "H_{out}",
        "out_width": "W_{out}",
    },
)
