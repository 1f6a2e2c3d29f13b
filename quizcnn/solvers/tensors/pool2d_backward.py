"""Gradient of max and mean pooling (autograd of torch.nn.functional.max_pool2d, avg_pool2d; no padding). Shares are exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_of_quotients, matrix_over_one_denominator
from quizcnn.solvers.inputs import Inputs, Matrix, Refusal, Size, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, given, line, matrix_line, operand, total
from quizcnn.solvers.planes import MOST_PRODUCTS, Shape, conv_shape, shape_of
from quizcnn.text import Text

TITLE = Text("Backpropagation through pooling", "池化层的反向传播")
CONVENTION = Text(
    "PyTorch, no padding: the stride is the kernel size unless given, an incomplete last step is dropped; of equal largest pixels the first in row order counts.",
    "按 PyTorch 计算，不填充：不给步幅时步幅等于窗口大小，最后不足一步舍去；最大值有并列时取按行顺序的第一个。",
)
OUTPUT = Text("gradient of the map", "特征图的梯度")
STEPS = {
    "max": Text(
        "window {number}: the largest pixel, in row {row}, column {column}, gets the gradient {gradient}",
        "第 {number} 个窗口：最大值在第 {row} 行第 {column} 列，得到梯度 {gradient}",
    ),
    "avg": Text("window {number}: the share of each pixel", "第 {number} 个窗口：每个像素分到的梯度"),
    "overlap": Text(
        "row {row}, column {column}: the shares of all windows that cover it, added",
        "第 {row} 行第 {column} 列：覆盖它的各窗口分来的梯度相加",
    ),
    "output": Text("all pixels", "所有像素"),
}
MISTAKES = {
    "copies_to_every_position": (
        Text("hands the whole gradient to every pixel of the window", "把整个梯度给了窗口里的每个像素"),
        Text(
            "mode={mode}: max hands the gradient to the largest pixel alone, avg shares it out among k² pixels.",
            "mode={mode}：max 只把梯度给最大的像素，avg 由 k² 个像素平分。",
        ),
    ),
    "divides_max_gradient": (
        Text("shares the gradient of max pooling out among the window", "把最大池化的梯度平分给整个窗口"),
        Text(
            "Only the largest pixel moved the output, so it alone gets the gradient, undivided.",
            "只有最大的像素影响输出，梯度全部归它，不平分。",
        ),
    ),
    "largest_gets_the_mean_gradient": (
        Text("hands the gradient of mean pooling to the largest pixel", "把平均池化的梯度给了最大的像素"),
        Text(
            "Every pixel of the window enters the mean with weight 1/k², the largest too.",
            "窗口里每个像素在平均值中的权重都是 1/k²，最大的也一样。",
        ),
    ),
    "overwrites_overlaps": (
        Text("keeps only the last window's share where windows overlap", "窗口重叠处只留下最后一个窗口的梯度"),
        Text("A pixel that several windows read gathers the gradients of all of them.", "被几个窗口读过的像素，梯度是它们之和。"),
    ),
}  # fmt: skip
WINDOWS_SHOWN = 4

Mode: TypeAlias = Literal["max", "avg"]


class PoolBackwardInputs(Inputs):
    """image, shape (H, W), grad_output of the pooled map's shape; square window and stride in pixels on both axes."""

    image: Matrix
    grad_output: Matrix
    kernel_size: Size
    stride: Size | None = None
    mode: Mode

    @property
    def step(self) -> int:
        return self.kernel_size if self.stride is None else self.stride

    @model_validator(mode="after")
    def _fits(self) -> PoolBackwardInputs:
        least, k = min(shape_of(self.image)), self.kernel_size
        if k > least:
            raise Refusal(f"the window covers {k} pixels, the image has {least}", "kernel_size", "image")
        found, out = shape_of(self.grad_output), conv_shape(shape_of(self.image), (k, k), self.step, 0)
        if found != out:
            what = f"has shape {found[0]}×{found[1]}, the pooled map {out[0]}×{out[1]}"
            raise Refusal(what, "grad_output", "image", "kernel_size", *(["stride"] if self.stride else []))
        refuse_work(out[0] * out[1] * k * k, "image", "kernel_size", "grad_output", most=MOST_PRODUCTS // 10)
        return self


Share: TypeAlias = tuple[Shape, int]
"""A pixel's place and what part of the gradient it gets, in k²-ths."""


def windows(i: PoolBackwardInputs) -> Iterator[tuple[Shape, Shape]]:
    """Row by row, the place in the pooled map and the upper left pixel of its window."""
    height, width = shape_of(i.grad_output)
    return (((y, x), (y * i.step, x * i.step)) for y in range(height) for x in range(width))


def pixels_of(corner: Shape, k: int) -> Iterator[Shape]:
    return ((y, x) for y in range(corner[0], corner[0] + k) for x in range(corner[1], corner[1] + k))


def largest(i: PoolBackwardInputs, corner: Shape) -> Shape:
    """The first of the largest pixels of a window, in row order."""
    return max(pixels_of(corner, i.kernel_size), key=lambda place: i.image[place[0]][place[1]])


Rule: TypeAlias = Callable[[PoolBackwardInputs, Shape], Iterator[Share]]
"""The shares of one window, from its corner."""


def to_the_largest(i: PoolBackwardInputs, corner: Shape) -> Iterator[Share]:
    """All of it to the largest pixel; the others take part with nothing."""
    winner = largest(i, corner)
    return ((place, i.kernel_size**2 if place == winner else 0) for place in pixels_of(corner, i.kernel_size))


def to_all_alike(i: PoolBackwardInputs, corner: Shape) -> Iterator[Share]:
    return ((place, 1) for place in pixels_of(corner, i.kernel_size))


def all_of_it_to_all(i: PoolBackwardInputs, corner: Shape) -> Iterator[Share]:
    return ((place, i.kernel_size**2) for place in pixels_of(corner, i.kernel_size))


def rule_of(mode: Mode) -> Rule:
    return to_the_largest if mode == "max" else to_all_alike


def gradient(i: PoolBackwardInputs, rule: Rule, *, add: bool = True) -> Outputs:
    """The gradient of every pixel; without ``add`` a later window replaces what an earlier one gave."""
    grad, below = matrix_over_one_denominator(i.grad_output)
    sums = [[0] * len(i.image[0]) for _ in i.image]
    for (y, x), corner in windows(i):
        for (row, column), parts in rule(i, corner):
            sums[row][column] = grad[y][x] * parts + (sums[row][column] if add else 0)
    divisor = below * i.kernel_size**2
    return {"grad_input": matrix_of_quotients([[(cell, divisor) for cell in row] for row in sums])}


def solve(i: PoolBackwardInputs) -> Outputs:
    return gradient(i, rule_of(i.mode))


def steps(i: PoolBackwardInputs) -> Sequence[Step]:
    found = solve(i)["grad_input"]
    rows: Sequence[Sequence[int | float]] = found  # type: ignore[assignment]
    shown = list(windows(i))[:WINDOWS_SHOWN]
    return [
        *(_window(i, number, place, corner) for number, (place, corner) in enumerate(shown, 1)),
        *_overlap(i, rows),
        Step(STEPS["output"], matrix_line(r"\partial X", rows), found, "grad_input"),
    ]


def _window(i: PoolBackwardInputs, number: int, place: Shape, corner: Shape) -> Step:
    grad = i.grad_output[place[0]][place[1]]
    if i.mode == "avg":
        caption = STEPS["avg"].map(lambda text: text.format(number=number))
        share = grad / i.kernel_size**2
        latex = line(f"g_{{{number}}}", rf"\frac{{{given(grad)}}}{{{i.kernel_size}^2}}", share)
        return Step(caption, latex, share, "grad_input")
    row, column = largest(i, corner)
    caption = STEPS["max"].map(
        lambda text: text.format(number=number, row=row + 1, column=column + 1, gradient=given(grad))
    )
    pixels = [i.image[y][x] for y, x in pixels_of(corner, i.kernel_size)]
    terms = rf"\max({', '.join(map(given, pixels))})" if len(pixels) <= MOST_TERMS else ""
    value = i.image[row][column]
    return Step(caption, line(f"x_{{{row + 1},{column + 1}}}", terms, value), value if terms else None, "grad_input")


def _overlap(i: PoolBackwardInputs, rows: Sequence[Sequence[int | float]]) -> list[Step]:
    """The first pixel that gathers most gradients, where one gathers several."""
    gathered: dict[Shape, list[float]] = {}
    for (y, x), corner in windows(i):
        for place, parts in rule_of(i.mode)(i, corner):
            if parts:
                gathered.setdefault(place, []).append(i.grad_output[y][x])
    (row, column), terms = max(gathered.items(), key=lambda item: len(item[1]))
    added = total([given(terms[0]), *map(operand, terms[1:])])
    if len(terms) < 2 or not added:
        return []
    shown = added if i.mode == "max" else rf"\frac{{{added}}}{{{i.kernel_size}^2}}"
    caption = STEPS["overlap"].map(lambda text: text.format(row=row + 1, column=column + 1))
    value = rows[row][column]
    latex = line(rf"\partial x_{{{row + 1},{column + 1}}}", shown, value)
    return [Step(caption, latex, value, "grad_input")]


def _overwrites(i: PoolBackwardInputs) -> Outputs:
    return gradient(i, rule_of(i.mode), add=False) if i.step < i.kernel_size else {}


FAMILY = Family(
    id="pool2d_backward",
    title=TITLE,
    inputs=PoolBackwardInputs,
    outputs={"grad_input": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "copies_to_every_position": lambda i: gradient(i, all_of_it_to_all),
            "divides_max_gradient": lambda i: gradient(i, to_all_alike) if i.mode == "max" else {},
            "largest_gets_the_mean_gradient": lambda i: gradient(i, to_the_largest) if i.mode == "avg" else {},
            "overwrites_overlaps": _overwrites,
        },
    ),
    symbols={"image": "X", "grad_output": r"\partial Y", "kernel_size": "k", "stride": "s"},
)
