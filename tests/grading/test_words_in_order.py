"""A list of words: every usual form is read, the places that are off are named, a wrong rule's list is recognised."""

from __future__ import annotations

import pytest

from quizcnn.grading.base import Grade, Invalid, Rival, Verdict
from quizcnn.grading.words import WordsAnswer
from quizcnn.text import Text

RIVAL = Rival(slug="no_ignore_zone", value=("positive", "negative", "negative"), label=Text("calls", "当成"), why=Text("No.", "不。"))  # fmt: skip
ANSWER = WordsAnswer(
    truth=("positive", "ignore", "negative"), choices=("positive", "negative", "ignore"), rivals=(RIVAL,)
)


def grade(text: str) -> Grade:
    parsed = ANSWER.read(text, "en")
    assert not isinstance(parsed, Invalid), text
    return ANSWER.grade(parsed)


@pytest.mark.parametrize("text", ["positive, ignore, negative", "[positive ignore negative]", "p i n", "1, -1, 0", "正 忽略 负", "正样本、忽略、负样本", "Pos; Ignored; Neg", "['positive', 'ignore', 'negative']"])  # fmt: skip
def test_usual_forms_are_right(text: str) -> None:
    assert grade(text).is_correct, text


def test_a_wrong_rule_is_named() -> None:
    assert grade("positive, negative, negative").mistakes == ("no_ignore_zone",)


def test_places_and_lengths_that_are_off_are_told() -> None:
    off = grade("positive, ignore, positive")
    assert (off.verdict, off.feedback[0].en) == (Verdict.WRONG, "Word 3 is off.")
    assert "3 words, not 2" in grade("positive, ignore").feedback[0].en


@pytest.mark.parametrize("text", ["", "[]", "positive, perhaps, negative", "x" * 30_000])
def test_what_is_no_list_of_these_words_cannot_be_read(text: str) -> None:
    assert isinstance(ANSWER.read(text, "zh"), Invalid)
