"""What the home screen and ``due`` say: counts, areas, the mistakes of late."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from math import ceil

from quizcnn.clock import now
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.scheduling.fsrs import mean_recall
from quizcnn.services.context import Context
from quizcnn.services.plan import MINUTES_A_CARD, policy_of, session_size
from quizcnn.services.pools import RECENT_DAYS
from quizcnn.services.session import SessionState
from quizcnn.services.views import AreaLine, Home
from quizcnn.text import Text

MOST_MISTAKES = 3
BACKLOG = 2
"""From so many times a session's reviews on, what waits is called a backlog and spread."""


def read_home(context: Context) -> Home:
    """Everything on the home screen, from the record and the bank."""
    store, settings = context.store, context.settings
    moment = now()
    day = learning_day(moment, settings.rollover_hour)
    due = store.counts_due(moment, day_end(moment, settings.rollover_hour))
    today = store.today(day)
    ids = [row.id for row in context.catalog.rows()]
    left = len(ids) - len(store.begun_among(ids))
    new = min(left, max(0, settings.new_per_day - today.new))
    reviews = min(due.reviews, max(0, settings.reviews_per_day - today.reviews))
    size, waiting = session_size(settings), due.reviews + due.learning
    share = min(reviews + due.learning, max(1, size - min(new, size // 3 + 1)))
    new = min(new, size - share) if share else min(new, size)
    return Home(
        due=max(0, share - due.learning),
        new=new,
        learning=min(share, due.learning),
        minutes=max(1, round((share + new) * MINUTES_A_CARD)),
        open_session=_open_session(context),
        areas=_areas(context),
        mistakes=_mistakes(context),
        days_in_a_row=_days_in_a_row(context),
        interview=settings.interview_date,
        next_due=due.next_due,
        waiting=waiting,
        backlog_days=ceil((waiting - share) / share) if share and waiting > BACKLOG * share else 0,
        new_done=today.new,
        new_left=left,
        placed=bool(settings.numeric_level or settings.concept_level),
    )


def _open_session(context: Context) -> tuple[int, int] | None:
    saved = context.store.open_session()
    if saved is None:
        return None
    state = SessionState.from_json(json.loads(saved.state))
    today = learning_day(now(), context.settings.rollover_hour).isoformat()
    return (state.answered + 1, state.total) if state.day == today and state.waiting and state.answered else None


def _areas(context: Context) -> tuple[AreaLine, ...]:
    """Areas with cards first, those with the most due first, then by what interviews ask."""
    moment = now()
    end = day_end(moment, context.settings.rollover_hour)
    day = learning_day(moment, context.settings.rollover_hour)
    rows = context.catalog.rows()
    cards = context.store.cards_among([row.id for row in rows])
    lines: list[tuple[AreaLine, int]] = []
    for area in dict.fromkeys(row.area for row in rows):
        inside = [row for row in rows if row.area == area]
        seen = [cards[row.id] for row in inside if row.id in cards and not cards[row.id].is_new]
        line = AreaLine(
            area=area,
            remembered=mean_recall([card for card in seen if not card.is_fresh(day)], day, policy_of(context.settings)),
            due=sum(_is_due(card.due, end) and card.suspended is None for card in seen),
            seen=len(seen),
            total=len(inside),
        )
        lines.append((line, sum(row.frequency == 3 for row in inside)))
    lines.sort(key=lambda pair: (-pair[0].due, -pair[0].seen, -pair[1], pair[0].area))
    return tuple(line for line, _ in lines)


def _is_due(due: datetime | None, end: datetime) -> bool:
    return due is not None and due < end


def _mistakes(context: Context) -> tuple[tuple[Text, int], ...]:
    """The named mistakes of the last two weeks, most frequent first."""
    from quizcnn.solvers.base import get_family

    since = learning_day(now(), context.settings.rollover_hour) - timedelta(days=RECENT_DAYS)
    counted: Counter[tuple[str, str]] = Counter()
    for question_id, slug, count in context.store.mistakes(since):
        if question_id in context.catalog and (family := context.catalog.row(question_id).family):
            counted[family, slug] += count
    found: list[tuple[Text, int]] = []
    for (name, slug), count in counted.most_common(MOST_MISTAKES):
        labels = [mistake.label for mistake in get_family(name).mistakes if mistake.slug == slug]
        found += [(label, count) for label in labels]
    return tuple(found)


def _days_in_a_row(context: Context) -> int:
    """Days with at least one answer up to today or yesterday; a missed day costs nothing but the count."""
    days = {tally.day for tally in context.store.tallies({"day"})}
    day = learning_day(now(), context.settings.rollover_hour)
    if day not in days:
        day -= timedelta(days=1)
    count = 0
    while day in days:
        count += 1
        day -= timedelta(days=1)
    return count
