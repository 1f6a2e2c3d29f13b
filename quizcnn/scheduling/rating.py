"""Which rating is proposed after an answer, which mistake the next variant exercises, and when a card is a leech."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

from quizcnn.scheduling.card import CardState, Rating, State

USUAL_FROM = 5
"""So many right answers of a kind are needed before one can be called slow."""
USUAL_OF = 20
SLOW_FACTOR = 2
ESTIMATE_SECONDS = 60
"""An estimate that takes longer is slow."""
PASSING_SHARE = 0.6
LEECH_LAPSES = 8
LEECH_STEP = 4

Outcome = Literal["right", "partial", "wrong"]


def usual_time(recent_ms: Sequence[int]) -> int | None:
    """The learner's usual time in milliseconds from the last right answers of a kind, newest first; None with too few of them."""
    if len(recent_ms) < USUAL_FROM:
        return None
    return int(median(recent_ms[:USUAL_OF]))


def propose_rating(
    outcome: Outcome, score: float, *, hints: int = 0, tries: int = 1, duration_ms: int = 0, usual_ms: int | None = None
) -> Rating:
    """The rating that Enter takes. ``tries`` counts submitted answers that could be read, from 1. Easy is only the learner's."""
    if outcome == "wrong" or (outcome == "partial" and score < PASSING_SHARE):
        return Rating.AGAIN
    slow = usual_ms is not None and duration_ms > SLOW_FACTOR * usual_ms
    return Rating.HARD if outcome == "partial" or hints or tries > 1 or slow else Rating.GOOD


def mistake_after(card: CardState, rating: Rating, mistakes: Sequence[str]) -> str | None:
    """The mistake to exercise next: the one just made, else the last one until the card passes a review days later."""
    if mistakes:
        return mistakes[0]
    return None if card.state is State.REVIEW and rating is not Rating.AGAIN else card.last_mistake


def becomes_leech(before: CardState, after: CardState) -> bool:
    """Whether this lapse is the eighth, or a fourth one after that."""
    extra = after.lapses - LEECH_LAPSES
    return after.lapses > before.lapses and extra >= 0 and extra % LEECH_STEP == 0
