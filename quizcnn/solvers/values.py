"""The values that families take and give: exact integers and fractions, reals, words, lists, matrices, nothing.

Owns their JSON form and the one formatter of every number that is shown.
"""

from __future__ import annotations

import math
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TypeAlias

Scalar: TypeAlias = int | Fraction | float | str | bool | None
Value: TypeAlias = "Scalar | tuple[Value, ...] | dict[str, Value]"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

DECIMALS = 4
MAX_RESULT_DIGITS = 20_000
if 0 < sys.get_int_max_str_digits() < MAX_RESULT_DIGITS:
    # a product of several 1,000-digit sizes is exact, and longer than Python writes out by default
    sys.set_int_max_str_digits(MAX_RESULT_DIGITS)
_WIDE = Context(prec=MAX_RESULT_DIGITS)


def to_json(value: Value) -> Json:
    """``value`` as JSON: fractions as ``{"fraction": "3/4", "value": 0.75}``, tuples as lists, never a non-finite number."""
    if isinstance(value, Fraction):
        return {"fraction": f"{value.numerator}/{value.denominator}", "value": _decimal(value)}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {name: to_json(item) for name, item in value.items()}
    return value


def _decimal(value: Fraction) -> int | float:
    """``value`` as a JSON number; a whole one where no float is large enough."""
    try:
        return float(value)
    except OverflowError:
        return round(value)


def from_json(value: Json) -> Value:
    """The value that :func:`to_json` wrote."""
    if isinstance(value, dict):
        if value.keys() == {"fraction", "value"}:
            return Fraction(str(value["fraction"]))
        return {name: from_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    return value


def exact(value: int | float | Fraction) -> Fraction:
    """The number that ``value`` stands for on paper: a float is read by its shortest decimal form (0.1 is 1/10)."""
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 2**53):
        return Fraction(repr(value))
    return Fraction(value)


def whole(value: Value) -> int:
    """The integer that a value is; ``ValueError`` where it is none (a learner's own value may be anything)."""
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool) and exact(value).denominator == 1:
        return int(value)
    raise ValueError(f"{format_value(value)} is no whole number")


def rational(value: Value) -> Fraction:
    """The number that a value is, exactly; ``ValueError`` where it is none."""
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        return exact(value)
    raise ValueError(f"{format_value(value)} is no number")


def round_to(value: int | float | Fraction, decimals: int) -> Decimal:
    """``value`` rounded to so many places, half to even, without passing through binary."""
    number = Fraction(value) if isinstance(value, float) else exact(value)
    scaled = number * 10**decimals
    return Decimal(round(scaled)).scaleb(-decimals, _WIDE)


def format_number(value: int | float | Fraction, decimals: int | None = None) -> str:
    """A number as every screen and page shows it: ``36,992``, ``3/4``, ``0.6590``; decimals only for reals.

    With ``decimals`` a real or a fraction is rounded to so many places; without, a real shows up to 6 significant digits.
    """
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return _minus(f"{int(value):,}")
    if decimals is not None:
        return _minus(f"{round_to(value, decimals):,f}")
    if isinstance(value, Fraction):
        return _minus(f"{value.numerator}/{value.denominator}")
    if value == int(value) and abs(value) < 1e15:
        return _minus(f"{int(value):,}")
    return _minus(_significant(value, 6))


def _significant(value: float, digits: int) -> str:
    rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(repr(value))
    if -6 < rounded.adjusted() < 15:
        return f"{rounded:,f}".rstrip("0").rstrip(".") if "." in f"{rounded:f}" else f"{rounded:,f}"
    mantissa, _, exponent = f"{rounded:e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def _minus(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text


def format_value(value: Value, decimals: int | None = None) -> str:
    """Any value as it is shown: shapes and lists in brackets, ``none`` where a value does not exist."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "[" + ", ".join(format_value(item, decimals) for item in value) + "]"
    if isinstance(value, dict):
        return ", ".join(f"{name} {format_value(item, decimals)}" for name, item in value.items())
    return format_number(value, decimals)


def is_finite(value: Value) -> bool:
    """Whether no number in ``value`` is infinite or NaN."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, tuple):
        return all(is_finite(item) for item in value)
    return not isinstance(value, dict) or all(is_finite(item) for item in value.values())
