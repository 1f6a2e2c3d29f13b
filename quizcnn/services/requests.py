"""What a learner asks for: a session with its filters and limits, or a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row


@dataclass(frozen=True, slots=True)
class DrillRequest:
    """Filters and limits of a session; without any it is today's queue, or the session that was left."""

    areas: tuple[str, ...] = ()
    topic: str | None = None
    kind: str | None = None
    difficulties: tuple[int, ...] = ()
    mistake: str | None = None
    """Only questions in which this named mistake can be made, with numbers that exercise it."""
    limit: int | None = None
    minutes: float | None = None
    """The session ends with the first answer after so many minutes of answering; what is left waits."""
    new: int | None = None
    """So many new cards at most, in place of the setting."""
    questions: tuple[str, ...] = ()
    """Just these questions, in this order."""
    mistakes: bool = False
    """Just what was missed in the last two weeks."""
    ahead: int | None = None
    """Just what falls due within so many days."""
    placement: bool = False
    """Ten questions that find where the learner stands."""
    counted: bool = True
    """Whether the schedule hears of it."""

    @property
    def is_plain(self) -> bool:
        """Whether this is today's queue and may go on with the session that was left."""
        filters = (self.areas, self.topic, self.kind, self.difficulties, self.mistake)
        return self.counted and not (
            any(filters) or self.questions or self.mistakes or self.ahead is not None or self.placement
        )

    def admits(self, row: Row) -> bool:
        """Whether a question passes the filters."""
        return (
            (not self.areas or row.area in self.areas)
            and (self.topic is None or row.topic == self.topic)
            and (self.kind is None or row.kind == self.kind)
            and (not self.difficulties or row.difficulty in self.difficulties)
            and (self.mistake is None or self.mistake in mistakes_of(row))
        )


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """The lesson of a topic."""

    topic_id: str


def mistakes_of(row: Row) -> tuple[str, ...]:
    """The named mistakes that can be made in a question."""
    from quizcnn.solvers.base import get_family

    return tuple(mistake.slug for mistake in get_family(row.family).mistakes) if row.family else ()
