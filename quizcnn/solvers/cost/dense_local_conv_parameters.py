"""Parameters of a dense, a locally connected and a convolution layer between the same maps (Goodfellow et al. 2016, section 9.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import CountPair, Inputs, Size, SizePair
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import conv_size, conv_weights
from quizcnn.solvers.units import PARAMETERS
from quizcnn.solvers.values import Value
from quizcnn.solvers.windows import Axis, axis_steps, check_window
from quizcnn.text import Text

TITLE = Text("Dense, locally connected and convolution layer", "全连接、局部连接与卷积的参数量")
CONVENTION = Text(
    "Three layers from the same input map to the same output map, sized as by the convolution. local: every output unit has a kernel of its own. Biases, if any: one for each output unit (dense, local), one for each output channel (conv).",
    "三种层的输入图和输出图相同，尺寸按卷积计算。局部连接：每个输出单元有自己的卷积核。有偏置时，全连接和局部连接每个输出单元一个，卷积每个输出通道一个。",
)
OUTPUTS = {
    "dense": Output("integer", Text("parameters of the dense layer", "全连接层的参数量"), PARAMETERS),
    "local": Output("integer", Text("parameters of the locally connected layer", "局部连接层的参数量"), PARAMETERS),
    "conv": Output("integer", Text("parameters of the convolution", "卷积层的参数量"), PARAMETERS),
    "sharing_factor": Output("integer", Text("times fewer by sharing", "共享使参数减少的倍数")),
}
STEPS = {
    "units": Text("output units", "输出单元数"),
    "inputs": Text("inputs of the whole map", "整张输入图的元素数"),
    "dense": Text("every output unit sees every input", "每个输出单元看到全部输入"),
    "window": Text("inputs that one window sees", "一个窗口看到的输入数"),
    "local": Text("every output unit has a kernel of its own", "每个输出单元有自己的卷积核"),
    "conv": Text("one kernel for each output channel", "每个输出通道一个卷积核"),
    "sharing_factor": Text("positions that share a kernel", "共用一个卷积核的位置数"),
}
MISTAKES = {
    "dense_forgets_input_map": (
        Text("lets a dense unit see one number a channel", "全连接只数了输入通道"),
        Text("A dense unit sees all {in_height} × {in_width} pixels of every channel.", "全连接单元看到每个通道的全部 {in_height} × {in_width} 个像素。"),
    ),
    "local_shares_weights": (
        Text("shares the weights of the local layer", "让局部连接也共享权重"),
        Text("Local connection alone shares nothing: each position has its own kernel.", "局部连接本身不共享，每个位置有自己的卷积核。"),
    ),
    "conv_counts_positions": (
        Text("counts the kernel again at every position", "卷积在每个位置重复计数"),
        Text("A convolution uses the same kernel at all positions.", "卷积在所有位置用同一个卷积核。"),
    ),
    "conv_bias_for_every_unit": (
        Text("gives the convolution a bias for every unit", "卷积的偏置按输出单元计数"),
        Text("All positions of a channel share one bias, so there are {out_channels}.", "同一通道的所有位置共用一个偏置，所以有 {out_channels} 个。"),
    ),
}  # fmt: skip


class ComparedInputs(Inputs):
    """Input map, output channels, kernel, stride and padding per axis (height, width), with biases or without."""

    in_channels: Size
    in_height: Size
    in_width: Size
    out_channels: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    bias: bool = True

    @model_validator(mode="after")
    def _fits(self) -> ComparedInputs:
        for name, axis in zip(("in_height", "in_width"), axes(self), strict=True):
            check_window(axis, name)
        return self


def axes(i: ComparedInputs) -> tuple[Axis, Axis]:
    (kh, kw), (sh, sw), (ph, pw) = i.kernel_size, i.stride, i.padding
    return (i.in_height, kh, sh, ph, 1), (i.in_width, kw, sw, pw, 1)


def places(i: ComparedInputs) -> int:
    """Positions of the output map."""
    down, across = axes(i)
    return conv_size(*down) * conv_size(*across)


def dense(i: ComparedInputs, inputs: int) -> int:
    """Parameters of a layer whose every output unit sees so many inputs."""
    return i.out_channels * places(i) * (inputs + i.bias)


def seen(i: ComparedInputs) -> int:
    """Inputs in one window."""
    return conv_weights(i.in_channels, 1, i.kernel_size)


def shared(i: ComparedInputs) -> int:
    return i.out_channels * (seen(i) + i.bias)


def solve(i: ComparedInputs) -> Outputs:
    whole_map = i.in_channels * i.in_height * i.in_width
    return {"dense": dense(i, whole_map), "local": dense(i, seen(i)), "conv": shared(i), "sharing_factor": places(i)}


def steps(i: ComparedInputs) -> Sequence[Step]:
    (down, across), (kh, kw), b, found = axes(i), i.kernel_size, int(i.bias), solve(i)
    height, width = conv_size(*down), conv_size(*across)
    size = [*axis_steps(down, "H"), *axis_steps(across, "W")]
    units, whole_map = i.out_channels * places(i), i.in_channels * i.in_height * i.in_width
    count = Step(STEPS["units"], f"U = {product(i.out_channels, height, width)} = {units}", units)
    inputs = product(i.in_channels, i.in_height, i.in_width)
    first = [
        Step(STEPS["inputs"], f"CHW = {inputs} = {whole_map}", whole_map),
        Step(STEPS["dense"], rf"U(CHW+b) = {units} \cdot ({whole_map}+{b}) = {found['dense']}", found["dense"]),
    ]
    window = Step(STEPS["window"], f"q = C k_h k_w = {product(i.in_channels, kh, kw)} = {seen(i)}", seen(i))
    second = Step(STEPS["local"], rf"U(q+b) = {units} \cdot ({seen(i)}+{b}) = {found['local']}", found["local"])
    third = Step(STEPS["conv"], rf"O(q+b) = {i.out_channels} \cdot ({seen(i)}+{b}) = {found['conv']}", found["conv"])
    last = Step(STEPS["sharing_factor"], f"{product(height, width)} = {places(i)}", places(i))
    return [
        *lead_to([*size, count, *first], "dense"),
        *lead_to([*size, count, window, second], "local"),
        *lead_to([window, third], "conv"),
        *lead_to([*size, last], "sharing_factor"),
    ]


def _bias_for_every_unit(i: ComparedInputs) -> Mapping[str, Value]:
    return {"conv": i.out_channels * (seen(i) + places(i))} if i.bias and places(i) > 1 else {}


FAMILY = Family(
    id="dense_local_conv_parameters",
    title=TITLE,
    inputs=ComparedInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "dense_forgets_input_map": lambda i: {"dense": dense(i, i.in_channels)},
            "local_shares_weights": lambda i: {"local": shared(i), "sharing_factor": 1},
            "conv_counts_positions": lambda i: {"conv": dense(i, seen(i)), "sharing_factor": 1},
            "conv_bias_for_every_unit": _bias_for_every_unit,
        },
    ),
    symbols={"in_channels": "C", "in_height": "H", "in_width": "W", "out_channels": "O", "kernel_size": "k"},
)
