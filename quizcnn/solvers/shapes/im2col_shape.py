"""Shape and size of the matrix of patches that turns a convolution into one matrix product (torch.nn.Unfold, section Shape)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import CountPair, Inputs, Size, SizePair
from quizcnn.solvers.latex import fraction, product, tex
from quizcnn.solvers.primitives import conv_size
from quizcnn.solvers.values import whole
from quizcnn.solvers.windows import Axis, axis_steps, check_window
from quizcnn.text import Text

TITLE = Text("Shape of the im2col matrix", "im2col 矩阵的形状")
CONVENTION = Text(
    "PyTorch's nn.Unfold on one image: a column for each position of the kernel, a row for each value that it reads there.",
    "按 PyTorch 的 nn.Unfold，一张图：卷积核每个位置一列，它在该处读到的每个值一行。",
)
OUTPUTS = {
    "rows": Output("integer", Text("rows", "行数")),
    "columns": Output("integer", Text("columns", "列数")),
    "memory_factor": Output("fraction", Text("times the input's elements", "元素数是输入的多少倍")),
}
STEPS = {
    "rows": Text(
        "values of one patch: channels, kernel height, kernel width", "一个小块的元素数：通道数 × 核高 × 核宽"
    ),
    "columns": Text("positions of the kernel", "卷积核的位置数"),
    "factor": Text("elements of the matrix against those of the input", "矩阵元素数与输入元素数之比"),
}
MISTAKES = {
    "transposed": (
        Text("exchanges rows and columns", "把行和列弄反了"),
        Text("In this layout a patch is a column, so its {rows} values are the rows.", "在这种排列里，一个小块占一列，它的 {rows} 个值就是行数。"),
    ),
    "forgets_channels": (
        Text("forgets the input channels", "漏乘了输入通道数"),
        Text("A patch holds the values of all {in_channels} channels.", "一个小块包含全部 {in_channels} 个通道的值。"),
    ),
    "one_column_per_pixel": (
        Text("takes one column for every input pixel", "给每个输入像素都算了一列"),
        Text("A column belongs to a position of the kernel, so there are as many as output pixels.", "一列对应卷积核的一个位置，列数等于输出像素数。"),
    ),
}  # fmt: skip


class UnfoldInputs(Inputs):
    """Sizes in pixels; kernel_size, stride, padding, dilation per axis (height, width)."""

    in_channels: Size
    in_height: Size
    in_width: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)

    @model_validator(mode="after")
    def _fits(self) -> UnfoldInputs:
        for name, axis in zip(("in_height", "in_width"), axes(self), strict=True):
            check_window(axis, name)
        return self


def axes(i: UnfoldInputs) -> tuple[Axis, Axis]:
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = i.kernel_size, i.stride, i.padding, i.dilation
    return (i.in_height, kh, sh, ph, dh), (i.in_width, kw, sw, pw, dw)


def sizes(i: UnfoldInputs) -> tuple[int, int]:
    """Rows and columns."""
    height, width = (conv_size(*axis) for axis in axes(i))
    return i.in_channels * i.kernel_size[0] * i.kernel_size[1], height * width


def matrix(i: UnfoldInputs, rows: int, columns: int) -> Outputs:
    """All outputs for a matrix of this shape."""
    return {"rows": rows, "columns": columns, "memory_factor": Fraction(rows * columns, elements(i))}


def elements(i: UnfoldInputs) -> int:
    return i.in_channels * i.in_height * i.in_width


def solve(i: UnfoldInputs) -> Outputs:
    return matrix(i, *sizes(i))


def steps(i: UnfoldInputs) -> Sequence[Step]:
    rows, columns = sizes(i)
    height, width = (conv_size(*axis) for axis in axes(i))
    first = Step(STEPS["rows"], rf"C k_h k_w = {product(i.in_channels, *i.kernel_size)} = {rows}", rows)
    positions = Step(STEPS["columns"], rf"H_{{out}} W_{{out}} = {product(height, width)} = {columns}", columns)
    second = [*axis_steps(axes(i)[0], "H"), *axis_steps(axes(i)[1], "W"), positions]
    factor = Fraction(rows * columns, elements(i))
    counted = fraction(product(rows, columns), product(i.in_channels, i.in_height, i.in_width))
    last = Step(STEPS["factor"], f"{counted} = {tex(factor)}", factor)
    return [*lead_to([first], "rows"), *lead_to(second, "columns"), *lead_to([first, *second, last], "memory_factor")]


def _mistake(slug: str, wrong: Callable[[UnfoldInputs, int, int], Outputs]) -> Mistake[UnfoldInputs]:
    return Mistake(slug, *MISTAKES[slug], lambda i: wrong(i, *sizes(i)))


FAMILY = Family(
    id="im2col_shape",
    title=TITLE,
    inputs=UnfoldInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("transposed", lambda i, rows, columns: {"rows": columns, "columns": rows}),
        _mistake("forgets_channels", lambda i, rows, columns: matrix(i, rows // i.in_channels, columns)),
        _mistake("one_column_per_pixel", lambda i, rows, columns: matrix(i, rows, i.in_height * i.in_width)),
    ),
    follow={
        "memory_factor": lambda i, own: Fraction(whole(own["rows"]) * whole(own["columns"]), elements(i)),
    },
    symbols={
        "in_channels": "C", "in_height": "H", "in_width": "W", "kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d",
    },
)  # fmt: skip
