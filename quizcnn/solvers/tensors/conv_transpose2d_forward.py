"""Values of a one-channel transposed convolution (torch.nn.functional.conv_transpose2d). Sums are exact."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_over, matrix_over_one_denominator
from quizcnn.solvers.inputs import Count, Inputs, Matrix, Refusal, Size, refuse_work
from quizcnn.solvers.notation import line, matrix_line, products
from quizcnn.solvers.planes import MOST_OUTPUTS, MOST_PRODUCTS, Shape, most_stamped, shape_of, stamp, stamps_on, turned
from quizcnn.solvers.primitives import transposed_size
from quizcnn.text import Text

TITLE = Text("Values of a transposed convolution", "转置卷积的数值计算")
CONVENTION = Text(
    "As in PyTorch: every pixel lays pixel·kernel (not turned) down at stride·position, overlaps add up, then padding rows and columns are cut off each side; no bias.",
    "按 PyTorch 计算：每个像素把 像素·卷积核（不翻转）放到 步幅·位置 处，重叠处相加，再从四边各裁掉 padding 行和列；没有偏置。",
)
OUTPUT = Text("output matrix", "输出矩阵")
STEPS = {
    "height": Text("rows of the output", "输出的行数"),
    "width": Text("columns of the output", "输出的列数"),
    "cell": Text(
        "row {row}, column {column}: pixel times weight of every stamp that lies there, added",
        "第 {row} 行第 {column} 列：覆盖这里的各个像素乘对应的权重，再相加",
    ),
    "output": Text("the same in every cell", "每个位置都这样计算"),
}
MISTAKES = {
    "overwrites_overlaps": (
        Text("lets a later stamp replace what lies there", "重叠处用后放的值覆盖"),
        Text("Where stamps overlap their values add up.", "几个像素的结果重叠的地方要相加。"),
    ),
    "stamps_one_pixel_apart": (
        Text("lays the stamps one pixel apart", "各像素的结果只相隔一个像素"),
        Text(
            "With stride={stride} neighbouring pixels lay their kernels {stride} pixels apart; that is what enlarges the map.",
            "stride={stride} 时相邻像素的卷积核相隔 {stride} 个像素放置，特征图因此变大。",
        ),
    ),
    "ignores_padding": (
        Text("does not cut off the border", "没有裁掉边缘"),
        Text(
            "In a transposed convolution padding={padding} takes {padding} rows and columns off each side.",
            "转置卷积的 padding={padding} 表示从四边各裁掉 {padding} 行和列。",
        ),
    ),
    "turns_kernel": (
        Text("turns the kernel by 180 degrees", "把卷积核旋转了 180 度"),
        Text("Each pixel lays the kernel down as it stands.", "每个像素把卷积核原样放下，不旋转。"),
    ),
}


class TransposedInputs(Inputs):
    """image, shape (H, W), and kernel, shape (kh, kw), of one channel; stride and padding in pixels on both axes."""

    image: Matrix
    kernel: Matrix
    stride: Size = 1
    padding: Count = 0

    @model_validator(mode="after")
    def _is_left(self) -> TransposedInputs:
        size = shape_out(self, self.stride, self.padding)
        if min(size) < 1:
            raise Refusal(f"cuts off everything: the output would be {size[0]}×{size[1]}", "padding", "image", "kernel")
        refuse_work(size[0] * size[1], "image", "kernel", "stride", most=MOST_OUTPUTS)
        (height, width), (rows, columns) = shape_of(self.image), shape_of(self.kernel)
        refuse_work(height * width * rows * columns, "image", "kernel", most=MOST_PRODUCTS // 2)
        return self


def shape_out(i: TransposedInputs, stride: int, padding: int) -> Shape:
    height, width = (
        transposed_size(n, k, stride, padding, 0, 1) for n, k in zip(shape_of(i.image), shape_of(i.kernel), strict=True)
    )
    return height, width


def stamped(i: TransposedInputs, stride: int, padding: int, *, add: bool = True, turn: bool = False) -> Outputs:
    """The output matrix under these settings, nothing where no cell would be left or they would be too many."""
    size = shape_out(i, stride, padding)
    if min(size) < 1 or size[0] * size[1] > MOST_OUTPUTS:
        return {}
    image, below_image = matrix_over_one_denominator(i.image)
    kernel, below_kernel = matrix_over_one_denominator(i.kernel)
    sums = stamp(image, turned(kernel) if turn else kernel, size, stride, padding, add=add)
    return {"output": matrix_over(sums, below_image * below_kernel)}


def solve(i: TransposedInputs) -> Outputs:
    return stamped(i, i.stride, i.padding)


def steps(i: TransposedInputs) -> Sequence[Step]:
    output = solve(i)["output"]
    rows: Sequence[Sequence[int | float]] = output  # type: ignore[assignment]
    size, image, kernel = shape_out(i, i.stride, i.padding), shape_of(i.image), shape_of(i.kernel)
    y, x = most_stamped(size, image, kernel, i.stride, i.padding)
    terms = [pair for pair, _ in stamps_on((y, x), i.image, i.kernel, i.stride, i.padding)]
    value, shown = rows[y][x], products(terms)
    caption = STEPS["cell"].map(lambda text: text.format(row=y + 1, column=x + 1))
    cell = Step(caption, line(f"y_{{{y + 1},{x + 1}}}", shown, value), value, "output")
    return [
        *(
            Step(STEPS[axis], rf"({n}-1) \cdot {i.stride}-2 \cdot {i.padding}+{k} = {out}", out, "output")
            for axis, n, k, out in zip(("height", "width"), image, kernel, size, strict=True)
        ),
        *([cell] if shown else []),
        Step(STEPS["output"], matrix_line("Y", rows), output, "output"),
    ]


FAMILY = Family(
    id="conv_transpose2d_forward",
    title=TITLE,
    inputs=TransposedInputs,
    outputs={"output": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "overwrites_overlaps": lambda i: stamped(i, i.stride, i.padding, add=False),
            "stamps_one_pixel_apart": lambda i: stamped(i, 1, i.padding) if i.stride > 1 else {},
            "ignores_padding": lambda i: stamped(i, i.stride, 0) if i.padding else {},
            "turns_kernel": lambda i: stamped(i, i.stride, i.padding, turn=True),
        },
    ),
    symbols={"image": "X", "kernel": "K", "stride": "s", "padding": "p"},
)
