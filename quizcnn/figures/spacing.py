"""What stands between two neighbours of a row: a space, a dot or nothing.

Keeps the rule that a product without a sign never runs into a fraction, a root, a script or another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizcnn.figures.pieces import Piece, Role
from quizcnn.figures.symbols import SUBSCRIPT_SIGNS


def join(pieces: Sequence[Piece], *, tight: bool) -> str:
    """The text of pieces in order; ``tight`` leaves out the spaces around operators."""
    text = ""
    last: Piece | None = None
    gap: Role | None = None
    for piece in pieces:
        if piece.role in {Role.THIN, Role.BLANK}:
            gap = piece.role if gap is not Role.BLANK else gap
        elif piece.role is Role.WIDE:
            text = text.rstrip() + ("  " if text else "")
            gap = None
            last = last and replace(last, role=Role.OPEN, text="")
        elif piece.role is Role.NEWLINE:
            text, last, gap = text.rstrip() + ("; " if text else ""), None, None
        else:
            text += (between(last, piece, gap, tight) if last else "") + piece.text
            last, gap = piece, None
    return text.strip().removesuffix(";")


SPACED = frozenset({Role.BINARY, Role.RELATION})


def between(last: Piece, piece: Piece, gap: Role | None, tight: bool) -> str:
    """What stands between two neighbours: a space, a dot, a comma's space or nothing."""
    if last.role in SPACED or piece.role in SPACED:
        worded = (last.role in SPACED and last.text.isalpha()) or (piece.role in SPACED and piece.text.isalpha())
        return "" if tight and not worded else " "
    if piece.role in {Role.COMMA, Role.CLOSE, Role.POSTFIX, Role.SLASH} or last.role in {Role.OPEN, Role.SLASH}:
        return ""
    if last.role is Role.COMMA:
        return "" if tight else " "
    if last.role is Role.PREFIX:
        return ""
    if piece.role is Role.PREFIX:
        return " "
    return _between_factors(last, piece, gap)


def _between_factors(last: Piece, piece: Piece, gap: Role | None) -> str:
    roles = {last.role, piece.role}
    if Role.TEXT in roles:
        return "" if piece.role is Role.GROUP and not last.loose and not gap else " "
    if last.role is Role.FRACTION:
        return " · "
    if Role.BIG in roles or piece.role is Role.FUNCTION or last.role is Role.FUNCTION or Role.MATRIX in roles:
        return " "
    if piece.role is Role.FRACTION or last.role is Role.ROOT or (piece.role is Role.NUMBER and not _takes_digit(last)):
        return " · "
    if last.role is Role.CALL and piece.role is Role.GROUP and gap is not Role.BLANK:
        return "" if piece.bracket == "[" else " · "
    if gap is Role.THIN and _is_letter(last) and _is_letter(piece):
        return "·"
    return " " if gap or _needs_space(last, piece) else ""


def _takes_digit(piece: Piece) -> bool:
    """x2 is a name with a digit; after a script or a bracket a digit would be lost."""
    return (
        piece.role in {Role.NAME, Role.WORD, Role.POSTFIX}
        and not piece.loose
        and piece.text[-1:].isalpha()
        and piece.text.isalpha()
    )


def _is_letter(piece: Piece) -> bool:
    return piece.role is Role.NAME and len(piece.text) == 1 and piece.text.isascii()


def _needs_space(last: Piece, piece: Piece) -> bool:
    if piece.role is Role.GROUP:
        return last.loose == "^" or "|" in last.bracket + piece.bracket or "‖" in last.bracket + piece.bracket
    if piece.role is Role.CALL and _is_letter(last):
        return (last.text + piece.text[0]).islower()  # TP(t) and IoU(a, b) are names, y f(x) is a product
    bars = last.role is Role.GROUP and last.bracket in "|‖"
    indexed = last.text[-1:] in SUBSCRIPT_SIGNS
    return (
        bool(last.loose)
        or indexed
        or bars
        or last.role in {Role.CALL, Role.WORD}
        or piece.role in {Role.WORD, Role.CALL}
        or _is_long(last)
        or _is_long(piece)
    )


def _is_long(piece: Piece) -> bool:
    return piece.role is Role.NAME and piece.text[:2].isascii() and piece.text[:2].isalpha() and len(piece.text) > 1
