"""Filling blueprints: the shipped ones at 200 seeds, the rules they keep, and the message where it cannot be done."""

from __future__ import annotations

from collections import Counter

import pytest

from quizcnn.errors import BankError
from quizcnn.generation.blueprint import COMPUTING, Blueprint
from quizcnn.generation.cues import Cues
from quizcnn.generation.filling import Filler, Filling
from quizcnn.services.exams.shelf import blueprint_files, load_blueprint
from tests.exams.sample_exam import blueprint, builtin_catalog, sample_catalog

SHIPPED = ("cv-45", "dl-90", "numbers-15")
SEEDS = 200


def _check(plan: Blueprint, filling: Filling) -> None:
    catalog = builtin_catalog()
    rows = [catalog.row(question) for question in filling.ids]
    assert len(set(filling.ids)) == plan.count
    for seat, row in zip(filling.seats, rows, strict=True):
        pick = plan.sections[seat.section].pick[seat.pick]
        assert row.kind in (pick.kinds or (row.kind,))
        assert row.area in (pick.areas or (row.area,))
        assert pick.difficulty[0] <= row.difficulty <= pick.difficulty[1]
        assert row.frequency in (pick.interview_frequency or (row.frequency,))
    families = [row.family for row in rows if row.family]
    assert len(set(families)) == len(families) or not plan.avoid.same_family
    for name, limit in (("topic", plan.at_most.topic), ("area", plan.at_most.area)):
        most = max(Counter(getattr(row, name) for row in rows).values())
        assert limit is None or most <= limit
    if plan.avoid.prerequisite_pairs:
        topics = [row.topic for row in rows if row.kind in COMPUTING]
        assert not any(topic in catalog.topic(other).prerequisites for topic in topics for other in topics)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_blueprint_fills_at_every_seed(name: str) -> None:
    catalog = builtin_catalog()
    plan = load_blueprint(catalog.folders, name)
    filler = Filler(plan, catalog)
    seen: set[tuple[str, ...]] = set()
    for seed in range(SEEDS):
        filling = filler.fill(seed)
        _check(plan, filling)
        seen.add(filling.ids)
    assert len(seen) > SEEDS * 0.95


def test_three_are_shipped() -> None:
    assert tuple(sorted(blueprint_files(builtin_catalog().folders))) == SHIPPED


def test_no_question_gives_away_anothers_key() -> None:
    catalog = builtin_catalog()
    plan = load_blueprint(catalog.folders, "cv-45")
    filler = Filler(plan, catalog)
    for seed in range(10):
        cues = [Cues(catalog.question(question)) for question in filler.fill(seed).ids]
        assert not any(one.gives_away(other) for one in cues for other in cues if one is not other)


def test_one_more_pick_does_not_change_the_others() -> None:
    head = "sections:\n  - title: {en: A, zh: 甲}\n    pick:\n"
    first = "      - {count: 2, kinds: [numeric], areas: [shapes-and-cost]}\n"
    more = "      - {count: 3, kinds: [choice], areas: [convolution]}\n"
    catalog = builtin_catalog()
    for seed in range(20):
        alone = Filler(blueprint(head + first), catalog).fill(seed).ids
        assert Filler(blueprint(head + first + more), catalog).fill(seed).ids[:2] == alone
        assert Filler(blueprint(head + more + first), catalog).fill(seed).ids[3:] == alone


def test_the_same_seed_fills_alike_and_others_differ() -> None:
    catalog = builtin_catalog()
    plan = load_blueprint(catalog.folders, "dl-90")
    assert Filler(plan, catalog).fill(3) == Filler(plan, catalog).fill(3)
    assert Filler(plan, catalog).fill(3).ids != Filler(plan, catalog).fill(4).ids


def test_an_augmenting_path_seats_a_question_that_two_picks_want() -> None:
    """Only the second pick can take nothing but ``size-dilated``; the first must give it up, whatever the seed."""
    plan = blueprint(
        "sections:\n  - title: {en: A, zh: 甲}\n    pick:\n"
        "      - {ids: [size-dilated, size-formula]}\n      - {ids: [size-dilated]}\n"
    )
    for seed in range(20):
        assert Filler(plan, sample_catalog()).fill(seed).ids == ("size-formula", "size-dilated")


def test_all_shortages_at_once_and_those_that_fail_together() -> None:
    plan = blueprint(
        "sections:\n  - title: {en: Numbers, zh: 数}\n    pick:\n"
        "      - {count: 2, kinds: [inverse]}\n"
        "      - {count: 1, kinds: [expression, inverse]}\n"
        "      - {count: 1, kinds: [recall], difficulty: [5, 5]}\n"
        "      - {count: 1, kinds: [cloze]}\n"
        "      - {count: 1, kinds: [inverse], areas: [convolution]}\n"
    )
    with pytest.raises(BankError) as refusal:
        Filler(plan, sample_catalog()).fill(1)
    lines = str(refusal.value).split("\n")
    assert len(lines) == 2
    together = 'section 1 "Numbers", pick 1 and section 1 "Numbers", pick 5'
    assert any(line.startswith(f"{together}: together want 3, the bank has 1 that fit any of them") for line in lines)
    assert any(
        'section 1 "Numbers", pick 3: wants 1, the bank has 0 (recall; difficulty 5-5)' in line for line in lines
    )
    assert "pick 2" not in str(refusal.value)
    assert "pick 4" not in str(refusal.value)


def test_a_pair_rule_that_stands_in_the_way_is_named() -> None:
    plan = blueprint(
        "avoid: {same_family: true}\nsections:\n  - title: {en: Numbers, zh: 数}\n    pick:\n"
        "      - {count: 2, ids: [size-dilated, conv-shape-of-batch]}\n"
    )
    with pytest.raises(BankError, match="1 would share a family with section 1 pick 1"):
        Filler(plan, sample_catalog()).fill(1)


def test_a_cap_that_stands_in_the_way_is_named() -> None:
    plan = blueprint(
        "at_most: {topic: 1}\nsections:\n  - title: {en: Numbers, zh: 数}\n    pick:\n"
        "      - {count: 2, topics: [conv-size-sample], kinds: [numeric]}\n"
    )
    with pytest.raises(BankError, match="over at_most 1 of a topic"):
        Filler(plan, sample_catalog()).fill(1)


def test_repair_gives_way_where_the_first_choice_clashes() -> None:
    """Two seats, three questions of which two share a family: a filling exists at every seed and must be found."""
    plan = blueprint(
        "avoid: {same_family: true}\nsections:\n  - title: {en: Numbers, zh: 数}\n    pick:\n"
        "      - {count: 2, ids: [size-dilated, conv-shape-of-batch, softmax-of-three]}\n"
    )
    for seed in range(30):
        assert "softmax-of-three" in Filler(plan, sample_catalog()).fill(seed).ids


def test_names_that_the_bank_does_not_have() -> None:
    plan = blueprint(
        "sections:\n  - title: {en: A, zh: 甲}\n    pick:\n"
        "      - {areas: [detektion]}\n      - {topics: [iou-smaple]}\n      - {families: [box_io]}\n"
    )
    with pytest.raises(BankError) as refusal:
        Filler(plan, sample_catalog())
    text = str(refusal.value)
    assert all(name in text for name in ("did you mean detection?", "did you mean iou-sample", "did you mean box_iou"))


def test_excluded_questions_are_not_used() -> None:
    plan = blueprint("sections:\n  - title: {en: A, zh: 甲}\n    pick:\n      - {ids: [size-dilated, size-formula]}\n")
    assert Filler(plan, sample_catalog(), frozenset({"size-dilated"})).fill(1).ids == ("size-formula",)


def test_a_wished_mix_is_approached_and_missed_loudly() -> None:
    base = "sections:\n  - title: {en: A, zh: 甲}\n    pick:\n      - {count: 10, kinds: [choice]}\n"
    catalog = builtin_catalog()
    filling = Filler(blueprint("mix: {difficulty: {2: 0.5, 3: 0.5}}\n" + base), catalog).fill(1)
    degrees = Counter(catalog.row(question).difficulty for question in filling.ids)
    assert degrees == {2: 5, 3: 5}
    assert not filling.warnings
    hard = Filler(blueprint("mix: {difficulty: {1: 1.0}}\n" + base), catalog).fill(1)
    assert any(warning.startswith("difficulty 1:") for warning in hard.warnings)
