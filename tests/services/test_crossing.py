"""Right answers to one typed question held against the points of another: what is told, what a declaration silences, what it costs."""

from __future__ import annotations

import pytest

from quizcnn.bank.lexicon import load_lexicon
from quizcnn.bank.models import ShortAnswer
from quizcnn.locations import bank_folder
from quizcnn.services.crossing import Crossing, cross_samples

LEXICON = load_lexicon([bank_folder()])


def question(name: str, said: str, typed: str, *shares: str) -> ShortAnswer:
    given = ShortAnswer.model_validate(
        {
            "id": name,
            "kind": "short_answer",
            "topic": "conv-operation",
            "difficulty": 1,
            "prompt": {"en": "What follows, and why?", "zh": "会怎样？为什么？"},
            "points": [{"id": "claim", "say": {"en": said, "zh": "结果变好。"}, "shares": list(shares)}],
            "explanation": {"en": "So it is.", "zh": "就是这样。"},
            "samples": {"en": [{"text": typed, "hit": ["claim"]}, {"text": "nothing of it"}]},
        }
    )
    return given.told(LEXICON)


GRADIENT = "The gradient shrinks."
FIELD = "The receptive field grows."


def crossed(*shares: str, other: str = GRADIENT) -> Crossing:
    return cross_samples(
        [question("first", GRADIENT, "gradient gets smaller", *shares), question("second", other, other)]
    )


def test_an_answer_that_earns_a_foreign_point_is_told_with_its_question_and_place() -> None:
    found = crossed()
    assert (found.pairs, found.hits, found.share) == (2, 2, 1.0)
    assert [(owner, path) for owner, (path, _) in found.findings] == [
        ("first", ("points", 0)),
        ("second", ("points", 0)),
    ]
    assert "1 right sample of second earns" in found.findings[0][1][1]
    assert GRADIENT in found.findings[0][1][1]


def test_a_declared_pair_is_silent_and_still_counts() -> None:
    found = crossed("second")
    assert [owner for owner, _ in found.findings] == ["second"]
    assert found.hits == 2


@pytest.mark.parametrize(("shares", "said"), [("second", "take it out"), ("third", "no short_answer question")])
def test_a_declaration_that_nothing_needs_is_told(shares: str, said: str) -> None:
    found = crossed(shares, other=FIELD)
    assert found.hits == 0
    [(owner, (path, message))] = found.findings
    assert (owner, path) == ("first", ("points", 0, "shares", 0))
    assert said in message


def test_only_right_samples_are_held_against_others() -> None:
    partial = question("third", FIELD, "gradient gets smaller")
    partial = partial.model_copy(update={"samples": partial.samples.model_copy(update={"en": ()})}).told(LEXICON)
    found = cross_samples([question("first", GRADIENT, GRADIENT), partial])
    assert (found.pairs, found.hits) == (1, 0)
