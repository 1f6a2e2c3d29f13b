"""Named mistakes counted by question, for each day and for each month. An answer that makes one twice made it once."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from sqlalchemy import Connection, func, select

from quizcnn.storage.attempts import COUNTS
from quizcnn.storage.models import attempt, mistake_day, mistake_month
from quizcnn.storage.records import Attempt
from quizcnn.storage.rollup import Rollup, Row, fold, month_of

DAYS = Rollup(mistake_day, ("day", "mistake", "question_id"), ("times",))
MONTHS = Rollup(mistake_month, ("month", "mistake", "question_id"), ("times",))


def add(connection: Connection, record: Attempt, sign: int) -> None:
    """Count the mistakes of an attempt that counts, or with ``sign`` -1 take them out again."""
    answer = record.answer
    for mistake in dict.fromkeys(answer.mistakes):
        DAYS.add(connection, (answer.day, mistake, answer.question_id), (1,), sign)
        MONTHS.add(connection, (month_of(answer.day), mistake, answer.question_id), (1,), sign)


def from_attempts(connection: Connection) -> dict[Rollup, list[Row]]:
    """Both tables as the attempts give them, in the order of their keys."""
    keys = (attempt.c.day, attempt.c.mistakes, attempt.c.question_id)
    query = select(*keys, func.count()).where(COUNTS, attempt.c.mistakes != "[]").group_by(*keys)
    times: Counter[tuple[date, str, str]] = Counter()
    for day, mistakes, question_id, count in connection.execute(query):
        for mistake in dict.fromkeys(json.loads(mistakes)):
            times[day, mistake, question_id] += count
    days: list[Row] = [(*place, count) for place, count in sorted(times.items())]
    return {DAYS: days, MONTHS: fold(days, len(DAYS.keys))}


def by_question(connection: Connection, since: date, *, monthly: bool) -> list[tuple[str, str, int]]:
    """``(question id, mistake, how often)`` from a day on, most frequent first."""
    rollup = MONTHS if monthly else DAYS
    table = rollup.table
    total = func.sum(table.c.times)
    query = (
        select(table.c.question_id, table.c.mistake, total)
        .where(table.c[rollup.keys[0]] >= since)
        .group_by(table.c.mistake, table.c.question_id)
        .having(total > 0)
        .order_by(total.desc(), table.c.question_id, table.c.mistake)
    )
    return [(question_id, mistake, times) for question_id, mistake, times in connection.execute(query)]


def by_period(connection: Connection, since: date, *, monthly: bool) -> list[tuple[date, str, int]]:
    """``(day, mistake, how often)`` from a day on, of single days or of months."""
    rollup = MONTHS if monthly else DAYS
    table = rollup.table
    keys = (table.c[rollup.keys[0]], table.c.mistake)
    total = func.sum(table.c.times)
    query = select(*keys, total).where(keys[0] >= since).group_by(*keys).having(total > 0).order_by(*keys)
    return [(day, mistake, times) for day, mistake, times in connection.execute(query)]
