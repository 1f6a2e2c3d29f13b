"""The spans that statistics look back over, and the few equal periods that each is shown in.

Four weeks are four times seven days up to today. Longer spans are read from sums of months, so they consist of whole months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)
WEEKS = 4
HALF_YEAR = 6
MOST_PERIODS = 6
STEPS = (1, 2, 3, 6, 12)
"""Months to a period; beyond six periods of a year, several years to a period."""


class Span(StrEnum):
    """How far back; the values are those of the command line."""

    WEEKS = "four-weeks"
    HALF_YEAR = "half-year"
    ALL = "all"

    @property
    def monthly(self) -> bool:
        """Whether it consists of whole months."""
        return self is not Span.WEEKS


@dataclass(frozen=True, slots=True)
class Period:
    """Learning days from ``first`` to ``last``, both included."""

    first: date
    last: date
    months: int = 0
    """So many whole months; 0 for a week."""


def since(span: Span, today: date) -> date:
    """The first day of a span."""
    if span is Span.ALL:
        return date.min
    if span is Span.WEEKS:
        return today - WEEKS * WEEK + timedelta(days=1)
    return _from_number(_number(today) - HALF_YEAR + 1)


def periods(span: Span, first: date, today: date) -> tuple[Period, ...]:
    """The periods of a span, oldest first; ``first`` is the first day that has answers: months before it are left out."""
    if span is Span.WEEKS:
        begin = since(span, today)
        starts = [begin + place * WEEK for place in range(WEEKS)]
        return tuple(Period(start, start + WEEK - timedelta(days=1)) for start in starts)
    begin = max(min(first, today), since(span, today))
    step = _step(_number(begin), _number(today)) if span is Span.ALL else 1
    numbers = range(_number(begin) // step * step, _number(today) + 1, step)
    return tuple(Period(_from_number(at), _from_number(at + step) - timedelta(days=1), step) for at in numbers)


def place_of(day: date, found: tuple[Period, ...]) -> int:
    """The period that a day falls in; a day after the last one (by a clock that was put back) counts there."""
    return next((place for place, period in enumerate(found) if day <= period.last), len(found) - 1)


def _step(first: int, last: int) -> int:
    """The fewest months to a period, a whole part or multiple of a year, that make at most six periods."""
    steps: list[int] = [*STEPS, *range(24, last + 24, 12)]
    return next(step for step in steps if last // step - first // step < MOST_PERIODS)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _from_number(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
