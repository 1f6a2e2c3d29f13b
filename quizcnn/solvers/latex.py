r"""Numbers and sums as the LaTeX of worked steps.

Digits are written plainly (``36992``); a line is a chain ``symbol = numbers = value`` joined by ``=``, or by ``\approx`` where a
real is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def tex(value: int | Fraction) -> str:
    r"""``value`` as LaTeX: ``12``, ``-3``, ``\frac{3}{4}``."""
    if isinstance(value, Fraction) and value.denominator != 1:
        sign = "-" if value < 0 else ""
        return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    return str(int(value))


def factor(value: int | Fraction) -> str:
    """``value`` where something stands before it: a negative one in parentheses."""
    return f"({tex(value)})" if value < 0 else tex(value)


def product(*factors: int | Fraction) -> str:
    r"""``2 \cdot 3 \cdot 4``"""
    return r" \cdot ".join(factor(value) for value in factors)


def total(terms: Iterable[int | Fraction]) -> str:
    """``1+2+3``"""
    return "+".join(factor(value) for value in terms)


def fraction(top: int | str, bottom: int | str) -> str:
    r"""``\frac{top}{bottom}``"""
    return rf"\frac{{{top}}}{{{bottom}}}"


def row(values: Iterable[int | Fraction]) -> str:
    """``[8, 64, 56, 56]``"""
    return "[" + ", ".join(tex(value) for value in values) + "]"
