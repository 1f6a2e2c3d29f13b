"""Formulas drawn in two dimensions, in the room there is.

Keeps the rule that a formula too wide for its room is never cut: its parts go below each other, else it is shown on one line,
wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quizcnn.figures.box import Box, beside, stack, text_box
from quizcnn.figures.mathematics import one_line, parse
from quizcnn.figures.pieces import Piece, Role
from quizcnn.text import break_lines

INDENT = "  "


@lru_cache(maxsize=512)
def draw_formula(latex: str, width: int, ascii: bool = False) -> tuple[str, ...]:  # noqa: A002  the word for it
    """The formula in lines of at most ``width`` columns, in two dimensions where it fits, else on one line, wrapped.

    ``ascii`` keeps to signs that every terminal shows. LaTeX that cannot be read comes back as its words. Never raises.
    """
    box = fit_formula(latex, width, ascii=ascii)
    if box is not None and box.is_tall:
        return tuple(line.rstrip() for line in box.lines)
    return tuple(break_lines(one_line(latex, ascii=ascii), max(1, width)))


def fit_formula(latex: str, width: int, *, ascii: bool = False) -> Box | None:  # noqa: A002
    """The formula in two dimensions in ``width`` columns, its parts below each other where they must be; nothing where it has
    no room or cannot be read."""
    whole = formula_box(latex, ascii=ascii)
    if whole is None or whole.width <= width:
        return whole
    box = _below_each_other(_pieces(latex, ascii), width)
    return _spelled_out(box) if box and ascii else box


@lru_cache(maxsize=512)
def formula_box(latex: str, *, ascii: bool = False) -> Box | None:  # noqa: A002
    """The formula in two dimensions at whatever width it needs; nothing where it cannot be read."""
    pieces = _pieces(latex, ascii)
    if pieces is None:
        return None
    from quizcnn.figures.setting import join

    box = join(pieces, tight=False)
    return _spelled_out(box) if ascii else box


@lru_cache(maxsize=512)
def _pieces(latex: str, plain: bool) -> tuple[Piece, ...] | None:
    tree = parse(latex)
    if tree is None:
        return None
    from quizcnn.figures.setting import Setter

    setter = Setter(ascii=plain)
    try:
        return tuple(setter.finish(setter.pieces(tree)))
    except RecursionError:
        return None


def _below_each_other(pieces: Sequence[Piece] | None, width: int) -> Box | None:
    """Formulas that stand side by side, else also the sides of equations, each in a row of its own."""
    from quizcnn.figures.setting import join

    rows: list[Box] = []
    for part in _split(pieces or (), Role.WIDE):
        box = join(part, tight=False)
        if box.width <= width:
            rows.append(box)
            continue
        first, *others = _sides(part)
        rows += [join(first, tight=False), *(beside((text_box(INDENT), join(side, tight=False))) for side in others)]
    if not rows or max(box.width for box in rows) > width:
        return None
    return stack(_apart(rows), rows[0].baseline, align="left")


def _split(pieces: Sequence[Piece], role: Role) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.role is role:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if part]


def _sides(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """A chain of relations as ``a = b`` and then ``= c`` for every further side."""
    sides: list[list[Piece]] = [[]]
    relations = 0
    for piece in pieces:
        relations += piece.role is Role.RELATION
        if piece.role is Role.RELATION and relations > 1:
            sides.append([])
        sides[-1].append(piece)
    return sides


def _apart(rows: Sequence[Box]) -> list[Box]:
    """Tall rows with a blank line between them."""
    tall = any(box.is_tall for box in rows)
    return [box for index, row in enumerate(rows) for box in ((text_box(""), row) if index and tall else (row,))]


def _spelled_out(box: Box) -> Box:
    """The dots that the rows put in, in ASCII."""
    return Box(tuple(line.replace("·", "*") for line in box.lines), box.baseline, box.width)
