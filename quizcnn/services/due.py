"""The counts of today and the next card, by index alone: what ``quizcnn due`` pays for is opening the record."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.clock import now
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.services.context import Context


@dataclass(frozen=True, slots=True)
class Due:
    """``next`` is the id of the card that waits longest, or of the first new one."""

    due: int
    new: int
    learning: int
    next: str | None


def read_due(context: Context) -> Due:
    """What waits today."""
    store, settings = context.store, context.settings
    moment = now()
    end = day_end(moment, settings.rollover_hour)
    counts = store.due_counts(moment, end)
    today = store.answered_on(learning_day(moment, settings.rollover_hour))
    left = max(0, len(context.catalog.rows()) - store.card_count())
    new = min(left, max(0, settings.new_per_day - today.new))
    first = store.first_due(moment, end)
    return Due(counts.reviews, new, counts.learning, first or _first_new(context, new))


def _first_new(context: Context, new: int) -> str | None:
    if not new:
        return None
    known = context.store.known_cards()
    rows = [row for row in context.catalog.rows() if row.id not in known]
    return min(rows, key=lambda row: (-row.frequency, row.difficulty, row.id)).id if rows else None
