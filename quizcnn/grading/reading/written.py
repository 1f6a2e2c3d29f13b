"""What was read as a number: its exact value and how it was written, because grading asks for both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from quizcnn.solvers.values import format_number

Rational = int | Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed as a number: its exact value (None for "none") and how it was written.

    ``step`` is the place value of the last digit written (None for arithmetic, which stands for itself), ``pointed`` whether a decimal
    point was written, ``rough`` whether it is written as an estimate (25.6M, 2.56e7, about 300).
    """

    value: Rational | None
    step: Rational | None = None
    pointed: bool = False
    rough: bool = False
    percent: bool = False
    text: str = ""
    """The text as it was typed, in its normal form."""

    @property
    def digits(self) -> int:
        """Significant digits written; 0 for arithmetic and for zero."""
        return len(self.mantissa) if self.value else 0

    @property
    def mantissa(self) -> str:
        """The digits written, without sign and point; empty for arithmetic."""
        if self.step is None or self.value is None:
            return ""
        return str(abs(self.value if self.step == 1 else round(Fraction(self.value) / self.step)))

    @property
    def decimals(self) -> int:
        """Decimal places written."""
        if self.step is None or self.step >= 1:
            return 0
        return len(str(Fraction(self.step).denominator)) - 1

    @property
    def shown(self) -> str:
        """The value as it stands after "read as"."""
        if self.value is None:
            return "none"
        if self.step is not None and self.step < 1:
            return format_number(Fraction(self.value), self.decimals) if self.value.denominator > 1 else self._padded()
        return format_exact(self.value)

    def _padded(self) -> str:
        places = self.decimals
        return f"{format_number(self.value or 0)}.{'0' * places}" if places else format_number(self.value or 0)


def format_exact(value: Rational) -> str:
    """A number in full: whole with thousands, terminating up to 12 places as a decimal, at more as a rounded one, else as a fraction."""
    if value.denominator == 1:
        return format_number(int(value))
    places = _places(value.denominator)
    if places is not None and places > 12 and value.denominator > 10**12:
        return format_number(float(value))
    return format_number(value, places) if places is not None and places <= 12 else format_number(value)


def _places(denominator: int) -> int | None:
    """Decimal places of a fraction with this denominator; None where it does not end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    if rest.bit_length() > 64:
        return None
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None
