"""What the statistics say, as frozen values. Shares and chances run from 0 to 1 and are None where nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quizcnn.services.statistics.spans import Period, Span
from quizcnn.text import Text

ENOUGH = 20
"""Under so many reviews a share of what was remembered says nothing."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted answers. ``reviews`` are those to cards in review, ``kept`` those of them that were not rated Again."""

    attempts: int = 0
    correct: int = 0
    partial: int = 0
    reviews: int = 0
    kept: int = 0
    duration_ms: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.attempts + other.attempts,
            self.correct + other.correct,
            self.partial + other.partial,
            self.reviews + other.reviews,
            self.kept + other.kept,
            self.duration_ms + other.duration_ms,
        )

    @property
    def remembered(self) -> float | None:
        """The share of the reviews that was remembered; None without any."""
        return self.kept / self.reviews if self.reviews else None

    @property
    def minutes(self) -> float:
        return round(self.duration_ms / 60_000, 1)

    @property
    def seconds_each(self) -> float | None:
        """The mean time of an answer in seconds."""
        return self.duration_ms / self.attempts / 1000 if self.attempts else None


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """One week or stretch of months."""

    period: Period
    counts: Counts


@dataclass(frozen=True, slots=True)
class DueDay:
    """Cards that fall due on a learning day; those that wait already stand under the first."""

    day: date
    cards: int


@dataclass(frozen=True, slots=True)
class MistakeFigures:
    """One named mistake, wherever it was made; ``times`` by period."""

    slug: str
    label: Text
    times: tuple[int, ...]
    practicable: bool
    """Whether a question of the bank can bring it out."""

    @property
    def total(self) -> int:
        return sum(self.times)


@dataclass(frozen=True, slots=True)
class Skill:
    """An area or topic as it stands today. ``known`` is the mean chance to remember today what was seen of it."""

    slug: str
    name: Text
    questions: int
    seen: int
    known: float | None
    counts: Counts
    """Its answers in the span."""


@dataclass(frozen=True, slots=True)
class AreaSkill:
    """An area with its topics, the weakest first, those not begun last."""

    skill: Skill
    topics: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind of question."""

    kind: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class RecallFigures:
    """Reviews whose chance to be remembered was predicted between ``least`` and ``most``: what was predicted, what came true."""

    least: float
    most: float
    reviews: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything in one value. Areas stand weakest first, mistakes most frequent first, kinds most answered first."""

    span: Span
    since: date | None
    """The first day that counts; None where nothing was answered."""
    today: date
    goal: float
    questions: int
    seen: int
    counts: Counts
    periods: tuple[PeriodFigures, ...]
    due: tuple[DueDay, ...]
    mistakes: tuple[MistakeFigures, ...]
    areas: tuple[AreaSkill, ...]
    kinds: tuple[KindFigures, ...]
    recall: tuple[RecallFigures, ...]

    @property
    def enough(self) -> bool:
        """Whether there are reviews enough to speak of shares."""
        return self.counts.reviews >= ENOUGH

    @property
    def remembered(self) -> float | None:
        """The share remembered in the span; None under twenty reviews."""
        return self.counts.remembered if self.enough else None
