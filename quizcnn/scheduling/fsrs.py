"""The memory model: FSRS-6 through the ``fsrs`` package, which nothing else imports.

Owns the step from one card state to the next. It depends on the card, the rating, the moment, its learning day and the policy alone.
FSRS is told whole learning days (and never the hour), so that a review on the next evening counts as a day also
when it comes an hour earlier. The library's own fuzz is off: it is unseeded and can leave its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import fsrs

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.day import fuzz
from quizcnn.scheduling.policy import Policy

_START = datetime(2000, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_RATINGS: dict[Rating, fsrs.Rating] = {rating: fsrs.Rating(int(rating)) for rating in Rating}
_STATES: dict[State, fsrs.State] = {state: fsrs.State(int(state)) for state in State if state is not State.NEW}
_STATES_BACK = {theirs: ours for ours, theirs in _STATES.items()}
_STATES[State.NEW] = fsrs.State.Learning
_NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Preview:
    """What one rating would come to."""

    rating: Rating
    interval: timedelta
    due: datetime


class _Given(fsrs.Card):
    """A card made for one review. The library copies what it is given; this one need not be kept."""

    def __copy__(self) -> _Given:
        return self


@lru_cache(maxsize=32)
def _scheduler(policy: Policy) -> fsrs.Scheduler:
    if policy.parameters:
        return fsrs.Scheduler(policy.parameters, desired_retention=policy.retention, enable_fuzzing=False)
    return fsrs.Scheduler(desired_retention=policy.retention, enable_fuzzing=False)


def review(card: CardState, rating: Rating, at: datetime, day: date, policy: Policy) -> CardState:
    """The card after a review rated ``rating`` at ``at`` on the learning day ``day``.

    Mistakes and suspension stay as they are: they are not the memory model's.
    """
    now = _START + max(_NO_TIME, day - card.last_day) if card.last_day else _START
    before = _Given(
        card_id=0,
        state=_STATES[card.state],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=now,
        last_review=_START if card.last_day else None,
    )
    after, _ = _scheduler(policy).review_card(before, _RATINGS[rating], now)
    interval, state = after.due - now, _STATES_BACK[after.state]
    if state is State.REVIEW and policy.fuzz:
        interval = timedelta(days=fuzz(interval.days, card.id, card.reps))
    lapsed = card.state is State.REVIEW and rating is Rating.AGAIN
    return CardState(
        id=card.id,
        state=state,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due=at + interval,
        last_review=at,
        last_day=day,
        reps=card.reps + 1,
        lapses=card.lapses + lapsed,
        last_mistake=card.last_mistake,
        suspended=card.suspended,
    )


def previews(card: CardState, at: datetime, day: date, policy: Policy) -> tuple[Preview, ...]:
    """What each of the four ratings would come to, Again first."""
    dues = [(rating, review(card, rating, at, day, policy).due or at) for rating in Rating]
    return tuple(Preview(rating, due - at, due) for rating, due in dues)


def retrievability(card: CardState, day: date, policy: Policy) -> float:
    """The chance, 0 to 1, that the card is remembered on ``day``; 0 for a new one."""
    if card.stability is None or card.last_day is None:
        return 0.0
    elapsed = max(0, (day - card.last_day).days)
    stored = fsrs.Card(
        card_id=0,
        state=_STATES[card.state],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_START,
        last_review=_START,
    )
    return float(_scheduler(policy).get_card_retrievability(stored, _START + elapsed * _DAY))


def mean_recall(cards: Sequence[CardState], day: date, policy: Policy) -> float | None:
    """The mean chance to remember on ``day`` over the cards that were seen; None where none was."""
    seen = [retrievability(card, day, policy) for card in cards if not card.is_new]
    return sum(seen) / len(seen) if seen else None
