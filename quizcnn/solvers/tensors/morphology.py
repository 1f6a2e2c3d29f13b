"""Erosion, dilation, opening and closing of a small image (Gonzalez & Woods 2018, chapter 9; borders as OpenCV's default)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import matrix_over, matrix_over_one_denominator
from quizcnn.solvers.inputs import Inputs, Matrix, Refusal, Size, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, line, matrix_line
from quizcnn.solvers.planes import Ints, shape_of
from quizcnn.text import Text

TITLE = Text("Erosion, dilation, opening, closing", "腐蚀、膨胀、开运算与闭运算")
CONVENTION = Text(
    "Erosion is the minimum, dilation the maximum under the structuring element centred on the pixel; rect is the whole square, cross its middle row and column. Places outside the image take no part.",
    "腐蚀取以该像素为中心的结构元素内的最小值，膨胀取最大值；rect 是整个方形，cross 是中间一行和一列。图像以外的位置不参与。",
)
OUTPUT = Text("resulting image", "结果图像")
STEPS = {
    "erode": Text(
        "row {row}, column {column}: the smallest under the element", "第 {row} 行第 {column} 列：结构元素内的最小值"
    ),
    "dilate": Text(
        "row {row}, column {column}: the largest under the element", "第 {row} 行第 {column} 列：结构元素内的最大值"
    ),
    "eroded": Text("eroded: the minimum everywhere", "腐蚀：每个位置取最小值"),
    "dilated": Text("dilated: the maximum everywhere", "膨胀：每个位置取最大值"),
}
MISTAKES = {
    "other_operation": (
        Text("takes the opposite operation", "用了相反的运算"),
        Text(
            "operation={operation}: erosion takes minima and shrinks what is bright, dilation maxima; opening begins with the erosion, closing with the dilation.",
            "operation={operation}：腐蚀取最小值，使亮区缩小，膨胀取最大值；开运算先腐蚀，闭运算先膨胀。",
        ),
    ),
    "zeros_outside": (
        Text("counts places outside the image as 0", "把图像以外当作 0"),
        Text(
            "Outside the image there is nothing to compare; counted as 0 it would eat every object at the border.",
            "图像以外没有可比的像素；当作 0 会吃掉贴着边缘的物体。",
        ),
    ),
    "other_shape": (
        Text("takes the other structuring element", "用了另一种结构元素"),
        Text(
            "shape={shape}: rect is the whole square, cross only its middle row and column.",
            "shape={shape}：rect 是整个方形，cross 只有中间一行和一列。",
        ),
    ),
    "stops_after_the_first_step": (
        Text("stops after the first of the two steps", "两步只做了第一步"),
        Text(
            "Opening and closing are two steps; the second gives what is left its old size again.",
            "开运算和闭运算都有两步，第二步让留下的部分恢复原来的大小。",
        ),
    ),
}
MOST_COMPARISONS = 2 * 10**7

Shape: TypeAlias = Literal["rect", "cross"]
Basic: TypeAlias = Literal["erode", "dilate"]
Operation: TypeAlias = Literal["erode", "dilate", "open", "close"]
FIRST: Mapping[Operation, tuple[Basic, ...]] = {
    "erode": ("erode",),
    "dilate": ("dilate",),
    "open": ("erode", "dilate"),
    "close": ("dilate", "erode"),
}
OPPOSITE: Mapping[Operation, Operation] = {"erode": "dilate", "dilate": "erode", "open": "close", "close": "open"}


class MorphologyInputs(Inputs):
    """image, shape (H, W), of zeros and ones or grey; an odd kernel_size."""

    image: Matrix
    kernel_size: Size = 3
    shape: Shape = "rect"
    operation: Operation

    @model_validator(mode="after")
    def _is_odd(self) -> MorphologyInputs:
        if self.kernel_size % 2 == 0:
            raise Refusal("must be odd, so that there is a centre", "kernel_size")
        height, width = shape_of(self.image)
        reach = min(self.kernel_size, height) + min(self.kernel_size, width)
        refuse_work(height * width * reach * 2, "image", "kernel_size", most=MOST_COMPARISONS)
        return self


def along(rows: Ints, half: int, pick: Callable[[Sequence[int]], int], *, zeros: bool) -> list[list[int]]:
    """The pick of each pixel's neighbours in its row, ``half`` to each side; with ``zeros`` those outside are 0."""
    width = len(rows[0])
    return [
        [
            pick([*row[max(0, x - half) : x + half + 1], *([0] if zeros and (x < half or x + half >= width) else [])])
            for x in range(width)
        ]
        for row in rows
    ]


def upright(rows: Ints) -> Ints:
    return list(zip(*rows, strict=True))


def applied(rows: Ints, half: int, shape: Shape, basic: Basic, *, zeros: bool) -> Ints:
    """One erosion or dilation: a square one axis after the other, a cross the better of both axes."""
    pick: Callable[[Sequence[int]], int] = min if basic == "erode" else max
    across = along(rows, half, pick, zeros=zeros)
    down = upright(along(upright(across if shape == "rect" else rows), half, pick, zeros=zeros))
    if shape == "rect":
        return down
    return [[pick(pair) for pair in zip(*lines, strict=True)] for lines in zip(across, down, strict=True)]


def results(
    i: MorphologyInputs, basics: Sequence[Basic], *, shape: Shape | None = None, zeros: bool = False
) -> list[tuple[tuple[int | float, ...], ...]]:
    """The image after each of the basic operations."""
    rows, below = matrix_over_one_denominator(i.image)
    found, now = [], rows
    for basic in basics:
        now = [list(row) for row in applied(now, i.kernel_size // 2, shape or i.shape, basic, zeros=zeros)]
        found.append(matrix_over(now, below))
    return found


def solve(i: MorphologyInputs) -> Outputs:
    return {"output": results(i, FIRST[i.operation])[-1]}


def steps(i: MorphologyInputs) -> Sequence[Step]:
    basics = FIRST[i.operation]
    found = results(i, basics)
    before = [i.image, *found]
    lines = []
    for number, (basic, source, now) in enumerate(zip(basics, before[:-1], found, strict=True)):
        lines += _cell(i, basic, source, now, "XY"[number])
        caption = STEPS["eroded" if basic == "erode" else "dilated"]
        lines.append(Step(caption, matrix_line("YZ"[number], now), now, "output"))
    return lines


def _cell(
    i: MorphologyInputs, basic: Basic, source: Sequence[Sequence[float]], now: Sequence[Sequence[float]], symbol: str
) -> list[Step]:
    """The middle pixel of the image."""
    y, x = len(source) // 2, len(source[0]) // 2
    under = _under(i, source, y, x)
    if len(under) > MOST_TERMS:
        return []
    shown = ", ".join(f"{value:g}" for value in under)
    caption = STEPS[basic].map(lambda text: text.format(row=y + 1, column=x + 1))
    pick = r"\min" if basic == "erode" else r"\max"
    symbol = "y" if symbol == "X" else "z"
    return [Step(caption, line(f"{symbol}_{{{y + 1},{x + 1}}}", f"{pick}({shown})", now[y][x]), now[y][x], "output")]


def _under(i: MorphologyInputs, source: Sequence[Sequence[float]], y: int, x: int) -> list[float]:
    """What lies under the structuring element, in row order."""
    half = i.kernel_size // 2
    return [
        value
        for v, row in enumerate(source)
        for u, value in enumerate(row)
        if abs(v - y) <= half and abs(u - x) <= half and (i.shape == "rect" or v == y or u == x)
    ]


def _other_shape(i: MorphologyInputs) -> Outputs:
    other: Shape = "cross" if i.shape == "rect" else "rect"
    return {"output": results(i, FIRST[i.operation], shape=other)[-1]}


def _half_done(i: MorphologyInputs) -> Outputs:
    basics = FIRST[i.operation]
    return {"output": results(i, basics[:1])[0]} if len(basics) > 1 else {}


FAMILY = Family(
    id="morphology",
    title=TITLE,
    inputs=MorphologyInputs,
    outputs={"output": Output("matrix", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_operation": lambda i: {"output": results(i, FIRST[OPPOSITE[i.operation]])[-1]},
            "zeros_outside": lambda i: {"output": results(i, FIRST[i.operation], zeros=True)[-1]},
            "other_shape": _other_shape,
            "stops_after_the_first_step": _half_done,
        },
    ),
    symbols={"image": "X", "kernel_size": "k"},
)
