"""The table of misleading answers: how many are marked as a careful examiner marks them, and that no list and no parrot scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.texts import grade_text
from quizcnn.text import Lang

TABLE = Path(__file__).parent / "typed_cases.yaml"
EXACT = 0.9
NOTHING_SAID = ("keyword-list", "parroting", "empty", "off-topic")


class Case(NamedTuple):
    kind: str
    lang: Lang
    question: str
    points: list[str]
    answer: str
    hit: list[int]
    contradicted: list[int]


def cases() -> Iterator[Case]:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    for kind, name, answer, hit, contradicted in table["cases"]:
        question, points = table["questions"][name]
        yield Case(kind, "zh" if name.endswith("-z") else "en", question, points, answer, hit, contradicted)


CASES = tuple(cases())


def seen(case: Case, lexicon: Lexicon) -> tuple[list[int], list[int]]:
    graded = grade_text(case.question, case.answer, key_points=case.points, lang=case.lang, lexicon=lexicon)
    return graded["hit"], graded["contradicted"]


def test_the_table_covers_every_trap_in_both_languages() -> None:
    assert len(CASES) >= 150
    assert len({case.kind for case in CASES}) >= 17
    assert {(case.kind, case.lang) for case in CASES} >= {(case.kind, lang) for case in CASES for lang in ("en", "zh")}


def test_nearly_all_cases_are_exact(lexicon: Lexicon) -> None:
    wrong = [case for case in CASES if seen(case, lexicon) != (case.hit, case.contradicted)]
    assert len(wrong) <= (1 - EXACT) * len(CASES), [(case.kind, case.answer) for case in wrong]


@pytest.mark.parametrize("kind", NOTHING_SAID)
def test_what_asserts_nothing_hits_nothing(kind: str, lexicon: Lexicon) -> None:
    assert [case.answer for case in CASES if case.kind == kind and seen(case, lexicon) != ([], [])] == []


def test_no_case_hits_a_point_that_it_does_not_make(lexicon: Lexicon) -> None:
    assert [case.answer for case in CASES if set(seen(case, lexicon)[0]) - set(case.hit)] == []


def test_a_shuffled_list_of_a_points_own_words_hits_nothing(lexicon: Lexicon) -> None:
    """Any point can be turned into a list: no list may score."""
    for case in CASES:
        for number, point in enumerate(case.points):
            for separator in (", ", " / ", "、"):
                words = sorted(point.strip(".。").split(), key=lambda word: (len(word), word))
                if len(words) > 3:
                    hit, _ = seen(case._replace(answer=separator.join(words)), lexicon)
                    assert number not in hit, (point, separator)
