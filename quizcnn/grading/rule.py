"""How close a number must be: the rule of a field, applied to what was read. Numbers, lists and matrices share it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizcnn.grading.closeness import (
    LEAST_DIGITS,
    Rational,
    agrees,
    power_between,
    same,
    same_rounded,
    size_of,
    within,
)
from quizcnn.grading.reading.written import Reading

Kind = Literal["integer", "real", "fraction"]
MAX_POWER = 12
PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class NumberRule:
    """The right value and how it is asked: ``decimals`` places, a relative ``tolerance``, an ``approximate`` count.

    ``noisy`` marks a computed float, whose last bits do not count.
    """

    kind: Kind
    target: Rational
    noisy: bool = False
    decimals: int | None = None
    tolerance: float | None = None
    approximate: bool = False

    def right(self, reading: Reading) -> bool:
        """Equal however it is written, or as close as asked."""
        value = reading.value
        if value is None:
            return False
        if value == self.target or same(value, self.target, self.noisy):
            return True
        if self.tolerance is not None and within(value, self.target, self.tolerance):
            return True
        if self.approximate and reading.rough and self._estimates(reading):
            return True
        if self.kind == "integer":
            return False
        if self.decimals is not None:
            return same_rounded(value, self.target, self.decimals, self.noisy)
        return self.tolerance is None and reading.step is not None and self._estimates(reading)

    def _estimates(self, reading: Reading) -> bool:
        return reading.digits >= LEAST_DIGITS and agrees(reading, self.target, self.noisy)

    def too_few(self, reading: Reading) -> bool:
        """Right at the digits written, which are fewer than asked, and within a tenth."""
        value = reading.value
        if not value or reading.step is None:
            return False
        if self.kind == "integer" and not reading.rough:
            return False
        if self.kind != "integer" and self.decimals is not None and reading.decimals >= self.decimals:
            return False
        near = size_of(value - self.target) * 10 <= size_of(self.target)
        return near and agrees(reading, self.target, self.noisy)

    def alike(self, value: Rational, other: Rational) -> bool:
        """Equal as far as the question looks."""
        if same(value, other, True):
            return True
        if self.decimals is not None and self.kind != "integer" and same_rounded(value, other, self.decimals, True):
            return True
        return self.tolerance is not None and within(value, other, self.tolerance)

    def gives(self, reading: Reading, wrong: Rational) -> bool:
        """Whether the value of a wrong rule is what was typed, and not the right value once both are rounded."""
        if self.alike(wrong, self.target):
            return False
        return self.shows(reading, wrong) or (reading.digits >= 2 and agrees(reading, wrong, True))

    def shows(self, reading: Reading, wrong: Rational) -> bool:
        """Whether it is what was typed, to all the digits asked."""
        return reading.value is not None and self.alike(reading.value, wrong)

    def is_percentage(self, reading: Reading) -> bool:
        """Whether the percentage was typed where the ratio is asked."""
        if self.kind == "integer" or reading.percent or not 0 < size_of(self.target) <= 1:
            return False
        return self._right_moved(reading, PERCENT)

    def power_off(self, reading: Reading) -> int:
        """The exponent of ten by which right digits are off; 0 where the digits are wrong or the size is right."""
        exponent = 0 if reading.value is None else power_between(reading.value, self.target)
        if not exponent or abs(exponent) > MAX_POWER:
            return 0
        return exponent if self._right_moved(reading, Fraction(10) ** -exponent) else 0

    def _right_moved(self, reading: Reading, factor: Fraction) -> bool:
        if reading.value is None:
            return False
        value = reading.value * factor
        if same(value, self.target, self.noisy):
            return True
        if self.kind == "integer" or reading.step is None:
            return False
        moved = Reading(value, reading.step * factor, reading.pointed, reading.rough)
        return moved.digits >= 2 and agrees(moved, self.target, self.noisy)
