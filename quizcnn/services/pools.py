"""What a session beside the schedule asks: recent misses, what falls due soon, what was seen longest ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.scheduling.day import day_end

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.scheduling.card import CardState
    from quizcnn.services.context import Context

RECENT_DAYS = 14


def missed(context: Context, rows: Mapping[str, Row]) -> list[str]:
    """What was missed in the last two weeks, newest first."""
    recent = context.store.attempts(since=now() - timedelta(days=RECENT_DAYS))
    wrong = (attempt.answer.question_id for attempt in recent if attempt.answer.verdict != "correct")
    return [name for name in dict.fromkeys(wrong) if name in rows]


def due_within(context: Context, rows: Mapping[str, Row], days: int) -> list[str]:
    """What is due or falls due within so many learning days, soonest first."""
    end = day_end(now(), context.settings.rollover_hour) + timedelta(days=days)
    soon = [card for card in _seen(context, rows) if card.due is not None and card.due < end]
    return [card.id for card in sorted(soon, key=lambda card: (card.due or end, card.id))]


def seen_longest_ago(context: Context, rows: Mapping[str, Row]) -> list[str]:
    """What was seen, longest ago first, then what interviews ask most."""
    seen = [card.id for card in sorted(_seen(context, rows), key=lambda card: (card.last_review or now(), card.id))]
    known = set(seen)
    rest = (row for row in rows.values() if row.id not in known)
    return seen + [row.id for row in sorted(rest, key=lambda row: (-row.frequency, row.difficulty, row.id))]


def _seen(context: Context, rows: Mapping[str, Row]) -> list[CardState]:
    cards = context.store.cards_among(list(rows)).values()
    return [card for card in cards if card.last_review and card.suspended is None]
