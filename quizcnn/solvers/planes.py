"""Maps of whole numbers and kernels on them: the sums of a convolution, those of its transpose, and the gradient of a kernel.

Numbers are integers (reals over one denominator, :mod:`quizcnn.solvers.decimals`), so sums are exact. What lies on the border of
zeros alone costs no work.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TypeAlias

from quizcnn.solvers.decimals import over_one_denominator
from quizcnn.solvers.inputs import Refusal, refuse_work
from quizcnn.solvers.notation import MOST_ROWS
from quizcnn.solvers.primitives import ceil_div, conv_size

Ints: TypeAlias = Sequence[Sequence[int]]
Reals: TypeAlias = Sequence[Sequence[float]]
Shape: TypeAlias = tuple[int, int]
"""Rows and columns."""

MOST_OUTPUTS = 10**6
MOST_PRODUCTS = 5 * 10**7
CELLS_SHOWN = 4
"""Cells whose sums stand in the worked steps one by one; of a larger map one stands for all."""


def shape_of(rows: Sequence[Sequence[object]]) -> Shape:
    return len(rows), len(rows[0])


def turned(kernel: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The kernel turned by 180 degrees."""
    return [row[::-1] for row in kernel[::-1]]


def check_kernel(kernel: Shape, image: Shape, padding: int) -> None:
    """Refuse a kernel larger than the padded image."""
    for size, room in zip(kernel, image, strict=True):
        if size > room + 2 * padding:
            what = f"the kernel covers {size} pixels, the padded image has {room + 2 * padding}"
            raise Refusal(what, "kernel", "image")


def conv_shape(image: Shape, kernel: Shape, stride: int, padding: int) -> Shape:
    """Rows and columns of a convolution's output."""
    height, width = (conv_size(n, k, stride, padding, 1) for n, k in zip(image, kernel, strict=True))
    return height, width


def correlated_shape(image: Shape, kernel: Shape, stride: int, padding: int, channels: int = 1) -> Shape:
    """:func:`conv_shape`; refused where the outputs are too many, or the kernel too large, to be computed."""
    height, width = conv_shape(image, kernel, stride, padding)
    refuse_work(height * width, "image", "padding", most=MOST_OUTPUTS)
    area = min(image[0] * image[1], kernel[0] * kernel[1])
    refuse_work(height * width * area * channels, "image", "kernel", "padding", most=MOST_PRODUCTS)
    return height, width


def correlate(image: Ints, kernel: Ints, size: Shape, stride: int, padding: int) -> list[list[int]]:
    """Sums of products at every position of the window."""
    rows, width = [], len(kernel[0])
    first = min(size[1], max(0, -((width - 1 - padding) // stride)))
    last = max(first, min(size[1], (len(image[0]) - 1 + padding) // stride + 1))
    for top in range(-padding, size[0] * stride - padding, stride):
        lines = [(kernel[u], image[top + u]) for u in range(max(0, -top), min(len(kernel), len(image) - top))]
        if not lines:
            rows.append([0] * size[1])
            continue
        cells = [0] * first
        for left in range(first * stride - padding, last * stride - padding, stride):
            cut, start = max(0, -left), max(0, left)
            end = start + width
            cells.append(sum(sum(map(mul, weights[cut:], pixels[start:end])) for weights, pixels in lines))
        rows.append(cells + [0] * (size[1] - last))
    return rows


def stamp(values: Ints, kernel: Ints, size: Shape, stride: int, padding: int, *, add: bool = True) -> list[list[int]]:
    """Every value times the kernel laid ``stride`` apart, ``padding`` rows and columns cut off each side; overlaps add up.

    Without ``add`` a later stamp in row order replaces what lies there.
    """
    out = [[0] * size[1] for _ in range(size[0])]
    for y, row in enumerate(values):
        top = y * stride - padding
        for u in range(max(0, -top), min(len(kernel), size[0] - top)):
            line = out[top + u]
            for v in range(len(kernel[u]) - 1, -1, -1):  # of two stamps of one row the later has the smaller v
                first, last = _on_axis(v, len(row), size[1], stride, padding)
                if first < last:
                    places = slice(first * stride + v - padding, (last - 1) * stride + v - padding + 1, stride)
                    before = line[places] if add else [0] * (last - first)
                    weight = kernel[u][v]
                    line[places] = [old + weight * new for old, new in zip(before, row[first:last], strict=True)]
    return out


def _on_axis(tap: int, count: int, size: int, stride: int, padding: int) -> Shape:
    """First and last (excluded) of so many positions whose tap lies on an axis of ``size`` pixels."""
    first = max(0, ceil_div(padding - tap, stride))
    return first, min(count, (size - 1 + padding - tap) // stride + 1)


def kernel_gradient(image: Ints, grad: Ints, kernel: Shape, stride: int, padding: int) -> list[list[int]]:
    """For each tap the sum over all positions of gradient times the pixel under it."""
    return [[_tap_gradient(image, grad, (u, v), stride, padding) for v in range(kernel[1])] for u in range(kernel[0])]


def _tap_gradient(image: Ints, grad: Ints, tap: Shape, stride: int, padding: int) -> int:
    above, below = _on_axis(tap[0], len(grad), len(image), stride, padding)
    first, last = _on_axis(tap[1], len(grad[0]), len(image[0]), stride, padding)
    if first >= last:
        return 0
    places = slice(first * stride + tap[1] - padding, (last - 1) * stride + tap[1] - padding + 1, stride)
    return sum(
        sum(map(mul, grad[y][first:last], image[y * stride + tap[0] - padding][places])) for y in range(above, below)
    )


def stack_over_one_denominator(stack: Sequence[Reals]) -> tuple[list[list[list[int]]], int]:
    """Matrices of one shape, (channels, height, width), as integers over one denominator."""
    height, width = shape_of(stack[0])
    cells, denominator = over_one_denominator(cell for plane in stack for row in plane for cell in row)
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    return [rows[start : start + height] for start in range(0, len(rows), height)], denominator


def padded(image: Reals, p: int) -> tuple[tuple[float, ...], ...]:
    """The image inside its border of zeros."""
    empty = ((0.0,) * (len(image[0]) + 2 * p),) * p
    return (*empty, *((0.0,) * p + tuple(row) + (0.0,) * p for row in image), *empty)


def is_shown_padded(p: int) -> bool:
    """Whether the border is there, and narrow enough to be read."""
    return 0 < p <= MOST_ROWS // 2


def pixel(image: Reals, y: int, x: int) -> float:
    """The pixel, 0 on the border."""
    return image[y][x] if 0 <= y < len(image) and 0 <= x < len(image[0]) else 0.0


def shown_cells(shape: Shape) -> list[Shape]:
    """Places of all cells where they are few, else the first."""
    if shape[0] * shape[1] > CELLS_SHOWN:
        return [(0, 0)]
    return [(y, x) for y in range(shape[0]) for x in range(shape[1])]


def size_line(n: int, k: int, stride: int, padding: int) -> tuple[str, int]:
    """The worked line of a convolution's size on one axis, and the size."""
    size = conv_size(n, k, stride, padding, 1)
    return rf"\left\lfloor \frac{{{n}+2 \cdot {padding}-{k}}}{{{stride}}} \right\rfloor+1 = {size}", size


def stamps_on(
    place: Shape, values: Reals, kernel: Reals, stride: int, padding: int
) -> list[tuple[tuple[float, float], Shape]]:
    """What the stamps put on one cell: (value, weight) and the place of the value, in row order."""
    found = []
    for y in _reaching(place[0] + padding, len(values), len(kernel), stride):
        for x in _reaching(place[1] + padding, len(values[0]), len(kernel[0]), stride):
            weight = kernel[place[0] + padding - y * stride][place[1] + padding - x * stride]
            found.append(((values[y][x], weight), (y, x)))
    return found


def _reaching(place: int, count: int, kernel: int, stride: int) -> range:
    """Positions on one axis whose stamp covers ``place``."""
    return range(max(0, ceil_div(place - kernel + 1, stride)), min(count, place // stride + 1))


def most_stamped(size: Shape, values: Shape, kernel: Shape, stride: int, padding: int) -> Shape:
    """The first cell on which the most stamps lie."""
    row, column = (_most_on_axis(*axis, stride, padding) for axis in zip(size, values, kernel, strict=True))
    return row, column


def _most_on_axis(size: int, count: int, kernel: int, stride: int, padding: int) -> int:
    return max(range(size), key=lambda place: len(_reaching(place + padding, count, kernel, stride)))
