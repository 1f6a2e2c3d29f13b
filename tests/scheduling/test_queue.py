"""The order of new cards, siblings, missed cards, limits."""

from __future__ import annotations

import random

import pytest

from quizcnn.scheduling.queue import (
    BACK_AFTER,
    SIBLING_GAP,
    Candidate,
    Limits,
    choose_new,
    comes_back,
    keep_apart,
    mix,
    put_back,
)


def ids(cards: list[Candidate]) -> list[str]:
    return [card.id for card in cards]


def test_frequency_decides_then_difficulty_then_the_topic_touched_least() -> None:
    cards = [
        Candidate("rare-easy", "t1", 1, 1),
        Candidate("often-hard", "t2", 3, 4),
        Candidate("often-easy-b", "t3", 3, 1),
        Candidate("often-easy-a", "t3", 3, 1),
        Candidate("often-easy-other", "t4", 3, 1),
        Candidate("sometimes", "t5", 2, 1),
    ]
    wanted = ["often-easy-a", "often-easy-other", "often-easy-b", "often-hard", "sometimes", "rare-easy"]
    assert ids(choose_new(cards, {}, {}, 99)) == wanted
    assert ids(choose_new(list(reversed(cards)), {}, {}, 99)) == wanted
    assert ids(choose_new(cards, {}, {}, 2)) == wanted[:2]
    assert choose_new(cards, {}, {}, 0) == []
    assert ids(choose_new(cards, {"t3": 2, "t4": 1}, {}, 2)) == ["often-easy-other", "often-easy-a"]


def test_mastered_cards_come_late_and_cards_outside_the_areas_last() -> None:
    cards = [
        Candidate("outside-mastered", "t1", 3, 1, outside=True, mastered=True),
        Candidate("outside", "t2", 3, 1, outside=True),
        Candidate("mastered", "t3", 3, 1, mastered=True),
        Candidate("wanted", "t4", 1, 5),
    ]
    assert ids(choose_new(cards, {}, {}, 99)) == ["wanted", "mastered", "outside", "outside-mastered"]


CHAIN = {"dilated": ["conv"], "conv": ["tensor"], "tensor": [], "separate": []}


def test_nothing_is_lifted_before_a_topic_is_begun() -> None:
    cards = [Candidate("d1", "dilated", 3, 1), Candidate("c1", "conv", 1, 1)]
    assert ids(choose_new(cards, {}, CHAIN, 1)) == ["d1"]


def test_what_a_begun_topic_stands_on_goes_just_before_what_waits_for_it() -> None:
    cards = [
        Candidate("d2", "dilated", 3, 2),
        Candidate("s1", "separate", 3, 1),
        Candidate("c1", "conv", 1, 5),
        Candidate("c2", "conv", 1, 1),
        Candidate("t1", "tensor", 1, 1),
    ]
    # s1 is easier than d2 and waits for nothing; tensor stands under conv, conv under the begun dilated
    assert ids(choose_new(cards, {"dilated": 1}, CHAIN, 99)) == ["s1", "t1", "c2", "d2", "c1"]


def test_a_prerequisite_that_was_begun_is_not_lifted_again() -> None:
    cards = [Candidate("d2", "dilated", 3, 2), Candidate("c2", "conv", 1, 1)]
    assert ids(choose_new(cards, {"dilated": 1, "conv": 1}, CHAIN, 99)) == ["d2", "c2"]


def test_beginning_a_topic_lifts_at_once() -> None:
    cards = [Candidate("d1", "dilated", 3, 1), Candidate("d2", "dilated", 3, 2), Candidate("c1", "conv", 1, 1)]
    assert ids(choose_new(cards, {}, CHAIN, 99)) == ["d1", "c1", "d2"]


def test_a_prerequisite_without_cards_is_passed_through() -> None:
    cards = [Candidate("d2", "dilated", 3, 2), Candidate("t1", "tensor", 1, 1)]
    assert ids(choose_new(cards, {"dilated": 1}, CHAIN, 99)) == ["t1", "d2"]


def test_a_cycle_of_topics_ends() -> None:
    cards = [Candidate("a1", "a", 3, 1), Candidate("b1", "b", 2, 1), Candidate("c1", "c", 1, 1)]
    cycle = {"a": ["b"], "b": ["c"], "c": ["a"]}
    assert sorted(ids(choose_new(cards, {"a": 1}, cycle, 99))) == ["a1", "b1", "c1"]


def test_every_card_comes_once_and_lift_holds_on_random_graphs() -> None:
    draws = random.Random(11)
    for _ in range(40):
        topics = [f"t{n}" for n in range(12)]
        graph = {name: draws.sample(topics[:place], min(place, 2)) for place, name in enumerate(topics)}
        cards = [Candidate(f"c{n}", draws.choice(topics), draws.randint(1, 3), draws.randint(1, 5)) for n in range(40)]
        ordered = choose_new(cards, {}, graph, 99)
        assert sorted(ids(ordered)) == sorted(ids(cards))
        begun: set[str] = set()
        for place, card in enumerate(ordered):
            if card.topic in begun:
                left = {other.topic for other in ordered[place:]}
                assert not [below for below in graph[card.topic] if below not in begun and below in left]
            begun.add(card.topic)


# ---- siblings


def test_siblings_are_kept_apart_while_there_are_others() -> None:
    topics = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c1": "c", "d1": "d"}
    ordered = keep_apart(list(topics), topics)
    assert sorted(ordered) == sorted(topics)
    assert ordered[0] == "a1"
    for place, name in enumerate(ordered[:-SIBLING_GAP]):
        assert topics[name] not in [topics[other] for other in ordered[place + 1 : place + 1 + SIBLING_GAP]]


def test_siblings_without_others_follow_each_other() -> None:
    topics = {"a1": "a", "a2": "a"}
    assert keep_apart(["a1", "a2"], topics) == ["a1", "a2"]


def test_what_was_shown_last_counts_too() -> None:
    topics = {"a1": "a", "b1": "b", "c1": "c"}
    assert keep_apart(["a1", "b1", "c1"], topics, before=["x", "a"]) == ["b1", "c1", "a1"]


def test_cards_of_different_topics_keep_their_order() -> None:
    names = [f"c{n}" for n in range(20)]
    assert keep_apart(names, {}) == names


# ---- session


def test_new_cards_are_spread_among_reviews() -> None:
    assert mix(["r1", "r2", "r3", "r4"], ["n1", "n2"]) == ["r1", "r2", "n1", "r3", "r4", "n2"]
    assert mix([], ["n1", "n2"]) == ["n1", "n2"]
    assert mix(["r1"], []) == ["r1"]
    assert mix(["r1"], ["n1", "n2", "n3"])[1:] != []
    for reviews in range(12):
        for new in range(12):
            both = mix([f"r{n}" for n in range(reviews)], [f"n{n}" for n in range(new)])
            assert [name for name in both if name[0] == "r"] == [f"r{n}" for n in range(reviews)]
            assert [name for name in both if name[0] == "n"] == [f"n{n}" for n in range(new)]


def test_a_missed_card_comes_back_five_cards_on() -> None:
    waiting = [f"c{n}" for n in range(8)]
    assert put_back(waiting, "missed").index("missed") == BACK_AFTER == 5
    assert put_back(["c0", "c1"], "missed") == ["c0", "c1", "missed"]
    assert put_back([], "missed") == ["missed"]


def test_learn_ahead_is_twenty_minutes() -> None:
    from datetime import UTC, datetime, timedelta

    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert comes_back(now + timedelta(minutes=20), now)
    assert not comes_back(now + timedelta(minutes=21), now)
    assert not comes_back(None, now)


@pytest.mark.parametrize(
    ("limits", "new_left", "reviews_left"),
    [(Limits(5, 60), 5, 60), (Limits(5, 60, 3, 59), 2, 1), (Limits(5, 60, 9, 80), 0, 0), (Limits(0, 0), 0, 0)],
)
def test_limits_count_what_the_day_brought(limits: Limits, new_left: int, reviews_left: int) -> None:
    assert (limits.new_left, limits.reviews_left) == (new_left, reviews_left)
