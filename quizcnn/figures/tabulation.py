"""Grids, stacks and matrices on a terminal: figures made of rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.figures.canvas import ASCII, HEAVY, Canvas
from quizcnn.figures.figure import Grid, LayerStack, Matrix, number, table
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang, Text, break_lines, display_width, pad

MAX_BOXED_ROWS = 6
MAX_BOXED_LAYERS = 4


def draw_grid(figure: Grid, lang: Lang, width: int, *, plain: bool) -> list[str]:
    """The map, the kernel beside it, the window as a heavy frame; without lines where the map is large."""
    boxed = len(table(figure.cells)) <= MAX_BOXED_ROWS
    parts = [_titled(figure.label[lang], _cells(figure, boxed=boxed, plain=plain))]
    if figure.kernel is not None:
        kernel = Grid(kind="grid", cells=figure.kernel)
        parts.append(_titled(figure.kernel_label[lang], _cells(kernel, boxed=boxed, plain=plain)))
    if boxed and max(display_width(line) for part in parts for line in part) > width:
        return _compact_grid(figure, lang, width)
    lines = _beside(parts)
    if max(map(display_width, lines)) > width:
        lines = [line for part in parts for line in part]
    return lines if boxed else lines + _window_note(figure, lang)


def _compact_grid(figure: Grid, lang: Lang, width: int) -> list[str]:
    parts = [_titled(figure.label[lang], _cells(figure, boxed=False, plain=False))]
    if figure.kernel is not None:
        parts.append(
            _titled(figure.kernel_label[lang], _cells(Grid(kind="grid", cells=figure.kernel), boxed=False, plain=False))
        )
    lines = _beside(parts)
    return (
        lines if max(map(display_width, lines)) <= width else [line for part in parts for line in part]
    ) + _window_note(figure, lang)


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if title else list(lines)


def _cells(figure: Grid, *, boxed: bool, plain: bool) -> list[str]:
    shown = [[format_value(value) for value in row] for row in table(figure.cells)]
    column = max(display_width(text) for row in shown for text in row)
    if not boxed:
        return ["  ".join(pad(text, column, align="right") for text in row) for row in shown]
    step = column + 3
    canvas = Canvas(len(shown[0]) * step + 1, len(shown) * 2 + 1)
    _rule(canvas, len(shown), len(shown[0]), step)
    for row, texts in enumerate(shown):
        for place, text in enumerate(texts):
            canvas.write(place * step + 2, row * 2 + 1, pad(text, column, align="right"))
    if figure.window is not None:
        top, left = int(number(figure.window.top)), int(number(figure.window.left))
        bottom, right = top + int(number(figure.window.rows)), left + int(number(figure.window.columns))
        canvas.frame(left * step, top * 2, right * step, bottom * 2, ASCII[HEAVY] if plain else HEAVY)
    return canvas.lines()


def _rule(canvas: Canvas, rows: int, columns: int, step: int) -> None:
    """Light lines around every cell."""
    for y in range(rows * 2 + 1):
        for x in range(columns * step + 1):
            if y % 2 == 0 and x % step:
                canvas.put(x, y, "─")
            elif y % 2 == 0:
                ends = (y == 0, y == rows * 2, x == 0, x == columns * step)
                canvas.put(x, y, JOINTS[ends])
            elif x % step == 0:
                canvas.put(x, y, "│")


JOINTS = {
    (True, False, True, False): "┌",
    (True, False, False, True): "┐",
    (True, False, False, False): "┬",
    (False, True, True, False): "└",
    (False, True, False, True): "┘",
    (False, True, False, False): "┴",
    (False, False, True, False): "├",
    (False, False, False, True): "┤",
    (False, False, False, False): "┼",
}
"""Crossing of two rules by whether it lies at the top, bottom, left, right edge."""


def _window_note(figure: Grid, lang: Lang) -> list[str]:
    if figure.window is None:
        return []
    top, left = int(number(figure.window.top)) + 1, int(number(figure.window.left)) + 1
    bottom, right = top + int(number(figure.window.rows)) - 1, left + int(number(figure.window.columns)) - 1
    note = Text(
        f"window: rows {top}–{bottom}, columns {left}–{right}", f"窗口：第 {top}–{bottom} 行，第 {left}–{right} 列"
    )
    return [note[lang]]


def _beside(parts: Sequence[Sequence[str]], gap: int = 4) -> list[str]:
    height = max(map(len, parts))
    columns = [max(map(display_width, part)) for part in parts]
    rows = ([part[index] if index < len(part) else "" for part in parts] for index in range(height))
    return [
        (" " * gap).join(pad(text, column) for text, column in zip(row, columns, strict=True)).rstrip() for row in rows
    ]


def draw_stack(figure: LayerStack, lang: Lang, width: int) -> list[str]:
    """Blocks from the input down with arrows between them; one line each where there are many."""
    texts = [layer.text[lang] for layer in figure.blocks()]
    notes = [layer.note[lang] if layer.note else "" for layer in figure.blocks()]
    column = max(map(display_width, texts))
    boxed = len(texts) <= MAX_BOXED_LAYERS and column + 6 + max(map(display_width, notes)) <= width
    if not boxed:
        arrows = ["  ", *["↓ "] * (len(texts) - 1)]
        return [
            f"{arrow}{pad(text, column)}  {note}".rstrip()
            for arrow, text, note in zip(arrows, texts, notes, strict=True)
        ]
    lines: list[str] = []
    for text, note in zip(texts, notes, strict=True):
        lines += [" " * (column // 2 + 2) + "↓"] if lines else []
        lines += [
            f"┌{'─' * (column + 2)}┐",
            f"│ {pad(text, column, align='center')} │  {note}".rstrip(),
            f"└{'─' * (column + 2)}┘",
        ]
    return lines


def draw_matrix(figure: Matrix, lang: Lang, width: int) -> list[str]:
    """Rows and columns with their labels; the title of the rows moves above the table where it does not fit beside it."""
    shown = [[format_value(value) for value in row] for row in table(figure.cells)]
    rows = [label[lang] for label in figure.rows] or [str(index) for index in range(len(shown))]
    columns = [label[lang] for label in figure.columns] or [str(index) for index in range(len(shown[0]))]
    title = figure.row_title[lang]
    lines = _labelled(shown, rows, columns, figure.column_title[lang], title)
    if max(map(display_width, lines)) <= width:
        return lines
    opening = Text(f"rows: {title}; columns:", f"行：{title}；列：")[lang]
    return [*break_lines(opening, width), *_labelled(shown, rows, columns, figure.column_title[lang], "")]


def _labelled(
    cells: Sequence[Sequence[str]], rows: Sequence[str], columns: Sequence[str], over: str, beside: str
) -> list[str]:
    cell = max(display_width(text) for row in (columns, *cells) for text in row)
    side = max(map(display_width, rows))
    margin = display_width(beside) + 2 if beside else 0
    head = " " * (margin + side + 3)

    def line(texts: Sequence[str]) -> str:
        return "  ".join(pad(text, cell, align="right") for text in texts)

    lines = [head + over, head + line(columns), head[:-2] + "┌" + "─" * (len(columns) * (cell + 2))]
    for index, (name, texts) in enumerate(zip(rows, cells, strict=True)):
        before = beside if index == (len(rows) - 1) // 2 else ""
        lines.append(f"{pad(before, margin)}{pad(name, side)} │ {line(texts)}")
    return lines
