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
    counts = store.counts_due(moment, end)
    rows = context.catalog.rows()
    begun = store.begun_among([row.id for row in rows])
    today = store.today(learning_day(moment, settings.rollover_hour))
    new = min(len(rows) - len(begun), max(0, settings.new_per_day - today.new))
    waiting = store.cards_due(moment, end, 1)
    fresh = [row for row in rows if row.id not in begun] if new and not waiting else []
    first = min(fresh, key=lambda row: (-row.frequency, row.difficulty, row.id), default=None)
    return Due(counts.reviews, new, counts.learning, waiting[0].id if waiting else first.id if first else None)
