"""Values of one filter over several channels (torch.nn.functional.conv2d with one output channel). Sums are exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_of_quotients, ratio_of
from quizcnn.solvers.inputs import Count, Inputs, Many, Matrix, Real, Refusal, Size
from quizcnn.solvers.notation import line, matrix_line, near, near_operand, plus, products
from quizcnn.solvers.planes import (
    Ints,
    check_kernel,
    correlate,
    correlated_shape,
    pixel,
    shape_of,
    shown_cells,
    size_line,
    stack_over_one_denominator,
    turned,
)
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Values of a filter over several channels", "多通道卷积的数值计算")
CONVENTION = Text(
    "One filter of PyTorch's Conv2d: one kernel a channel, not turned, padding with zeros; the channels are added and the bias once. Matrices stand in the order of the channels.",
    "按 PyTorch 的 Conv2d，只有一个滤波器：每个通道一个卷积核，不翻转，补零填充；各通道相加，再加一次偏置。矩阵按通道顺序排列。",
)
OUTPUT = Text("output matrix", "输出矩阵")
STEPS = {
    "height": Text("rows of the output", "输出的行数"),
    "width": Text("columns of the output", "输出的列数"),
    "channel": Text(
        "row {row}, column {column}, channel {channel}: products of kernel and window, added",
        "第 {row} 行第 {column} 列，通道 {channel}：核与窗口逐项相乘再相加",
    ),
    "cell": Text(
        "row {row}, column {column}: all channels and the bias", "第 {row} 行第 {column} 列：各通道之和再加偏置"
    ),
    "output": Text("the same at every position of the window", "窗口在每个位置都这样计算"),
}
MISTAKES = {
    "first_channel_only": (
        Text("takes the first channel alone", "只算了第一个通道"),
        Text("A filter reaches through all channels, and their sums are added.", "一个滤波器覆盖所有通道，各通道的结果要相加。"),
    ),
    "bias_for_every_channel": (
        Text("adds the bias once a channel", "每个通道都加了一次偏置"),
        Text("A filter has one bias, {bias}, added once after the channels.", "一个滤波器只有一个偏置 {bias}，各通道相加之后加一次。"),
    ),
    "averages_channels": (
        Text("takes the mean of the channels", "对各通道取了平均"),
        Text("The channels are added; nothing divides by their number.", "各通道直接相加，不除以通道数。"),
    ),
    "flips_kernel": (
        Text("turns the kernels by 180 degrees", "把卷积核旋转了 180 度"),
        Text("A convolution layer lays each kernel on its channel as it stands.", "卷积层把卷积核原样放在对应的通道上。"),
    ),
}  # fmt: skip
CHANNELS_SHOWN = 4


class FilterInputs(Inputs):
    """image, shape (C, H, W), and kernel, shape (C, kh, kw), one matrix a channel; stride and padding on both axes."""

    image: Many[Matrix]
    kernel: Many[Matrix]
    bias: Real = 0.0
    stride: Size = 1
    padding: Count = 0

    @model_validator(mode="after")
    def _fits(self) -> FilterInputs:
        if len(self.image) != len(self.kernel):
            raise Refusal(f"{len(self.kernel)} kernels for {len(self.image)} channels", "kernel", "image")
        for name in ("image", "kernel"):
            if len({shape_of(plane) for plane in getattr(self, name)}) > 1:
                raise Refusal("has matrices of different shapes", name)
        check_kernel(shape_of(self.kernel[0]), shape_of(self.image[0]), self.padding)
        correlated_shape(shape_of(self.image[0]), shape_of(self.kernel[0]), self.stride, self.padding, len(self.image))
        return self


def channel_sums(i: FilterInputs, *, flip: bool = False) -> tuple[list[Ints], int]:
    """The output of each channel alone, as integers over one denominator."""
    image, below_image = stack_over_one_denominator(i.image)
    kernel, below_kernel = stack_over_one_denominator(i.kernel)
    size = correlated_shape(shape_of(image[0]), shape_of(kernel[0]), i.stride, i.padding)
    planes: list[Ints] = [
        correlate(plane, turned(weights) if flip else weights, size, i.stride, i.padding)
        for plane, weights in zip(image, kernel, strict=True)
    ]
    return planes, below_image * below_kernel


def combined(i: FilterInputs, planes: Sequence[Ints], below: int, biases: int = 1) -> Outputs:
    """The planes, integers over ``below``, added up with so many times the bias."""
    top, bottom = ratio_of(i.bias)
    rows = [
        [(sum(cells) * bottom + biases * top * below, below * bottom) for cells in zip(*lines, strict=True)]
        for lines in zip(*planes, strict=True)
    ]
    return {"output": matrix_of_quotients(rows)}


def solve(i: FilterInputs) -> Outputs:
    return combined(i, *channel_sums(i))


def steps(i: FilterInputs) -> Sequence[Step]:
    output = solve(i)["output"]
    rows: Sequence[Sequence[int | float]] = output  # type: ignore[assignment]
    sizes = zip(("height", "width"), shape_of(i.image[0]), shape_of(i.kernel[0]), strict=True)
    lines = [Step(STEPS[axis], *size_line(n, k, i.stride, i.padding), "output") for axis, n, k in sizes]
    for y, x in shown_cells(shape_of(rows)):
        lines += _cell(i, y, x, rows[y][x])
    return [*lines, Step(STEPS["output"], matrix_line("Y", rows), output, "output")]


def _cell(i: FilterInputs, y: int, x: int, value: int | float) -> list[Step]:
    """A line a channel, then their sum with the bias; the sum alone where it would be too long."""
    if len(i.image) > CHANNELS_SHOWN:
        return []
    top, left = y * i.stride - i.padding, x * i.stride - i.padding
    lines, found = [], []
    for c, (plane, kernel) in enumerate(zip(i.image, i.kernel, strict=True)):
        terms = [(w, pixel(plane, top + u, left + v)) for u, row in enumerate(kernel) for v, w in enumerate(row)]
        own = sum((exact(weight) * exact(pixel) for weight, pixel in terms), Fraction())
        found.append(float(own))
        shown = products(terms)
        caption = _at("channel", y, x, c)
        if shown:
            lines.append(Step(caption, line(f"s_{{{c + 1}}}", shown, float(own)), float(own), "output"))
    terms_of_sum = [near(found[0]), *(plus(near(each)) for each in found[1:]), f"+{near_operand(i.bias)}"]
    caption = _at("cell", y, x)
    whole = line(f"y_{{{y + 1},{x + 1}}}", "".join(terms_of_sum), value, rough=True)
    return [*lines, Step(caption, whole, None, "output")]


def _at(step: str, y: int, x: int, channel: int = 0) -> Text:
    return STEPS[step].map(lambda text: text.format(row=y + 1, column=x + 1, channel=channel + 1))


def _averaged(i: FilterInputs) -> Outputs:
    planes, below = channel_sums(i)
    return combined(i, planes, below * len(planes)) if len(planes) > 1 else {}


def _first(i: FilterInputs) -> Outputs:
    planes, below = channel_sums(i)
    return combined(i, planes[:1], below) if len(planes) > 1 else {}


def _many_biases(i: FilterInputs) -> Outputs:
    return combined(i, *channel_sums(i), len(i.image)) if i.bias and len(i.image) > 1 else {}


FAMILY = Family(
    id="conv2d_multichannel_forward",
    title=TITLE,
    inputs=FilterInputs,
    outputs={"output": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "first_channel_only": _first,
            "bias_for_every_channel": _many_biases,
            "averages_channels": _averaged,
            "flips_kernel": lambda i: combined(i, *channel_sums(i, flip=True)),
        },
    ),
    symbols={"image": "X", "kernel": "K", "bias": "b", "stride": "s", "padding": "p"},
)
