"""The whole record as values: all that does not follow from something else in it, for taking it to another machine.

Card states and figures are left out, since they follow from the attempts; numbers that count rows of one file (policies, flags, undo
steps) are left out too, since they mean nothing elsewhere. Everything comes in an order that depends on the record alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from quizcnn.scheduling.card import Suspended
from quizcnn.scheduling.policy import Policy
from quizcnn.storage import attempts
from quizcnn.storage.models import attempt, card, flag, overrule, session, undo_step
from quizcnn.storage.records import Attempt


@dataclass(frozen=True, slots=True)
class Overruled:
    """What the grader had said where the learner overruled it, and when."""

    at: datetime
    verdict: str
    score: float
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoggedAttempt:
    """An attempt with all that belongs to it."""

    attempt: Attempt
    policy: Policy
    overruled: Overruled | None = None

    @property
    def counts(self) -> bool:
        """Whether it moves its card."""
        return self.attempt.answer.mode == "scheduled" and self.attempt.voided_at is None


@dataclass(frozen=True, slots=True)
class LoggedSession:
    """A session as it stood when it was last saved."""

    id: str
    started_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class LoggedFlag:
    """A mark on a question, standing or cleared."""

    question_id: str
    seed: int | None
    note: str
    flagged_at: datetime
    cleared_at: datetime | None


@dataclass(frozen=True, slots=True)
class UndoStep:
    """An answer that can be undone, with what stood before it."""

    attempt_id: str
    suspended: Suspended | None
    session_id: str | None
    session_state: str | None


@dataclass(frozen=True, slots=True)
class Log:
    """A record: which cards there are and which of them are set aside, and what happened."""

    cards: Mapping[str, Suspended | None]
    attempts: Mapping[str, LoggedAttempt]
    sessions: Mapping[str, LoggedSession]
    flags: tuple[LoggedFlag, ...] = ()
    steps: tuple[UndoStep, ...] = ()
    """The last that can be undone comes last."""


NOTHING = Log({}, {}, {})


def read_log(connection: Connection) -> Log:
    """All of it; attempts by their moment."""
    cards = select(card.c.id, card.c.suspended).order_by(card.c.id)
    sessions = select(*(session.c[name] for name in LoggedSession.__slots__)).order_by(
        session.c.started_at, session.c.id
    )
    flags = select(*(flag.c[name] for name in LoggedFlag.__slots__))
    steps = select(*(undo_step.c[name] for name in UndoStep.__slots__)).order_by(undo_step.c.number)
    return Log(
        {row[0]: row[1] for row in connection.execute(cards)},
        _attempts(connection),
        {row[0]: LoggedSession(*row) for row in connection.execute(sessions)},
        tuple(sorted((LoggedFlag(*row) for row in connection.execute(flags)), key=flag_order)),
        tuple(UndoStep(*row) for row in connection.execute(steps)),
    )


def _attempts(connection: Connection) -> dict[str, LoggedAttempt]:
    known = attempts.policies(connection)
    graders = {
        row.attempt_id: Overruled(row.at, row.verdict, row.score, tuple(json.loads(row.mistakes)))
        for row in connection.execute(select(overrule))
    }
    query = select(attempt).order_by(attempt.c.answered_at, attempt.c.question_id, attempt.c.review_count, attempt.c.id)
    return {
        row.id: LoggedAttempt(attempts.as_attempt(row), known[row.policy_id], graders.get(row.id))
        for row in connection.execute(query)
    }


def flag_order(each: LoggedFlag) -> tuple[datetime, str, int, str, bool, datetime]:
    """By when it was set; equal ones by all that tells them apart."""
    seed = -1 if each.seed is None else each.seed
    return (
        each.flagged_at,
        each.question_id,
        seed,
        each.note,
        each.cleared_at is not None,
        each.cleared_at or each.flagged_at,
    )


@dataclass(frozen=True, slots=True)
class Merged:
    """What a log brought: attempts that were not there, that were there otherwise, that were there; cards, sessions and marks."""

    new: int = 0
    changed: int = 0
    known: int = 0
    cards: int = 0
    """Cards that are new or are now set aside, or no more."""
    sessions: int = 0
    flags: int = 0
    steps: bool = False
    """Whether the undo steps are others."""

    @property
    def nothing(self) -> bool:
        """Whether all of it was there already."""
        return self == Merged(known=self.known)
