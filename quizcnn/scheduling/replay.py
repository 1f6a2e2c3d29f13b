"""From attempts to card states: the one rule by which an answer moves a card, and its repetition over a whole history.

The store records an answer, amends a rating, undoes and rebuilds by this rule alone, so they agree to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from quizcnn.scheduling.card import CardState, Rating
from quizcnn.scheduling.fsrs import review
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.rating import becomes_leech, mistake_after


@dataclass(frozen=True, slots=True)
class Review:
    """What the schedule needs to know of one attempt."""

    rating: Rating
    at: datetime
    day: date
    mistakes: tuple[str, ...]
    policy: Policy


def advance(card: CardState, taken: Review) -> CardState:
    """The card after one review, suspended as a leech where the rule of leeches says so."""
    moved = review(card, taken.rating, taken.at, taken.day, taken.policy)
    mistake = mistake_after(card, taken.rating, taken.mistakes)
    suspended = "leech" if becomes_leech(card, moved) else card.suspended
    if (mistake, suspended) == (moved.last_mistake, moved.suspended):
        return moved
    return replace(moved, last_mistake=mistake, suspended=suspended)


def replay(card_id: str, reviews: Iterable[Review]) -> CardState:
    """The card after all its reviews, oldest first. Suspensions by the learner are no part of it."""
    card = CardState(card_id)
    for taken in reviews:
        card = advance(card, taken)
    return card
