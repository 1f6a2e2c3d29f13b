"""Reference answers that are lists are marked item by item; a word turned into its opposite is not held."""

from __future__ import annotations

import pytest

from quizcnn.grading.keypoints.listing import is_turned, listed
from quizcnn.grading.keypoints.reference import score_reference

QUESTION = "常用的归一化层有哪些？"
LIST = "常用的归一化层有：批归一化、层归一化、实例归一化、组归一化。"


@pytest.mark.parametrize(
    ("reference", "items"),
    [
        (LIST, "批归一化、层归一化、实例归一化、组归一化"),
        ("池化分为最大池化和平均池化。", "最大池化和平均池化"),
        ("Splits: train, validation and test.", " train, validation and test"),
        ("First the map is padded, then it is convolved.", None),
        ("先填充。再卷积、激活。", None),
        ("训练时，用批次的均值、方差", None),
    ],
)
def test_a_list_is_one_sentence_parted_in_one_way(reference: str, items: str | None) -> None:
    assert listed(reference) == items


def test_half_of_the_items_earn_about_half() -> None:
    half = score_reference(QUESTION, LIST, "批归一化和层归一化")
    assert 0.4 <= half <= 0.65
    assert score_reference(QUESTION, LIST, "批归一化、层归一化") < score_reference(
        QUESTION, LIST, "批归一化、层归一化、组归一化"
    )
    assert score_reference(QUESTION, LIST, LIST) > 0.9


def test_what_all_items_share_is_no_item() -> None:
    assert score_reference(QUESTION, LIST, "权重归一化") < 0.2


@pytest.mark.parametrize(
    ("wanted", "typed", "turned"),
    [
        (["first"], ["last"], True),
        (["first"], ["first", "last"], False),
        (["高"], ["低"], True),
        (["pool"], ["last"], False),
    ],
)
def test_an_opposite_turns_a_word_unless_both_are_typed(wanted: list[str], typed: list[str], turned: bool) -> None:
    assert is_turned(wanted, typed) is turned


def test_an_opposite_costs() -> None:
    said = "Strides shrink the map because the first layer is larger"
    right = score_reference("Why?", said, "the first layer is larger")
    assert score_reference("Why?", said, "the last layer is smaller") < right - 0.3


def test_denying_a_word_of_the_question_is_an_answer() -> None:
    question, reference = "Are the two layers connected to the input?", "They are not connected."
    assert score_reference(question, reference, "not connected at all") > 0.5
    assert score_reference(question, reference, "connected") == 0.0


def test_everyday_synonyms_count_nearly_as_the_word_itself() -> None:
    question, reference = "What does a loader do?", "It retrieves images and stores them."
    assert score_reference(question, reference, "fetches pictures, keeps the images") > score_reference(
        question, reference, "paints pictures, likes the images"
    )


REFERENCE = "The two layers are not connected."


@pytest.mark.parametrize("answer", ["the layers are disconnected", "the layers are unconnected"])
def test_a_denying_prefix_denies_the_word_behind_it(answer: str) -> None:
    assert score_reference("Why?", REFERENCE, answer) > score_reference("Why?", REFERENCE, "the layers are connected")


def test_the_opposite_denied_is_nearly_the_word_itself() -> None:
    reference = "The loss is higher."
    denied = score_reference("Why?", reference, "the loss is not lower")
    assert (
        score_reference("Why?", reference, "the loss is lower") < denied < score_reference("Why?", reference, reference)
    )


def test_a_word_of_the_question_is_no_synonym_of_what_is_asked() -> None:
    reference = "It fetches images."
    assert score_reference("What does the loader retrieve?", reference, "the loader retrieves well") < score_reference(
        "What does the loader do?", reference, "the loader retrieves well"
    )


def test_a_denial_ends_with_its_clause() -> None:
    reference = "The weights stay and the bias grows."
    said = "the weights not shrink but the bias grows"
    assert score_reference("Why?", reference, said) > score_reference(
        "Why?", reference, "the weights shrink, no bias grows"
    )
