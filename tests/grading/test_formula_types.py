"""Typed formulas and answers judged by their property."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.grading.base import AnswerType, Grade, Invalid, Verdict
from quizcnn.grading.expression import Domain, ExpressionAnswer, WrongExpression, points_of
from quizcnn.grading.property import Goal, PropertyAnswer
from quizcnn.text import Text


def graded(answer: AnswerType[Any], text: str) -> Grade:
    parsed = answer.read(text, "en")
    assert not isinstance(parsed, Invalid), parsed
    return answer.grade(parsed)


def wrong(slug: str, expression: str) -> WrongExpression:
    return WrongExpression(
        slug=slug, expression=expression, label=Text(f"does {slug}", f"用了 {slug}"), why=Text("why", "原因")
    )


SIZE = ExpressionAnswer(
    variables={
        "n": Domain(low=7, high=224),
        "k": Domain(low=1, high=7),
        "s": Domain(low=1, high=4),
        "p": Domain(low=0, high=3),
    },
    answer="floor((n + 2*p - k)/s) + 1",
    wrong=(
        wrong("forgets_plus_one", "floor((n + 2*p - k)/s)"),
        wrong("padding_counted_once", "floor((n + p - k)/s) + 1"),
    ),
)
SAME = ExpressionAnswer(variables={"n": Domain(low=1, high=50), "s": Domain(low=1, high=6)}, answer="ceil(n/s)", wrong=(wrong("rounds_down", "floor(n/s)"),))  # fmt: skip
RATIO = ExpressionAnswer(
    variables={"M": Domain(low=1, high=512), "N": Domain(low=1, high=512), "K": Domain(low=1, high=7)},
    answer="1/N + 1/K^2",
    wrong=(wrong("in_channels", "1/M + 1/K^2"), wrong("product", "1/(N*K^2)")),
)
SLOPE = ExpressionAnswer(variables={"z": Domain(low=-4, high=4, integer=False)}, answer="exp(-z)/(1 + exp(-z))^2")
LEAKY = ExpressionAnswer(variables={"x": Domain(low=-3, high=3, integer=False), "a": Domain(low=0.01, high=0.5, integer=False)}, answer="max(x, a*x)")  # fmt: skip

EQUAL = [
    (SIZE, "(n+2p-k)//s + 1"), (SIZE, "⌊(n + 2p − k)/s⌋ + 1"), (SIZE, "out = floor((n-k+2*p)/s)+1"), (SIZE, "floor((n+2*p-k+s)/s)"), (SIZE, "FLOOR((n+2p-k)/s)+1".replace("FLOOR", "floor")), (SIZE, "ceil((n+2p-k-s+1)/s)+1"), (SIZE, "1+floor((N+2P-K)/S)"), (SIZE, "$floor((n+2*p-k)/s)+1$"), (SIZE, "floor(（n＋2×p－k）÷s）＋1"),
    (SAME, "floor((n+s-1)/s)"), (SAME, "(n+s-1)//s"), (SAME, "-(-n//s)"), (SAME, "⌈n/s⌉"), (SAME, "1+floor((n-1)/s)"),
    (RATIO, "(K^2+N)/(N*K^2)"), (RATIO, "(K**2 + N)/(N K^2)"), (RATIO, "1/n+1/k²"), (RATIO, "(KK+N)/(NKK)"), (RATIO, "N^-1 + K^-2"),
    (SLOPE, "1/(1+exp(-z)) * (1 - 1/(1+exp(-z)))"), (SLOPE, "1/(exp(z)+2+exp(-z))"), (SLOPE, "e^(-z)/(1+e^(-z))^2"), (SLOPE, "exp(z)/(1+exp(z))^2"),
    (LEAKY, "max(a*x, x)"), (LEAKY, "x*(1+a)/2 + abs(x)*(1-a)/2"), (LEAKY, "max(0,x) + a min(0,x)"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text"), EQUAL)
def test_equal_formulas_are_right(answer: ExpressionAnswer, text: str) -> None:
    assert graded(answer, text).is_correct


DIFFERENT: list[tuple[ExpressionAnswer, str, tuple[str, ...]]] = [
    (SIZE, "floor((n+2p-k)/s)", ("forgets_plus_one",)),
    (SIZE, "(n+p-k)//s+1", ("padding_counted_once",)),
    (SIZE, "(n+2p-k)/s+1", ()),
    (SIZE, "n", ()),
    (SIZE, "ceil((n+2p-k)/s)+1", ()),
    (SAME, "floor(n/s)", ("rounds_down",)),
    (SAME, "n/s", ()),
    (SAME, "floor(n/s)+1", ()),
    (RATIO, "1/M+1/K^2", ("in_channels",)),
    (RATIO, "1/(N K K)", ("product",)),
    (SLOPE, "exp(-z)/(1+exp(-z))", ()),
    (LEAKY, "max(0, x)", ()),
]


@pytest.mark.parametrize(("answer", "text", "mistakes"), DIFFERENT)
def test_other_formulas_are_wrong_and_shown_where(
    answer: ExpressionAnswer, text: str, mistakes: tuple[str, ...]
) -> None:
    grade = graded(answer, text)
    assert (grade.verdict, grade.mistakes) == (Verdict.WRONG, mistakes)
    assert "yours gives" in grade.feedback[-1].en
    assert "正确答案得" in grade.feedback[-1].zh


def test_the_counterexample_is_a_point_where_they_differ() -> None:
    assert graded(SAME, "floor(n/s)").feedback[-1] == Text(
        "For n=2, s=3 yours gives 0, the key 1.", "例如 n=2，s=3 时，你的式子得 0，正确答案得 1。"
    )


UNREAD = ["", "n +", "floor n/s", "n = 3 = s", "n < s", "t*2", "int(n/s)", "n; s", "__import__('os')", "n" * 2000, "f(n)", "lambda n: n", "[n]", "n or s", "max()", "sqrt(n, s)", "9" * 150 + "^9^9"]  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_formula(text: str) -> None:
    parsed = SAME.read(text, "en")
    if not isinstance(parsed, Invalid):
        assert SAME.grade(parsed).verdict is Verdict.WRONG
    else:
        assert parsed.why.zh


def test_points_cover_the_edges_and_repeat_themselves() -> None:
    domains = {"n": Domain(low=1, high=50), "s": Domain(low=1, high=6)}
    points = list(points_of(domains))
    assert len(points) == 200
    assert points == list(points_of(domains))
    assert {"n": 1, "s": 1} in points
    assert {"n": 50, "s": 6} in points
    assert any(point["s"] > point["n"] for point in points)
    assert any(point["s"] > 1 and point["n"] % point["s"] == 0 for point in points)
    for point in points:
        assert 1 <= point["n"] <= 50
        assert 1 <= point["s"] <= 6


HALVE = PropertyAnswer(
    family="conv2d_output_shape",
    given={"in_height": 224, "in_width": 224},
    asks=("kernel_size", "stride", "padding"),
    goal={"out_height": Goal(equals=112)},
    ranges={"kernel_size": (1, 7), "stride": (1, 4), "padding": (0, 3)},
    example=(3, 2, 1),
)
KEEP = PropertyAnswer(family="conv2d_output_shape", given={"in_height": 56, "in_width": 56, "kernel_size": 5}, asks=("padding",), goal={"out_height": Goal(equals=56)}, ranges={"padding": (0, 8)}, example=(2,))  # fmt: skip
BOUNDED = PropertyAnswer(family="conv2d_output_shape", given={"in_height": 56, "in_width": 56, "kernel_size": 3}, asks=("stride",), goal={"out_height": Goal(at_least=10, at_most=20)}, ranges={"stride": (1, 9)}, example=(3,))  # fmt: skip

HOLD = [
    (HALVE, "3; 2; 1"), (HALVE, "7 2 3"), (HALVE, "[1, 2, 0]"), (HALVE, "2,2,0"), (HALVE, "5；2；2"), (HALVE, "kernel_size=4, stride=2, padding=1"), (HALVE, "padding=1 stride=2 kernel_size=3"), (HALVE, "６；２；２"),
    (KEEP, "2"), (KEEP, "padding=2"), (KEEP, "= 2"), (BOUNDED, "3"), (BOUNDED, "5"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text"), HOLD)
def test_any_numbers_with_the_property_are_right(answer: PropertyAnswer, text: str) -> None:
    assert graded(answer, text).is_correct


ANYTHING = PropertyAnswer(family="conv2d_output_shape", given={"in_height": 56, "in_width": 56, "kernel_size": 3}, asks=("stride",), goal={"out_height": Goal(at_least=1)}, example=(3,))  # fmt: skip


@pytest.mark.parametrize("answer", [HALVE, KEEP, BOUNDED])
def test_how_to_write_it_is_shown_in_numbers_that_do_not_answer(answer: PropertyAnswer) -> None:
    refused = answer.read("later", "en")
    assert isinstance(refused, Invalid)
    (form,) = refused.examples
    read = answer.read(form, "en")
    assert not isinstance(read, Invalid)
    assert not answer.grade(read).is_correct


def test_where_any_number_answers_none_is_shown() -> None:
    refused = ANYTHING.read("later", "en")
    assert isinstance(refused, Invalid)
    assert refused.examples == ()


FAIL = [
    (HALVE, "4; 1; 0", "That gives output height 221; asked is 112."),
    (HALVE, "9; 2; 4", "kernel_size must lie from 1 to 7, not 9."),
    (HALVE, "3; 0; 1", "stride must lie from 1 to 4, not 0."),
    (KEEP, "1", "That gives output height 54; asked is 56."),
    (BOUNDED, "9", "That gives output height 6; asked is at least 10 and at most 20."),
    (BOUNDED, "1", "That gives output height 54; asked is at least 10 and at most 20."),
]


@pytest.mark.parametrize(("answer", "text", "line"), FAIL)
def test_what_fails_is_named_with_its_value(answer: PropertyAnswer, text: str, line: str) -> None:
    grade = graded(answer, text)
    assert (grade.verdict, grade.feedback[0].en) == (Verdict.WRONG, line)


def test_numbers_that_the_solver_refuses_are_wrong_not_a_crash() -> None:
    answer = KEEP.model_copy(update={"given": {"in_height": 3, "in_width": 3, "kernel_size": 5}, "ranges": {}})
    assert "do not work" in graded(answer, "0").feedback[0].en
    assert "do not work" in graded(answer, "-1").feedback[0].en
    assert "do not work" in graded(answer, "0.5").feedback[0].en


@pytest.mark.parametrize("text", ["", "3; 2", "3; 2; 1; 0", "a; b; c", "3 or 4; 2; 1", "none; 2; 1"])
def test_what_is_no_answer(text: str) -> None:
    assert isinstance(HALVE.read(text, "en"), Invalid)


def test_every_listed_solution_holds() -> None:
    solutions = [(k, s, p) for k in range(1, 8) for s in range(1, 5) for p in range(4) if HALVE.holds((k, s, p))]
    expected = [
        (k, s, p) for k in range(1, 8) for s in range(1, 5) for p in range(4) if (224 + 2 * p - k) // s + 1 == 112
    ]
    assert solutions == expected
