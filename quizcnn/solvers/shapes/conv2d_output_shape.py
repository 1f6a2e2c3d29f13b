"""Output height and width of a 2-D convolution (torch.nn.Conv2d documentation, section Shape)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import CountPair, Inputs, Refusal, Size, SizePair
from quizcnn.solvers.primitives import conv_size
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Output size of a convolution", "卷积的输出尺寸")
CONVENTION = Text(
    "PyTorch's nn.Conv2d: an incomplete last step is dropped (floor).",
    "按 PyTorch 的 nn.Conv2d 计算，最后不足一步舍去（向下取整）。",
)
HEIGHT = Text("output height", "输出高")
WIDTH = Text("output width", "输出宽")
STEPS = {
    "span": Text("width that the spread kernel covers", "卷积核展开后的宽度"),
    "room": Text("positions after the first one", "第一个位置之后还剩的位置数"),
    "out_height": Text("output height: every s-th position, the first included", "输出高：每 s 个位置取一个，含第一个"),
    "out_width": Text("output width: every s-th position, the first included", "输出宽：每 s 个位置取一个，含第一个"),
}
MISTAKES = {
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了最后的 + 1"),
        Text(
            "The kernel already has one position before it takes its first step.",
            "卷积核还没移动时就已经占了一个位置。",
        ),
    ),
    "padding_counted_once": (
        Text("adds the padding on one side only", "填充只加了一侧"),
        Text("padding={padding} adds rows at the top and at the bottom.", "padding={padding} 在上下两侧都要补。"),
    ),
    "rounds_up": (
        Text("rounds up", "向上取整"),
        Text("An incomplete last step does not fit and is dropped.", "最后不足一步放不下，要舍去。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text(
            "dilation={dilation} spreads the kernel over d(k − 1) + 1 pixels.",
            "dilation={dilation} 时卷积核展开为 d(k − 1) + 1 个像素。",
        ),
    ),
    "ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text("The kernel also starts on padded rows.", "卷积核也会从补零的行开始。"),
    ),
    "swaps_stride_and_padding": (
        Text("exchanges stride and padding", "把步幅和填充弄反了"),
        Text("The stride is {stride}, the padding {padding}.", "步幅是 {stride}，填充是 {padding}。"),
    ),
}


class ConvShapeInputs(Inputs):
    """Sizes in pixels; kernel_size, stride, padding, dilation per axis (height, width)."""

    in_height: Size
    in_width: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)

    @model_validator(mode="after")
    def _fits(self) -> ConvShapeInputs:
        for axis, name, n in ((0, "in_height", self.in_height), (1, "in_width", self.in_width)):
            span = self.dilation[axis] * (self.kernel_size[axis] - 1) + 1
            if span > n + 2 * self.padding[axis]:
                raise Refusal(
                    f"the kernel covers {span} pixels, the padded input has {n + 2 * self.padding[axis]}",
                    "kernel_size",
                    name,
                )
        return self


Rule = Callable[[int, int, int, int, int], int]


def both_axes(i: ConvShapeInputs, rule: Rule) -> Outputs:
    """``rule(n, k, s, p, d)`` on the height and on the width."""
    return {
        "out_height": rule(i.in_height, i.kernel_size[0], i.stride[0], i.padding[0], i.dilation[0]),
        "out_width": rule(i.in_width, i.kernel_size[1], i.stride[1], i.padding[1], i.dilation[1]),
    }


def solve(i: ConvShapeInputs) -> Outputs:
    return both_axes(i, conv_size)


def steps(i: ConvShapeInputs) -> Sequence[Step]:
    lines: list[Step] = []
    for axis, name, n in ((0, "out_height", i.in_height), (1, "out_width", i.in_width)):
        k, s, p, d = i.kernel_size[axis], i.stride[axis], i.padding[axis], i.dilation[axis]
        span = d * (k - 1) + 1
        room = n + 2 * p - span
        out = conv_size(n, k, s, p, d)
        lines += [
            Step(STEPS["span"], rf"d(k-1)+1 = {d} \cdot ({k}-1)+1 = {span}", span, name),
            Step(STEPS["room"], rf"n+2p-{span} = {n}+2 \cdot {p}-{span} = {room}", room, name),
            Step(
                STEPS[name], rf"\left\lfloor \frac{{{room}}}{{{s}}} \right\rfloor+1 = {room // s}+1 = {out}", out, name
            ),
        ]
    return lines


def _wrong(
    slug: str, rule: Rule, applies: Callable[[ConvShapeInputs], bool] = lambda i: True
) -> Mistake[ConvShapeInputs]:
    def wrong(i: ConvShapeInputs) -> Mapping[str, Value]:
        return both_axes(i, rule) if applies(i) else {}

    label, why = MISTAKES[slug]
    return Mistake(slug, label, why, wrong)


FAMILY = Family(
    id="conv2d_output_shape",
    title=TITLE,
    inputs=ConvShapeInputs,
    outputs={"out_height": Output("integer", HEIGHT, ("px",)), "out_width": Output("integer", WIDTH, ("px",))},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _wrong("forgets_plus_one", lambda n, k, s, p, d: conv_size(n, k, s, p, d) - 1),
        _wrong("padding_counted_once", lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1),
        _wrong("rounds_up", lambda n, k, s, p, d: -((d * (k - 1) + 1 - n - 2 * p) // s) + 1),
        _wrong("ignores_dilation", lambda n, k, s, p, d: conv_size(n, k, s, p, 1)),
        _wrong("ignores_padding", lambda n, k, s, p, d: conv_size(n, k, s, 0, d)),
        _wrong(
            "swaps_stride_and_padding", lambda n, k, s, p, d: conv_size(n, k, p, s, d), lambda i: min(i.padding) >= 1
        ),
    ),
    symbols={"kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d"},
)
