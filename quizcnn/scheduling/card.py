"""What is remembered of one card: the values that the schedule is made of.

A card belongs to one question id. Everything but ``suspended`` follows from its attempts, so it can be computed anew from them.
Moments are in ``timezone.utc``; a learning day is a date (see :mod:`quizcnn.scheduling.day`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Literal


class State(IntEnum):
    """Where a card stands. The numbers are those of FSRS; a new card has no attempt yet."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Rating(IntEnum):
    """How well it went, as the learner sees it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


Suspended = Literal["learner", "leech"]


@dataclass(frozen=True, slots=True)
class CardState:
    """One card. ``stability`` is in days, ``difficulty`` from 1 to 10, ``step`` counts learning steps from 0."""

    id: str
    state: State = State.NEW
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    last_review: datetime | None = None
    last_day: date | None = None
    """The learning day of the last review; elapsed time is counted in learning days."""
    reps: int = 0
    """Reviews so far: the review count that seeds variants and fuzz."""
    lapses: int = 0
    """How often it was forgotten after it had been learnt."""
    last_mistake: str | None = None
    """The named mistake that the next variant should exercise."""
    suspended: Suspended | None = None
    """Set aside by the learner, or as a leech."""

    @property
    def is_new(self) -> bool:
        return self.state is State.NEW

    @property
    def in_steps(self) -> bool:
        """Whether minutes, not days, part it from its next review."""
        return self.state in (State.LEARNING, State.RELEARNING)

    def is_fresh(self, day: date) -> bool:
        """Whether it was met on this day and is still in its steps: that it is known now says nothing of remembering."""
        return self.in_steps and self.last_day == day
