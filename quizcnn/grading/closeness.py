"""When two numbers agree: in decimal arithmetic, edges included, never through binary.

A float stands for the decimal that it shows and may carry noise in its last bits (``NOISE``); integers and fractions are exact.
"""

from __future__ import annotations

import math
from fractions import Fraction

from quizcnn.grading.reading.arithmetic import decimal_value
from quizcnn.grading.reading.written import Reading
from quizcnn.solvers.values import Value

Rational = int | Fraction
NOISE = 1e-9
"""Relative error that a computed float may carry."""
LAST_BITS = 10**9
"""Its inverse, for whole numbers."""
LEAST_DIGITS = 3
"""Significant digits from which a written estimate counts."""


def number_in(value: Value) -> Rational | None:
    """The exact number that a solver value shows; None where it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return None
    return decimal_value(value) if isinstance(value, float) else value


def size_of(value: Rational) -> Rational:
    """The absolute value."""
    return -value if value < 0 else value


def same(a: Rational, b: Rational, noisy: bool) -> bool:
    """Equal, up to the noise of a float."""
    if isinstance(a, int) and isinstance(b, int) and -LAST_BITS < b < LAST_BITS:
        return a == b  # such whole numbers are further apart than any noise
    return a == b or (noisy and _near(a, b, 0.0))


def _near(a: Rational, b: Rational, step: Rational | float) -> bool:
    """Whether two numbers can be the same within ``step`` and the noise of floats: the quick look before exact arithmetic."""
    try:
        other = b.numerator / b.denominator
        return abs(a.numerator / a.denominator - other) <= float(step) + NOISE * abs(other)
    except OverflowError:  # beyond the floats: only exact arithmetic tells
        return a == b or step > 0


def same_rounded(a: Rational, b: Rational, decimals: int, noisy: bool) -> bool:
    """Whether both round to the same digits; a tie may go either way."""
    if not _near(a, b, 1.5 / 10**decimals):
        return False
    low, high = _roundings(a, decimals, noisy)
    lower, higher = _roundings(b, decimals, noisy)
    return low <= higher and lower <= high


def _roundings(value: Rational, decimals: int, noisy: bool) -> tuple[int, int]:
    """``value`` in units of its last place, rounded down and up where it lies between."""
    top, bottom = value.numerator * 10**decimals, value.denominator
    below, rest = divmod(top, bottom)
    past = 2 * rest - bottom
    if past == 0 or (noisy and abs(past) * LAST_BITS <= max(bottom, abs(top))):
        return below, below + 1
    return (below, below) if past < 0 else (below + 1, below + 1)


def agrees(reading: Reading, truth: Rational, noisy: bool) -> bool:
    """Whether ``truth`` rounds to what was written, at the last place written.

    The zeros at the end of an estimate without a point may stand for unknown digits (2560 万), down to three digits.
    """
    value, step = reading.value, reading.step
    if value is None:
        return False
    if step is None:
        return same(value, truth, noisy)
    if reading.rough and not reading.pointed and value:
        step *= _unknown_zeros(reading)
    if not _near(value, truth, step):
        return False
    off = 2 * size_of(value - truth) - step
    return off <= 0 or (noisy and off * LAST_BITS <= 2 * size_of(truth))


def _unknown_zeros(reading: Reading) -> int:
    """The size of the zeros at the end that may stand for unknown digits."""
    digits = reading.mantissa
    zeros = len(digits) - len(digits.rstrip("0"))
    size: int = 10 ** max(0, min(zeros, len(digits) - LEAST_DIGITS))
    return size


def within(value: Rational, truth: Rational, tolerance: float) -> bool:
    """Within a relative tolerance, the edge included."""
    return size_of(value - truth) <= decimal_value(tolerance) * size_of(truth)


def power_between(value: Rational, truth: Rational) -> int:
    """The nearest exponent of ten of ``value / truth``; 0 where there is none."""
    if not value or not truth or (value > 0) != (truth > 0):
        return 0
    try:
        return round(math.log10(size_of(Fraction(value) / truth)))
    except (OverflowError, ValueError):
        return 0
