"""Dates as people type them: ``12 Dec``, ``Dec 12``, ``2026-12-12``, ``in 3 weeks``, ``12月12日``, ``3 周后``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from quizcnn.errors import UsageError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"day": 1, "week": 7, "month": 30, "天": 1, "周": 7, "星期": 7, "个月": 30}


def read_date(text: str, today: date) -> date:
    """The day that ``text`` names; a day without a year is the next one from today on. ``UsageError`` where it names none."""
    words = text.strip().lower().replace(",", " ")
    day = _later(words, today) or _iso(words) or _named(words, today)
    if day is None:
        raise UsageError(f"{text.strip()[:30]!r} is no date", mend="write 12 Dec, in 3 weeks or 2026-12-12")
    return day


def _later(words: str, today: date) -> date | None:
    found = re.fullmatch(r"(?:in\s+)?(\d{1,3})\s*(day|week|month)s?", words) or re.fullmatch(
        r"(\d{1,3})\s*(天|周|星期|个月)[之以]?后", words
    )
    return today + timedelta(days=int(found[1]) * _UNITS[found[2]]) if found else None


def _iso(words: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", words)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def _named(words: str, today: date) -> date | None:
    found = re.fullmatch(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", words)
    if found:
        month, day = int(found[1]), int(found[2])
    else:
        match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?", words)
        turned = re.fullmatch(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?", words)
        if match:
            name, day, year = match[2], int(match[1]), match[3]
        elif turned:
            name, day, year = turned[1], int(turned[2]), turned[3]
        else:
            return None
        if name[:3] not in _MONTHS:
            return None
        month = _MONTHS.index(name[:3]) + 1
        if year:
            return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year is None or this_year >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
