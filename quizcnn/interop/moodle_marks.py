"""What Moodle's importer takes as an answer: fractions from its list, numbers with a tolerance, and the signs inside a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from quizcnn.grading.number import NumberAnswer
from quizcnn.interop.common import Wrong, wrong_values
from quizcnn.solvers.values import round_to

FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0)  # fmt: skip
"""Shares of the points, in percent; any other is refused at import. Those below 0 mirror them."""
ESTIMATE = 1 - 10**-0.1
"""A share of the truth: an estimate that is a tenth of an order off is still right."""
DIGITS = 3
"""So many are enough where an estimate is taken."""
_SIGNS = re.compile(r'([}#~/"])')


def nearest_fraction(percent: float) -> float:
    """The share of the list that is nearest; a negative one stays negative."""
    found = min(FRACTIONS, key=lambda share: abs(share - abs(percent)))
    return -found if percent < 0 and found else found


def in_gap(text: str) -> str:
    """Text inside ``{1:...}``: the signs that part answers there carry a backslash, which is therefore spelled itself."""
    return _SIGNS.sub(r"\\\1", escape(text, quote=False).replace("\\", "\0")).replace("\0", "&#92;")


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is accepted within ``tolerance``, as decimals."""

    value: str
    tolerance: str
    wrong: Wrong | None = None
    """The named mistake that gives it; None for the key."""

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        middle, reach = Fraction(self.value), Fraction(self.tolerance)
        return middle - reach, middle + reach


def intervals(answer: NumberAnswer) -> Iterator[Interval]:
    """The key first, then each named mistake whose interval overlaps none before it: the first that fits wins."""
    key = _key(answer)
    if key is None:
        return
    yield key
    taken = [key.bounds]
    for wrong in wrong_values(answer):
        interval = _interval(wrong.value, answer.decimals, wrong)
        if interval is None:
            continue
        low, high = interval.bounds
        if all(high < below or low > above for below, above in taken):
            taken.append((low, high))
            yield interval


def left_out(answer: NumberAnswer) -> bool:
    """Whether some named mistake has no interval of its own."""
    return sum(1 for _ in wrong_values(answer)) >= max(1, sum(1 for _ in intervals(answer)))


def _key(answer: NumberAnswer) -> Interval | None:
    truth = answer.truth
    if isinstance(truth, bool) or not isinstance(truth, int | float | Fraction):
        return None
    if answer.estimate:
        return Interval(_decimal(truth), _decimal(abs(float(truth)) * ESTIMATE))
    if answer.tolerance is not None:
        return Interval(_decimal(truth), _decimal(abs(float(truth)) * answer.tolerance))
    if answer.approximate and truth:
        place = len(str(abs(int(truth)))) - DIGITS
        return Interval(_decimal(truth), _decimal(Fraction(10) ** place / 2 if place > 0 else 0))
    return _interval(truth, answer.decimals, None)


def _interval(value: object, decimals: int | None, wrong: Wrong | None) -> Interval | None:
    """A count alone; a real within half a last place, its edges included."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return None
    if decimals is not None:
        return Interval(f"{round_to(value, decimals):f}", _decimal(Fraction(1, 2 * 10**decimals)), wrong)
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return Interval(str(int(value)), "0", wrong)
    return Interval(_decimal(value), "0.00005", wrong)


def _decimal(value: int | float | Fraction) -> str:
    """Without exponent, at most 12 decimals."""
    if isinstance(value, int):
        return str(value)
    text = f"{round_to(value, 12):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
