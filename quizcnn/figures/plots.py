"""Boxes and curves on a terminal, drawn to scale."""

from __future__ import annotations

from itertools import pairwise

from quizcnn.figures.canvas import ASCII, DOUBLE, HEAVY, LIGHT, Canvas
from quizcnn.figures.figure import Boxes, Curve, numbers
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang, break_lines, display_width, pad, truncate

MAX_COLUMNS, MAX_ROWS = 48, 14
CELL_ASPECT = 2.0
"""A terminal cell is about twice as high as wide."""
COORDINATES = {"xyxy": "x1, y1, x2, y2", "xywh": "x, y, w, h", "cxcywh": "cx, cy, w, h"}


def draw_boxes(figure: Boxes, lang: Lang, width: int, rows: int, *, plain: bool) -> list[str]:
    """Frames in turn light, heavy and double, with their names in the upper left or (every second one) lower right corner,
    and their coordinates below."""
    frames = _scaled(figure, min(width, MAX_COLUMNS) - 1, rows - 1)
    canvas = Canvas(width, max(bottom for *_, bottom in frames) + 1)
    for index, (left, top, right, bottom) in enumerate(frames):
        weight = (LIGHT, HEAVY, DOUBLE)[index % 3]
        canvas.frame(left, top, right, bottom, ASCII[weight] if plain else weight)
    for index, ((left, top, right, bottom), name) in enumerate(zip(frames, figure.names(), strict=True)):
        text = truncate(name[lang], right - left - 1)
        canvas.write(right - display_width(text) if index % 2 else left + 1, bottom if index % 2 else top, text)
    return canvas.lines() + [part for line in _coordinates(figure, lang) for part in break_lines(line, width)]


def _scaled(figure: Boxes, columns: int, rows: int) -> list[tuple[int, int, int, int]]:
    """The boxes in cells, in proportion, in at most so many columns and rows (counted from 0)."""
    corners = figure.corners()
    left, top = min(box[0] for box in corners), min(box[1] for box in corners)
    wide, high = max(box[2] for box in corners) - left, max(box[3] for box in corners) - top
    scale = min(max(1, columns) / (wide or 1), max(1, rows) * CELL_ASPECT / (high or 1))
    return [
        (
            round((x1 - left) * scale),
            round((y1 - top) * scale / CELL_ASPECT),
            round((x2 - left) * scale),
            round((y2 - top) * scale / CELL_ASPECT),
        )
        for x1, y1, x2, y2 in corners
    ]


def _coordinates(figure: Boxes, lang: Lang) -> list[str]:
    names = [name[lang] for name in figure.names_with_scores()]
    column = max(map(display_width, names))
    rows = zip(names, figure.boxes, strict=True)
    head = f"{'':{column}}  [{COORDINATES[figure.format]}]"
    return [head, *(f"{pad(name, column)}  {format_value(numbers(box))}" for name, box in rows)]


def draw_curve(figure: Curve, lang: Lang, width: int, rows: int) -> list[str]:
    """Points as dots, joined by smaller ones; the ends of both axes carry their numbers."""
    points = figure.points()
    low, high = min(y for _, y in points), max(y for _, y in points)
    start, end = min(x for x, _ in points), max(x for x, _ in points)
    side = max(display_width(format_value(high)), display_width(format_value(low)))
    columns, rows = max(2, min(width - side - 2, MAX_COLUMNS)), max(2, rows - 4)
    canvas = Canvas(columns, rows)
    cells = [
        (
            round((x - start) / ((end - start) or 1) * (columns - 1)),
            round((high - y) / ((high - low) or 1) * (rows - 1)),
        )
        for x, y in points
    ]
    if figure.joined != "points":
        _join(canvas, cells, steps=figure.joined == "steps")
    for x, y in cells:
        canvas.put(x, y, "•")
    margins = [format_value(high), *[""] * (rows - 2), format_value(low)]
    first, last = format_value(start), format_value(end)
    room = columns - display_width(first) - display_width(last)
    label = figure.x_label[lang]
    middle = pad(label, room, align="center") if display_width(label) < room else " " * room
    return [
        figure.y_label[lang],
        *(f"{pad(margin, side, align='right')} │{line}" for margin, line in zip(margins, canvas.lines(), strict=True)),
        f"{'':{side}} └{'─' * columns}",
        f"{'':{side}}  {first}{middle}{last}",
        *([] if middle.strip() else [f"{'':{side}}  {label}"]),
    ]


def _join(canvas: Canvas, cells: list[tuple[int, int]], *, steps: bool) -> None:
    for (x1, y1), (x2, y2) in pairwise(cells):
        for x in range(x1 + 1, x2):
            canvas.put(x, y1 if steps else round(y1 + (y2 - y1) * (x - x1) / (x2 - x1)), "·")
        if steps:
            for y in range(min(y1, y2) + 1, max(y1, y2)):
                canvas.put(x2, y, "·")
