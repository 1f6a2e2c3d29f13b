"""The roll-up: answers counted by day, topic and kind, kept in each answer's transaction so that statistics scan no log.

It can be computed anew from the attempts at any time, by the same rule.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, case, func, select

from quizcnn.scheduling.card import Rating, State
from quizcnn.storage.attempts import COUNTS
from quizcnn.storage.models import attempt, topic_day
from quizcnn.storage.records import Attempt, Tally

COUNTED = ("attempts", "correct", "partial", "new", "reviews", "remembered", "duration_ms")
Part = Literal["day", "topic", "kind"]
PARTS: tuple[Part, ...] = ("day", "topic", "kind")


_INSERT = topic_day.insert()
_ADD = (
    topic_day.update()
    .where(*(topic_day.c[part] == bindparam(f"its_{part}") for part in PARTS))
    .values({name: topic_day.c[name] + bindparam(f"more_{name}") for name in COUNTED})
)


def counts_of(record: Attempt) -> dict[str, int]:
    """What one attempt adds to its tally."""
    answer = record.answer
    review = record.state_before is State.REVIEW
    return {
        "attempts": 1,
        "correct": int(answer.verdict == "correct"),
        "partial": int(answer.verdict == "partial"),
        "new": int(record.review_count == 0),
        "reviews": int(review),
        "remembered": int(review and answer.chosen is not Rating.AGAIN),
        "duration_ms": answer.duration_ms,
    }


def count(connection: Connection, record: Attempt, sign: int = 1) -> None:
    """Add an attempt, or with ``sign`` -1 take it out again; practice and voided ones are nothing."""
    if record.answer.mode != "scheduled" or record.voided_at is not None:
        return
    answer = record.answer
    added = {name: sign * value for name, value in counts_of(record).items()}
    place = {"its_day": answer.day, "its_topic": answer.topic, "its_kind": answer.kind}
    if not connection.execute(_ADD, {f"more_{name}": value for name, value in added.items()} | place).rowcount:
        connection.execute(_INSERT, {"day": answer.day, "topic": answer.topic, "kind": answer.kind, **added})


def rows_from_attempts(connection: Connection) -> list[tuple[object, ...]]:
    """The whole roll-up as the attempts give it, in the order of its key."""
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
    return [
        tuple(row) for row in connection.execute(select(*keys, *sums).where(COUNTS).group_by(*keys).order_by(*keys))
    ]


def stored_rows(connection: Connection) -> list[tuple[object, ...]]:
    """The whole roll-up as it is stored, without lines that count nothing (all of their answers were undone)."""
    columns = [topic_day.c[name] for name in (*PARTS, *COUNTED)]
    keys = [topic_day.c[part] for part in PARTS]
    return [tuple(row) for row in connection.execute(select(*columns).where(topic_day.c.attempts != 0).order_by(*keys))]


def replace_rows(connection: Connection, rows: list[tuple[object, ...]]) -> None:
    connection.execute(topic_day.delete())
    if rows:
        connection.execute(topic_day.insert(), [dict(zip((*PARTS, *COUNTED), row, strict=True)) for row in rows])


def read(connection: Connection, by: Collection[str], since: date | None, until: date | None) -> list[Tally]:
    """Sums over what is not in ``by``, in the order of the key."""
    parts = [part for part in PARTS if part in by]
    keys = [topic_day.c[part] for part in parts]
    query = select(*keys, *(func.sum(topic_day.c[name]) for name in COUNTED)).where(topic_day.c.attempts != 0)
    if since is not None:
        query = query.where(topic_day.c.day >= since)
    if until is not None:
        query = query.where(topic_day.c.day <= until)
    blank: dict[str, Any] = {"day": None, "topic": "", "kind": ""}
    rows = connection.execute(query.group_by(*keys).order_by(*keys))
    found = [blank | dict(zip((*parts, *COUNTED), row, strict=True)) for row in rows]
    return [Tally(**values) for values in found if values["attempts"]]
