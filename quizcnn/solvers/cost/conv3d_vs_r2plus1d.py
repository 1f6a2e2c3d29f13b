"""Weights of a 3-D convolution and of its (2+1)D pair (Tran et al. 2018, A closer look at spatiotemporal convolutions, section 3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.text import Text

TITLE = Text("3-D convolution against (2+1)D", "三维卷积与 (2+1)D 卷积")
CONVENTION = Text(
    "No biases; (2+1)D is 1×k×k to the middle channels, then t×1×1; matching middle channels are rounded down.",
    "都不带偏置；(2+1)D 先做 1×k×k 到中间通道，再做 t×1×1；使参数量相当的中间通道数向下取整。",
)
OUTPUTS = {
    "conv3d_parameters": Output("integer", Text("weights of the 3-D convolution", "三维卷积的权重数"), PARAMETERS),
    "r2plus1d_parameters": Output("integer", Text("weights of the (2+1)D pair", "(2+1)D 两层的权重数"), PARAMETERS),
    "matched_mid_channels": Output(
        "integer", Text("middle channels that keep the weights", "使参数量相当的中间通道数"), CHANNELS
    ),
}
STEPS = {
    "full": Text("3-D convolution: kernel volume, channels in and out", "三维卷积：核体积 × 输入通道 × 输出通道"),
    "spatial": Text("1×k×k to the middle channels", "1×k×k 到中间通道"),
    "temporal": Text("t×1×1 to the output channels", "t×1×1 到输出通道"),
    "pair": Text("both together", "两层合计"),
    "each": Text("weights that one middle channel costs", "每个中间通道的权重数"),
    "matched": Text("as many middle channels as the 3-D weights allow", "三维卷积的权重数够分给多少个中间通道"),
}
MISTAKES = {
    "forgets_temporal": (
        Text("forgets the extent in time", "漏了时间方向的核长"),
        Text("The kernel covers {temporal_kernel} frames as well as {spatial_kernel}×{spatial_kernel} pixels.", "卷积核除了 {spatial_kernel}×{spatial_kernel} 个像素，还覆盖 {temporal_kernel} 帧。"),
    ),
    "ignores_mid_channels": (
        Text("takes the output channels for the middle ones", "把中间通道数当成了输出通道数"),
        Text("Between the two layers there are {mid_channels} channels, whatever comes out.", "两层之间是 {mid_channels} 个通道，与输出通道数无关。"),
    ),
    "mid_is_out": (
        Text("takes the output channels", "直接取输出通道数"),
        Text("The middle width is chosen so that the weights of both layers together match the 3-D convolution.", "中间宽度是按两层权重之和与三维卷积相当来定的。"),
    ),
    "forgets_second_layer": (
        Text("counts the spatial layer only", "只算了空间卷积那一层"),
        Text("The t×1×1 convolution behind it has weights too.", "后面的 t×1×1 卷积也有权重。"),
    ),
}  # fmt: skip


class VideoInputs(Inputs):
    """Channel counts; kernels in frames and pixels."""

    in_channels: Size
    out_channels: Size
    mid_channels: Size
    temporal_kernel: Size
    spatial_kernel: Size


def full(i: VideoInputs) -> int:
    return i.temporal_kernel * conv_weights(i.in_channels, i.out_channels, (i.spatial_kernel, i.spatial_kernel))


def pair(i: VideoInputs, mid: int) -> tuple[int, int]:
    """Weights of 1×k×k and of t×1×1 with so many channels between them."""
    spatial = conv_weights(i.in_channels, mid, (i.spatial_kernel, i.spatial_kernel))
    return spatial, conv_weights(mid, i.out_channels, (i.temporal_kernel, 1))


def solve(i: VideoInputs) -> Outputs:
    return {
        "conv3d_parameters": full(i),
        "r2plus1d_parameters": sum(pair(i, i.mid_channels)),
        "matched_mid_channels": full(i) // sum(pair(i, 1)),
    }


def steps(i: VideoInputs) -> Sequence[Step]:
    t, k, into, out, mid = i.temporal_kernel, i.spatial_kernel, i.in_channels, i.out_channels, i.mid_channels
    (spatial, temporal), found = pair(i, mid), solve(i)
    both, each, most = spatial + temporal, sum(pair(i, 1)), found["matched_mid_channels"]
    first = Step(STEPS["full"], rf"t k^2 C_{{in}} C_{{out}} = {product(t, k, k, into, out)} = {full(i)}", full(i))
    two = [
        Step(STEPS["spatial"], rf"k^2 C_{{in}} M = {product(k, k, into, mid)} = {spatial}", spatial),
        Step(STEPS["temporal"], rf"t M C_{{out}} = {product(t, mid, out)} = {temporal}", temporal),
        Step(STEPS["pair"], f"{spatial}+{temporal} = {both}", both),
    ]
    one = Step(STEPS["each"], rf"k^2 C_{{in}}+t C_{{out}} = {product(k, k, into)}+{product(t, out)} = {each}", each)
    last = Step(STEPS["matched"], rf"\left\lfloor \frac{{{full(i)}}}{{{each}}} \right\rfloor = {most}", most)
    return [
        *lead_to([first], "conv3d_parameters"),
        *lead_to(two, "r2plus1d_parameters"),
        *lead_to([first, one, last], "matched_mid_channels"),
    ]


FAMILY = Family(
    id="conv3d_vs_r2plus1d",
    title=TITLE,
    inputs=VideoInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "forgets_temporal": lambda i: {"conv3d_parameters": full(i) // i.temporal_kernel},
        "ignores_mid_channels": lambda i: {"r2plus1d_parameters": sum(pair(i, i.out_channels))},
        "mid_is_out": lambda i: {"matched_mid_channels": i.out_channels},
        "forgets_second_layer": lambda i: {"r2plus1d_parameters": pair(i, i.mid_channels)[0]},
    }),
    symbols={
        "in_channels": "C_{in}", "out_channels": "C_{out}", "mid_channels": "M", "temporal_kernel": "t", "spatial_kernel": "k",
    },
)  # fmt: skip
