"""What a drill shows, as frozen values: faces draw these and decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.generation.variant import Variant
    from quizcnn.grading.base import Grade
    from quizcnn.solvers.base import Step


@dataclass(frozen=True, slots=True)
class Ask:
    """The question before the learner."""

    variant: Variant
    topic: Text
    area: str
    number: int
    """Place in the session, from 1."""
    total: int
    again: int
    """How many missed cards were put back so far; they are part of ``total``."""
    new_left: int
    due_left: int
    is_new: bool
    counted: bool
    """Whether the schedule hears of it."""
    hints: tuple[Text, ...] = ()
    """The hints revealed so far."""
    tries: int = 0
    """Near misses so far (at most one)."""
    drafts: tuple[str, ...] = ()
    """What stands in the fields: after a near miss, an undo or a restart."""
    usual_seconds: float | None = None
    minutes_left: int | None = None
    """Of a session that the clock ends."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer came to. Unreadable answers and first near misses are not ``recorded``: the same question stays open."""

    grade: Grade
    recorded: bool
    second_try: bool = False
    revealed: bool = False
    """The answer was shown on request; nothing was typed."""
    typed: tuple[str, ...] = ()
    proposed: int | None = None
    """The rating that Enter takes, 1 to 4."""
    intervals: Mapping[int, timedelta] | None = None
    """By rating, when the card would come back."""
    counted: bool = True
    """Whether the schedule hears of it; only then is a rating proposed."""
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    usual_seconds: float | None = None
    comes_back_in: int | None = None
    """So many cards on, with new numbers where there are numbers."""
    leech_lapses: int | None = None
    """Set when the card was put aside as a leech."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An answer taken back: its question is open again with the text that was typed."""

    question_id: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """One missed question of a session."""

    question_id: str
    typed: str
    key: Text
    mistake: Text | None


@dataclass(frozen=True, slots=True)
class Placed:
    """What a placement found, on the scale of difficulty (1 to 5), and how much of the bank can wait for it."""

    numeric: float
    concept: float
    waiting: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A session that is over."""

    answered: int
    right: int
    partly: int
    missed: int
    unread: int
    seconds: float
    misses: tuple[Missed, ...]
    due_tomorrow: int
    new_tomorrow: int
    interview: date | None
    left_out: tuple[str, ...] = ()
    """Questions that could not be drawn, with the reason."""
    waiting: int = 0
    """So many questions wait for the next sitting."""
    time_is_up: bool = False
    """The clock ended the session while questions were waiting."""
    placement: Placed | None = None


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area on the home screen; ``remembered`` is the mean recall now of what was seen, 0 to 1."""

    area: str
    remembered: float | None
    due: int
    seen: int
    total: int


@dataclass(frozen=True, slots=True)
class Home:
    """What the home screen says."""

    due: int
    new: int
    learning: int
    minutes: int
    open_session: tuple[int, int] | None
    """Number and total of a session that was left."""
    areas: tuple[AreaLine, ...]
    mistakes: tuple[tuple[Text, int], ...]
    """The mistakes of the last two weeks with their counts, most frequent first."""
    days_in_a_row: int
    interview: date | None
    next_due: datetime | None
    waiting: int = 0
    """All cards that are due, those beyond today's share included."""
    backlog_days: int = 0
    """So many further days the rest takes; 0 where all fits in today."""
    new_done: int = 0
    """New cards of today so far."""
    new_left: int = 0
    """New cards that the bank still holds."""
    placed: bool = False
    """Whether a placement was taken."""
