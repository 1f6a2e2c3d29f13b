"""Reals as they stand on paper: a float is read by its shortest decimal form, sums and products of them stay exact.

Owns the way from floats to integers over one denominator, or to wide decimals, and back. Nothing is rounded before the last step,
so no difference of near numbers loses digits and no square overflows on the way.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

WIDE = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Arithmetic of intermediate reals: 50 digits, any exponent."""

ROOT_3 = WIDE.sqrt(Decimal(3))


def decimal_of(value: float | int) -> Decimal:
    """The decimal number that ``value`` shows: 0.1 is 1/10."""
    return Decimal(repr(value))


def quotient(top: float, bottom: float) -> float:
    """top/bottom of the decimals shown, rounded once: 2.8/0.1 is 28. Infinite beyond the floats."""
    return float(WIDE.divide(decimal_of(top), decimal_of(bottom)))


def real_of(value: Fraction) -> int | float:
    """``value`` as a number: whole ones exactly, others rounded once; ``OverflowError`` beyond the floats."""
    rounded = float(value)
    return int(value) if value.denominator == 1 else rounded


def nearest_number(value: Fraction) -> int | float:
    """``value`` rounded once; beyond the floats the nearest integer."""
    try:
        return float(value)
    except OverflowError:
        return round(value)


def scaled_difference(factor: float, value: float, taken: float) -> float:
    """factor*(value - taken) of the decimals shown, rounded once."""
    return float(WIDE.multiply(decimal_of(factor), WIDE.subtract(decimal_of(value), decimal_of(taken))))


def ratio_of(value: float) -> tuple[int, int]:
    """Numerator and denominator of the decimal that ``value`` shows."""
    if value.is_integer():
        return int(value), 1
    return Decimal(repr(value)).as_integer_ratio()


def over_one_denominator(values: Iterable[float]) -> tuple[list[int], int]:
    """``values`` as integers over one denominator; the denominator is 1 where all are whole."""
    ratios = [ratio_of(value) for value in values]
    denominator = math.lcm(*(d for _, d in ratios))
    if denominator == 1:
        return [n for n, _ in ratios], 1
    return [n * (denominator // d) for n, d in ratios], denominator


def matrix_over_one_denominator(rows: Sequence[Sequence[float]]) -> tuple[list[list[int]], int]:
    """A matrix, shape (height, width), as integers over one denominator."""
    width = len(rows[0])
    cells, denominator = over_one_denominator(cell for row in rows for cell in row)
    return [cells[start : start + width] for start in range(0, len(cells), width)], denominator


def matrix_over(rows: Sequence[Sequence[int]], below: int) -> tuple[tuple[int | float, ...], ...]:
    """A matrix of integers over one denominator as numbers, as :func:`matrix_of_quotients` gives them."""
    if below == 1:
        return tuple(map(tuple, rows))
    return matrix_of_quotients([[(cell, below) for cell in row] for row in rows])


def matrix_of_quotients(rows: Sequence[Sequence[tuple[int, int]]]) -> tuple[tuple[int | float, ...], ...]:
    """Numerators and denominators as numbers: integers where every cell is whole, else floats.

    ``OverflowError`` where a quotient is beyond the floats.
    """
    if all(n % d == 0 for row in rows for n, d in row):
        return tuple(tuple(n // d for n, d in row) for row in rows)
    return tuple(tuple(n / d for n, d in row) for row in rows)
