"""Blueprints: what is read, what is refused, and the place that a refusal names."""

from __future__ import annotations

import pytest

from quizcnn.errors import BankError
from quizcnn.generation.blueprint import minutes_for, read_blueprint
from tests.exams.sample_exam import blueprint

SECTION = "sections:\n  - title: {en: A, zh: 甲}\n    pick:\n"


def test_all_faults_at_once_each_with_its_place() -> None:
    text = (
        SECTION
        + "      - {count: 2, kinds: [chioce]}\n      - {difficulty: [3, 9]}\n    chose: 1\nversion: {count: 2}\n"
    )
    with pytest.raises(BankError) as refusal:
        blueprint(text)
    lines = str(refusal.value).split("\n")
    assert [line.split(": ", 1)[0] for line in lines] == ["test.yaml:7:28", "test.yaml:8:26", "test.yaml:9:5", "test.yaml:10:1"]  # fmt: skip
    assert "did you mean choice?" in lines[0]
    assert "did you mean choose?" in lines[2]
    assert "did you mean versions?" in lines[3]


@pytest.mark.parametrize(
    ("pick", "section", "message"),
    [
        ("{kinds: [choice], chain: true}", "", "a chain is of questions that compute"),
        ("{kinds: [choice], difficulty: [3, 2]}", "", "lo <= hi"),
        ("{count: 3}", "    choose: 3\n", "choose must be below the 3 questions"),
        ("{count: 41}", "", "at most"),
    ],
)
def test_what_cannot_be_set_is_refused_not_ignored(pick: str, section: str, message: str) -> None:
    with pytest.raises(BankError) as refusal:
        blueprint(SECTION + f"      - {pick}\n{section}")
    assert message in str(refusal.value) or "less than or equal to 40" in str(refusal.value)


def test_choose_needs_equal_points() -> None:
    with pytest.raises(BankError, match="same points"):
        blueprint(SECTION + "      - {count: 2, points: 3}\n      - {count: 2, points: 4}\n    choose: 2\n")


def test_a_mix_adds_up_to_one() -> None:
    with pytest.raises(BankError, match="add up to 1"):
        blueprint("mix: {difficulty: {1: 0.5, 2: 0.4}}\n" + SECTION + "      - {count: 2}\n")


def test_points_of_a_section_of_which_the_best_count() -> None:
    plan = blueprint(SECTION + "      - {count: 4, points: 7}\n    choose: 3\n")
    assert (plan.sections[0].points, plan.points, plan.count) == (21, 21, 4)


def test_no_yaml_and_no_mapping() -> None:
    with pytest.raises(BankError, match="a blueprint must be a mapping"):
        read_blueprint("x.yaml", b"- 1")
    with pytest.raises(BankError, match=r"x\.yaml:2:"):
        read_blueprint("x.yaml", b"id: [\n}")


def test_the_digest_follows_every_word() -> None:
    one = blueprint(SECTION + "      - {count: 2}\n")
    assert one.digest == blueprint(SECTION + "      - {count: 2}\n").digest
    assert one.digest != blueprint(SECTION + "      - {count: 2, points: 2}\n").digest


def test_time_by_kind_and_difficulty() -> None:
    assert [minutes_for("choice", 5), minutes_for("numeric", 3), minutes_for("short_answer", 1)] == [1.5, 4.0, 4.0]
