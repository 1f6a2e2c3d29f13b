"""What happens to an answer: recorded, rated anew, overruled, undone. Each is one transaction over attempt, card, figures and session.

The card always follows from its attempts by :mod:`quizcnn.scheduling.replay`; nothing else writes a memory state.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, func, select

from quizcnn.errors import UsageError
from quizcnn.scheduling.card import CardState, Rating, Suspended
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.rating import becomes_leech
from quizcnn.scheduling.replay import Review, advance, replay
from quizcnn.storage import attempts, cards, counting, feeding, recall, sessions
from quizcnn.storage.models import attempt, overrule, undo_step
from quizcnn.storage.records import Answer, Attempt, Recorded, SessionRecord, Undone

UNDO_STEPS = 30
_PUSH = undo_step.insert()
_PRUNE = undo_step.delete().where(undo_step.c.number <= bindparam("last"))


def record(connection: Connection, answer: Answer, policy: Policy, session: SessionRecord | None) -> Recorded:
    """Store an answer and move its card; what stood before goes on the undo stack."""
    before = cards.find(connection, answer.question_id) or CardState(answer.question_id)
    after = before
    if answer.mode == "scheduled":
        taken = Review(answer.chosen, answer.answered_at, answer.day, answer.mistakes, policy)
        after = advance(before, taken)
    predicted = recall.predict(before, answer, policy)
    recorded = Attempt(uuid.uuid4().hex, answer, before.reps, before.state, predicted=predicted)
    cards.write(connection, after)
    attempts.insert(connection, recorded, policy)
    counting.count(connection, recorded)
    session_before = sessions.find(connection, session.id) if session else None
    if session is not None:
        sessions.write(connection, session, answer.answered_at)
    _push(connection, recorded.id, before.suspended, session, session_before)
    return Recorded(recorded, before, after)


def _push(
    connection: Connection,
    attempt_id: str,
    suspended: Suspended | None,
    session: SessionRecord | None,
    before: SessionRecord | None,
) -> None:
    values = {
        "attempt_id": attempt_id,
        "suspended": suspended,
        "session_id": session.id if session else None,
        "session_state": before.state if before else None,
    }
    number = connection.execute(_PUSH, values).inserted_primary_key
    if number is not None:
        connection.execute(_PRUNE, {"last": number[0] - UNDO_STEPS})


def undo(connection: Connection, at: datetime) -> Undone | None:
    """Void the last answer that can be undone and put its card and session back; None where there is none left."""
    step = connection.execute(select(undo_step).order_by(undo_step.c.number.desc()).limit(1)).first()
    if step is None:
        return None
    taken = _existing(connection, step.attempt_id)
    counting.count(connection, taken, -1)
    attempts.update(connection, taken.id, voided_at=at)
    connection.execute(undo_step.delete().where(undo_step.c.number == step.number))
    card = replace(feeding.settle(connection, taken.answer.question_id), suspended=step.suspended)
    cards.write(connection, card)
    session = sessions.put_back(connection, step.session_id, step.session_state, at) if step.session_id else None
    return Undone(replace(taken, voided_at=at), card, session)


def amend(connection: Connection, attempt_id: str, rating: Rating, session: SessionRecord | None) -> Recorded:
    """The learner's own rating in place of the one recorded; the card is computed anew."""
    old = _existing(connection, attempt_id)
    if old.voided_at is not None:
        raise UsageError("this answer was undone and cannot be rated", where=attempt_id)
    new = replace(old, answer=replace(old.answer, chosen=rating))
    attempts.update(connection, attempt_id, chosen=int(rating))
    return _recomputed(connection, old, new, session)


def decide(
    connection: Connection,
    attempt_id: str,
    verdict: str,
    score: float,
    rating: Rating,
    at: datetime,
    session: SessionRecord | None,
) -> Recorded:
    """The learner's word against the grader's: the verdict counts from now on, the grader's is kept beside it."""
    old = _existing(connection, attempt_id)
    if old.voided_at is not None:
        raise UsageError("this answer was undone and cannot be overruled", where=attempt_id)
    if not connection.scalar(select(exists().where(overrule.c.attempt_id == attempt_id))):
        kept = {"attempt_id": attempt_id, "at": at, "verdict": old.answer.verdict, "score": old.answer.score}
        connection.execute(overrule.insert(), kept | {"mistakes": attempts.as_list(old.answer.mistakes)})
    mistakes = () if verdict == "correct" else old.answer.mistakes
    new = replace(old, answer=replace(old.answer, verdict=verdict, score=score, chosen=rating, mistakes=mistakes))
    values = {"verdict": verdict, "score": score, "chosen": int(rating), "mistakes": attempts.as_list(mistakes)}
    attempts.update(connection, attempt_id, **values)
    return _recomputed(connection, old, new, session)


def _recomputed(connection: Connection, old: Attempt, new: Attempt, session: SessionRecord | None) -> Recorded:
    """Figures, card and session after an attempt was amended."""
    if session is not None:
        sessions.write(connection, session, new.answer.answered_at)
    counting.count(connection, old, -1)
    counting.count(connection, new)
    question_id = new.answer.question_id
    stored = cards.find(connection, question_id) or CardState(question_id)
    if new.answer.mode != "scheduled":
        return Recorded(new, stored, stored)
    reviews = attempts.reviews_of(connection, question_id)
    before = replay(question_id, reviews[: new.review_count])
    amended = advance(before, reviews[new.review_count])
    last = new.review_count == len(reviews) - 1
    suspended = _suspended_after(connection, new, before, amended, stored) if last else stored.suspended
    after = replace(amended if last else replay(question_id, reviews), suspended=suspended)
    cards.write(connection, after)
    return Recorded(new, replace(before, suspended=_suspended_before(connection, new.id, stored)), after)


def _suspended_after(
    connection: Connection, taken: Attempt, before: CardState, after: CardState, stored: CardState
) -> Suspended | None:
    """A leech by the rating that now counts; one that is no leech any more is as it was before the answer."""
    if becomes_leech(before, after):
        return "leech"
    return _suspended_before(connection, taken.id, stored) if stored.suspended == "leech" else stored.suspended


def _suspended_before(connection: Connection, attempt_id: str, stored: CardState) -> Suspended | None:
    step = connection.execute(select(undo_step.c.suspended).where(undo_step.c.attempt_id == attempt_id)).first()
    suspended: Suspended | None = step.suspended if step is not None else stored.suspended
    return suspended


def _existing(connection: Connection, attempt_id: str) -> Attempt:
    found = attempts.find(connection, attempt_id)
    if found is None:
        raise UsageError("no such answer is recorded", where=attempt_id)
    return found


def steps_left(connection: Connection) -> int:
    """How many answers can be undone."""
    live = and_(undo_step.c.attempt_id == attempt.c.id, attempt.c.voided_at.is_(None))
    return connection.scalar(select(func.count()).select_from(undo_step.join(attempt, live))) or 0
