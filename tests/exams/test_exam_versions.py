"""Versions of one exam: the same questions and target mistakes, other numbers and orders; a function of the seed alone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from types import SimpleNamespace
from typing import cast

import pytest

from quizcnn.errors import UsageError
from quizcnn.generation import kin
from quizcnn.generation.exam import Version, make_exam, share_points, version_letters
from quizcnn.generation.keyletters import key_place
from quizcnn.generation.kin import sort_of
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.services.exams.shelf import load_blueprint, load_file
from quizcnn.solvers.base import Step
from quizcnn.text import Text
from tests.exams.sample_exam import ALL_KINDS, builtin_catalog, sample_catalog, sample_exam


def _by_id(version: Version) -> dict[str, object]:
    return {item.id: item for item in version.items}


@pytest.mark.parametrize(("plan", "seed"), [("dl-90", 11), ("dl-90", 12), ("cv-45", 4)])
def test_versions_ask_the_same_with_other_numbers(plan: str, seed: int) -> None:
    exam = make_exam(load_blueprint(builtin_catalog().folders, plan), builtin_catalog(), seed, 4)
    first, *others = exam.versions
    assert len({version.code for version in exam.versions}) == 4
    assert not [warning for warning in exam.warnings if re.search(r", versions? ", warning)]
    for version in others:
        assert {item.id for item in version.items} == {item.id for item in first.items}
        for item in version.items:
            twin = next(other for other in first.items if other.id == item.id)
            assert (item.section, item.points) == (twin.section, twin.points)
            if item.variant.family is not None:
                assert item.variant.identity != twin.variant.identity, item.id
                assert sort_of(item.variant) == sort_of(twin.variant), item.id


def test_single_choices_of_two_versions_share_few_letters() -> None:
    exam = make_exam(load_blueprint(builtin_catalog().folders, "dl-90"), builtin_catalog(), 11)
    by_question = [
        {item.id: key_place(item.variant) for item in version.items if key_place(item.variant) is not None}
        for version in exam.versions
    ]
    pairs = list(combinations(by_question, 2))
    shared = [sum(one[question] == other[question] for question in one) for one, other in pairs]
    assert sum(shared) / len(pairs) <= 0.4 * len(by_question[0])


def test_a_sort_of_draws_that_is_rare_is_not_begun_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """One draw in twenty has three steps; of the others twenty are different."""
    draws = [SimpleNamespace(identity=str(k % 20), steps=3 if k % 20 == 19 else 2) for k in range(60)]
    monkeypatch.setattr(kin, "seed_for", lambda question, what, k: k)
    monkeypatch.setattr(kin, "draw_variant", lambda question, seed: draws[(19 + seed) % 60])
    monkeypatch.setattr(kin, "sort_of", lambda variant: (None, variant.steps, 1))
    found = kin.Kin(sample_catalog().question("size-dilated"))
    assert found.is_roomy
    assert [found.keeps(cast(Variant, draws[k])) for k in (0, 19)] == [True, False]


def test_an_entry_with_few_draws_alike_leaves_exams_of_several_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = load_file(ALL_KINDS)
    monkeypatch.setattr(kin.Kin, "is_roomy", property(lambda found: found._question.id != "size-dilated", lambda found, value: None), raising=False)  # fmt: skip
    ids = {item.id for item in make_exam(plan, sample_catalog(), 7, 2).versions[0].items}
    needed = "size-dilated" in {item.id for item in sample_exam().versions[0].items}
    spare = {row.id for row in sample_catalog().rows() if row.kind == "numeric"} - ids - {"size-dilated"}
    assert ("size-dilated" in ids) == (needed and not spare), "it stays only where the bank has nothing else"
    alone = plan.model_copy(update={"versions": plan.versions.model_copy(update={"count": 1})})
    assert (
        "size-dilated" in {item.id for item in make_exam(alone, sample_catalog(), 7, 1).versions[0].items}
    ) == needed


def test_numbering_runs_through_and_sections_stay_together() -> None:
    version = sample_exam().versions[0]
    assert [item.number for item in version.items] == list(range(1, 16))
    assert [item.section for item in version.items] == sorted(item.section for item in version.items)


def test_by_difficulty_is_easiest_first_inside_a_section() -> None:
    for version in sample_exam().versions:
        for section in (0, 1):
            degrees = [item.variant.difficulty for item in version.in_section(section)]
            assert degrees == sorted(degrees)


def test_letters_of_the_keys_keep_their_bounds() -> None:
    plan = load_blueprint(builtin_catalog().folders, "dl-90")
    for seed in range(4):
        exam = make_exam(plan, builtin_catalog(), seed)
        for version in exam.versions:
            letters = []
            for item in version.in_section(0):
                answer = item.variant.fields[0].answer
                assert isinstance(answer, ChoiceAnswer)
                letters.append(next(place for place, option in enumerate(answer.options) if option.key))
            assert max(Counter(letters).values()) <= 4, (seed, version.letter)  # 0.4 of 12
            assert all(len(set(letters[place : place + 4])) > 1 for place in range(len(letters) - 3))
        assert not any("uneven" in warning for warning in exam.warnings)


def test_no_line_of_an_ordering_stands_in_its_right_place() -> None:
    for seed in range(10):
        for version in sample_exam(seed).versions:
            item = next(item for item in version.items if item.variant.kind == "ordering")
            order = item.variant.parameters["order"]
            assert isinstance(order, list)
            assert all(place != line for place, line in enumerate(order))


def test_the_same_seed_gives_the_same_exam_and_codes() -> None:
    plan = load_file(ALL_KINDS)
    assert make_exam(plan, sample_catalog(), 7, 2) == sample_exam()
    assert [version.code for version in make_exam(plan, sample_catalog(), 8, 2).versions] != [
        version.code for version in sample_exam().versions
    ]


def test_more_versions_leave_the_first_as_they_are() -> None:
    assert sample_exam(7, 4).versions[:2] == sample_exam(7, 2).versions


def test_a_questions_seed_shows_its_variant_again() -> None:
    """`quizcnn question ID --seed N` shows what was printed."""
    from quizcnn.generation.variants import draw_variant

    for item in sample_exam().versions[0].items:
        again = draw_variant(sample_catalog().question(item.id), item.variant.seed)
        assert again.parameters == item.variant.parameters
        assert item.variant.seed < 2**32


def test_too_many_versions() -> None:
    with pytest.raises(UsageError, match="1 to 99"):
        make_exam(load_file(ALL_KINDS), sample_catalog(), 1, 100)


def test_an_entry_that_repeats_itself_is_named_on_one_line() -> None:
    """Four sides and three dilations make twelve draws: thirty versions have eighteen that were there before."""
    exam = make_exam(load_file(ALL_KINDS), sample_catalog(), 1, 30)
    lines = [warning for warning in exam.warnings if warning.startswith("padding-that-keeps")]
    assert len(lines) == 1
    told = re.fullmatch(r"padding-that-keeps, versions (\w+), (\w+), (\w+) and (\d+) more: numbers as in another version", lines[0])  # fmt: skip
    assert told is not None
    drawn = [item.variant.identity for version in exam.versions for item in version.items if item.id == "padding-that-keeps"]  # fmt: skip
    assert int(told[4]) + 3 == len(drawn) - len(set(drawn)) == 18
    assert not [warning for warning in make_exam(load_file(ALL_KINDS), sample_catalog(), 1, 5).warnings if ", version" in warning]  # fmt: skip


def test_versions_beyond_the_alphabet_go_on_in_two_letters() -> None:
    letters = version_letters(99)
    assert letters[:2] == ("A", "B")
    assert letters[25:28] == ("Z", "AA", "AB")
    assert len(set(letters)) == 99
    with pytest.raises(UsageError, match="0 versions"):
        version_letters(0)


def test_steps_share_the_points_in_halves_along_the_way() -> None:
    steps = [Step(Text("a", "甲"), "x")] * 3
    assert [pointed.points for pointed in share_points(steps, 5)] == [1.5, 1.5, 2.0]
    assert [pointed.points for pointed in share_points(steps, 1)] == [0.0, 0.5, 0.5], (
        "a third is 0, two thirds are a half"
    )
    assert [pointed.points for pointed in share_points(steps[:1] * 8, 5)] == [0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1]
    assert [pointed.points for pointed in share_points(steps[:1] * 10, 3)] == [0, 0.5, 0, 0.5, 0.5, 0, 0.5, 0, 0.5, 0.5]
    assert share_points([], 4) == ()


def test_points_of_the_steps_add_up() -> None:
    for item in sample_exam().versions[0].items:
        if item.steps:
            assert sum(pointed.points for pointed in item.steps) == item.points
