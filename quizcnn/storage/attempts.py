"""Attempts: written once, amended by rating or overruling, never deleted. An undone one is voided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, and_, bindparam, select

from quizcnn.scheduling.card import Rating, State
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.replay import Review
from quizcnn.storage.models import attempt, policy
from quizcnn.storage.records import Answer, Attempt

COUNTS = and_(attempt.c.mode == "scheduled", attempt.c.voided_at.is_(None))
"""What moves cards and counts in the figures."""


_FIND_POLICY = select(policy.c.id).where(
    policy.c.retention == bindparam("retention"),
    policy.c.parameters == bindparam("parameters"),
    policy.c.fuzz == bindparam("fuzz"),
)
_INSERT = attempt.insert()


def policy_id(connection: Connection, wanted: Policy) -> int:
    """The number under which a policy is stored; stores it where it is new."""
    parameters = json.dumps(list(wanted.parameters))
    values = {"retention": wanted.retention, "parameters": parameters, "fuzz": wanted.fuzz}
    found = connection.scalar(_FIND_POLICY, values)
    if found is not None:
        return int(found)
    return int(connection.execute(policy.insert(), values).inserted_primary_key[0])  # type: ignore[index]


def policy_of(connection: Connection, attempt_id: str) -> Policy:
    """The policy that an attempt was recorded under."""
    number = connection.scalar(select(attempt.c.policy_id).where(attempt.c.id == attempt_id))
    return policies(connection)[int(number or 0)]


def policies(connection: Connection) -> dict[int, Policy]:
    rows = connection.execute(select(policy.c.id, policy.c.retention, policy.c.parameters, policy.c.fuzz))
    return {number: Policy(retention, tuple(json.loads(text)), fuzz) for number, retention, text, fuzz in rows}


def insert(connection: Connection, record: Attempt, taken: Policy) -> None:
    connection.execute(_INSERT, as_row(record, policy_id(connection, taken)))


def rewrite(connection: Connection, record: Attempt) -> None:
    """Everything of an attempt anew but the policy it was recorded under."""
    values = as_row(record, 0)
    del values["policy_id"]
    update(connection, record.id, **values)


def as_row(record: Attempt, policy_number: int) -> dict[str, object]:
    """An attempt as its table holds it."""
    answer = record.answer
    return {
        "id": record.id,
        "question_id": answer.question_id,
        "revision": answer.revision,
        "topic": answer.topic,
        "kind": answer.kind,
        "lang": answer.lang,
        "seed": answer.seed,
        "k": answer.k,
        "parameters": answer.parameters,
        "key": answer.key,
        "raw": as_list(answer.raw),
        "verdict": answer.verdict,
        "score": answer.score,
        "mistakes": as_list(answer.mistakes),
        "guesses": as_list(answer.guesses),
        "hints": answer.hints,
        "tries": answer.tries,
        "duration_ms": answer.duration_ms,
        "proposed": int(answer.proposed),
        "chosen": int(answer.chosen),
        "answered_at": answer.answered_at,
        "day": answer.day,
        "mode": answer.mode,
        "policy_id": policy_number,
        "review_count": record.review_count,
        "state_before": int(record.state_before),
        "voided_at": record.voided_at,
        "predicted": record.predicted,
    }


def as_list(words: tuple[str, ...]) -> str:
    """Words as they are stored."""
    return json.dumps(list(words), ensure_ascii=False)


def as_attempt(row: Row[*tuple[object, ...]]) -> Attempt:
    """The attempt of a whole row."""
    r = row
    answer = Answer(
        question_id=r.question_id,
        revision=r.revision,
        topic=r.topic,
        kind=r.kind,
        lang=r.lang,
        seed=r.seed,
        k=r.k,
        parameters=r.parameters,
        key=r.key,
        raw=tuple(json.loads(r.raw)),
        verdict=r.verdict,
        score=r.score,
        mistakes=tuple(json.loads(r.mistakes)),
        guesses=tuple(json.loads(r.guesses)),
        hints=r.hints,
        tries=r.tries,
        duration_ms=r.duration_ms,
        proposed=Rating(r.proposed),
        chosen=Rating(r.chosen),
        answered_at=r.answered_at,
        day=r.day,
        mode=r.mode,
    )
    return Attempt(r.id, answer, r.review_count, State(r.state_before), r.voided_at, r.predicted)


def find(connection: Connection, attempt_id: str) -> Attempt | None:
    row = connection.execute(select(attempt).where(attempt.c.id == attempt_id)).first()
    return None if row is None else as_attempt(row)


def update(connection: Connection, attempt_id: str, **values: object) -> None:
    connection.execute(attempt.update().where(attempt.c.id == attempt_id), values)


def reviews_of(connection: Connection, question_id: str) -> list[Review]:
    """All that moved a card, oldest first."""
    known = policies(connection)
    columns = (attempt.c.chosen, attempt.c.answered_at, attempt.c.day, attempt.c.mistakes, attempt.c.policy_id)
    query = select(*columns).where(attempt.c.question_id == question_id, COUNTS).order_by(attempt.c.review_count)
    return [
        Review(Rating(chosen), at, day, tuple(json.loads(mistakes)), known[number])
        for chosen, at, day, mistakes, number in connection.execute(query)
    ]


_RECENT = (
    select(attempt.c.parameters)
    .where(attempt.c.question_id == bindparam("question_id"))
    .order_by(attempt.c.review_count.desc(), attempt.c.answered_at.desc())
    .limit(bindparam("rows"))
)
_TIMES = (
    select(attempt.c.duration_ms)
    .where(attempt.c.kind == bindparam("kind"), COUNTS, attempt.c.verdict == "correct", attempt.c.duration_ms > 0)
    .order_by(attempt.c.answered_at.desc())
    .limit(bindparam("rows"))
)


def recent_parameters(connection: Connection, question_id: str, limit: int) -> list[str]:
    return list(connection.scalars(_RECENT, {"question_id": question_id, "rows": limit}))


def right_times(connection: Connection, kind: str, limit: int) -> list[int]:
    return list(connection.scalars(_TIMES, {"kind": kind, "rows": limit}))


def counting(connection: Connection, question_id: str) -> list[tuple[Attempt, Review]]:
    """All attempts that moved a card, oldest first, with what the schedule knows of each."""
    known = policies(connection)
    query = select(attempt).where(attempt.c.question_id == question_id, COUNTS)
    rows = connection.execute(query.order_by(attempt.c.review_count, attempt.c.answered_at)).all()
    return [(record, as_review(record.answer, known[row.policy_id])) for row in rows for record in (as_attempt(row),)]


def as_review(answer: Answer, taken: Policy) -> Review:
    """What the schedule knows of an answer."""
    return Review(answer.chosen, answer.answered_at, answer.day, answer.mistakes, taken)


def history(
    connection: Connection, question_id: str | None, since: datetime | None, limit: int | None, voided: bool
) -> Iterator[Attempt]:
    """Newest first."""
    query = select(attempt).order_by(attempt.c.answered_at.desc(), attempt.c.review_count.desc())
    if question_id is not None:
        query = query.where(attempt.c.question_id == question_id)
    if since is not None:
        query = query.where(attempt.c.answered_at >= since)
    if not voided:
        query = query.where(attempt.c.voided_at.is_(None))
    return (as_attempt(row) for row in connection.execute(query.limit(limit)))
