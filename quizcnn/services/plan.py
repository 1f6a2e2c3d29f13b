"""What a learner asks for when a session starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrillRequest:
    """Filters and limits of a session; without any it is today's queue, or the session that was left."""

    area: str | None = None
    topic: str | None = None
    kind: str | None = None
    limit: int | None = None
    new: int | None = None
    """So many new cards at most, in place of the setting."""
    questions: tuple[str, ...] = ()
    """Just these questions, in this order."""
    mistakes: bool = False
    """Just what was missed in the last two weeks."""
    counted: bool = True
    """Whether the schedule hears of it."""

    @property
    def is_plain(self) -> bool:
        """Whether this is today's queue and may go on with the session that was left."""
        return not (self.area or self.topic or self.kind or self.questions or self.mistakes) and self.counted
