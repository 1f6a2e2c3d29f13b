"""Proposed ratings, the mistake to exercise, leeches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.rating import Outcome, becomes_leech, mistake_after, propose_rating, usual_time
from quizcnn.scheduling.replay import Review, advance


@pytest.mark.parametrize(
    ("outcome", "score", "hints", "tries", "duration", "usual", "wanted"),
    [
        ("right", 1.0, 0, 1, 30_000, None, Rating.GOOD),
        ("right", 1.0, 1, 1, 30_000, None, Rating.HARD),
        ("right", 1.0, 0, 2, 30_000, None, Rating.HARD),
        ("right", 1.0, 0, 1, 80_000, 40_000, Rating.GOOD),
        ("right", 1.0, 0, 1, 80_001, 40_000, Rating.HARD),
        ("right", 1.0, 0, 1, 1_000, 40_000, Rating.GOOD),
        ("partial", 0.6, 0, 1, 30_000, None, Rating.HARD),
        ("partial", 0.59, 0, 1, 30_000, None, Rating.AGAIN),
        ("partial", 0.99, 0, 1, 30_000, None, Rating.HARD),
        ("wrong", 0.0, 0, 1, 30_000, None, Rating.AGAIN),
        ("wrong", 0.9, 0, 1, 30_000, None, Rating.AGAIN),
    ],
)
def test_the_proposed_rating(
    outcome: Outcome, score: float, hints: int, tries: int, duration: int, usual: int | None, wanted: Rating
) -> None:
    assert propose_rating(outcome, score, hints=hints, tries=tries, duration_ms=duration, usual_ms=usual) is wanted


def test_the_usual_time_is_the_median_of_twenty_from_five_on() -> None:
    assert usual_time([1, 2, 3, 4]) is None
    assert usual_time([10, 20, 30, 40, 1000]) == 30
    assert usual_time([10] * 20 + [99_999] * 30) == 10


def test_a_named_mistake_is_kept_until_a_review_days_later_is_passed() -> None:
    learning = CardState("c", State.LEARNING, last_mistake="old")
    in_review = CardState("c", State.REVIEW, last_mistake="old")
    assert mistake_after(learning, Rating.AGAIN, ("new", "other")) == "new"
    assert mistake_after(learning, Rating.GOOD, ()) == "old"
    assert mistake_after(in_review, Rating.GOOD, ()) is None
    assert mistake_after(in_review, Rating.AGAIN, ()) == "old"


def test_leeches_come_at_eight_lapses_and_each_fourth_after() -> None:
    found = [n for n in range(1, 25) if becomes_leech(CardState("c", lapses=n - 1), CardState("c", lapses=n))]
    assert found == [8, 12, 16, 20, 24]
    assert not becomes_leech(CardState("c", lapses=8), CardState("c", lapses=8))


def test_a_card_forgotten_eight_times_is_suspended_and_stays_what_else_it_was() -> None:
    card, at = CardState("c"), datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(8):
        for rating in (Rating.EASY, Rating.AGAIN, Rating.GOOD):
            card = advance(card, Review(rating, at, at.date(), (), Policy()))
            at += timedelta(days=30)
            if card.lapses == 8 and rating is Rating.AGAIN:
                break
    assert (card.lapses, card.suspended) == (8, "leech")
