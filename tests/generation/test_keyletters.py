"""The letters of the keys: planned inside the bounds, given places kept, random inside, widened only where nothing else will do."""

from __future__ import annotations

from collections import Counter

import pytest

from quizcnn.generation.blueprint import KeyLetters
from quizcnn.generation.keyletters import are_even, most_of, plan_places
from quizcnn.generation.seeds import Source

BOUNDS = KeyLetters(max_share=0.4, max_run=3)
FOUR, THREE, TWO = (0, 1, 2, 3), (0, 1, 2), (0, 1)


def _plan(choices: list[tuple[int, ...]], seed: int = 0, bounds: KeyLetters | None = BOUNDS) -> tuple[int, ...]:
    return plan_places(choices, bounds, Source("test", seed))


@pytest.mark.parametrize("seed", range(50))
def test_plans_keep_share_run_and_given_places(seed: int) -> None:
    choices = [FOUR, (1,), THREE, FOUR, (1,), FOUR, TWO, FOUR, (1,), THREE, FOUR, FOUR]
    places = _plan(choices, seed)
    assert all(place in choice for place, choice in zip(places, choices, strict=True))
    assert max(Counter(places).values()) <= 4  # 0.4 of 12 is 4.8
    assert all(len(set(places[start : start + 4])) > 1 for start in range(9))


def test_every_letter_comes_to_stand_everywhere() -> None:
    """A key that is inside the bounds and no more: nothing tells the letter of a question from its place."""
    for place in range(10):
        assert {_plan([FOUR] * 10, seed)[place] for seed in range(80)} == set(FOUR)


def test_the_same_source_gives_the_same_plan() -> None:
    assert _plan([FOUR] * 12, 5) == _plan([FOUR] * 12, 5)


def test_given_places_that_break_the_bounds_are_kept_and_the_rest_stays_even() -> None:
    places = _plan([(2,)] * 5 + [FOUR] * 7)
    assert places[:5] == (2,) * 5
    assert 2 not in places[5:]
    assert not are_even(places, BOUNDS)


def test_where_there_are_only_two_options_the_share_is_widened_not_the_run() -> None:
    """Two letters for ten questions: five each at best, though 0.4 allows four."""
    places = _plan([TWO] * 10)
    assert sorted(Counter(places).values()) == [5, 5]
    assert all(len(set(places[start : start + 4])) > 1 for start in range(7))


def test_nothing_to_plan_and_no_bounds() -> None:
    assert _plan([]) == ()
    assert len(_plan([FOUR] * 6, bounds=None)) == 6


@pytest.mark.parametrize(("count", "most"), [(1, 1), (3, 3), (4, 2), (5, 2), (10, 4), (12, 4), (20, 8)])
def test_how_often_a_letter_may_stand(count: int, most: int) -> None:
    assert most_of(BOUNDS, count) == most


@pytest.mark.parametrize(
    ("places", "even"),
    [
        ([0, 0, 1, 1], True),
        ([0, 0, 0, 1], False),
        ([0, 0, 0], True),
        ([0, 0, 0, 0, 1, 1, 1, 2, 2, 3], False),
        ([0, 0, 0, 1, 0, 1, 1, 2, 2, 3], True),
        ([0, 0, 0, 1, 0, 1, 0, 2, 2, 3], False),
    ],
)
def test_even(places: list[int], even: bool) -> None:
    assert are_even(places, BOUNDS) is even
