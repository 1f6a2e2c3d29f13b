"""Figures as SVG for paper and the browser: black on white, fixed sizes, the same bytes for the same figure.

One unit is meant to print at 0.6 pt, so that text comes out at about 8 pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quizcnn.figures.description import describe
from quizcnn.figures.figure import Boxes, Curve, Figure, Grid, LayerStack, Matrix, number, numbers, table
from quizcnn.figures.sheet import FONT_SIZE, THICK, THIN, Sheet, text_width
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang

DASHES = ("", "7 4", "2 3")
PLOT = 240.0
"""The longer side of what is drawn to scale."""
CELL = 30.0
LINE = 20.0
GAP = 26.0


def draw_svg(figure: Figure, lang: Lang) -> str:
    """A filled figure as an SVG document, its sentence as ``<title>``."""
    sheet = Sheet()
    if isinstance(figure, Boxes):
        _boxes(sheet, figure, lang)
    elif isinstance(figure, Grid):
        _grid(sheet, figure, lang)
    elif isinstance(figure, LayerStack):
        _stack(sheet, figure, lang)
    elif isinstance(figure, Matrix):
        _matrix(sheet, figure, lang)
    else:
        _curve(sheet, figure, lang)
    return sheet.svg(describe(figure, lang))


def _boxes(sheet: Sheet, figure: Boxes, lang: Lang) -> None:
    """Outlines told apart by dashes, axes from the upper left corner, coordinates below."""
    corners = figure.corners()
    left, top = min(box[0] for box in corners), min(box[1] for box in corners)
    wide, high = max(box[2] for box in corners) - left, max(box[3] for box in corners) - top
    scale = PLOT / (max(wide, high) or 1)
    origin = 22.0
    sheet.arrow(0, 8, wide * scale + origin + 14, 8)
    sheet.text(wide * scale + origin + 18, 8, "x")
    sheet.arrow(8, 0, 8, high * scale + origin + 14)
    sheet.text(8, high * scale + origin + 24, "y", anchor="middle")
    frames = [
        (
            (x1 - left) * scale + origin,
            (y1 - top) * scale + origin,
            (x2 - left) * scale + origin,
            (y2 - top) * scale + origin,
        )
        for x1, y1, x2, y2 in corners
    ]
    for index, (x1, y1, x2, y2) in enumerate(frames):
        sheet.frame(x1, y1, x2 - x1, y2 - y1, dash=DASHES[index % len(DASHES)])
    for index, ((x1, y1, x2, y2), name) in enumerate(zip(frames, figure.names(), strict=True)):
        if index % 2:
            sheet.tag(x2 - 6, y2 - 11, name[lang], anchor="end")
        else:
            sheet.tag(x1 + 6, y1 + 11, name[lang], anchor="start")
    below = high * scale + origin + 46
    for index, (name, box) in enumerate(zip(figure.names_with_scores(), figure.boxes, strict=True)):
        sheet.line(4, below, 32, below, dash=DASHES[index % len(DASHES)])
        sheet.text(40, below, f"{name[lang]} = {format_value(numbers(box))}")
        below += LINE


def _grid(sheet: Sheet, figure: Grid, lang: Lang) -> None:
    right = _cells(sheet, 0, figure.label[lang], table(figure.cells))
    if figure.window is not None:
        side = _side(table(figure.cells))
        top, left = number(figure.window.top), number(figure.window.left)
        rows, columns = number(figure.window.rows), number(figure.window.columns)
        sheet.frame(left * side, LINE + top * CELL, columns * side, rows * CELL, stroke=THICK)
    if figure.kernel is not None:
        _cells(sheet, right + GAP, figure.kernel_label[lang], table(figure.kernel))


def _side(cells: Sequence[Sequence[float]]) -> float:
    return max(CELL, 12 + max(text_width(format_value(value)) for row in cells for value in row))


def _cells(sheet: Sheet, x: float, title: str, cells: Sequence[Sequence[float]]) -> float:
    """Numbers in squares below their title; gives the right edge."""
    side = _side(cells)
    sheet.text(x, FONT_SIZE / 2, title)
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            sheet.frame(x + column * side, LINE + row * CELL, side, CELL, stroke=THIN)
            sheet.text(x + (column + 0.5) * side, LINE + (row + 0.5) * CELL, format_value(value), anchor="middle")
    return x + max(len(cells[0]) * side, text_width(title))


def _stack(sheet: Sheet, figure: LayerStack, lang: Lang) -> None:
    layers = figure.blocks()
    width = 28 + max(text_width(layer.text[lang]) for layer in layers)
    y = 0.0
    for index, layer in enumerate(layers):
        if index:
            sheet.arrow(width / 2, y, width / 2, y + GAP - 4)
            y += GAP - 4
        sheet.frame(0, y, width, CELL)
        sheet.text(width / 2, y + CELL / 2, layer.text[lang], anchor="middle")
        if layer.note:
            sheet.text(width + 12, y + CELL / 2, layer.note[lang])
        y += CELL


def _matrix(sheet: Sheet, figure: Matrix, lang: Lang) -> None:
    cells = table(figure.cells)
    rows = [label[lang] for label in figure.rows] or [str(index) for index in range(len(cells))]
    columns = [label[lang] for label in figure.columns] or [str(index) for index in range(len(cells[0]))]
    title, names = text_width(figure.row_title[lang]), max(map(text_width, rows))
    side = max(
        _side(cells), 14 + max(map(text_width, columns)), text_width(figure.column_title[lang]) / len(columns) + 4
    )
    left = title + 14 + names + 12
    middle = left + side * len(columns) / 2
    sheet.text(middle, FONT_SIZE / 2, figure.column_title[lang], anchor="middle")
    for index, text in enumerate(columns):
        sheet.text(left + (index + 0.5) * side, FONT_SIZE / 2 + LINE, text, anchor="middle")
    sheet.text(0, 2 * LINE + len(rows) * CELL / 2, figure.row_title[lang])
    for row, (name, values) in enumerate(zip(rows, cells, strict=True)):
        y = 2 * LINE + row * CELL
        sheet.text(left - 10, y + CELL / 2, name, anchor="end")
        for column, value in enumerate(values):
            sheet.frame(left + column * side, y, side, CELL, stroke=THIN)
            sheet.text(left + (column + 0.5) * side, y + CELL / 2, format_value(value), anchor="middle")
    sheet.frame(left, 2 * LINE, side * len(columns), CELL * len(rows))


def _curve(sheet: Sheet, figure: Curve, lang: Lang) -> None:
    points = figure.points()
    low, high = min(y for _, y in points), max(y for _, y in points)
    start, end = min(x for x, _ in points), max(x for x, _ in points)
    margin = max(text_width(format_value(low)), text_width(format_value(high))) + 10
    height = PLOT * 0.6
    top = LINE + 6
    places = [
        (margin + (x - start) / ((end - start) or 1) * PLOT, top + (high - y) / ((high - low) or 1) * height)
        for x, y in points
    ]
    sheet.text(0, FONT_SIZE / 2, figure.y_label[lang])
    sheet.line(margin - 6, top - 6, margin - 6, top + height + 6)
    sheet.line(margin - 6, top + height + 6, margin + PLOT + 6, top + height + 6)
    sheet.text(margin - 12, top, format_value(high), anchor="end")
    sheet.text(margin - 12, top + height, format_value(low), anchor="end")
    foot = top + height + 18
    sheet.text(margin, foot, format_value(start), anchor="middle")
    sheet.text(margin + PLOT, foot, format_value(end), anchor="middle")
    sheet.text(margin + PLOT / 2, foot, figure.x_label[lang], anchor="middle")
    for (x1, y1), (x2, y2) in pairwise(places):
        if figure.joined == "lines":
            sheet.line(x1, y1, x2, y2)
        elif figure.joined == "steps":
            sheet.line(x1, y1, x2, y1)
            sheet.line(x2, y1, x2, y2)
    for x, y in places:
        sheet.dot(x, y)
