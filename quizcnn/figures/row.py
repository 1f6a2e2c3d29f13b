"""One row of mathematics: pieces in reading order, put together so that no bracket is lost.

Brackets are matched into groups first, then signs that belong to what follows are joined to it; the spacing comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import TypeAlias

from quizcnn.figures.pieces import GAPS, Piece, Role
from quizcnn.figures.spacing import join
from quizcnn.figures.symbols import DIVIDING, EXTREMES, NEGATED, NOT, OPENING
from quizcnn.figures.tables import lay_out_cases, lay_out_matrix

ATOMS = frozenset({Role.NUMBER, Role.NAME, Role.WORD, Role.GROUP, Role.CALL, Role.ROOT})
FACTORS = ATOMS | {Role.FRACTION, Role.MATRIX, Role.POSTFIX, Role.CLOSE, Role.TEXT, Role.TABLE}
"""What can end a term: a sign after it joins two terms; after anything else it belongs to what follows."""
SIGNS = frozenset({"+", "−", "-", "±", "+-", "∓", "-+"})
ARGUMENT = frozenset({Role.NAME, Role.COMMA, Role.RELATION, Role.PREFIX, Role.CALL, Role.GROUP, *GAPS})
"""Of these alone the argument of an unknown function is made: P(x | y), f(xᵢ), but not d(k − 1)."""
Grouping: TypeAlias = Callable[[Piece, Sequence[Piece], Piece], Piece]
"""Makes one piece of an opening bracket, what stands in it, and its closing bracket."""


class Binding(Enum):
    """How tightly a whole row holds together, for whoever puts it under a fraction line, a root or a script."""

    ATOM = auto()
    PRODUCT = auto()
    LOOSE = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A row put together: its pieces, matched and joined, and its text."""

    pieces: tuple[Piece, ...]
    text: str

    @property
    def binding(self) -> Binding:
        if not self.pieces:
            return Binding.ATOM
        if len(self.pieces) == 1:
            return _alone(self.pieces[0])
        products = ATOMS | {Role.POSTFIX, Role.THIN, Role.DIFFERENTIAL}
        return Binding.PRODUCT if all(piece.role in products for piece in self.pieces) else Binding.LOOSE

    @property
    def is_bracketed(self) -> bool:
        """Whether one pair of brackets holds the whole row, with no script on it."""
        if len(self.pieces) != 1 or self.pieces[0].role is not Role.GROUP or self.pieces[0].loose:
            return False
        return self.pieces[0].bracket in OPENING and self.text.endswith(OPENING[self.pieces[0].bracket])

    def in_brackets(self) -> str:
        return self.text if self.is_bracketed and self.text.startswith("(") else f"({self.text})"


def _alone(piece: Piece) -> Binding:
    if piece.role is Role.TEXT:
        return Binding.LOOSE if " " in piece.text.strip() else Binding.ATOM
    atoms = ATOMS | {Role.MATRIX, Role.DIFFERENTIAL, Role.FUNCTION, Role.COMMA}
    return Binding.ATOM if piece.role in atoms else Binding.LOOSE


def make_row(pieces: Iterable[Piece], *, tight: bool = False) -> Row:
    """The row of ``pieces``; ``tight`` leaves out the spaces around operators (scripts)."""
    matched = tuple(_finish(match(pieces, partial(_group, tight=tight)), tight))
    return Row(matched, join(matched, tight=tight))


def match(pieces: Iterable[Piece], group: Grouping) -> list[Piece]:
    """Brackets that fit (or nearly, as in half-open intervals) become groups; the others stay as they are."""
    frames: list[tuple[Piece | None, list[Piece]]] = [(None, [])]
    for piece in pieces:
        if piece.role is Role.OPEN:
            frames.append((piece, []))
        elif piece.role is Role.CLOSE and len(frames) > 1:
            opener, inner = frames.pop()
            frames[-1][1].append(group(opener or piece, inner, piece))
        else:
            frames[-1][1].append(piece)
    rest: list[Piece] = []
    for opener, inner in frames:
        rest += ([opener] if opener else []) + inner
    return rest


def _group(opener: Piece, inner: Sequence[Piece], closer: Piece, *, tight: bool) -> Piece:
    row = make_row(inner, tight=tight)
    if len(row.pieces) == 1 and row.pieces[0].role is Role.MATRIX and opener.bracket in ("(", "["):
        return replace(row.pieces[0], text=row.text + closer.text[len(closer.bracket) :])
    return Piece(
        opener.text + row.text + closer.text,
        Role.GROUP,
        closer.loose,
        opener.bracket,
        is_argument(opener, row.pieces),
    )


def is_argument(opener: Piece, inner: Sequence[Piece]) -> bool:
    """Whether a bracket holds what an unknown function may be applied to."""
    return bool(inner) and all(piece.role in ARGUMENT for piece in inner) and opener.bracket in ("(", "[")


def _finish(pieces: Sequence[Piece], tight: bool) -> list[Piece]:
    """Bars paired, tables laid out, fractions and arguments joined to their functions, signs read as signs."""
    pieces = pair_bars(pieces, partial(_group, tight=tight))
    done: list[Piece] = []
    for index, piece in enumerate(pieces):
        last = next((other for other in reversed(done) if other.role not in GAPS), None)
        after = next((other for other in pieces[index + 1 :][:3] if other.role not in GAPS), None)
        piece = in_context(piece, last, after)
        apart = bool(done) and done[-1].role in GAPS
        if last is not None and (joined := joined_to(last, piece, apart)) is not None:
            while done and done[-1].role in GAPS:
                done.pop()
            done[-1] = joined
        elif piece.role is Role.TABLE and done and done[-1].role is Role.OPEN and done[-1].bracket == "{":
            done[-1] = Piece(lay_out_cases(piece.cells), Role.GROUP, bracket="{")
        elif piece.role is Role.TABLE:
            done.append(Piece(lay_out_matrix(piece.cells), Role.MATRIX))
        else:
            done.append(piece)
    return done


def in_context(piece: Piece, last: Piece | None, after: Piece | None) -> Piece:
    """The piece as its neighbours make it: a sign or an operator, a fraction with or without brackets."""
    if piece.role is Role.BINARY and piece.text in SIGNS and (last is None or not _ends_term(last)):
        return replace(piece, role=Role.PREFIX)
    if piece.role is Role.FRACTION and (_divides(last) or _divides(after) or (after and after.role is Role.POSTFIX)):
        return Piece(f"({piece.text})", Role.GROUP, bracket="(")
    return piece


def _ends_term(piece: Piece) -> bool:
    """What stands before a sign: a term that it joins to the next, or nothing yet."""
    return piece.role in FACTORS or piece.text in EXTREMES


def _divides(piece: Piece | None) -> bool:
    return piece is not None and (piece.role is Role.SLASH or piece.text in DIVIDING)


def joined_to(last: Piece, piece: Piece, apart: bool) -> Piece | None:
    """Both as one piece, where they are one thing: ∂x, log(a/b), exp(x), f(x)."""
    if last.text == NOT and piece.role is Role.RELATION:
        return replace(piece, text=NEGATED.get(piece.text, f"not {piece.text}"))
    thousands = (
        piece.role is Role.NUMBER if last.text.endswith(",") else (piece.text, piece.role) == (",", Role.POSTFIX)
    )
    if last.role is Role.NUMBER and thousands:
        return replace(last, text=last.text + piece.text)
    if last.role is Role.DIFFERENTIAL and piece.role is Role.NAME:
        return replace(piece, text=last.text + (" " if last.loose else "") + piece.text)
    if last.role is Role.FUNCTION and last.text not in EXTREMES and piece.role is Role.FRACTION:
        return Piece(f"{last.text}({piece.text})", Role.CALL)
    applied = last.role in {Role.FUNCTION, Role.WORD} and piece.bracket in ("(", "[")
    if piece.role is Role.GROUP and not apart and (applied or (last.role is Role.NAME and piece.plain)):
        space = " " if last.loose == "^" else ""
        return Piece(last.text + space + piece.text, Role.CALL, piece.loose)
    return None


def pair_bars(pieces: Sequence[Piece], group: Grouping) -> list[Piece]:
    """An even number of equal bars encloses (|x|, ‖w‖₂); one that is left over is a relation (P(x | y))."""
    for sign in ("|", "‖"):
        places = [index for index, piece in enumerate(pieces) if piece.role is Role.BAR and piece.bracket == sign]
        if len(places) % 2:
            pieces = [
                replace(piece, role=Role.RELATION) if index in places else piece for index, piece in enumerate(pieces)
            ]
            continue
        done: list[Piece] = []
        start = 0
        for left, right in zip(places[::2], places[1::2], strict=True):
            done += [*pieces[start:left], group(pieces[left], pieces[left + 1 : right], pieces[right])]
            start = right + 1
        pieces = [*done, *pieces[start:]]
    return list(pieces)
