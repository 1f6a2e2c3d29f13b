"""What the learner's record says of each question: its state, the mistakes that were made in it, marks, the last answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.scheduling.card import CardState, State
from quizcnn.scheduling.day import day_end, learning_day

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.storage.records import Flag

STATES = ("new", "learning", "review", "due", "suspended", "flagged")
_FIRST_DAY = date(1970, 1, 1)
SHOWN_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Past:
    """The last answers to a question, oldest first: their verdicts, and the mistake that was made last among them."""

    verdicts: tuple[str, ...] = ()
    mistake: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The record as it stood at a moment; questions never seen have no card."""

    cards: Mapping[str, CardState]
    due: frozenset[str]
    flags: Mapping[str, tuple[Flag, ...]]
    """By question, the marks that stand, oldest first."""
    mistakes: Mapping[str, frozenset[str]]
    """By question, the mistakes that were made in it."""
    day: date
    rollover: int

    def states(self, question_id: str) -> frozenset[str]:
        """The states that a question is in, of :data:`STATES`. What is set aside is neither new, learnt nor due."""
        card = self.cards.get(question_id) or CardState(question_id)
        if card.suspended is not None:
            found = {"suspended"}
        elif card.is_new:
            found = {"new"}
        else:
            found = {"learning" if card.in_steps else "review"} | ({"due"} if question_id in self.due else set())
        return frozenset(found | ({"flagged"} if question_id in self.flags else set()))

    def days_left(self, question_id: str) -> int | None:
        """Learning days until a question falls due, 0 for today; None where it is new or set aside."""
        card = self.cards.get(question_id)
        if card is None or card.suspended is not None or card.state is State.NEW or card.due is None:
            return None
        return max(0, (learning_day(card.due, self.rollover) - self.day).days)


EMPTY = Record({}, frozenset(), {}, {}, _FIRST_DAY, 0)
"""Where nothing is known."""


def read_record(context: Context) -> Record:
    """The record of now. Raises ``StorageError`` where it cannot be read."""
    moment, rollover, store = now(), context.settings.rollover_hour, context.store
    ids = [row.id for row in context.catalog.rows()]
    due = store.cards_due(moment, day_end(moment, rollover), len(ids), ids)
    flags: dict[str, tuple[Flag, ...]] = {}
    for flag in store.flags():
        flags[flag.question_id] = (*flags.get(flag.question_id, ()), flag)
    mistakes: dict[str, set[str]] = {}
    for question_id, mistake, _ in store.mistakes(_FIRST_DAY, monthly=True):
        mistakes.setdefault(question_id, set()).add(mistake)
    return Record(
        cards=store.cards_among(ids),
        due=frozenset(card.id for card in due),
        flags=flags,
        mistakes={question_id: frozenset(made) for question_id, made in mistakes.items()},
        day=learning_day(moment, rollover),
        rollover=rollover,
    )


def read_past(context: Context, question_id: str) -> Past:
    """The last answers to one question. Raises ``StorageError`` where they cannot be read."""
    attempts = context.store.attempts(question_id=question_id, limit=SHOWN_ANSWERS)
    made = next((attempt.answer.mistakes[0] for attempt in attempts if attempt.answer.mistakes), None)
    return Past(tuple(attempt.answer.verdict for attempt in reversed(attempts)), made)
