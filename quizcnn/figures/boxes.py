"""Formulas drawn in two dimensions, in the room there is.

Keeps the rule that a formula too wide for its room is shown in fewer dimensions rather than cut: parts below each other, else the
one-line form, wrapped.
"""

from __future__ import annotations

from functools import lru_cache

from quizcnn.figures.box import Box
from quizcnn.figures.mathematics import one_line, parse
from quizcnn.text import break_lines

ROW_GAP = ("",)


@lru_cache(maxsize=512)
def draw_formula(latex: str, width: int, ascii: bool = False) -> tuple[str, ...]:  # noqa: A002  the word for it
    """The formula in lines of at most ``width`` columns, in two dimensions where it fits, else on one line, wrapped.

    ``ascii`` keeps to signs that every terminal shows. LaTeX that cannot be read comes back as its words. Never raises.
    """
    box = formula_box(latex, ascii=ascii)
    if box is not None and box.is_tall and box.width <= width:
        return tuple(line.rstrip() for line in box.lines)
    return tuple(break_lines(one_line(latex, ascii=ascii), max(1, width)))


@lru_cache(maxsize=512)
def formula_box(latex: str, *, ascii: bool = False) -> Box | None:  # noqa: A002
    """The formula in two dimensions at whatever width it needs; nothing where it cannot be read."""
    tree = parse(latex)
    if tree is None:
        return None
    from quizcnn.figures.setting import Setter

    try:
        box = Setter(ascii=ascii).set(tree)
    except RecursionError:
        return None
    return _spelled_out(box) if ascii else box


def _spelled_out(box: Box) -> Box:
    """The dots that the rows put in, in ASCII."""
    return Box(tuple(line.replace("·", "*") for line in box.lines), box.baseline, box.width)
