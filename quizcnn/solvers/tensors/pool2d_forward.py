"""Values of max and mean pooling (torch.nn.functional.max_pool2d, avg_pool2d; no ceil_mode). Means are exact quotients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_of_quotients, matrix_over_one_denominator
from quizcnn.solvers.inputs import Count, Inputs, Matrix, Refusal, Size, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, given, line, matrix_line, total
from quizcnn.solvers.primitives import conv_size
from quizcnn.text import Text

TITLE = Text("Values of a pooling layer", "池化层的数值计算")
CONVENTION = Text(
    "PyTorch: the stride is the kernel size unless given, an incomplete last step is dropped; mean pooling pads with zeros and counts them unless count_include_pad=False, max pooling pads with minus infinity.",
    "按 PyTorch 计算：不给步幅时步幅等于窗口大小，最后不足一步舍去；平均池化补零，除非 count_include_pad=False，补的零也计入个数；最大池化补负无穷。",
)
OUTPUT = Text("output matrix", "输出矩阵")
STEPS = {
    "height": Text("rows of the output", "输出的行数"),
    "width": Text("columns of the output", "输出的列数"),
    "max": Text(
        "row {row}, column {column}: the largest pixel of the window", "第 {row} 行第 {column} 列：窗口内的最大值"
    ),
    "avg": Text("row {row}, column {column}: the mean over the window", "第 {row} 行第 {column} 列：窗口内的平均值"),
    "output": Text("the same at every position of the window", "窗口在每个位置都这样计算"),
}
MISTAKES = {
    "other_mode": (
        Text("takes the other kind of pooling", "用了另一种池化"),
        Text(
            "mode={mode}: max keeps the largest pixel of the window, avg takes their mean.",
            "mode={mode}：max 取窗口内的最大值，avg 取平均值。",
        ),
    ),
    "sums_instead_of_mean": (
        Text("adds the window without dividing", "只求和，没有除以个数"),
        Text("The mean is the sum divided by the number of pixels.", "平均值是总和除以像素个数。"),
    ),
    "other_divisor": (
        Text("divides by the other number of pixels", "除数取错了"),
        Text(
            "count_include_pad={count_include_pad} settles whether border windows divide by k² or by the pixels inside the image.",
            "边缘窗口除以 k² 还是除以图像内的像素数，由 count_include_pad={count_include_pad} 决定。",
        ),
    ),
    "pads_max_with_zero": (
        Text("lets the zeros of the border take part in the maximum", "让补的零参与取最大值"),
        Text(
            "Max pooling pads with minus infinity, so the border never wins, not even over negative pixels.",
            "最大池化补的是负无穷，即使像素全为负，边缘也不会被选中。",
        ),
    ),
    "stride_one_by_default": (
        Text("moves the window by one pixel", "窗口每次只移动一个像素"),
        Text(
            "Without a stride the windows lie side by side: the stride is the kernel size, {kernel_size}.",
            "不给步幅时各窗口紧挨着排列，步幅等于窗口大小 {kernel_size}。",
        ),
    ),
}
MOST_OUTPUTS = 10**6
MOST_PIXELS = 5 * 10**7
CELLS_SHOWN = 4

Mode: TypeAlias = Literal["max", "avg"]


class PoolForwardInputs(Inputs):
    """image, shape (H, W); square window, stride and padding in pixels on both axes."""

    image: Matrix
    kernel_size: Size
    stride: Size | None = None
    mode: Mode
    padding: Count = 0
    count_include_pad: bool = True

    @property
    def step(self) -> int:
        return self.kernel_size if self.stride is None else self.stride

    @model_validator(mode="after")
    def _fits(self) -> PoolForwardInputs:
        if self.padding > self.kernel_size // 2:
            raise Refusal(
                f"the padding may be at most half the kernel, {self.kernel_size // 2}", "padding", "kernel_size"
            )
        least = min(len(self.image), len(self.image[0])) + 2 * self.padding
        if self.kernel_size > least:
            raise Refusal(
                f"the window covers {self.kernel_size} pixels, the padded image has {least}", "kernel_size", "image"
            )
        return self


Window: TypeAlias = list[int]
"""The pixels of one window that lie inside the image."""


def output_size(i: PoolForwardInputs, stride: int) -> tuple[int, int]:
    """Rows and columns of the output; refused where the windows are too many to be computed."""
    height = conv_size(len(i.image), i.kernel_size, stride, i.padding, 1)
    width = conv_size(len(i.image[0]), i.kernel_size, stride, i.padding, 1)
    area = min(i.kernel_size, len(i.image)) * min(i.kernel_size, len(i.image[0]))
    refuse_work(height * width, "image", most=MOST_OUTPUTS)
    refuse_work(height * width * area, "image", "kernel_size", most=MOST_PIXELS)
    return height, width


def windows(image: Sequence[Sequence[int]], i: PoolForwardInputs, stride: int) -> Iterator[list[Window]]:
    """Row by row, the windows of the output's cells."""
    height, width = output_size(i, stride)
    k, p = i.kernel_size, i.padding
    for top in range(-p, height * stride - p, stride):
        band = image[max(0, top) : top + k]
        yield [
            [pixel for row in band for pixel in row[max(0, left) : left + k]]
            for left in range(-p, width * stride - p, stride)
        ]


Rule: TypeAlias = Callable[[Window, int], tuple[int, int]]
"""Numerator and denominator of a cell, from the pixels of its window and the size of the whole window."""


def mean_with_padding(window: Window, area: int) -> tuple[int, int]:
    return sum(window), area


def mean_without_padding(window: Window, area: int) -> tuple[int, int]:
    return sum(window), len(window)


def largest(window: Window, area: int) -> tuple[int, int]:
    return max(window), 1


def largest_with_zeros(window: Window, area: int) -> tuple[int, int]:
    return max(window) if len(window) == area else max(0, *window), 1


def plain_sum(window: Window, area: int) -> tuple[int, int]:
    return sum(window), 1


def rule_of(mode: Mode, count_include_pad: bool) -> Rule:
    if mode == "max":
        return largest
    return mean_with_padding if count_include_pad else mean_without_padding


def pooled(i: PoolForwardInputs, rule: Rule, stride: int) -> Outputs:
    """The output matrix when each window is reduced by ``rule``."""
    image, below = matrix_over_one_denominator(i.image)
    area = i.kernel_size**2
    cells = [[rule(window, area) for window in row] for row in windows(image, i, stride)]
    return {"output": matrix_of_quotients([[(n, d * below) for n, d in row] for row in cells])}


def solve(i: PoolForwardInputs) -> Outputs:
    return pooled(i, rule_of(i.mode, i.count_include_pad), i.step)


def steps(i: PoolForwardInputs) -> Sequence[Step]:
    output = solve(i)["output"]
    rows: Sequence[Sequence[int | float]] = output  # type: ignore[assignment]
    few = len(rows) * len(rows[0]) <= CELLS_SHOWN
    places = [(y, x) for y in range(len(rows)) for x in range(len(rows[0]))] if few else [(0, 0)]
    return [
        *(_size(axis, n, i) for axis, n in (("height", len(i.image)), ("width", len(i.image[0])))),
        *(_cell(i, y, x, rows[y][x]) for y, x in places),
        Step(STEPS["output"], matrix_line("Y", rows), output, "output"),
    ]


def _size(axis: str, n: int, i: PoolForwardInputs) -> Step:
    size = conv_size(n, i.kernel_size, i.step, i.padding, 1)
    latex = rf"\left\lfloor \frac{{{n}+2 \cdot {i.padding}-{i.kernel_size}}}{{{i.step}}} \right\rfloor+1 = {size}"
    return Step(STEPS[axis], latex, size, "output")


def _cell(i: PoolForwardInputs, y: int, x: int, value: int | float) -> Step:
    top, left = y * i.step - i.padding, x * i.step - i.padding
    band = i.image[max(0, top) : top + i.kernel_size]
    window = [pixel for row in band for pixel in row[max(0, left) : left + i.kernel_size]]
    caption = STEPS[i.mode].map(lambda text: text.format(row=y + 1, column=x + 1))
    expression = _largest_of(window) if i.mode == "max" else _mean_of(window, i)
    return Step(caption, line(f"y_{{{y + 1},{x + 1}}}", expression, value), value, "output")


def _largest_of(window: Sequence[float]) -> str:
    return rf"\max({', '.join(map(given, window))})" if len(window) <= MOST_TERMS else ""


def _mean_of(window: Sequence[float], i: PoolForwardInputs) -> str:
    divisor = i.kernel_size**2 if i.count_include_pad else len(window)
    terms = total(map(given, window))
    return rf"\frac{{{terms}}}{{{divisor}}}" if terms else ""


def _other_mode(i: PoolForwardInputs) -> Outputs:
    return pooled(i, rule_of("avg" if i.mode == "max" else "max", i.count_include_pad), i.step)


def _other_divisor(i: PoolForwardInputs) -> Outputs:
    applies = i.mode == "avg" and i.padding > 0
    return pooled(i, rule_of("avg", not i.count_include_pad), i.step) if applies else {}


def _pads_max_with_zero(i: PoolForwardInputs) -> Outputs:
    return pooled(i, largest_with_zeros, i.step) if i.mode == "max" and i.padding > 0 else {}


def _stride_one(i: PoolForwardInputs) -> Outputs:
    applies = i.stride is None and i.kernel_size > 1
    return pooled(i, rule_of(i.mode, i.count_include_pad), 1) if applies else {}


FAMILY = Family(
    id="pool2d_forward",
    title=TITLE,
    inputs=PoolForwardInputs,
    outputs={"output": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_mode": _other_mode,
            "sums_instead_of_mean": lambda i: pooled(i, plain_sum, i.step) if i.mode == "avg" else {},
            "other_divisor": _other_divisor,
            "pads_max_with_zero": _pads_max_with_zero,
            "stride_one_by_default": _stride_one,
        },
    ),
    symbols={"image": "X", "kernel_size": "k", "stride": "s", "padding": "p"},
)
