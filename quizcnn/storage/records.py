"""What goes into the store and comes out of it: frozen values that know no database.

JSON fields are text in canonical form, as :attr:`quizcnn.generation.variant.Variant.identity` gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from quizcnn.scheduling.card import CardState, Rating, State, Suspended
from quizcnn.text import Lang

Mode = Literal["scheduled", "practice"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One graded answer as a drill hands it over at the moment of grading."""

    question_id: str
    revision: int
    topic: str
    kind: str
    lang: Lang
    seed: int
    k: int
    """Which of the review's seeds was taken."""
    parameters: str
    """The variant's parameters as canonical JSON."""
    key: str
    """The right answer as JSON."""
    raw: tuple[str, ...]
    """What was typed, field by field."""
    verdict: str
    score: float
    mistakes: tuple[str, ...]
    guesses: tuple[str, ...]
    hints: int
    tries: int
    duration_ms: int
    proposed: Rating
    chosen: Rating
    answered_at: datetime
    day: date
    """The learning day, by the learner's clock."""
    mode: Mode = "scheduled"
    """Practice is recorded, but neither moves the card nor counts in the figures."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A recorded answer. ``review_count`` and ``state_before`` are those of the card before it."""

    id: str
    answer: Answer
    review_count: int
    state_before: State
    voided_at: datetime | None = None
    """Set when it was undone: it then counts nowhere."""
    predicted: int | None = None
    """The chance to remember that a card in review had, in ten-thousandths; None for every other answer."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An attempt with the card before and after it."""

    attempt: Attempt
    before: CardState
    after: CardState

    @property
    def leech(self) -> bool:
        """Whether this answer made the card a leech."""
        return self.after.suspended == "leech" and self.before.suspended != "leech"


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """A mark of a paper under an id of its own; without an ``answer`` what was recorded under the id counts no more."""

    id: str
    answer: Answer | None
    dated: bool = False
    """Whether the moment was said; else one that was recorded before stays."""


@dataclass(frozen=True, slots=True)
class Fed:
    """How many marks of papers were new, replaced recorded ones, changed nothing, or took a recorded one back."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    @property
    def changed(self) -> bool:
        """Whether the record is another than before."""
        return bool(self.new or self.replaced or self.withdrawn)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A drill that can be resumed. ``state`` is the drill's own JSON."""

    id: str
    started_at: datetime
    state: str
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """An answer taken back: the attempt, its card as it is again, and the session as it stood before the answer."""

    attempt: Attempt
    card: CardState
    session: SessionRecord | None


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Cards that wait: reviews due in the learning day, cards in learning steps due by now; when the next one of all falls due."""

    reviews: int
    learning: int
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted answers of one day, topic and kind (an empty field: summed over). Practice and undone answers are left out."""

    day: date | None
    topic: str
    kind: str
    attempts: int
    correct: int
    partial: int
    new: int
    """First answers to a card."""
    reviews: int
    """Answers to cards in Review."""
    remembered: int
    """Of the reviews, those not rated Again."""
    duration_ms: int


@dataclass(frozen=True, slots=True)
class RecallBin:
    """Reviews whose predicted chance to remember lay from ``least`` up to ``most`` (0 to 1)."""

    least: float
    most: float
    reviews: int
    remembered: int
    predicted: float
    """The mean of the predicted chances."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A question marked to be looked at."""

    id: int
    question_id: str
    seed: int | None
    note: str
    flagged_at: datetime


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a replay of all attempts came to."""

    attempts: int
    cards: int
    differing: tuple[str, ...]
    """Cards whose stored state is not that of the replay."""
    tallies_differ: bool

    @property
    def agrees(self) -> bool:
        return not self.differing and not self.tallies_differ


@dataclass(frozen=True, slots=True)
class Checked:
    """The condition of a database."""

    path: str
    schema: str
    cards: int
    attempts: int
    voided: int
    sessions: int
    flags: int
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


__all__ = [
    "Answer",
    "Attempt",
    "CardState",
    "Checked",
    "DueCounts",
    "Fed",
    "Flag",
    "Mode",
    "PaperAnswer",
    "Rating",
    "Rebuilt",
    "RecallBin",
    "Recorded",
    "SessionRecord",
    "State",
    "Suspended",
    "Tally",
    "Undone",
]
