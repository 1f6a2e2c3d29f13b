"""Values: their JSON, how they are shown, and what counts as whole."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from quizcnn.solvers.values import (
    Value,
    exact,
    format_number,
    format_value,
    from_json,
    is_finite,
    rational,
    round_to,
    to_json,
    whole,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (36992, "36,992"),
        (-5, "−5"),
        (0, "0"),
        (10**21, "1,000,000,000,000,000,000,000"),
        (Fraction(3, 4), "3/4"),
        (Fraction(-1, 3), "−1/3"),
        (Fraction(8, 2), "4"),
        (0.5, "0.5"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (1234.5678, "1,234.57"),
        (1.5e-9, "1.5e-9"),
        (-0.25, "−0.25"),
    ],
)
def test_numbers_are_shown(value: int | float | Fraction, shown: str) -> None:
    assert format_number(value) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.659, 4, "0.6590"),
        (0.125, 2, "0.12"),
        (0.375, 2, "0.38"),
        (2.5, 0, "2"),
        (Fraction(1, 8), 2, "0.12"),
        (Fraction(2, 3), 4, "0.6667"),
        (1234567.891, 1, "1,234,567.9"),
        (-0.00004, 4, "0.0000"),
        (7, 4, "7"),
    ],
)
def test_reals_are_rounded_half_to_even(value: int | float | Fraction, decimals: int, shown: str) -> None:
    assert format_number(value, decimals) == shown


def test_rounding_goes_by_the_binary_value_of_a_float() -> None:
    """2.675 is below 2.675 in binary, and 0.5 and 0.125 are exact."""
    assert round_to(2.675, 2) == Decimal("2.67")
    assert round_to(Fraction(2675, 1000), 2) == Decimal("2.68")


def test_a_float_is_read_as_it_is_written() -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert exact(1e23) == Fraction(10**23)
    assert exact(3.0) == 3
    assert exact(2.0**60) == Fraction(repr(2.0**60))


VALUES: list[Value] = [
    3,
    10**2000,
    0.25,
    Fraction(3, 4),
    None,
    "max",
    True,
    (1, 2, (3.5, Fraction(1, 3))),
    ({"receptive_field": 3, "jump": 1},),
    Fraction(10**1200, 7),
]


@pytest.mark.parametrize("value", VALUES)
def test_json_gives_the_value_back(value: Value) -> None:
    assert from_json(json.loads(json.dumps(to_json(value), allow_nan=False))) == value


def test_a_fraction_in_json_shows_both_forms() -> None:
    assert to_json(Fraction(3, 4)) == {"fraction": "3/4", "value": 0.75}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "none"),
        (True, "true"),
        ((8, 64, 56), "[8, 64, 56]"),
        (((1, 2), (3, 4)), "[[1, 2], [3, 4]]"),
        ({"jump": 2}, "jump 2"),
    ],
)
def test_any_value_is_shown(value: Value, shown: str) -> None:
    assert format_value(value) == shown


def test_whole_takes_whole_numbers_only() -> None:
    assert whole(3) == whole(3.0) == whole(Fraction(6, 2)) == 3
    for value in (2.5, Fraction(1, 2), "3", True, None, (3,)):
        with pytest.raises(ValueError, match="no whole number"):
            whole(value)


def test_rational_takes_any_number() -> None:
    assert rational(0.1) == Fraction(1, 10)
    assert rational(3) == 3
    for value in ("3", True, None, (3,)):
        with pytest.raises(ValueError, match="no number"):
            rational(value)


def test_infinite_numbers_are_found_however_deep() -> None:
    assert is_finite((1, {"a": (0.5, None)}))
    assert not is_finite((1, {"a": (0.5, float("inf"))}))
    assert not is_finite(float("nan"))
