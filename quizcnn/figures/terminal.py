"""Figures as plain lines of text, at most ``width`` columns.

Boxes and curves are drawn to scale as far as cells allow; the numbers that count stand beside the drawing.
"""

from __future__ import annotations

from quizcnn.figures.canvas import ASCII_SIGNS
from quizcnn.figures.figure import Boxes, Curve, Figure, Grid, Matrix
from quizcnn.figures.plots import MAX_ROWS, draw_boxes, draw_curve
from quizcnn.figures.tabulation import draw_grid, draw_matrix, draw_stack
from quizcnn.text import Lang, truncate


def draw_lines(
    figure: Figure,
    lang: Lang,
    width: int,
    *,
    rows: int = MAX_ROWS,
    ascii: bool = False,  # noqa: A002  the word for it
) -> list[str]:
    """A filled figure as lines; ``rows`` bounds what is drawn to scale.

    ``ascii`` draws with ``-|+`` where line characters are missing or two columns wide.
    """
    lines = _draw(figure, lang, width, rows, ascii)
    cut = [truncate(line, width).rstrip() for line in lines]
    return [line.translate(ASCII_SIGNS) for line in cut] if ascii else cut


def _draw(figure: Figure, lang: Lang, width: int, rows: int, plain: bool) -> list[str]:
    if isinstance(figure, Boxes):
        return draw_boxes(figure, lang, width, rows, plain=plain)
    if isinstance(figure, Curve):
        return draw_curve(figure, lang, width, rows)
    if isinstance(figure, Grid):
        return draw_grid(figure, lang, width, plain=plain)
    return draw_matrix(figure, lang, width) if isinstance(figure, Matrix) else draw_stack(figure, lang, width)
