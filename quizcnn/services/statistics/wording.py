"""The words of the statistics: what the tables, their lines and their empty states are called in both languages."""

from __future__ import annotations

from datetime import date

from quizcnn.services.statistics.spans import Period, Span
from quizcnn.services.statistics.values import ENOUGH, Statistics
from quizcnn.services.words import day_name, say
from quizcnn.text import Lang, Text

TITLE = Text("Statistics", "统计")
SPANS = {
    Span.WEEKS: Text("four weeks", "四周"),
    Span.HALF_YEAR: Text("half a year", "半年"),
    Span.ALL: Text("all", "全部"),
}
REMEMBERED = Text("Remembered when due, goal {goal}", "到期时记住的比例，目标 {goal}")
DUE = Text("Due in the coming days", "今后几天到期")
MISTAKES_WEEKLY = Text("Mistakes, per week", "错法，按周")
MISTAKES_MONTHLY = Text("Mistakes, per month", "错法，按月")
MISTAKES = Text("Mistakes", "错法")
SKILLS = Text("Skill map", "掌握情况")
TIME = Text("Time per kind", "各题型用时")
RECALL = Text("Predicted and observed recall", "预测与实际记住率")
TOO_FEW = Text("Figures from {enough} reviews on; {count} so far.", "复习满 {enough} 次才有数据，目前 {count} 次。")
NO_ANSWERS = Text("Nothing answered in this span.", "这段时间没有答题。")
NO_MISTAKES = Text("No named mistakes in this span.", "这段时间没有归类的错法。")
_DAYS = (
    Text("Mon", "周一"),
    Text("Tue", "周二"),
    Text("Wed", "周三"),
    Text("Thu", "周四"),
    Text("Fri", "周五"),
    Text("Sat", "周六"),
    Text("Sun", "周日"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def too_few(found: Statistics, lang: Lang) -> str:
    """That there are too few reviews to speak of shares."""
    return say(TOO_FEW, lang, enough=ENOUGH, count=found.counts.reviews)


def mistakes_title(found: Statistics) -> Text:
    """The name of the table of mistakes by the length of its periods."""
    months = found.periods[-1].period.months
    return {0: MISTAKES_WEEKLY, 1: MISTAKES_MONTHLY}.get(months, MISTAKES)


def weekday(day: date, lang: Lang) -> str:
    """``Sat``; ``周六``."""
    return _DAYS[day.weekday()][lang]


def period_name(period: Period, lang: Lang) -> str:
    """``31 Oct`` for a week, ``Oct 2026``, ``Apr-Jun 2026`` or ``2025-2026`` for months; ``10 月 31 日``, ``2026 年 4-6 月``."""
    first, last = period.first, period.last
    if not period.months:
        return day_name(first, lang)
    if period.months % 12 == 0:
        years = f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
        return f"{years} 年" if lang == "zh" else years
    if lang == "zh":
        return f"{first.year} 年 {first.month}{'' if period.months == 1 else f'-{last.month}'} 月"
    names = _MONTHS[first.month - 1] + ("" if period.months == 1 else f"-{_MONTHS[last.month - 1]}")
    return f"{names} {first.year}"


def short_period(period: Period, lang: Lang) -> str:
    """The head of a narrow column: the day a week begins (``31``), else the month that a period begins with (``Oct``, ``10``), or its year."""
    if not period.months:
        return str(period.first.day)
    if period.months % 12 == 0:
        return str(period.first.year)
    return str(period.first.month) if lang == "zh" else _MONTHS[period.first.month - 1]
