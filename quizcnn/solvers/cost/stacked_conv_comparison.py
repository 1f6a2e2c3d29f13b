"""A stack of small convolutions beside one convolution with the same receptive field (Simonyan & Zisserman 2015, section 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import fraction, tex
from quizcnn.solvers.units import PARAMETERS, PIXELS
from quizcnn.solvers.values import rational, whole
from quizcnn.text import Text

TITLE = Text("A stack of small kernels against one large kernel", "小卷积核堆叠与单个大卷积核")
CONVENTION = Text(
    "Stride 1, the same channels in and out everywhere, no bias; ratio = stack / single convolution.",
    "步幅 1，各层输入输出通道数相同，不带偏置；比值 = 堆叠 / 单层。",
)
OUTPUTS = {
    "equivalent_kernel": Output("integer", Text("kernel of the single convolution", "单层卷积核的边长"), PIXELS),
    "stacked_parameters": Output("integer", Text("parameters of the stack", "堆叠的参数量"), PARAMETERS),
    "single_parameters": Output("integer", Text("parameters of the single convolution", "单层的参数量"), PARAMETERS),
    "ratio": Output("fraction", Text("stack / single parameters", "堆叠 / 单层参数量之比")),
}
STEPS = {
    "equivalent_kernel": Text("receptive field: each layer adds k − 1 pixels", "感受野：每层增加 k − 1 个像素"),
    "stacked": Text("the stack: L layers of k × k kernels, C channels to C", "堆叠：L 层 k × k 卷积，C 通道到 C 通道"),
    "single": Text("one convolution with the equivalent kernel", "一层等效卷积核"),
    "ratio": Text("the channels cancel", "通道数约掉"),
}
MISTAKES = {
    "forgets_channels_squared": (
        Text("multiplies by the channels once", "通道数只乘了一次"),
        Text("Every one of the {channels} filters has a kernel for each of the {channels} input channels.", "{channels} 个滤波器对 {channels} 个输入通道各有一个核。"),
    ),
    "adds_kernels": (
        Text("adds the kernel sizes", "把卷积核尺寸直接相加"),
        Text("After the first layer each one adds only k − 1 pixels, as neighbouring windows overlap.", "相邻窗口会重叠，第一层之后每层只增加 k − 1 个像素。"),
    ),
}  # fmt: skip


class StackInputs(Inputs):
    """A square kernel, how many layers of it, and the channels of every layer."""

    small_kernel: Size
    layers: Size
    channels: Size


def compared(kernel: int, stacked: int, channels: int) -> Outputs:
    """The outputs that follow from the equivalent kernel and the stack's parameters."""
    single = kernel**2 * channels**2
    return {
        "equivalent_kernel": kernel,
        "stacked_parameters": stacked,
        "single_parameters": single,
        "ratio": Fraction(stacked, single),
    }


def equivalent(i: StackInputs) -> int:
    return 1 + i.layers * (i.small_kernel - 1)


def stacked_parameters(i: StackInputs) -> int:
    return i.layers * i.small_kernel**2 * i.channels**2


def solve(i: StackInputs) -> Outputs:
    return compared(equivalent(i), stacked_parameters(i), i.channels)


def steps(i: StackInputs) -> Sequence[Step]:
    k, count, c = i.small_kernel, i.layers, i.channels
    kernel, stacked = equivalent(i), stacked_parameters(i)
    single, ratio = kernel**2 * c**2, Fraction(count * k**2, kernel**2)
    shares = fraction(rf"{count} \cdot {k}^2", f"{kernel}^2")
    first = Step(STEPS["equivalent_kernel"], rf"K = 1+L(k-1) = 1+{count} \cdot ({k}-1) = {kernel}", kernel)
    stack = Step(STEPS["stacked"], rf"L k^2 C^2 = {count} \cdot {k}^2 \cdot {c}^2 = {stacked}", stacked)
    one = Step(STEPS["single"], rf"K^2 C^2 = {kernel}^2 \cdot {c}^2 = {single}", single)
    share = Step(STEPS["ratio"], rf"\frac{{L k^2 C^2}}{{K^2 C^2}} = {shares} = {tex(ratio)}", ratio)
    return [
        *lead_to([first], "equivalent_kernel"),
        *lead_to([stack], "stacked_parameters"),
        *lead_to([first, one], "single_parameters"),
        *lead_to([first, share], "ratio"),
    ]


def _changed(slug: str, wrong: Callable[[StackInputs], Outputs], names: Sequence[str]) -> Mistake[StackInputs]:
    return Mistake(slug, *MISTAKES[slug], lambda i: {name: value for name, value in wrong(i).items() if name in names})


FAMILY = Family(
    id="stacked_conv_comparison",
    title=TITLE,
    inputs=StackInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _changed(
            "forgets_channels_squared",
            lambda i: compared(equivalent(i), i.layers * i.small_kernel**2 * i.channels, i.channels),
            ("stacked_parameters", "ratio"),
        ),
        _changed(
            "adds_kernels",
            lambda i: compared(i.layers * i.small_kernel, stacked_parameters(i), i.channels),
            ("equivalent_kernel", "single_parameters", "ratio"),
        ),
    ),
    follow={
        "single_parameters": lambda i, own: whole(own["equivalent_kernel"]) ** 2 * i.channels**2,
        "ratio": lambda i, own: rational(own["stacked_parameters"]) / rational(own["single_parameters"]),
    },
    symbols={"small_kernel": "k", "layers": "L", "channels": "C"},
)
