"""Multiply-accumulates and FLOPs of a 2-D convolution on one image."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size, SizePair
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import check_groups, conv_weights
from quizcnn.solvers.units import FLOPS, MACS
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text("Cost of a convolution", "卷积层的计算量")
CONVENTION = Text(
    "One image; a multiply-accumulate is 1 MAC or 2 FLOPs; bias=True adds one operation per output element to either count.",
    "按一张图计算：一次乘加算 1 MAC 或 2 FLOPs；bias=True 时两种计数都给每个输出元素加一次运算。",
)
OUTPUTS = {
    "macs": Output("integer", Text("MACs", "乘加次数（MACs）"), MACS),
    "flops": Output("integer", Text("FLOPs", "浮点运算次数（FLOPs）"), FLOPS),
}
STEPS = {
    "weights": Text("multiplications at one position: all weights once", "一个位置的乘法次数：每个权重用一次"),
    "map": Text("positions of the output map", "输出特征图的位置数"),
    "products": Text("multiply-accumulates: weights times positions", "乘加次数：权重数 × 位置数"),
    "additions": Text("bias additions: one per output element", "偏置加法：每个输出元素一次"),
    "macs": Text("MACs with the bias additions", "加上偏置后的 MACs"),
    "flops": Text("FLOPs: two per multiply-accumulate", "FLOPs：每次乘加算两次"),
    "flops_bias": Text(
        "FLOPs: two per multiply-accumulate, and the bias additions", "FLOPs：每次乘加算两次，再加偏置加法"
    ),
}
MISTAKES = {
    "macs_called_flops": (
        Text("gives MACs for FLOPs", "把 MACs 当成了 FLOPs"),
        Text("A multiply-accumulate is two floating-point operations, so FLOPs are about twice the MACs.", "一次乘加是两次浮点运算，FLOPs 约为 MACs 的两倍。"),
    ),
    "forgets_input_channels": (
        Text("forgets the input channels", "漏乘了输入通道数"),
        Text("Every output element sums over all input channels that its filter sees.", "每个输出元素要对滤波器看到的所有输入通道求和。"),
    ),
    "forgets_map": (
        Text("forgets the output positions", "漏乘了输出位置数"),
        Text("The weights are used again at each of the {out_height} × {out_width} positions.", "权重在 {out_height} × {out_width} 个位置上都要用一遍。"),
    ),
}  # fmt: skip


class ConvMacsInputs(Inputs):
    """Channel counts, kernel_size per axis (height, width), the output map in pixels."""

    in_channels: Size
    out_channels: Size
    kernel_size: SizePair
    out_height: Size
    out_width: Size
    groups: Size = 1
    bias: bool = False

    @model_validator(mode="after")
    def _divides(self) -> ConvMacsInputs:
        check_groups(self.in_channels, self.out_channels, self.groups)
        return self

    @property
    def weights(self) -> int:
        return conv_weights(self.in_channels, self.out_channels, self.kernel_size, self.groups)

    @property
    def additions(self) -> int:
        """Bias additions: one an output element."""
        return self.out_channels * self.out_height * self.out_width if self.bias else 0


def cost(products: int, additions: int) -> Outputs:
    return {"macs": products + additions, "flops": 2 * products + additions}


def solve(i: ConvMacsInputs) -> Outputs:
    return cost(i.weights * i.out_height * i.out_width, i.additions)


def steps(i: ConvMacsInputs) -> Sequence[Step]:
    positions, seen = i.out_height * i.out_width, i.in_channels // i.groups
    products = i.weights * positions
    symbols = r"k_h k_w \frac{C_{in}}{g} C_{out}" if i.groups > 1 else "k_h k_w C_{in} C_{out}"
    numbers = product(*i.kernel_size, seen, i.out_channels)
    lines = [
        Step(STEPS["weights"], rf"{symbols} = {numbers} = {i.weights}", i.weights),
        Step(STEPS["map"], rf"H_{{out}} W_{{out}} = {product(i.out_height, i.out_width)} = {positions}", positions),
        Step(STEPS["products"], f"{product(i.weights, positions)} = {products}", products),
    ]
    if i.bias:
        added = product(i.out_channels, positions)
        lines.append(Step(STEPS["additions"], rf"C_{{out}} H_{{out}} W_{{out}} = {added} = {i.additions}", i.additions))
    return [*lead_to(lines + macs_steps(i, products), "macs"), *lead_to([*lines, flops_step(i, products)], "flops")]


def macs_steps(i: ConvMacsInputs, products: int) -> list[Step]:
    macs = products + i.additions
    return [Step(STEPS["macs"], f"{products}+{i.additions} = {macs}", macs)] if i.bias else []


def flops_step(i: ConvMacsInputs, products: int) -> Step:
    flops = 2 * products + i.additions
    if i.bias:
        return Step(STEPS["flops_bias"], f"{product(2, products)}+{i.additions} = {flops}", flops)
    return Step(STEPS["flops"], f"{product(2, products)} = {flops}", flops)


def _flops_from_macs(i: ConvMacsInputs, own: Outputs) -> Value:
    return 2 * (whole(own["macs"]) - i.additions) + i.additions


def _one_channel(i: ConvMacsInputs) -> Outputs:
    kh, kw = i.kernel_size
    return cost(i.out_channels * kh * kw * i.out_height * i.out_width, 0)


FAMILY = Family(
    id="conv2d_macs",
    title=TITLE,
    inputs=ConvMacsInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "macs_called_flops": lambda i: {"flops": solve(i)["macs"]},
            "forgets_input_channels": _one_channel,
            "forgets_map": lambda i: cost(i.weights, 0),
        },
        conventions=("macs_called_flops",),
    ),
    follow={"flops": _flops_from_macs},
    symbols={"in_channels": "C_{in}", "out_channels": "C_{out}", "kernel_size": "k", "groups": "g"},
)
