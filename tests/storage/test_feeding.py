"""Marks of papers taken into the log: at their own date, once whatever is repeated, and the card as if they had been answered then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from record_samples import NOW, TODAY, after, fill, make_answer, new_store

from quizcnn.scheduling.card import Rating, State
from quizcnn.scheduling.day import learning_day
from quizcnn.storage.records import Answer, Fed, PaperAnswer
from quizcnn.storage.repositories import Store

NAME = "conv-output-size"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    yield store
    store.close()


def on_paper(name: str = "p1", rating: Rating = Rating.GOOD, days: float = 0, **changes: object) -> PaperAnswer:
    return PaperAnswer(name, make_answer(NAME, rating, after(days), duration_ms=0, **changes))


def answer_at(days: float, rating: Rating = Rating.GOOD) -> Answer:
    return make_answer(NAME, rating, after(days))


def test_a_mark_is_an_attempt_under_its_id(store: Store) -> None:
    mark = on_paper()
    assert store.feed([mark], NOW) == Fed(new=1)
    assert store.attempt("p1").answer == mark.answer
    assert store.card(NAME).reps == 1
    assert store.today(TODAY).new == 1
    assert store.undo_steps() == 0
    assert store.right_times("numeric") == []


def test_feeding_again_changes_nothing(store: Store) -> None:
    fill(store, 30, seed=3)
    store.feed([on_paper()], NOW)
    before = store.card(NAME), store.attempts(), store.tallies()
    assert store.feed([on_paper()], after(9)) == Fed(unchanged=1)
    assert (store.card(NAME), store.attempts(), store.tallies()) == before


@pytest.mark.parametrize("days", [0.5, 4, 11, 40])
def test_a_paper_between_two_answers_is_as_if_it_had_been_answered_then(tmp_path: Path, days: float) -> None:
    """The card after answers and a paper in any order of arrival is that of the same answers in the order of time."""
    ratings = [(0.0, Rating.GOOD), (3.0, Rating.AGAIN), (8.0, Rating.GOOD), (20.0, Rating.GOOD)]
    fed, drilled = (new_store(tmp_path / name) for name in ("fed", "drilled"))
    for at, rating in ratings:
        fed.record_answer(answer_at(at, rating))
    fed.feed([on_paper(rating=Rating.HARD, days=days)], after(50))
    for at, rating in sorted([*ratings, (days, Rating.HARD)]):
        drilled.record_answer(answer_at(at, rating))
    assert fed.card(NAME) == drilled.card(NAME)
    places = [[(each.review_count, each.state_before, each.predicted) for each in store.attempts()] for store in (fed, drilled)]  # fmt: skip
    assert places[0] == places[1]
    for store in (fed, drilled):
        assert store.rebuild(check=True).agrees
    sums = [[replace(tally, duration_ms=0) for tally in store.tallies()] for store in (fed, drilled)]
    assert sums[0] == sums[1]


def test_another_mark_replaces_the_first_and_the_card_follows(store: Store) -> None:
    store.record_answer(answer_at(5))
    store.feed([on_paper(rating=Rating.AGAIN)], after(6))
    assert store.attempt("p1").answer.mistakes == ("forgets_plus_one",)
    assert store.feed([on_paper(rating=Rating.GOOD)], after(7)) == Fed(replaced=1)
    (later, mark) = store.attempts()
    assert (mark.id, mark.answer.chosen, mark.answer.mistakes) == ("p1", Rating.GOOD, ())
    assert (mark.review_count, later.review_count) == (0, 1)
    assert store.mistakes(TODAY) == []
    assert store.rebuild(check=True).agrees


def test_without_a_date_the_first_moment_stays_and_with_one_it_moves(store: Store) -> None:
    store.record_answer(answer_at(5))
    store.feed([on_paper(days=2)], after(9))
    assert store.feed([on_paper(days=8)], after(9)) == Fed(unchanged=1)
    assert store.attempt("p1").answer.answered_at == after(2)
    moved = replace(on_paper(days=8), dated=True)
    assert store.feed([moved], after(9)) == Fed(replaced=1)
    assert store.attempt("p1").review_count == 1
    assert store.attempt("p1").answer.day == learning_day(after(8), 4)
    assert store.rebuild(check=True).agrees


def test_a_mark_that_is_taken_back_counts_no_more_and_may_come_again(store: Store) -> None:
    store.record_answer(answer_at(5))
    alone = store.card(NAME), store.attempts()
    store.feed([on_paper(rating=Rating.AGAIN)], NOW)
    assert store.feed([PaperAnswer("p1", None), PaperAnswer("p2", None)], after(6)) == Fed(withdrawn=1, unchanged=1)
    assert (store.card(NAME), store.attempts()) == alone
    assert store.feed([on_paper(rating=Rating.GOOD)], after(7)) == Fed(replaced=1)
    assert store.card(NAME).reps == 2
    assert store.rebuild(check=True).agrees


def test_undo_of_an_answer_before_a_fed_one_puts_the_places_right(store: Store) -> None:
    store.record_answer(answer_at(0))
    store.record_answer(answer_at(3))
    store.feed([on_paper(days=5)], after(6))
    assert store.attempt("p1").review_count == 2
    store.undo(after(7))
    store.undo(after(7))
    assert store.attempt("p1").review_count == 0
    assert store.attempt("p1").state_before is State.NEW
    assert store.card(NAME).reps == 1
    assert store.rebuild(check=True).agrees


def test_a_suspended_card_stays_set_aside(store: Store) -> None:
    store.record_answer(answer_at(0))
    store.suspend(NAME)
    store.feed([on_paper(days=3)], after(3))
    assert store.card(NAME).suspended == "learner"
    assert store.card(NAME).reps == 2


def test_the_eighth_lapse_on_paper_makes_a_leech(store: Store) -> None:
    at = 0.0
    for _ in range(7):
        store.record_answer(answer_at(at, Rating.EASY))
        store.record_answer(answer_at(at + 20, Rating.AGAIN))
        store.record_answer(answer_at(at + 21, Rating.EASY))
        at += 60
    assert store.card(NAME).lapses == 7
    store.feed([on_paper(rating=Rating.AGAIN, days=at)], after(at))
    assert store.card(NAME).suspended == "leech"
