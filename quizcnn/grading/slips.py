"""Slips that fit a wrong number by its size alone: guesses, never named mistakes."""

from __future__ import annotations

from fractions import Fraction

from quizcnn.grading.closeness import Rational
from quizcnn.text import Text

_SLIPS = (
    ("sign", Fraction(-1), Text("It has the wrong sign.", "符号反了。")),
    ("twice", Fraction(2), Text("It is twice the right value.", "正好是正确值的两倍。")),
    ("half", Fraction(1, 2), Text("It is half the right value.", "正好是正确值的一半。")),
)


def generic_slip(value: Rational, target: Rational) -> tuple[str, Text] | None:
    """A slip that fits by its size alone: a guess, never a named mistake."""
    if not target or not value:
        return None
    if isinstance(value, int) and isinstance(target, int) and abs(value - target) == 1:
        return "off_by_one", Text("It is off by one.", "差了 1。")
    ratio = Fraction(value.numerator * target.denominator, value.denominator * target.numerator)
    for slug, factor, says in _SLIPS:
        if ratio == factor:
            return slug, says
    if value * target == 1:
        return "reciprocal", Text("It is the reciprocal of the right value.", "是正确值的倒数。")
    return None
