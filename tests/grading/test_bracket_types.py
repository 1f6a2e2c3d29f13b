"""Shapes, lists and matrices: how they are typed, and what is named when they are off."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.grading.base import AnswerType, Grade, Invalid, Rival, Verdict
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.shape import ShapeAnswer
from quizcnn.solvers.values import Value
from quizcnn.text import Text


def rival(slug: str, value: Value) -> Rival:
    return Rival(slug=slug, value=value, label=Text(f"does {slug}", f"用了 {slug}"), why=Text("why", "原因"))


def graded(answer: AnswerType[Any], text: str) -> Grade:
    parsed = answer.read(text, "en")
    assert not isinstance(parsed, Invalid), parsed
    return answer.grade(parsed)


SHAPE = ShapeAnswer(
    truth=(8, 64, 56, 56),
    rivals=(rival("before_pooling", (8, 64, 112, 112)), rival("other_layout", (8, 56, 56, 64)), rival("no_batch", (64, 56, 56))),
)  # fmt: skip

SHAPE_FORMS = [
    "8x64x56x56", "8X64X56X56", "8×64×56×56", "8*64*56*56", "8 x 64 x 56 x 56", "(8, 64, 56, 56)", "[8,64,56,56]", "8,64,56,56", "8 64 56 56", "8; 64; 56; 56", "8；64；56；56", "（8，64，56，56）", "torch.Size([8, 64, 56, 56])", "N=8, C=64, H=56, W=56",
    "８×６４×５６×５６", "8、64、56、56",
]  # fmt: skip


@pytest.mark.parametrize("text", SHAPE_FORMS)
def test_ways_to_type_a_shape(text: str) -> None:
    assert graded(SHAPE, text).is_correct


SHAPE_ROWS: list[tuple[str, Verdict, tuple[str, ...], str]] = [
    ("8x64x112x112", Verdict.WRONG, ("before_pooling",), "Not 8x64x112x112: that does before_pooling."),
    ("8x56x56x64", Verdict.WRONG, ("other_layout",), "Not 8x56x56x64: that does other_layout."),
    ("64x56x56", Verdict.WRONG, ("no_batch",), "Not 64x56x56: that does no_batch."),
    ("8x64x28x28", Verdict.WRONG, (), "H and W are off; N and C are right."),
    ("8x64x56x55", Verdict.WRONG, (), "W is off; N, C and H are right."),
    ("1x2x3x4", Verdict.WRONG, (), "N, C, H and W are off."),
    ("56x56", Verdict.WRONG, (), "Not 56x56: the shape has 4 numbers (N, C, H, W), not 2."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "mistakes", "line"), SHAPE_ROWS)
def test_the_wrong_axes_are_named(text: str, verdict: Verdict, mistakes: tuple[str, ...], line: str) -> None:
    grade = graded(SHAPE, text)
    assert (grade.verdict, grade.mistakes, grade.feedback[0].en) == (verdict, mistakes, line)


def test_wrong_axes_in_chinese() -> None:
    assert graded(SHAPE, "8x64x28x28").feedback[0].zh == "H 和 W 不对，N 和 C 对。"


def test_axes_have_the_names_of_their_question() -> None:
    answer = ShapeAnswer(truth=(2, 5, 7), axes=("batch", "tokens", "dim"))
    assert graded(answer, "2x5x8").feedback[0].en == "dim is off; batch and tokens are right."


@pytest.mark.parametrize("text", ["", "()", "8x64x", "8x64x56.5x56", "8x64xax56", "(8, 64", "8,,56", "none", "8 or 9"])
def test_what_is_no_shape(text: str) -> None:
    assert isinstance(SHAPE.read(text, "en"), Invalid)


INTEGERS = SequenceAnswer(truth=(3, 1, 4), rivals=(rival("descending", (4, 3, 1)), rival("longer", (3, 1, 4, 1))))
REALS = SequenceAnswer(truth=(0.09003, 0.24473, 0.66524), element="real", decimals=4, rivals=(rival("no_exp", (0.1667, 0.3333, 0.5)),))  # fmt: skip
EMPTY = SequenceAnswer(truth=())
HOLES = SequenceAnswer(truth=(0.5, None), element="real", decimals=2)

LIST_ROWS: list[tuple[SequenceAnswer, str, Verdict, tuple[str, ...]]] = [
    (INTEGERS, "3 1 4", Verdict.CORRECT, ()),
    (INTEGERS, "[3, 1, 4]", Verdict.CORRECT, ()),
    (INTEGERS, "3,1,4", Verdict.CORRECT, ()),
    (INTEGERS, "(3; 1; 4)".replace(";", ","), Verdict.CORRECT, ()),
    (INTEGERS, "4 3 1", Verdict.WRONG, ("descending",)),
    (INTEGERS, "3 1 4 1", Verdict.WRONG, ("longer",)),
    (INTEGERS, "3 1", Verdict.WRONG, ()),
    (INTEGERS, "3 2 4", Verdict.WRONG, ()),
    (REALS, "0.0900, 0.2447, 0.6652", Verdict.CORRECT, ()),
    (REALS, "0.09003 0.24473 0.66524", Verdict.CORRECT, ()),
    (REALS, "0.09, 0.2447, 0.6652", Verdict.CORRECT, ()),
    (REALS, "0.09, 0.24, 0.67", Verdict.TOO_FEW_DIGITS, ()),
    (REALS, "0.1667, 0.3333, 0.5", Verdict.WRONG, ("no_exp",)),
    (REALS, "9.003, 24.473, 66.524", Verdict.PERCENT_FOR_RATIO, ()),
    (REALS, "0.9003, 2.4473, 6.6524", Verdict.POWER_OF_TEN, ()),
    (REALS, "0.0900, 0.2447, 0.6653", Verdict.WRONG, ()),
    (EMPTY, "[]", Verdict.CORRECT, ()),
    (EMPTY, "none", Verdict.CORRECT, ()),
    (EMPTY, "1", Verdict.WRONG, ()),
    (HOLES, "0.5, none", Verdict.CORRECT, ()),
    (HOLES, "0.5, 0", Verdict.WRONG, ()),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "verdict", "mistakes"), LIST_ROWS)
def test_lists(answer: SequenceAnswer, text: str, verdict: Verdict, mistakes: tuple[str, ...]) -> None:
    grade = graded(answer, text)
    # the 0.09 of a four-decimal element is 0.0900 only where the key rounds to it
    assert (grade.verdict, grade.mistakes) == (verdict, mistakes)


def test_the_places_that_are_off_are_named() -> None:
    assert graded(INTEGERS, "3 2 4").feedback[0] == Text("Number 2 is off; the others are right.", "第 2 个数不对，其余都对。")  # fmt: skip
    assert graded(INTEGERS, "2 2 4").feedback[0].en == "Numbers 1 and 2 are off."
    assert graded(INTEGERS, "3 1").feedback[0].en == "Not [3, 1]: the list has 3 numbers, not 2."


def test_a_comma_never_groups_inside_a_list() -> None:
    assert graded(SequenceAnswer(truth=(1, 216)), "[1,216]").is_correct
    assert graded(SequenceAnswer(truth=(1216, 5)), "[1,216]").verdict is Verdict.WRONG


MATRIX = MatrixAnswer(truth=((2, 5), (1, 3)), rivals=(rival("flipped_kernel", ((5, 2), (3, 1))), rival("padded", ((1, 2, 0), (0, 2, 5), (2, 1, 3)))))  # fmt: skip
MATRIX_FORMS = ["[[2,5],[1,3]]", "[[2, 5], [1, 3]]", "2 5; 1 3", "2,5;1,3", "2 5\n1 3", "[2 5; 1 3]", "[2,5],[1,3]", "((2,5),(1,3))", "２ ５；１ ３", "[[2,5],\n [1,3]]", "2 5 | 1 3", "tensor([[2, 5], [1, 3]])"]  # fmt: skip


@pytest.mark.parametrize("text", MATRIX_FORMS)
def test_ways_to_type_a_matrix(text: str) -> None:
    assert graded(MATRIX, text).is_correct


MATRIX_ROWS = [
    ("5 2; 3 1", ("flipped_kernel",), "Not [[5, 2], [3, 1]]: that does flipped_kernel."),
    ("1 2 0; 0 2 5; 2 1 3", ("padded",), "Not [[1, 2, 0], [0, 2, 5], [2, 1, 3]]: that does padded."),
    ("2 5; 1 4", (), "Row and column (2, 2) is off; the others are right."),
    ("2 6; 1 4", (), "Row and column (1, 2) and (2, 2) are off."),
    ("2 5 1; 3 0 0", (), "The matrix is 2 by 2, not 2 by 3."),
    ("2 5 1 3", (), "The matrix is 2 by 2, not 1 by 4."),
]


@pytest.mark.parametrize(("text", "mistakes", "line"), MATRIX_ROWS)
def test_the_cells_that_are_off_are_named(text: str, mistakes: tuple[str, ...], line: str) -> None:
    grade = graded(MATRIX, text)
    assert (grade.verdict, grade.mistakes, grade.feedback[0].en) == (Verdict.WRONG, mistakes, line)


@pytest.mark.parametrize("text", ["", "[[]]", "2 5; 1", "[[2,5],[1,3]", "a b; c d", "2 5;; 1 3"])
def test_what_is_no_matrix(text: str) -> None:
    assert isinstance(MATRIX.read(text, "en"), Invalid)


def test_cells_of_reals_take_the_decimals_asked() -> None:
    answer = MatrixAnswer(truth=((0.33333, 1.5), (-2.0, 0.0)), element="real", decimals=2)
    assert graded(answer, "0.33 1.5; -2 0").is_correct
    assert graded(answer, answer.typed()).is_correct
    assert graded(answer, "0.3 1.5; -2 0").verdict is Verdict.TOO_FEW_DIGITS
