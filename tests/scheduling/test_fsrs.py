"""The memory model: pinned values, learning days, fuzz, replay."""

from __future__ import annotations

import math
import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import fsrs
import pytest

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.day import FIRST_FUZZED_DAYS, fuzz, fuzz_range
from quizcnn.scheduling.fsrs import mean_recall, previews, retrievability, review
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.replay import Review, advance, replay

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = NOW.date()
PLAIN = Policy(fuzz=False)


def span(**parts: float) -> timedelta:
    return timedelta(**parts)


def test_the_first_ratings_are_pinned() -> None:
    wanted = [span(minutes=1), span(minutes=5.5), span(minutes=10), span(days=8)]
    for policy in (PLAIN, Policy()):
        assert [preview.interval for preview in previews(CardState("c"), NOW, DAY, policy)] == wanted
        assert [preview.rating for preview in previews(CardState("c"), NOW, DAY, policy)] == list(Rating)


def test_good_five_times_when_due_is_pinned() -> None:
    card, at, intervals = CardState("c"), NOW, []
    for _ in range(5):
        card = review(card, Rating.GOOD, at, at.date(), PLAIN)
        assert card.due is not None
        intervals.append(card.due - at)
        at = card.due
    assert intervals == [span(minutes=10), span(days=2), span(days=11), span(days=46), span(days=163)]
    assert card.state is State.REVIEW
    assert (card.reps, card.lapses) == (5, 0)


def test_a_review_a_day_on_counts_as_a_day_also_when_it_comes_an_hour_earlier() -> None:
    learnt = review(CardState("c"), Rating.EASY, NOW, DAY, PLAIN)
    early = review(learnt, Rating.GOOD, NOW + span(hours=23), DAY + span(days=1), PLAIN)
    late = review(learnt, Rating.GOOD, NOW + span(hours=25), DAY + span(days=1), PLAIN)
    assert early.stability == late.stability
    same_day = review(learnt, Rating.GOOD, NOW + span(hours=5), DAY, PLAIN)
    assert same_day.stability != early.stability


def test_a_clock_that_was_put_back_does_no_harm() -> None:
    learnt = review(CardState("c"), Rating.EASY, NOW, DAY, PLAIN)
    before = review(learnt, Rating.GOOD, NOW - span(days=3), DAY - span(days=3), PLAIN)
    same = review(learnt, Rating.GOOD, NOW, DAY, PLAIN)
    assert before.stability == same.stability


def test_lapses_count_only_what_had_been_learnt() -> None:
    card = review(CardState("c"), Rating.AGAIN, NOW, DAY, PLAIN)
    assert card.lapses == 0
    learnt = review(CardState("c"), Rating.EASY, NOW, DAY, PLAIN)
    lapsed = review(learnt, Rating.AGAIN, NOW + span(days=8), DAY + span(days=8), PLAIN)
    assert (lapsed.lapses, lapsed.state, lapsed.due) == (1, State.RELEARNING, NOW + span(days=8, minutes=10))


def test_another_retention_gives_other_intervals() -> None:
    learnt = review(CardState("c"), Rating.EASY, NOW, DAY, PLAIN)
    day = DAY + span(days=8)
    strict = review(learnt, Rating.GOOD, NOW + span(days=8), day, Policy(retention=0.97, fuzz=False))
    loose = review(learnt, Rating.GOOD, NOW + span(days=8), day, Policy(retention=0.8, fuzz=False))
    assert strict.due is not None
    assert loose.due is not None
    assert strict.due < loose.due
    assert strict.stability == loose.stability


def test_retrievability_is_the_retention_when_due_and_nought_for_a_new_card() -> None:
    learnt = review(CardState("c"), Rating.EASY, NOW, DAY, PLAIN)
    assert learnt.stability is not None
    assert retrievability(learnt, DAY, PLAIN) == 1.0
    # R(t) = (1 + f t / S)^-w20 with f chosen so that R(S) = 0.9
    factor = 0.9 ** (1 / -0.1542) - 1
    assert retrievability(learnt, DAY + span(days=8), PLAIN) == pytest.approx(
        (1 + factor * 8 / learnt.stability) ** -0.1542
    )
    assert retrievability(CardState("c"), DAY, PLAIN) == 0.0
    assert mean_recall([CardState("c")], DAY, PLAIN) is None
    assert mean_recall([learnt, CardState("d")], DAY, PLAIN) == 1.0


def test_states_agree_with_the_library_over_random_histories() -> None:
    draws = random.Random(7)
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    for number in range(40):
        ours, theirs = CardState(f"c{number}"), fsrs.Card(card_id=number, due=NOW)
        at = NOW
        for _ in range(12):
            rating = draws.choice(list(Rating))
            ours = review(ours, rating, at, at.date(), PLAIN)
            theirs, _ = scheduler.review_card(theirs, fsrs.Rating(int(rating)), at)
            assert (ours.stability, ours.difficulty, ours.step) == (theirs.stability, theirs.difficulty, theirs.step)
            assert (int(ours.state), ours.due) == (theirs.state.value, theirs.due)
            at += span(days=draws.randrange(20))


# ---- fuzz


def test_fuzz_stays_in_its_range_and_uses_all_of_it() -> None:
    for days in (3, 4, 7, 8, 15, 20, 21, 46, 163, 1000):
        least, greatest = fuzz_range(days)
        drawn = {fuzz(days, f"card-{number}", count) for number in range(400) for count in (1, 2, 3)}
        assert min(drawn) >= least
        assert max(drawn) <= greatest
        assert least <= days <= greatest
        if greatest - least < 100:
            assert drawn == set(range(least, greatest + 1))


def test_the_range_is_that_of_the_library() -> None:
    # FUZZ_RANGES of FSRS: 15 % of the days from 2.5 to 7, 10 % from 7 to 20, 5 % beyond, and a day
    assert fuzz_range(2) == (2, 2)
    assert fuzz_range(3) == (2, 4)  # reach 1 + 0.15 * 0.5 = 1.075
    assert fuzz_range(11) == (9, 13)  # reach 1 + 0.15 * 4.5 + 0.1 * 4 = 2.075
    assert fuzz_range(46) == (42, 50)  # reach 1 + 0.675 + 1.3 + 0.05 * 26 = 4.275
    for start, end in pairwise([2.5, 7.0, 20.0, math.inf]):
        assert start < end


def test_fuzz_is_the_same_at_every_call_and_spares_what_is_short_or_first() -> None:
    assert fuzz(46, "conv-output-size", 3) == fuzz(46, "conv-output-size", 3)
    assert len({fuzz(46, "conv-output-size", count) for count in range(1, 30)}) > 3
    assert [fuzz(days, "c", 5) for days in (1, 2)] == [1, 2]
    assert fuzz(8, "c", 0) == 8
    assert FIRST_FUZZED_DAYS == 2.5


def test_a_longer_interval_never_becomes_the_shorter() -> None:
    for number in range(50):
        fuzzed = [fuzz(days, f"c{number}", 2) for days in range(1, 200)]
        assert fuzzed == sorted(fuzzed)


def test_previews_tell_what_the_review_does() -> None:
    card, at = CardState("softmax"), NOW
    for rating in (Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.HARD):
        shown = previews(card, at, at.date(), Policy())
        card = review(card, rating, at, at.date(), Policy())
        assert shown[rating - 1].due == card.due
        assert card.due is not None
        at = card.due


# ---- replay


def test_replay_is_the_same_as_answering_one_by_one() -> None:
    draws, card, at, taken = random.Random(3), CardState("iou"), NOW, []
    for number in range(60):
        mistakes = ("adds_one",) if number % 3 == 0 else ()
        step = Review(draws.choice(list(Rating)), at, at.date(), mistakes, Policy(retention=draws.choice((0.8, 0.9))))
        card = advance(card, step)
        taken.append(step)
        at += span(days=draws.randrange(12), minutes=draws.randrange(90))
    assert replay("iou", taken) == card
    assert replay("iou", []) == CardState("iou")


def test_a_policy_with_fitted_parameters_is_used() -> None:
    fitted = Policy(
        parameters=tuple(
            value * 1.01 if 0 < place < 4 else value for place, value in enumerate(fsrs.Scheduler().parameters)
        )
    )
    assert review(CardState("c"), Rating.GOOD, NOW, date(2026, 11, 21), fitted).stability == pytest.approx(
        2.3065 * 1.01
    )
