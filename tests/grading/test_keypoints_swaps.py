"""Two things exchanged: what an author says contradicts a point stands against a hit on fewer of the same words."""

from __future__ import annotations

import pytest

from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.texts import grade_text

QUESTION = "Run A and run B: which overfits, which underfits?"
POINTS = [
    {"say": "A overfits.", "accept": {"any": ["{overfitting}"]}, "contradict": {"any": ["=b ~1 {overfitting}"]}},
    {"say": "B underfits.", "accept": {"any": ["{underfitting}"]}, "contradict": {"any": ["=b ~1 {overfitting}"]}},
]


@pytest.mark.parametrize(
    ("answer", "hit", "contradicted"),
    [
        ("A overfits, B underfits", [0, 1], []),
        ("A underfits, B overfits", [], [0, 1]),
        ("B overfits", [], [0]),
    ],
)
def test_a_written_contradiction_on_more_words_wins_its_clause(
    answer: str, hit: list[int], contradicted: list[int], lexicon: Lexicon
) -> None:
    found = grade_text(QUESTION, answer, key_points=POINTS, lexicon=lexicon)
    assert found["hit"] == hit
    assert set(contradicted) <= set(found["contradicted"])


def test_a_wider_term_and_what_it_implies_are_not_two_words(lexicon: Lexicon) -> None:
    point = {"say": "The loss is binary cross-entropy.", "accept": {"any": ["{binary_ce}"]}}

    def hits(answer: str) -> list[int]:
        return grade_text("Which loss fits?", answer, key_points=[point], lexicon=lexicon)["hit"]

    assert hits("take bce") == [0]
    assert hits("softmax with cross entropy") == []


@pytest.mark.parametrize(
    ("answer", "hit", "contradicted"),
    [
        ("instead of BN use GN", [0], []),
        ("instead of GN use BN", [], [0]),
        ("group norm instead of batch norm", [0], []),
        ("batch norm instead of group norm", [], [0]),
        ("group norm rather than batch norm is used", [0], []),
        ("用组归一化而不是批归一化", [0], []),
        ("用批归一化而不是组归一化", [], [0]),
    ],
)
def test_what_is_set_aside_ends_with_its_noun(
    answer: str, hit: list[int], contradicted: list[int], lexicon: Lexicon
) -> None:
    found = grade_text(
        "Which normalisation suits small batches?", answer, key_points=["Use group norm."], lexicon=lexicon
    )
    assert (found["hit"], found["contradicted"]) == (hit, contradicted)
