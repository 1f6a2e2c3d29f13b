"""Arithmetic, formulas and conditions: exact, bounded, and nothing is ever run."""

from __future__ import annotations

import time
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.grading.reading.arithmetic import evaluate, evaluate_condition, names_in, value_of
from quizcnn.grading.reading.syntax import FormulaError

VALUES = [
    ("1+2*3", 7),
    ("3*3*64*128+128", 73856),
    ("-2^2", -4),
    ("(-2)^2", 4),
    ("2^-1*3", Fraction(3, 2)),
    ("2^3^2", 512),
    ("2**10", 1024),
    ("7/2", Fraction(7, 2)),
    ("(224-7+6)//2+1", 112),
    ("-7//2", -4),
    ("0.1+0.2", Fraction(3, 10)),
    ("75%", Fraction(3, 4)),
    ("50%*4", 2),
    ("2- -3", 5),
    ("1.5e3", 1500),
    (".5*4", 2),
    ("10/4/5", Fraction(1, 2)),
    ("((((1))))", 1),
]  # fmt: skip
REFUSED = [
    "", "(", ")", "()", "1+", "*2", "1 2", "1.2.3", "--3", "2 +* 3", "(1", "1)", "9**9**9", "1e99999999", "2^500", "10^300*10^300*10^300*10^300*10^300*10^300*10^300*10^300*10^300",
    "1/0", "0^-1", "0x1c", "1e", "abs(3)", "n+1", "__import__('os')", "[1]", "{1}", "1;2", "1=1", "1<2", "1 if 1 else 2", "lambda: 0", "7%3", "max(3, 4)", "log(2)",
    "(" * 41 + "1" + ")" * 41, "1" * 201, "-" * 100 + "1",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_arithmetic_is_exact(text: str, value: int | Fraction) -> None:
    assert value_of(text) == value
    assert evaluate(text, {}) == value


@pytest.mark.parametrize("text", REFUSED)
def test_arithmetic_refuses(text: str) -> None:
    with pytest.raises(FormulaError) as refused:
        value_of(text)
    assert refused.value.why.en
    assert refused.value.why.zh


FORMULAS = [
    ("floor((n + 2*p - k)/s) + 1", 112),
    ("ceil(n/3)", 75),
    ("max(n, 2*n, k)", 448),
    ("min(s, k)", 2),
    ("abs(p - n)", 221),
    ("sqrt(k^2)", 7),
    ("sqrt(9/4)", Fraction(3, 2)),
    ("round(7/2)", 4),
    ("log2(8)", 3),
    ("n % 10", 4),
    ("n % s == 0", 1),
]  # fmt: skip
NAMES = {"n": 224, "p": 3, "k": 7, "s": 2}


@pytest.mark.parametrize(("text", "value"), FORMULAS)
def test_formulas_over_names(text: str, value: int | Fraction) -> None:
    assert evaluate(text, NAMES) == value


def test_functions_that_leave_the_fractions_give_floats() -> None:
    assert evaluate("exp(1)", {}) == pytest.approx(2.718281828459045)
    assert evaluate("log(e)", {}) == pytest.approx(1)
    assert evaluate("ln(e^2)", {}) == pytest.approx(2)
    assert evaluate("2^0.5", {}) == pytest.approx(2**0.5)


CONDITIONS = [
    ("kernel_size < in_height and iou > 0.1", True),
    ("kernel_size < in_height and iou > 0.2", False),
    ("iou == 0.2", True),
    ("1 < kernel_size < 4", True),
    ("1 < kernel_size < 3", False),
    ("not kernel_size > 3", True),
    ("kernel_size = 5 or bias", True),
    ("not bias", False),
    ("kernel_size != 3 or in_height % 7 == 0", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holds"), CONDITIONS)
def test_conditions(text: str, holds: bool) -> None:
    assert evaluate_condition(text, {"kernel_size": 3, "in_height": 56, "iou": 0.2, "bias": True}) is holds


def test_floats_count_as_the_decimals_they_show() -> None:
    assert evaluate("lr * 3", {"lr": 0.1}) == Fraction(3, 10)
    assert not evaluate_condition("iou > 0.1", {"iou": 0.1})


def test_names_are_listed_once_in_order() -> None:
    assert names_in("floor((n + 2*p - k)/s) + n > pi") == ("n", "p", "k", "s")


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(FormulaError, match="did you mean kernel_size"):
        evaluate("kernal_size", {"kernel_size": 3})


def test_a_failing_function_says_so() -> None:
    for text in ("log(0)", "sqrt(0-1)", "exp(1000)", "log2(-1)", "(0-1)^0.5"):
        with pytest.raises(FormulaError):
            evaluate(text, {})


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789.+-*/^%()eE, xn<>=_²×", max_size=220))
def test_no_text_raises_anything_else_or_hangs(text: str) -> None:
    started = time.process_time()
    for read in (value_of, lambda text: evaluate(text, {"n": 7, "x": 0.5})):
        with suppress(FormulaError):
            read(text)
    assert time.process_time() - started < 0.05
