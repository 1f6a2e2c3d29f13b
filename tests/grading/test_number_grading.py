"""Verdicts on numbers: one table a rule, and their precedence."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.grading.base import Grade, Invalid, Rival, Verdict
from quizcnn.grading.number import NumberAnswer
from quizcnn.solvers.values import Value
from quizcnn.text import Text


def rival(slug: str, value: Value, *, convention: bool = False) -> Rival:
    return Rival(
        slug=slug,
        value=value,
        label=Text(f"does {slug}", f"用了 {slug}"),
        why=Text(f"{slug} is wrong.", f"{slug} 不对。"),
        convention=convention,
    )


def graded(answer: NumberAnswer, text: str) -> Grade:
    parsed = answer.read(text, "en")
    assert not isinstance(parsed, Invalid), parsed
    return answer.grade(parsed)


COUNT = NumberAnswer(
    kind="integer",
    truth=36992,
    units=("params",),
    rivals=(
        rival("ignores_groups", 73856),
        rival("forgets_bias", 36864),
        rival("twice_the_bias", 37120),
        rival("also_forgets_bias", 36864),
        rival("per_group", 18496, convention=True),
        rival("the_key_itself", 36992),
    ),
)
PROBABILITY = NumberAnswer(
    kind="real",
    truth=0.6590011388859679,
    decimals=4,
    rivals=(rival("two_classes", 0.7310585786300049), rival("log_base_two", 0.9507, convention=True), rival("near_key", 0.65899)),
)  # fmt: skip
APPROXIMATE = NumberAnswer(kind="integer", truth=25557032, approximate=True, rivals=(rival("no_bias", 25502912), rival("double", 51114064)))  # fmt: skip
SHARE = NumberAnswer(kind="fraction", truth=Fraction(3, 4), rivals=(rival("inverted", Fraction(4, 3)), rival("other", Fraction(1, 4))))  # fmt: skip
THIRD = NumberAnswer(kind="fraction", truth=Fraction(1, 3))
LOOSE = NumberAnswer(kind="real", truth=200.0, tolerance=0.01, rivals=(rival("far", 210.0), rival("inside", 201.0)))
EDGE = NumberAnswer(kind="real", truth=0.125, decimals=2)
NOISY = NumberAnswer(kind="real", truth=0.1 + 0.2, decimals=1)
TINY = NumberAnswer(kind="real", truth=0.00042, decimals=5)
MISSING = NumberAnswer(kind="real", truth=None, decimals=4, rivals=(rival("divides_anyway", 0.0), rival("one_by_habit", 1.0)))  # fmt: skip
PERCENT = NumberAnswer(kind="real", truth=12.5, decimals=1, units=("%",))

ROWS: list[tuple[NumberAnswer, str, Verdict, tuple[str, ...]]] = [
    # counts are exact, however they are written
    (COUNT, "36992", Verdict.CORRECT, ()),
    (COUNT, "36,992 params", Verdict.CORRECT, ()),
    (COUNT, "36.992k", Verdict.CORRECT, ()),
    (COUNT, "128*(64/2)*9+128", Verdict.CORRECT, ()),
    (COUNT, "36992.0", Verdict.CORRECT, ()),
    (COUNT, "3.6992万", Verdict.CORRECT, ()),
    (COUNT, "36993", Verdict.WRONG, ()),
    (COUNT, "37k", Verdict.TOO_FEW_DIGITS, ()),
    (COUNT, "3.7万", Verdict.TOO_FEW_DIGITS, ()),
    (COUNT, "about 37000", Verdict.TOO_FEW_DIGITS, ()),
    (COUNT, "37000", Verdict.WRONG, ()),
    # mistakes by name, all that fit, also as an estimate of them
    (COUNT, "73856", Verdict.WRONG, ("ignores_groups",)),
    (COUNT, "3*3*64*128+128", Verdict.WRONG, ("ignores_groups",)),
    (COUNT, "73.9k", Verdict.WRONG, ("ignores_groups",)),
    (COUNT, "36864", Verdict.WRONG, ("forgets_bias", "also_forgets_bias")),
    (COUNT, "37120", Verdict.WRONG, ("twice_the_bias",)),
    (COUNT, "18496", Verdict.OTHER_CONVENTION, ("per_group",)),
    # size
    (COUNT, "369920", Verdict.POWER_OF_TEN, ()),
    (COUNT, "3699.2", Verdict.POWER_OF_TEN, ()),
    (COUNT, "36.992", Verdict.POWER_OF_TEN, ()),
    (COUNT, "5120", Verdict.WRONG, ()),
    (COUNT, "0", Verdict.WRONG, ()),
    (COUNT, "-36992", Verdict.WRONG, ()),
    (COUNT, "none", Verdict.WRONG, ()),
    # reals at the decimals asked
    (PROBABILITY, "0.6590", Verdict.CORRECT, ()),
    (PROBABILITY, "0.659", Verdict.CORRECT, ()),
    (PROBABILITY, ".6590", Verdict.CORRECT, ()),
    (PROBABILITY, "0.65900114", Verdict.CORRECT, ()),
    (PROBABILITY, "65.90%", Verdict.CORRECT, ()),
    (PROBABILITY, "6.590e-1", Verdict.CORRECT, ()),
    (PROBABILITY, "0.65895", Verdict.CORRECT, ()),
    (PROBABILITY, "0.65905", Verdict.CORRECT, ()),
    (PROBABILITY, "0.65894", Verdict.WRONG, ()),
    (PROBABILITY, "0.6591", Verdict.WRONG, ()),
    (PROBABILITY, "0.66", Verdict.TOO_FEW_DIGITS, ()),
    (PROBABILITY, "0.7", Verdict.TOO_FEW_DIGITS, ()),
    (PROBABILITY, "66%", Verdict.TOO_FEW_DIGITS, ()),
    (PROBABILITY, "1", Verdict.WRONG, ()),
    (PROBABILITY, "0.7311", Verdict.WRONG, ("two_classes",)),
    (PROBABILITY, "0.731", Verdict.WRONG, ("two_classes",)),
    (PROBABILITY, "0.73105858", Verdict.WRONG, ("two_classes",)),
    (PROBABILITY, "0.9507", Verdict.OTHER_CONVENTION, ("log_base_two",)),
    (PROBABILITY, "65.90", Verdict.PERCENT_FOR_RATIO, ()),
    (PROBABILITY, "66", Verdict.PERCENT_FOR_RATIO, ()),
    (PROBABILITY, "6.590", Verdict.POWER_OF_TEN, ()),
    (PROBABILITY, "0.0659", Verdict.POWER_OF_TEN, ()),
    (PROBABILITY, "0.3410", Verdict.WRONG, ()),
    # estimates of counts
    (APPROXIMATE, "25.6M", Verdict.CORRECT, ()),
    (APPROXIMATE, "约 2560 万", Verdict.CORRECT, ()),
    (APPROXIMATE, "2.56e7", Verdict.CORRECT, ()),
    (APPROXIMATE, "25557032", Verdict.CORRECT, ()),
    (APPROXIMATE, "25.557M", Verdict.CORRECT, ()),
    (APPROXIMATE, "25.56M", Verdict.CORRECT, ()),
    (APPROXIMATE, "26M", Verdict.TOO_FEW_DIGITS, ()),
    (APPROXIMATE, "25600000", Verdict.WRONG, ()),
    (APPROXIMATE, "25.5M", Verdict.WRONG, ("no_bias",)),
    (APPROXIMATE, "51.1M", Verdict.WRONG, ("double",)),
    (APPROXIMATE, "25.50M", Verdict.WRONG, ("no_bias",)),
    # fractions
    (SHARE, "3/4", Verdict.CORRECT, ()),
    (SHARE, "0.75", Verdict.CORRECT, ()),
    (SHARE, "75%", Verdict.CORRECT, ()),
    (SHARE, "6/8", Verdict.CORRECT, ()),
    (SHARE, "四分之三", Verdict.CORRECT, ()),
    (SHARE, "75", Verdict.PERCENT_FOR_RATIO, ()),
    (SHARE, "0.8", Verdict.TOO_FEW_DIGITS, ()),
    (SHARE, "4/3", Verdict.WRONG, ("inverted",)),
    (SHARE, "1.33", Verdict.WRONG, ("inverted",)),
    (SHARE, "1/4", Verdict.WRONG, ("other",)),
    (SHARE, "7.5", Verdict.POWER_OF_TEN, ()),
    (THIRD, "0.333", Verdict.CORRECT, ()),
    (THIRD, "0.33", Verdict.TOO_FEW_DIGITS, ()),
    (THIRD, "33.3%", Verdict.CORRECT, ()),
    (THIRD, "0.334", Verdict.WRONG, ()),
    # a declared tolerance, its edge included
    (LOOSE, "200", Verdict.CORRECT, ()),
    (LOOSE, "202", Verdict.CORRECT, ()),
    (LOOSE, "198", Verdict.CORRECT, ()),
    (LOOSE, "202.001", Verdict.WRONG, ()),
    (LOOSE, "210", Verdict.WRONG, ("far",)),
    (LOOSE, "201", Verdict.CORRECT, ()),
    # a tie may be rounded either way
    (EDGE, "0.12", Verdict.CORRECT, ()),
    (EDGE, "0.13", Verdict.CORRECT, ()),
    (EDGE, "0.125", Verdict.CORRECT, ()),
    (EDGE, "0.11", Verdict.WRONG, ()),
    (NOISY, "0.3", Verdict.CORRECT, ()),
    (TINY, "0.00042", Verdict.CORRECT, ()),
    (TINY, "4.2e-4", Verdict.CORRECT, ()),
    (TINY, "0.0004", Verdict.TOO_FEW_DIGITS, ()),
    (TINY, "0", Verdict.WRONG, ()),
    # no value
    (MISSING, "none", Verdict.CORRECT, ()),
    (MISSING, "无", Verdict.CORRECT, ()),
    (MISSING, "0", Verdict.WRONG, ("divides_anyway",)),
    (MISSING, "1.0000", Verdict.WRONG, ("one_by_habit",)),
    (MISSING, "0.5", Verdict.WRONG, ()),
    # a percentage that is asked
    (PERCENT, "12.5", Verdict.CORRECT, ()),
    (PERCENT, "12.5%", Verdict.CORRECT, ()),
    (PERCENT, "0.125", Verdict.POWER_OF_TEN, ()),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "verdict", "mistakes"), ROWS)
def test_verdicts(answer: NumberAnswer, text: str, verdict: Verdict, mistakes: tuple[str, ...]) -> None:
    grade = graded(answer, text)
    assert (grade.verdict, grade.mistakes) == (verdict, mistakes)
    assert grade.score == (1.0 if verdict is Verdict.CORRECT else 0.0)
    assert grade.feedback[0].en
    assert grade.feedback[0].zh


FIRST_LINES = [
    (COUNT, "36992", "Right.", "答对了。"),
    (COUNT, "3*3*64*128+128", "Not 73,856: that does ignores_groups.", "73,856 不对：用了 ignores_groups。"),
    (COUNT, "36864", "Not 36,864. Two rules give it: does forgets_bias; does also_forgets_bias.", "36,864 不对。两种算法都会得到它：用了 forgets_bias；用了 also_forgets_bias。"),
    (COUNT, "5120", "Not 5,120. No known slip gives this number; the steps are below.", "5,120 不对，也不像常见的错法，步骤见下。"),
    (COUNT, "3699.2", "The digits are right, the size is not: 10 times too small.", "数字对，数量级不对：小了 10 倍。"),
    (COUNT, "37k", "37k agrees so far; the exact number is asked.", "37k 没错，但位数不够：题目要精确值。"),
    (PROBABILITY, "0.66", "0.66 agrees so far; 4 decimals are asked.", "0.66 没错，但位数不够：题目要 4 位小数。"),
    (SHARE, "75", "75 is the percentage; the ratio is asked.", "75 是百分数，题目要的是比值。"),
    (APPROXIMATE, "25.6M", "Right: 25.6M agrees with 25,557,032 to the 3 digits written.", "答对了：25.6M 与 25,557,032 在写出的 3 位有效数字上一致。"),
    (THIRD, "0.5", "Not 0.5. The answer is 1/3.", "0.5 不对，正确答案是 1/3。"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "english", "chinese"), FIRST_LINES)
def test_first_line_is_the_verdict(answer: NumberAnswer, text: str, english: str, chinese: str) -> None:
    assert graded(answer, text).feedback[0] == Text(english, chinese)


def test_the_refutation_follows_the_name() -> None:
    assert graded(COUNT, "73856").feedback[1] == Text("ignores_groups is wrong.", "ignores_groups 不对。")


GUESSES = [
    ("-36992", "sign"), ("73984", "twice"), ("18496.0", None), ("36993", "off_by_one"), ("36991", "off_by_one"),
    ("295936", "bits_for_bytes"), ("4624", "bytes_for_bits"), ("50000", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "guess"), GUESSES)
def test_generic_slips_are_guesses_never_mistakes(text: str, guess: str | None) -> None:
    grade = graded(COUNT, text)
    assert grade.guesses == ((guess,) if guess else ())


PARAMETERS = NumberAnswer(kind="integer", truth=36_992, rivals=(rival("ignores_groups", 73_856), rival("forgets_bias", 36_864), rival("forgets_channels", 1_280)))  # fmt: skip
MEGABYTES = NumberAnswer(kind="real", truth=97.49)
SHARE = NumberAnswer(kind="fraction", truth=Fraction(809, 820), decimals=4)
TWO = [
    (PARAMETERS, "73728", "ignores_groups+forgets_bias"),  # 73,856 − 128
    (PARAMETERS, "73856", ""),
    (PARAMETERS, "36991", "off_by_one"),
    (NumberAnswer(kind="integer", truth=1000, rivals=(rival("twice_wide", 4000), rival("forgets_batch", 250))), "1000", ""),
    (NumberAnswer(kind="integer", truth=1000, rivals=(rival("bits", 8000), rival("one_image", 500))), "4000", "bits+one_image"),
    (NumberAnswer(kind="integer", truth=10, rivals=(rival("a", 12), rival("b", 15))), "17", ""),  # two digits: met by chance
    (MEGABYTES, "102.2", "MB_for_MiB"),
    (MEGABYTES, "98.0", "rounded_early"),
    (MEGABYTES, "97.4", "cut_off"),
    (SHARE, "0.98", "cut_off"),
    (SHARE, "0.9865", "cut_off"),
    (SHARE, "0.9", ""),  # one digit
    (SHARE, "0.9864", "rounded_early"),
    (NumberAnswer(kind="real", truth=-2 / 3, decimals=4), "-0.66", "cut_off"),
    (NumberAnswer(kind="real", truth=-2 / 3, decimals=4), "-0.67", ""),  # rounded, only too few
    (MEGABYTES, "120", ""),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "guess"), TWO)
def test_two_slips_and_units_are_guesses(answer: NumberAnswer, text: str, guess: str) -> None:
    grade = graded(answer, text)
    assert grade.guesses == ((guess,) if guess else ())
    assert not (grade.guesses and grade.mistakes)
    if "+" in guess:
        assert grade.feedback[1].en.startswith("Perhaps two slips at once: does ")
        assert grade.feedback[1].zh.startswith("可能同时犯了两个错误：")


def test_an_estimate_is_scored_by_its_order_of_magnitude() -> None:
    answer = NumberAnswer(kind="integer", truth=10**9, estimate=True)
    assert graded(answer, "1.2G").verdict is Verdict.CORRECT
    near, far = graded(answer, "3G"), graded(answer, "9G")
    assert near.verdict is far.verdict is Verdict.PARTIAL
    assert 0 < far.score < near.score < 1
    assert graded(answer, "20G").verdict is Verdict.WRONG
    assert graded(answer, "0").verdict is Verdict.WRONG


def test_exact_numbers_of_any_size() -> None:
    huge = 3**5000 + 1
    answer = NumberAnswer(kind="integer", truth=huge, rivals=(rival("less", huge - 1),))
    assert graded(answer, answer.typed()).is_correct
    assert graded(answer, str(huge - 1)).mistakes == ("less",)
    assert graded(answer, str(huge + 1)).verdict is Verdict.WRONG


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(["integer", "real", "fraction"]),
    value=st.one_of(st.integers(-(10**30), 10**30), st.fractions(max_denominator=10**6), st.floats(-1e12, 1e12)),
    decimals=st.one_of(st.none(), st.integers(0, 8)),
)
def test_the_key_as_typed_is_right(kind: str, value: Value, decimals: int | None) -> None:
    if kind == "integer":
        value = int(value) if isinstance(value, int | float | Fraction) else 0
    answer = NumberAnswer(kind=kind, truth=value, decimals=None if kind == "integer" else decimals)
    assert graded(answer, answer.typed()).is_correct


def test_rounded_rivals_are_named_and_the_key_is_never_accused() -> None:
    draw = random.Random(7)
    for _ in range(300):
        truth, wrong = draw.random() * 10, draw.random() * 10
        answer = NumberAnswer(kind="real", truth=truth, decimals=3, rivals=(rival("slip", wrong),))
        right = graded(answer, answer.typed())
        assert right.is_correct
        assert right.mistakes == ()
        grade = graded(answer, f"{wrong:.3f}")
        if f"{wrong:.3f}" != f"{truth:.3f}":
            assert grade.mistakes == ("slip",)


def test_json_keeps_the_answer() -> None:
    for answer in (COUNT, PROBABILITY, SHARE, MISSING, LOOSE):
        assert NumberAnswer.model_validate_json(answer.model_dump_json()) == answer
