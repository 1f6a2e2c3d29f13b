"""Planning a session: what is due, which new cards enter, in which order, and how many fit.

Limits are those of the day: what was answered before a restart counts. Sessions beside the schedule are in :mod:`quizcnn.services.pools`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.errors import UsageError
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.queue import Candidate, Limits, choose_new, keep_apart, mix

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.services.requests import DrillRequest
    from quizcnn.services.session import Slot
    from quizcnn.settings import Settings

MINUTES_A_CARD = 1.5
MOST_A_MINUTE = 2
"""So many questions are planned for each minute of a session that the clock ends."""


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
    """The questions of a session in order; a placement chooses its own as it goes."""
    from quizcnn.services import pools
    from quizcnn.services.session import Slot

    if request.placement:
        return ()
    if request.questions:
        if not request.counted:
            return tuple(Slot(name, "extra", counted=False) for name in request.questions)
        begun = context.store.begun_among(request.questions)
        return tuple(Slot(name, "due" if name in begun else "new") for name in request.questions)
    rows = {row.id: row for row in context.catalog.rows() if request.admits(row)}
    topics = {name: row.topic for name, row in rows.items()}
    size = _size(context.settings, request)
    if request.mistakes or request.ahead is not None or not request.counted:
        if request.mistakes:
            names = pools.missed(context, rows)
        elif request.ahead is not None:
            names = keep_apart(pools.due_within(context, rows, request.ahead)[:size], topics)
        else:
            names = keep_apart(pools.seen_longest_ago(context, rows)[:size], topics)
        return tuple(Slot(name, "extra", wanted=request.mistake, counted=request.counted) for name in names[:size])
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
    return tuple(Slot(name, "new" if name in fresh else "due", wanted=request.mistake) for name in ordered)


def _size(settings: Settings, request: DrillRequest) -> int:
    """How many questions are planned; where the clock ends the session, as many as the quickest could need."""
    if request.limit is not None:
        return request.limit
    return session_size(settings) if request.minutes is None else max(1, round(request.minutes * MOST_A_MINUTE))


def _limits(context: Context, new_per_day: int) -> Limits:
    today = context.store.today(learning_day(now(), context.settings.rollover_hour))
    return Limits(new_per_day, context.settings.reviews_per_day, new_today=today.new, reviews_today=today.reviews)


def _due(context: Context, rows: Mapping[str, Row]) -> list[str]:
    """Cards in learning steps first, then the reviews of the day that the limit leaves."""
    moment = now()
    reviews_left = _limits(context, 0).reviews_left
    cards = context.store.cards_due(moment, day_end(moment, context.settings.rollover_hour), len(rows), rows.keys())
    learning = [card.id for card in cards if card.in_steps]
    reviews = [card.id for card in cards if not card.in_steps]
    focus = focus_areas(context)
    return learning + sorted(reviews, key=lambda name: bool(focus) and rows[name].area not in focus)[:reviews_left]


def focus_areas(context: Context) -> frozenset[str]:
    """The areas that the learner's interview is on. Raises ``UsageError`` where the settings name one that no question has."""
    chosen = frozenset(context.settings.areas)
    legal = {row.area for row in context.catalog.rows()} if chosen else set()
    for name in sorted(chosen - legal):
        near = get_close_matches(name, legal, n=1)
        mend = f"did you mean {near[0]!r}?" if near else f"the areas are {', '.join(sorted(legal))}"
        raise UsageError(f"no question has the area {name!r}", where="settings, areas", mend=mend)
    return chosen


def _new(context: Context, rows: Mapping[str, Row], per_day: int, *, extra: bool) -> list[str]:
    from quizcnn.services.placement import levels_of

    limits = _limits(context, per_day)
    left = per_day if extra else limits.new_left
    if not left:
        return []
    known = context.store.begun_among(list(rows))
    seen: dict[str, int] = {}
    for name in known:
        seen[rows[name].topic] = seen.get(rows[name].topic, 0) + 1
    focus, levels = focus_areas(context), levels_of(context.settings)
    candidates = [
        Candidate(
            row.id,
            row.topic,
            row.frequency,
            row.difficulty,
            outside=bool(focus) and row.area not in focus,
            mastered=levels.masters(row),
        )
        for row in rows.values()
        if row.id not in known
    ]
    return [chosen.id for chosen in choose_new(candidates, seen, _prerequisites(context), left)]


def _prerequisites(context: Context) -> Mapping[str, Sequence[str]]:
    return {name: topic.prerequisites for name, topic in context.catalog.topics.items()}


def read_outlook(context: Context) -> Outlook:
    """What tomorrow holds as things stand."""
    moment = now() + timedelta(days=1)
    counts = context.store.counts_due(moment, day_end(moment, context.settings.rollover_hour))
    ids = [row.id for row in context.catalog.rows()]
    left = len(ids) - len(context.store.begun_among(ids))
    return Outlook(due=counts.reviews + counts.learning, new=min(context.settings.new_per_day, left))
