"""Chains: questions that build on each other, one behind the other whatever is shuffled, with their letters; no other rule is loosened."""

from __future__ import annotations

from itertools import pairwise

import pytest

from quizcnn.errors import BankError
from quizcnn.generation.blueprint import COMPUTING
from quizcnn.generation.exam import Exam, Item, make_exam
from quizcnn.printing.markdown import write_markdown
from quizcnn.printing.paper import build_paper
from quizcnn.services.exams.manifest import make_manifest
from tests.exams.sample_exam import blueprint, builtin_catalog

RULES = "avoid: {same_family: true, same_follow_up_chain: true, prerequisite_pairs: compute, cross_cues: true}\nat_most: {topic: 1}\n"
PLAN = (
    RULES
    + "versions: {shuffle: {questions: %s}}\nsections:\n  - title: {en: Numbers, zh: 计算}\n    pick:\n"
    + "      - {count: 3, kinds: [numeric, inverse], chain: true, points: 3}\n      - {count: 4, kinds: [numeric], points: 2}\n"
    + "  - title: {en: Choices, zh: 选择}\n    pick: [{count: 2, kinds: [choice], points: 2}]\n"
)


def made(seed: int, shuffle: str = "true", arrangement: str = "sections") -> Exam:
    return make_exam(blueprint(PLAN % shuffle), builtin_catalog(), seed, 2, arrangement)  # type: ignore[arg-type]


def builds_on(before: Item, after: Item) -> bool:
    """From the bank itself: a follow-up, or a topic that presupposes that of the one before."""
    catalog = builtin_catalog()
    followed = after.id in catalog.question(before.id).follow_ups
    return followed or before.variant.topic in catalog.topic(after.variant.topic).prerequisites


@pytest.mark.parametrize("arrangement", ["sections", "kinds"])
@pytest.mark.parametrize("shuffle", ["true", "by-difficulty", "false"])
def test_a_chain_stands_in_order_on_every_version(shuffle: str, arrangement: str) -> None:
    for seed in range(6):
        for version in made(seed, shuffle, arrangement).versions:
            places = [place for place, item in enumerate(version.items) if item.part]
            assert [version.items[place].part for place in places] == ["a", "b", "c"]
            assert places == list(range(places[0], places[0] + 3))
            chain = [version.items[place] for place in places]
            assert all(builds_on(one, other) for one, other in pairwise(chain))


def test_a_manifest_keeps_the_letters_for_whom_takes_the_exam() -> None:
    exam = made(3, "false")
    printed = make_manifest(exam, builtin_catalog(), {}, None).papers[0].questions
    assert [question.shown_number for question in printed[:4]] == ["1 (a)", "2 (b)", "3 (c)", "4"]


def test_outside_the_chain_every_rule_holds() -> None:
    catalog = builtin_catalog()
    for seed in range(6):
        items = made(seed).versions[0].items
        for place, one in enumerate(items):
            for other in items[:place]:
                if (one.part and other.part) or not {one.variant.kind, other.variant.kind} <= COMPUTING:
                    continue
                assert one.variant.topic not in catalog.topic(other.variant.topic).prerequisites
                assert other.variant.topic not in catalog.topic(one.variant.topic).prerequisites
        families = [item.variant.family for item in items if item.variant.family]
        assert len(families) == len(set(families))


def test_the_letters_are_printed_in_both_languages() -> None:
    exam = made(1)
    for lang, marks in (("en", ("**(a)**", "**(b)**", "**(c)**")), ("zh", ("**（a）**", "**（b）**", "**（c）**"))):
        text = write_markdown(build_paper(exam, exam.versions[0], lang))  # type: ignore[arg-type]
        places = [text.index(mark) for mark in marks]
        assert places == sorted(places)
    assert "build on each other" in write_markdown(build_paper(exam, exam.versions[0], "en"))


def test_a_chain_that_the_bank_does_not_have_is_said() -> None:
    far = "sections:\n  - title: {en: A, zh: 甲}\n    pick: [{count: 3, kinds: [numeric], topics: [iou, pool-output-size], chain: true}]\n"
    with pytest.raises(BankError, match="numeric that build on each other"):
        make_exam(blueprint(far), builtin_catalog(), 1, 1)


@pytest.mark.parametrize(
    ("pick", "more", "message"),
    [
        ("{count: 1, kinds: [numeric], chain: true}", "", "at least 2"),
        ("{count: 2, chain: true}", "", "say kinds"),
        ("{count: 2, kinds: [numeric, choice], chain: true}", "", "say kinds"),
        ("{count: 3, kinds: [numeric], chain: true}", "    choose: 2\n", "leave out choose or chain"),
    ],
)
def test_what_is_no_chain_is_refused_with_its_place(pick: str, more: str, message: str) -> None:
    with pytest.raises(BankError, match=message) as error:
        blueprint(f"sections:\n  - title: {{en: A, zh: 甲}}\n{more}    pick: [{pick}]\n")
    assert "test.yaml:" in str(error.value)
