"""Values of a one-channel convolution (torch.nn.functional.conv2d; with ``flip_kernel`` scipy.signal.convolve2d). Sums are exact."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_over, matrix_over_one_denominator
from quizcnn.solvers.inputs import Count, Inputs, Matrix, Size
from quizcnn.solvers.notation import line, matrix_line, products
from quizcnn.solvers.planes import (
    check_kernel,
    correlate,
    correlated_shape,
    is_shown_padded,
    padded,
    pixel,
    shape_of,
    shown_cells,
    size_line,
    turned,
)
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Values of a convolution", "卷积的数值计算")
CONVENTION = Text(
    "Cross-correlation as in PyTorch: the kernel is not turned, padding is zeros, no bias; flip_kernel=True turns the kernel by 180 degrees first.",
    "按 PyTorch 的互相关计算：卷积核不翻转，补零填充，没有偏置；flip_kernel=True 时先把卷积核旋转 180 度。",
)
OUTPUT = Text("output matrix", "输出矩阵")
STEPS = {
    "turned": Text("the kernel turned by 180 degrees", "把卷积核旋转 180 度"),
    "padded": Text("the image inside its border of zeros", "四周补零后的图像"),
    "height": Text("rows of the output", "输出的行数"),
    "width": Text("columns of the output", "输出的列数"),
    "cell": Text(
        "row {row}, column {column}: products of kernel and window, added",
        "第 {row} 行第 {column} 列：核与窗口逐项相乘再相加",
    ),
    "output": Text("the same at every position of the window", "窗口在每个位置都这样计算"),
}
MISTAKES = {
    "flips_kernel": (
        Text("turns the kernel by 180 degrees", "把卷积核旋转了 180 度"),
        Text(
            "A convolution layer lays the kernel on the image as it stands; only the mathematical convolution turns it.",
            "卷积层把卷积核原样放在图像上，只有数学意义上的卷积才翻转。",
        ),
    ),
    "forgets_flip": (
        Text("leaves the kernel unturned", "没有翻转卷积核"),
        Text(
            "The mathematical convolution turns the kernel by 180 degrees before it is laid on the image.",
            "数学意义上的卷积要先把核旋转 180 度，再放到图像上。",
        ),
    ),
    "forgets_stride": (
        Text("moves the kernel by one pixel", "卷积核每次只移动一个像素"),
        Text(
            "With stride={stride} only every {stride}th position gives a value.",
            "stride={stride} 时每隔 {stride} 个位置才取一个值。",
        ),
    ),
    "ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text(
            "padding={padding} adds zeros on all four sides, and the kernel also starts there.",
            "padding={padding} 在四周都要补零，卷积核也从那里开始。",
        ),
    ),
}


class ConvForwardInputs(Inputs):
    """image, shape (H, W), and kernel, shape (kh, kw), of one channel; stride and padding in pixels on both axes."""

    image: Matrix
    kernel: Matrix
    stride: Size = 1
    padding: Count = 0
    flip_kernel: bool = False

    @model_validator(mode="after")
    def _fits(self) -> ConvForwardInputs:
        check_kernel(shape_of(self.kernel), shape_of(self.image), self.padding)
        return self


def convolved(i: ConvForwardInputs, stride: int, padding: int, flip: bool) -> Outputs:
    """The output matrix under these settings."""
    size = correlated_shape(shape_of(i.image), shape_of(i.kernel), stride, padding)
    if min(size) < 1:
        return {}
    image, below_image = matrix_over_one_denominator(i.image)
    kernel, below_kernel = matrix_over_one_denominator(i.kernel)
    sums = correlate(image, turned(kernel) if flip else kernel, size, stride, padding)
    return {"output": matrix_over(sums, below_image * below_kernel)}


def solve(i: ConvForwardInputs) -> Outputs:
    return convolved(i, i.stride, i.padding, i.flip_kernel)


def steps(i: ConvForwardInputs) -> Sequence[Step]:
    kernel = tuple(row[::-1] for row in i.kernel[::-1]) if i.flip_kernel else i.kernel
    output = solve(i)["output"]
    lines: list[Step] = []
    if i.flip_kernel:
        lines.append(Step(STEPS["turned"], matrix_line("K'", kernel), kernel, "output"))
    if is_shown_padded(i.padding):
        border = padded(i.image, i.padding)
        lines.append(Step(STEPS["padded"], matrix_line("X'", border), border, "output"))
    lines += [
        Step(STEPS[axis], *size_line(n, k, i.stride, i.padding), "output")
        for axis, n, k in (("height", len(i.image), len(kernel)), ("width", len(i.image[0]), len(kernel[0])))
    ]
    rows = _rows(output)
    lines += [_cell(i, kernel, y, x, rows[y][x]) for y, x in shown_cells(shape_of(rows))]
    return [*lines, Step(STEPS["output"], matrix_line("Y", rows), output, "output")]


def _cell(i: ConvForwardInputs, kernel: Sequence[Sequence[float]], y: int, x: int, value: int | float) -> Step:
    """One cell's sum; terms on the zero border stand in it."""
    top, left = y * i.stride - i.padding, x * i.stride - i.padding
    terms = [
        (weight, pixel(i.image, top + u, left + v)) for u, row in enumerate(kernel) for v, weight in enumerate(row)
    ]
    caption = STEPS["cell"].map(lambda text: text.format(row=y + 1, column=x + 1))
    return Step(caption, line(f"y_{{{y + 1},{x + 1}}}", products(terms), value), value, "output")


def _rows(value: Value) -> Sequence[Sequence[int | float]]:
    """A matrix among the outputs, typed."""
    return value  # type: ignore[return-value]


FAMILY = Family(
    id="conv2d_forward",
    title=TITLE,
    inputs=ConvForwardInputs,
    outputs={"output": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "flips_kernel": lambda i: {} if i.flip_kernel else convolved(i, i.stride, i.padding, True),
            "forgets_flip": lambda i: convolved(i, i.stride, i.padding, False) if i.flip_kernel else {},
            "forgets_stride": lambda i: convolved(i, 1, i.padding, i.flip_kernel) if i.stride > 1 else {},
            "ignores_padding": lambda i: convolved(i, i.stride, 0, i.flip_kernel) if i.padding else {},
        },
    ),
    symbols={"image": "X", "kernel": "K", "stride": "s", "padding": "p"},
)
