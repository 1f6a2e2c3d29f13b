"""The pieces of a row of mathematics, and what each is to its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from quizcnn.figures.box import Box, Scripts


class Role(Enum):
    """What a piece is to its neighbours."""

    NUMBER = auto()
    NAME = auto()
    WORD = auto()
    """A name of several letters; followed by a bracket it is applied to it."""
    FUNCTION = auto()
    BIG = auto()
    GROUP = auto()
    """Something in brackets of its own."""
    CALL = auto()
    """A function with its argument in brackets."""
    FRACTION = auto()
    """A quotient without brackets around it."""
    ROOT = auto()
    TABLE = auto()
    MATRIX = auto()
    TEXT = auto()
    RELATION = auto()
    BINARY = auto()
    PREFIX = auto()
    DIFFERENTIAL = auto()
    SLASH = auto()
    COMMA = auto()
    POSTFIX = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    THIN = auto()
    """Room between two factors."""
    BLANK = auto()
    """A blank that the author wants to be seen."""
    WIDE = auto()
    NEWLINE = auto()


GAPS = frozenset({Role.THIN, Role.BLANK, Role.WIDE})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row. ``loose`` is ``_`` or ``^`` where it ends in a script that letters after it would join
    (a blank where a text ends in one).

    ``bracket`` is the bare sign of a bracket or bar, ``plain`` says that an own bracket holds nothing but an argument list,
    ``cells`` are the cells of a table. ``box`` is the piece as drawn in two dimensions, where that is more than its text,
    ``scripts`` what stands at a closing bracket whose height is not known yet.
    """

    text: str
    role: Role
    loose: str = ""
    bracket: str = ""
    plain: bool = False
    cells: tuple[tuple[str, ...], ...] = ()
    box: Box | None = None
    scripts: Scripts | None = None
