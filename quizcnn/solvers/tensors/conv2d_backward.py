"""Gradients of a one-channel convolution with one bias (autograd of torch.nn.functional.conv2d). Sums are exact."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import matrix_of_quotients, matrix_over, matrix_over_one_denominator
from quizcnn.solvers.inputs import Count, Inputs, Matrix, Refusal, Size, refuse_work
from quizcnn.solvers.notation import given, line, matrix_line, products, total
from quizcnn.solvers.planes import (
    MOST_OUTPUTS,
    MOST_PRODUCTS,
    Shape,
    check_kernel,
    conv_shape,
    kernel_gradient,
    most_stamped,
    pixel,
    shape_of,
    shown_cells,
    stamp,
    stamps_on,
    turned,
)
from quizcnn.solvers.values import Value, exact, rational
from quizcnn.text import Text

TITLE = Text("Backpropagation through a convolution", "卷积层的反向传播")
CONVENTION = Text(
    "Gradients of the loss for PyTorch's convolution (kernel not turned, padding with zeros, one bias), given those of its output; they are summed over all positions.",
    "按 PyTorch 的卷积（核不翻转，补零填充，一个偏置），由输出的梯度求损失对输入、卷积核和偏置的梯度，对所有位置求和。",
)
LABELS = {
    "grad_input": Text("gradient of the image", "图像的梯度"),
    "grad_kernel": Text("gradient of the kernel", "卷积核的梯度"),
    "grad_bias": Text("gradient of the bias", "偏置的梯度"),
}
STEPS = {
    "pixel": Text(
        "pixel in row {row}, column {column}: gradient times weight of every output that read it",
        "第 {row} 行第 {column} 列的像素：每个读过它的输出，梯度乘对应的权重，再相加",
    ),
    "grad_input": Text("the same for every pixel", "每个像素都这样计算"),
    "tap": Text(
        "weight in row {row}, column {column}: gradient times the pixel under it, over all positions",
        "第 {row} 行第 {column} 列的权重：各位置的梯度乘它下面的像素，再相加",
    ),
    "grad_kernel": Text("the same for every weight", "每个权重都这样计算"),
    "grad_bias": Text("the bias stands in every output once", "偏置在每个输出里都出现一次"),
    "grad_bias_rows": Text(
        "the bias stands in every output once: the sums of the rows, added",
        "偏置在每个输出里都出现一次：各行之和再相加",
    ),
}
MISTAKES = {
    "kernel_turned_when_stamping": (
        Text("lays the turned kernel on the image", "把旋转后的卷积核叠加到图像上"),
        Text(
            "Each output hands its gradient back through the weights in the places where they read; only written as one correlation the kernel is turned.",
            "每个输出把梯度按原来读取的位置乘权重传回去；只有写成一次互相关时才需要旋转卷积核。",
        ),
    ),
    "averages_positions": (
        Text("takes the mean over the positions", "对各位置取了平均"),
        Text("A shared weight gathers the gradients of all positions: they are added.", "权重在各位置共享，各位置的梯度要相加。"),
    ),
    "ignores_stride": (
        Text("lays the gradients one pixel apart", "把各位置的梯度只隔一个像素放置"),
        Text("With stride={stride} neighbouring outputs read {stride} pixels apart, and their gradients return there.",
             "stride={stride} 时相邻输出读取的位置相隔 {stride} 个像素，梯度也回到那里。"),
    ),
}  # fmt: skip


class ConvBackwardInputs(Inputs):
    """image, shape (H, W), kernel, shape (kh, kw), grad_output of the output's shape; stride and padding on both axes."""

    image: Matrix
    kernel: Matrix
    grad_output: Matrix
    stride: Size = 1
    padding: Count = 0

    @model_validator(mode="after")
    def _fits(self) -> ConvBackwardInputs:
        image, kernel, found = shape_of(self.image), shape_of(self.kernel), shape_of(self.grad_output)
        check_kernel(kernel, image, self.padding)
        out = conv_shape(image, kernel, self.stride, self.padding)
        refuse_work(out[0] * out[1], "image", "padding", most=MOST_OUTPUTS)
        if found != out:
            settings = [name for name, plain in (("stride", 1), ("padding", 0)) if getattr(self, name) != plain]
            what = f"has shape {found[0]}×{found[1]}, the output {out[0]}×{out[1]}"
            raise Refusal(what, "grad_output", "image", *settings)
        for name, (height, width) in (("image", image), ("kernel", kernel), ("grad_output", found)):
            refuse_work(height * width, name, most=MOST_OUTPUTS)
        area = min(kernel[0] * kernel[1], image[0] * image[1])
        refuse_work(area * out[0] * out[1], "image", "kernel", "grad_output", most=MOST_PRODUCTS // 2)
        return self


def input_gradient(i: ConvBackwardInputs, stride: int, *, turn: bool = False) -> Value:
    grad, below_grad = matrix_over_one_denominator(i.grad_output)
    kernel, below_kernel = matrix_over_one_denominator(i.kernel)
    sums = stamp(grad, turned(kernel) if turn else kernel, shape_of(i.image), stride, i.padding)
    return matrix_over(sums, below_grad * below_kernel)


def shared_gradients(i: ConvBackwardInputs, divisor: int = 1) -> Outputs:
    """Those of kernel and bias, divided by ``divisor``."""
    grad, below_grad = matrix_over_one_denominator(i.grad_output)
    image, below_image = matrix_over_one_denominator(i.image)
    taps = kernel_gradient(image, grad, shape_of(i.kernel), i.stride, i.padding)
    below = below_grad * below_image * divisor
    bias = matrix_of_quotients([[(sum(map(sum, grad)), below_grad * divisor)]])[0][0]
    return {"grad_kernel": matrix_of_quotients([[(tap, below) for tap in row] for row in taps]), "grad_bias": bias}


def solve(i: ConvBackwardInputs) -> Outputs:
    return {"grad_input": input_gradient(i, i.stride), **shared_gradients(i)}


def steps(i: ConvBackwardInputs) -> Sequence[Step]:
    found = solve(i)
    return [
        *lead_to([*_pixels(i, _rows(found["grad_input"])), _whole("grad_input", "X", found)], "grad_input"),
        *lead_to([*_taps(i, _rows(found["grad_kernel"])), _whole("grad_kernel", "K", found)], "grad_kernel"),
        *lead_to([_bias(i, found["grad_bias"])], "grad_bias"),
    ]


def _bias(i: ConvBackwardInputs, value: Value) -> Step:
    """All gradients added up; the sums of their rows where they are many."""
    shown = total(given(cell) for row in i.grad_output for cell in row)
    rows = total(given(float(sum(map(exact, row)))) for row in i.grad_output)
    step = STEPS["grad_bias" if shown else "grad_bias_rows"]
    return Step(step, line(r"\partial b", shown or rows, float(rational(value))), value)


def _whole(output: str, symbol: str, found: Outputs) -> Step:
    return Step(STEPS[output], matrix_line(rf"\partial {symbol}", _rows(found[output])), found[output])


def _pixels(i: ConvBackwardInputs, rows: Sequence[Sequence[int | float]]) -> list[Step]:
    """The pixel that the most outputs read."""
    y, x = most_stamped(shape_of(i.image), shape_of(i.grad_output), shape_of(i.kernel), i.stride, i.padding)
    terms = [pair for pair, _ in stamps_on((y, x), i.grad_output, i.kernel, i.stride, i.padding)]
    return _sum(STEPS["pixel"], "X", (y, x), terms, rows[y][x])


def _taps(i: ConvBackwardInputs, rows: Sequence[Sequence[int | float]]) -> list[Step]:
    return [
        step
        for u, v in shown_cells(shape_of(i.kernel))
        for step in _sum(STEPS["tap"], "K", (u, v), _under(i, u, v), rows[u][v])
    ]


def _under(i: ConvBackwardInputs, u: int, v: int) -> list[tuple[float, float]]:
    """Gradient of each output, and the pixel that lay under the weight then."""
    return [
        (grad, pixel(i.image, y * i.stride + u - i.padding, x * i.stride + v - i.padding))
        for y, row in enumerate(i.grad_output)
        for x, grad in enumerate(row)
    ]


def _sum(
    caption: Text, symbol: str, place: Shape, terms: Sequence[tuple[float, float]], value: int | float
) -> list[Step]:
    shown = products(terms)
    if not shown:
        return []
    row, column = place[0] + 1, place[1] + 1
    said = caption.map(lambda text: text.format(row=row, column=column))
    return [Step(said, line(rf"\partial {symbol.lower()}_{{{row},{column}}}", shown, value), value)]


def _rows(value: Value) -> Sequence[Sequence[int | float]]:
    """A matrix among the outputs, typed."""
    return value  # type: ignore[return-value]


def _averaged(i: ConvBackwardInputs) -> Outputs:
    height, width = shape_of(i.grad_output)
    return shared_gradients(i, height * width)


FAMILY = Family(
    id="conv2d_backward",
    title=TITLE,
    inputs=ConvBackwardInputs,
    outputs={
        "grad_input": Output("matrix", LABELS["grad_input"], elements="real"),
        "grad_kernel": Output("matrix", LABELS["grad_kernel"], elements="real"),
        "grad_bias": Output("real", LABELS["grad_bias"]),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "kernel_turned_when_stamping": lambda i: {"grad_input": input_gradient(i, i.stride, turn=True)},
            "averages_positions": _averaged,
            "ignores_stride": lambda i: {"grad_input": input_gradient(i, 1)} if i.stride > 1 else {},
        },
    ),
    symbols={"image": "X", "kernel": "K", "grad_output": r"\partial Y", "stride": "s", "padding": "p"},
)
