"""The evaluator of worked lines: it must find a line that does not hold, or the checks that lean on it say nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from latex_evaluator import faults_of

TRUE_LINES = [
    (r"d(k-1)+1 = 2 \cdot (3-1)+1 = 5", Fraction(5), 1),
    (r"\left\lfloor \frac{7}{2} \right\rfloor+1 = 3+1 = 4", Fraction(4), 2),
    (r"\left\lceil \frac{7}{2} \right\rceil = 4", Fraction(4), 1),
    (r"\left\lfloor \frac{-1}{2} \right\rfloor = -1", Fraction(-1), 1),
    (r"k^2 = 3^2 = 9", Fraction(9), 1),
    (r"2^{10} = 1024", Fraction(1024), 1),
    (r"r = \frac{1}{64}+\frac{1}{3^2} = \frac{73}{576}", Fraction(73, 576), 1),
    (r"\max(0, 3-5) = 0", Fraction(0), 1),
    (r"\min\{4, 7\} = 4", Fraction(4), 1),
    (r"\sqrt{49} = 7", Fraction(7), 1),
    (r"\ln(2) \approx 0.6931", 0.6931, 1),
    (r"-\log_2 0.25 = 2", Fraction(2), 1),
    (r"e^{-1} \approx 0.37", 0.37, 1),
    (r"s = [1, 2+3] = [1, 5]", (Fraction(1), Fraction(5)), 1),
    (
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} = \begin{bmatrix} 1 & 2 \\ 3 & 2 \cdot 2 \end{bmatrix}",
        ((1, 2), (3, 4)),
        1,
    ),
    (r"8 \ge 7 = 7", Fraction(7), 2),
    (r"2(3+4) = 14", Fraction(14), 1),
    (r"10^{-3} \cdot 5 = 0.005", 0.005, 1),
    (r"\frac{1}{3} \approx 0.33", 0.33, 1),
]


@pytest.mark.parametrize(("latex", "value", "comparisons"), TRUE_LINES)
def test_a_true_line_holds(latex: str, value: object, comparisons: int) -> None:
    faults, compared, last = faults_of(latex)
    assert faults == []
    assert compared == comparisons
    assert last == value


@pytest.mark.parametrize(
    "latex",
    [
        r"2 \cdot 3 = 7",
        r"\left\lfloor \frac{7}{2} \right\rfloor = 4",
        r"\left\lceil \frac{7}{2} \right\rceil = 3",
        r"n = 36+1 = 36",
        r"\frac{1}{3} = \frac{2}{7}",
        r"10^{20}+1 = 10^{20}",
        r"\frac{1}{3} \approx 0.34",
        r"e^{-1} = 0.37",
        r"[1, 2] = [1, 3]",
        r"[1, 2] = [1, 2, 3]",
        r"7 \ge 8",
        r"2^10 = 1024",
    ],
)
def test_a_false_line_is_found(latex: str) -> None:
    assert faults_of(latex)[0]


def test_a_side_with_a_name_is_passed_over() -> None:
    assert faults_of(r"n+2p = 5") == ([], 0, 5)
    assert faults_of(r"3 = \text{three}") == ([], 0, None)
