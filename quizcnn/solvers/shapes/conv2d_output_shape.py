"""Output height, width and shape of a 2-D convolution (torch.nn.Conv2d documentation, section Shape), and what it never reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import CountPair, Inputs, Size, SizePair
from quizcnn.solvers.latex import fraction, product, row, tex
from quizcnn.solvers.primitives import conv_size, conv_size_up
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import Value, whole
from quizcnn.solvers.windows import Axis, axis_steps, check_window
from quizcnn.text import Text

TITLE = Text("Output size of a convolution", "卷积的输出尺寸")
CONVENTION = Text(
    "PyTorch's nn.Conv2d: an incomplete last step is dropped (floor).",
    "按 PyTorch 的 nn.Conv2d 计算，最后不足一步舍去（向下取整）。",
)
OUTPUTS = {
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
    "out_shape": Output("shape", Text("output shape", "输出形状")),
    "unread_fraction": Output(
        "fraction", Text("share of input pixels that are never read", "没有被读到的输入像素占比")
    ),
}
READ = (
    Text("rows that some window reads", "至少被一个窗口读到的行数"),
    Text("columns that some window reads", "至少被一个窗口读到的列数"),
)
STEPS = {
    "shape": Text("output shape: one map per output channel", "输出形状：每个输出通道一张特征图"),
    "unread": Text("pixels whose row or column is skipped, as a share of all", "行或列被跳过的像素占全部像素的比例"),
}
MISTAKES = {
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了最后的 + 1"),
        Text("The kernel already has one position before it takes its first step.", "卷积核还没移动时就已经占了一个位置。"),
    ),
    "padding_counted_once": (
        Text("adds the padding on one side only", "填充只加了一侧"),
        Text("padding={padding} is added on both sides of each axis.", "padding={padding} 在每个方向的两侧都要补。"),
    ),
    "rounds_up": (
        Text("rounds up", "做了向上取整"),
        Text("An incomplete last step does not fit and is dropped.", "最后不足一步放不下，要舍去。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text("dilation={dilation} spreads the kernel over d(k − 1) + 1 pixels.", "dilation={dilation} 时卷积核展开为 d(k − 1) + 1 个像素。"),
    ),
    "ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text("padding={padding} lets the kernel start before the first pixel and end after the last.", "padding={padding} 让卷积核能从第一个像素之前开始，到最后一个像素之后结束。"),
    ),
    "swaps_stride_and_padding": (
        Text("exchanges stride and padding", "把步幅和填充弄反了"),
        Text("The stride is {stride}, the padding {padding}.", "步幅是 {stride}，填充是 {padding}。"),
    ),
    "keeps_in_channels": (
        Text("keeps the input channels", "沿用了输入通道数"),
        Text("Every filter gives one map, so the output has {out_channels} channels.", "每个滤波器输出一张图，所以输出有 {out_channels} 个通道。"),
    ),
    "other_layout": (
        Text("writes the shape in the other layout", "用了另一种维度排列"),
        Text("The layout asked is {layout}.", "题目要的排列是 {layout}。"),
    ),
    "height_and_width_exchanged": (
        Text("exchanges height and width", "把高和宽弄反了"),
        Text("The input is {in_height} high and {in_width} wide; height comes first.", "输入高 {in_height}、宽 {in_width}，高在前。"),
    ),
    "one_axis_only": (
        Text("counts unread rows only", "只算了没读到的行"),
        Text("A pixel is also unread where its column is skipped.", "所在的列被跳过的像素同样没有读到。"),
    ),
}  # fmt: skip
MAX_SIDE = 10**4


class ConvShapeInputs(Inputs):
    """Sizes in pixels; kernel_size, stride, padding, dilation per axis (height, width). ``in_channels`` changes nothing."""

    in_height: Size
    in_width: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)
    batch_size: Size = 1
    in_channels: Size | None = None
    out_channels: Size | None = None
    layout: Literal["NCHW", "NHWC"] = "NCHW"

    @model_validator(mode="after")
    def _fits(self) -> ConvShapeInputs:
        for name, axis in zip(("in_height", "in_width"), axes(self), strict=True):
            check_window(axis, name)
        return self


Rule = Callable[[int, int, int, int, int], tuple[Axis, int] | None]
"""From one axis under the right rule to the axis and the output size of a wrong one; None where that changes nothing."""


def axes(i: ConvShapeInputs) -> tuple[Axis, Axis]:
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = i.kernel_size, i.stride, i.padding, i.dilation
    return (i.in_height, kh, sh, ph, dh), (i.in_width, kw, sw, pw, dw)


def shape_of(i: ConvShapeInputs, height: int, width: int) -> tuple[int, ...]:
    return arranged(i.layout, i.batch_size, i.out_channels or 0, height, width)


def arranged(layout: str, batch: int, channels: int, height: int, width: int) -> tuple[int, ...]:
    return (batch, channels, height, width) if layout == "NCHW" else (batch, height, width, channels)


def countable(i: ConvShapeInputs) -> bool:
    """Whether the input is small enough to mark what is read."""
    return max(i.in_height, i.in_width, *i.kernel_size) <= MAX_SIDE


def unread_lines(axis: Axis, out: int) -> int:
    """Input rows (or columns) that no tap of ``out`` output positions reads; tap j of position o lies at o*s - p + j*d."""
    n, k, s, p, d = axis
    if s <= k and d == 1:
        return min(n, max(0, n - (out - 1) * s + p - k))
    read = bytearray(n)
    for tap in range(k):
        first = tap * d - p
        low, high = (first if first >= 0 else first % s), min(n, first + (out - 1) * s + 1)
        if low < high:
            read[low:high:s] = b"\1" * len(range(low, high, s))
    return read.count(0)


def unread_share(lines: Sequence[tuple[Axis, int]]) -> Fraction:
    """A pixel is read where its row and its column are."""
    pixels = read = 1
    for axis, out in lines:
        pixels *= axis[0]
        read *= axis[0] - unread_lines(axis, out)
    return Fraction(pixels - read, pixels)


def solve(i: ConvShapeInputs) -> Outputs:
    lines = [(axis, conv_size(*axis)) for axis in axes(i)]
    height, width = lines[0][1], lines[1][1]
    return {
        "out_height": height,
        "out_width": width,
        "out_shape": shape_of(i, height, width) if i.out_channels else None,
        "unread_fraction": unread_share(lines) if countable(i) else None,
    }


def steps(i: ConvShapeInputs) -> Sequence[Step]:
    sizes = lines = axis_steps(axes(i)[0], "H", "out_height") + axis_steps(axes(i)[1], "W", "out_width")
    if i.out_channels:
        shape = shape_of(i, *(conv_size(*axis) for axis in axes(i)))
        last = Step(STEPS["shape"], f"[{', '.join(i.layout)}] = {row(shape)}", shape)
        lines = lines + lead_to([*sizes, last], "out_shape")
    return lines + lead_to([*sizes, *unread_steps(i)], "unread_fraction") if countable(i) else lines


def unread_steps(i: ConvShapeInputs) -> list[Step]:
    lines, read, pixels = [], 1, i.in_height * i.in_width
    for which, axis in enumerate(axes(i)):
        rest = axis[0] - unread_lines(axis, conv_size(*axis))
        read *= rest
        lines.append(Step(READ[which], rf"{'HW'[which]}_{{read}} = {read_lines(axis, rest)} = {rest}", rest))
    share = Fraction(pixels - read, pixels)
    counted = fraction(f"{product(i.in_height, i.in_width)}-{read}", product(i.in_height, i.in_width))
    return [
        *lines,
        Step(STEPS["unread"], rf"\frac{{HW-H_{{read}} W_{{read}}}}{{HW}} = {counted} = {tex(share)}", share),
    ]


def read_lines(axis: Axis, rest: int) -> str:
    """Windows that stand apart are counted, overlapping ones measured from end to end; else what is unread is taken off."""
    n, k, s, p, d = axis
    out = conv_size(*axis)
    if p or (d > 1 and k > 1):
        return f"{n}-{n - rest}"
    return product(out, k) if s >= k else rf"({out}-1) \cdot {s}+{k}"


def _wrong_size(slug: str, rule: Rule) -> Mistake[ConvShapeInputs]:
    def wrong(i: ConvShapeInputs) -> Mapping[str, Value | Callable[[], Value]]:
        of_height, of_width = axes(i)
        high, wide = rule(*of_height), rule(*of_width)
        values: dict[str, Value | Callable[[], Value]] = {}
        if high:
            values["out_height"] = high[1]
        if wide:
            values["out_width"] = wide[1]
        if not values:
            return values
        lines = [high or (of_height, conv_size(*of_height)), wide or (of_width, conv_size(*of_width))]
        if i.out_channels:
            values["out_shape"] = shape_of(i, lines[0][1], lines[1][1])
        if min(lines[0][1], lines[1][1]) >= 1 and countable(i):
            values["unread_fraction"] = partial(unread_share, lines)
        return values

    return Mistake(slug, *MISTAKES[slug], wrong)


def _with(n: int, k: int, s: int, p: int, d: int) -> tuple[Axis, int]:
    """An axis with other arguments, and its output size by the right rule."""
    return (n, k, s, p, d), conv_size(n, k, s, p, d)


def _keeps_in_channels(i: ConvShapeInputs) -> Outputs:
    if not i.in_channels or not i.out_channels:
        return {}
    return {"out_shape": arranged(i.layout, i.batch_size, i.in_channels, *(conv_size(*axis) for axis in axes(i)))}


def _other_layout(i: ConvShapeInputs) -> Outputs:
    other = "NHWC" if i.layout == "NCHW" else "NCHW"
    return (
        {"out_shape": arranged(other, i.batch_size, i.out_channels, *(conv_size(*axis) for axis in axes(i)))}
        if i.out_channels
        else {}
    )


def _exchanged(i: ConvShapeInputs) -> Outputs:
    width, height = (conv_size(*axis) for axis in axes(i))
    values: Outputs = {"out_height": height, "out_width": width}
    if i.out_channels:
        values["out_shape"] = shape_of(i, height, width)
    return values if height != width else {}


def _one_axis_only(i: ConvShapeInputs) -> Mapping[str, Value | Callable[[], Value]]:
    return {"unread_fraction": partial(_unread_rows, i)} if countable(i) else {}


def _unread_rows(i: ConvShapeInputs) -> Fraction:
    axis = axes(i)[0]
    return Fraction(unread_lines(axis, conv_size(*axis)), i.in_height)


FAMILY = Family(
    id="conv2d_output_shape",
    title=TITLE,
    inputs=ConvShapeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _wrong_size("forgets_plus_one", lambda n, k, s, p, d: ((n, k, s, p, d), conv_size(n, k, s, p, d) - 1)),
        _wrong_size(
            "padding_counted_once",
            lambda n, k, s, p, d: ((n, k, s, p, d), (n + p - d * (k - 1) - 1) // s + 1) if p else None,
        ),
        _wrong_size("rounds_up", lambda n, k, s, p, d: ((n, k, s, p, d), conv_size_up(n, k, s, p, d))),
        _wrong_size("ignores_dilation", lambda n, k, s, p, d: _with(n, k, s, p, 1) if d > 1 else None),
        _wrong_size("ignores_padding", lambda n, k, s, p, d: _with(n, k, s, 0, d) if p else None),
        _wrong_size("swaps_stride_and_padding", lambda n, k, s, p, d: _with(n, k, p, s, d) if p else None),
        Mistake("keeps_in_channels", *MISTAKES["keeps_in_channels"], _keeps_in_channels),
        Mistake("other_layout", *MISTAKES["other_layout"], _other_layout),
        Mistake("height_and_width_exchanged", *MISTAKES["height_and_width_exchanged"], _exchanged),
        Mistake("one_axis_only", *MISTAKES["one_axis_only"], _one_axis_only),
    ),
    follow={
        "out_shape": lambda i, own: (
            shape_of(i, whole(own["out_height"]), whole(own["out_width"])) if i.out_channels else None
        )
    },
    symbols={"in_height": "H", "in_width": "W", "kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d"},
)
