"""Runs of letters: a product, in which a power belongs to the last letter alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizcnn.grading.reading.formula import read_formula

POINT = {"m": Fraction(2), "n": Fraction(3), "k": Fraction(5)}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("mnk^2 + 2n", 2 * 3 * 25 + 6),
        ("mnk² + 2n", 2 * 3 * 25 + 6),
        ("(mnk)^2", (2 * 3 * 5) ** 2),
        ("2mn^2", 2 * 2 * 9),
        ("1/mn^2", Fraction(1, 2 * 9)),
        ("1/mn", Fraction(1, 6)),
        ("mn**k", 2 * 3**5),
        ("n^2", 9),
    ],
)
def test_a_power_belongs_to_the_last_letter(typed: str, value: Fraction) -> None:
    assert read_formula(typed, ("m", "n", "k")).at(POINT) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("mⁿ⁺¹", 2**4),
        ("m⁽ⁿ⁺¹⁾", 2**4),
        ("mᵏ", 2**5),
        ("m⁻ⁿ", Fraction(1, 8)),
        ("m⁻¹⁰", Fraction(1, 1024)),
        ("√0.25 + m", Fraction(5, 2)),
        ("√(k - 1)", 2),
        ("(m - √n)²", 7 - 4 * 3**0.5),
        ("(√n - m)²", 7 - 4 * 3**0.5),
    ],
)
def test_raised_runs_roots_and_powers_of_negative_roots(typed: str, value: Fraction | float) -> None:
    read = read_formula(typed, ("m", "n", "k")).at(POINT)
    assert read is not None
    assert float(read) == pytest.approx(float(value))


def test_a_fractional_power_of_a_negative_root_has_no_value() -> None:
    assert read_formula("(√n - m)^(1/2)", ("m", "n", "k")).at(POINT) is None
