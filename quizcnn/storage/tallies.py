"""Answers counted by topic and kind, for each day and for each month: statistics scan no log, nor the days of years."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, and_, case, func, select

from quizcnn.scheduling.card import Rating, State
from quizcnn.storage.attempts import COUNTS
from quizcnn.storage.models import attempt, topic_day, topic_month
from quizcnn.storage.records import Attempt, Tally
from quizcnn.storage.rollup import Rollup, Row, fold, month_of

COUNTED = ("attempts", "correct", "partial", "new", "reviews", "remembered", "duration_ms")
Part = Literal["day", "topic", "kind"]
PARTS: tuple[Part, ...] = ("day", "topic", "kind")

DAYS = Rollup(topic_day, PARTS, COUNTED)
MONTHS = Rollup(topic_month, ("month", "topic", "kind"), COUNTED)


def counts_of(record: Attempt) -> tuple[int, ...]:
    """What one attempt adds, in the order of ``COUNTED``."""
    answer = record.answer
    review = record.state_before is State.REVIEW
    return (
        1,
        int(answer.verdict == "correct"),
        int(answer.verdict == "partial"),
        int(record.review_count == 0),
        int(review),
        int(review and answer.chosen is not Rating.AGAIN),
        answer.duration_ms,
    )


def add(connection: Connection, record: Attempt, sign: int) -> None:
    """Count an attempt that counts, or with ``sign`` -1 take it out again."""
    answer, sums = record.answer, counts_of(record)
    DAYS.add(connection, (answer.day, answer.topic, answer.kind), sums, sign)
    MONTHS.add(connection, (month_of(answer.day), answer.topic, answer.kind), sums, sign)


def from_attempts(connection: Connection) -> dict[Rollup, list[Row]]:
    """Both tables as the attempts give them, in the order of their keys."""
    review = attempt.c.state_before == int(State.REVIEW)
    sums = (
        func.count(),
        func.sum(case((attempt.c.verdict == "correct", 1), else_=0)),
        func.sum(case((attempt.c.verdict == "partial", 1), else_=0)),
        func.sum(case((attempt.c.review_count == 0, 1), else_=0)),
        func.sum(case((review, 1), else_=0)),
        func.sum(case((and_(review, attempt.c.chosen > int(Rating.AGAIN)), 1), else_=0)),
        func.sum(attempt.c.duration_ms),
    )
    keys = [attempt.c[part] for part in PARTS]
    query = select(*keys, *sums).where(COUNTS).group_by(*keys).order_by(*keys)
    days = [tuple(row) for row in connection.execute(query)]
    return {DAYS: days, MONTHS: fold(days, len(PARTS))}


def read(
    connection: Connection, by: Collection[str], since: date | None, until: date | None, *, monthly: bool
) -> list[Tally]:
    """Sums over what is not in ``by``, in the order of the key; ``monthly``: of whole months, the day being a month's first."""
    rollup = MONTHS if monthly else DAYS
    columns = {part: rollup.table.c[key] for part, key in zip(PARTS, rollup.keys, strict=True)}
    parts = [part for part in PARTS if part in by]
    keys = [columns[part] for part in parts]
    query = select(*keys, *(func.sum(rollup.table.c[name]) for name in COUNTED)).where(rollup.table.c.attempts != 0)
    if since is not None:
        query = query.where(columns["day"] >= since)
    if until is not None:
        query = query.where(columns["day"] <= until)
    blank: dict[str, Any] = {"day": None, "topic": "", "kind": ""}
    rows = connection.execute(query.group_by(*keys).order_by(*keys))
    found = [blank | dict(zip((*parts, *COUNTED), row, strict=True)) for row in rows]
    return [Tally(**values) for values in found if values["attempts"]]
