"""Planning a session: what is due, which new cards enter, in which order, and how many fit.

Limits are those of the day: what was answered before a restart counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.queue import Candidate, Limits, choose_new, keep_apart, mix

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.services.session import Slot
    from quizcnn.settings import Settings

MINUTES_A_CARD = 1.5
RECENT_DAYS = 14


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

    def admits(self, row: Row) -> bool:
        """Whether a question passes the filters."""
        return (
            (self.area is None or row.area == self.area)
            and (self.topic is None or row.topic == self.topic)
            and (self.kind is None or row.kind == self.kind)
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the next learning day holds."""

    due: int
    new: int


@lru_cache(maxsize=8)
def _policy(retention: float) -> Policy:
    return Policy(retention=retention)


def policy_of(settings: Settings) -> Policy:
    """What the memory model is asked for."""
    return _policy(settings.desired_retention)


def session_size(settings: Settings) -> int:
    """How many cards fit the learner's minutes."""
    return max(1, round(settings.minutes / MINUTES_A_CARD))


def wait_list(context: Context, request: DrillRequest, *, only_new: bool = False) -> tuple[Slot, ...]:
    """The questions of a session in order."""
    from quizcnn.services.session import Slot

    if request.questions:
        return tuple(
            Slot(name, "extra" if not request.counted else "due", counted=request.counted) for name in request.questions
        )
    rows = {row.id: row for row in context.catalog.rows() if request.admits(row)}
    topics = {name: row.topic for name, row in rows.items()}
    size = request.limit if request.limit is not None else session_size(context.settings)
    if request.mistakes:
        return tuple(Slot(name, "extra", counted=request.counted) for name in _missed(context, rows)[:size])
    if not request.counted:
        return _extra(context, rows, topics, size)
    due = [] if only_new else _due(context, rows)
    new = _new(
        context,
        rows,
        context.settings.new_per_day if request.new is None else request.new,
        extra=request.new is not None,
    )
    reviews = due[: max(0, size - min(len(new), size // 3 + 1))] if len(due) + len(new) > size else due
    ordered = keep_apart(mix(reviews, new)[:size], topics)
    fresh = set(new)
    return tuple(Slot(name, "new" if name in fresh else "due") for name in ordered)


def _missed(context: Context, rows: Mapping[str, Row]) -> list[str]:
    """What was missed in the last two weeks, newest first."""
    recent = context.store.attempts(since=now() - timedelta(days=RECENT_DAYS))
    missed = (attempt.answer.question_id for attempt in recent if attempt.answer.verdict != "correct")
    return [name for name in dict.fromkeys(missed) if name in rows]


def _limits(context: Context, new_per_day: int) -> Limits:
    today = context.store.today(learning_day(now(), context.settings.rollover_hour))
    return Limits(new_per_day, context.settings.reviews_per_day, new_today=today.new, reviews_today=today.reviews)


def _due(context: Context, rows: Mapping[str, Row]) -> list[str]:
    """Cards in learning steps first, then the reviews of the day that the limit leaves."""
    moment = now()
    reviews_left = _limits(context, 0).reviews_left
    cards = context.store.cards_due(moment, day_end(moment, context.settings.rollover_hour), len(rows), rows.keys())
    learning = [card.id for card in cards if card.in_steps]
    return learning + [card.id for card in cards if not card.in_steps][:reviews_left]


def _new(context: Context, rows: Mapping[str, Row], per_day: int, *, extra: bool) -> list[str]:
    limits = _limits(context, per_day)
    left = per_day if extra else limits.new_left
    if not left:
        return []
    known = context.store.begun_among(list(rows))
    seen: dict[str, int] = {}
    for name in known:
        seen[rows[name].topic] = seen.get(rows[name].topic, 0) + 1
    candidates = [
        Candidate(row.id, row.topic, row.frequency, row.difficulty) for row in rows.values() if row.id not in known
    ]
    return [chosen.id for chosen in choose_new(candidates, seen, _prerequisites(context), left)]


def _prerequisites(context: Context) -> Mapping[str, Sequence[str]]:
    return {name: topic.prerequisites for name, topic in context.catalog.topics.items()}


def _extra(context: Context, rows: Mapping[str, Row], topics: Mapping[str, str], size: int) -> tuple[Slot, ...]:
    """Practice beside the schedule: what was seen longest ago, then what interviews ask most."""
    from quizcnn.services.session import Slot

    cards = [
        card for card in context.store.cards_among(list(rows)).values() if card.last_review and card.suspended is None
    ]
    seen = [card.id for card in sorted(cards, key=lambda card: (card.last_review or now(), card.id))][:size]
    rest = sorted(
        (row for row in rows.values() if row.id not in seen), key=lambda row: (-row.frequency, row.difficulty, row.id)
    )
    names = [*seen, *(row.id for row in rest)][:size]
    return tuple(Slot(name, "extra", counted=False) for name in keep_apart(names, topics))


def read_outlook(context: Context) -> Outlook:
    """What tomorrow holds as things stand."""
    moment = now() + timedelta(days=1)
    counts = context.store.counts_due(moment, day_end(moment, context.settings.rollover_hour))
    ids = [row.id for row in context.catalog.rows()]
    left = len(ids) - len(context.store.begun_among(ids))
    return Outlook(due=counts.reviews + counts.learning, new=min(context.settings.new_per_day, left))
