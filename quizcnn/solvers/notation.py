r"""Reals in the LaTeX of worked steps; integers and fractions stand as :mod:`quizcnn.solvers.latex` writes them.

Owns how a real looks there: what was given stands with all its digits, a result to four decimals (four significant digits below 1; two
more where a difference follows), and
``\approx`` stands in place of ``=`` exactly where the right side is rounded. Long sums and lists are cut so that a line stays readable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from quizcnn.solvers.latex import tex

Number: TypeAlias = int | float | Fraction
Rows: TypeAlias = Sequence[Sequence[Number]]

MOST_TERMS = 9
"""A sum or product with more terms shows its value only."""
GUARDED = 6
"""Decimals of an intermediate value from which something near to it is taken off."""
MOST_ENTRIES = 16
MOST_ROWS = 10

_PLACES = 4
_APPROX = r"\approx"
_REALS = re.compile(r"\d+\.\d+")
_NOISE = Decimal("1e-12")
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def given(value: Number) -> str:
    """A number with all its digits: ``-3``, ``0.25``, ``\\frac{3}{4}``, ``2.5 \\cdot 10^{-7}``."""
    return _plain(Decimal(repr(value)), strip=True) if isinstance(value, float) else tex(value)


def operand(value: Number) -> str:
    """:func:`given`, in brackets where a sign would stand after an operator."""
    return _bracketed(given(value))


def base(value: Number) -> str:
    """:func:`given` where a power follows: in brackets unless it is digits alone."""
    text = given(value)
    return text if text.replace(".", "").isdigit() else f"({text})"


def near(value: Number, places: int = _PLACES) -> str:
    """A number to four decimals, below 1 to four significant digits; all of it where six decimals hold it."""
    return _near(value, places)[0]


def near_operand(value: Number, places: int = _PLACES) -> str:
    """:func:`near`, in brackets where a sign would stand after an operator."""
    return _bracketed(near(value, places))


def is_exact(*values: Number) -> bool:
    """Whether :func:`near` loses nothing of any of them."""
    return all(_near(value)[1] for value in values)


def difference(value: Number, taken: Number) -> str:
    """``a-b`` with guard digits; ``a`` alone where nothing is taken off."""
    return f"{near(value, GUARDED)}-{near_operand(taken, GUARDED)}" if taken else near(value, GUARDED)


def fine_difference(value: float, taken: float) -> str:
    """``a-b`` with as many decimals as four significant digits of the difference need (12 at most)."""
    gap = abs(value - taken)
    places = min(12, max(_PLACES, _PLACES - math.floor(math.log10(gap)))) if gap else _PLACES
    return f"{_at(value, places)}-{_bracketed(_at(taken, places))}"


def one_plus(rest: float) -> str:
    """1 + rest in one number, or as a sum where rounding it would lose the rest."""
    return near(1 + rest, GUARDED) if rest >= 0.1 or not rest else f"(1+{near(rest, GUARDED)})"


def exponentials_line(symbol: str, exponents: Sequence[str], rest: float, *, rough: bool) -> str:
    """``S = e^{a}+e^{b} \\approx 1+rest`` for exponentials of which the largest is 1."""
    terms = total(f"e^{{{exponent}}}" for exponent in exponents)
    first = f"{symbol} {_APPROX if rough else '='} {terms} " if terms else f"{symbol} "
    whole = one_plus(rest).strip("()")
    return f"{first}{'=' if len(exponents) == 1 else _APPROX} {whole}"


def _at(value: float, places: int) -> str:
    if is_exact(value):
        return near(value)
    return f"{value:.{places}f}".rstrip("0").rstrip(".") if abs(value) >= 10**-places else near(value)


def ends(value: Number, places: int = _PLACES) -> str:
    """The end of a line: ``= 0.5`` or ``\\approx 0.3333``; a fraction shows both forms."""
    text, exact = _near(value, places)
    relation = "=" if exact else _APPROX
    if isinstance(value, Fraction) and value.denominator > 1:
        return f"= {tex(value)} {relation} {text}"
    return f"{relation} {text}"


def line(symbol: str, expression: str, value: Number, *, rough: bool = False, places: int = _PLACES) -> str:
    """``symbol = expression = value``; ``rough`` where the expression may hold rounded numbers, empty where it is too long."""
    end = ends(value, places)
    if not expression:
        return f"{symbol} {end}"
    if rough and any(map(_may_be_rounded, _REALS.findall(expression))):
        return rf"{symbol} \approx {expression} {end.replace('=', _APPROX, 1)}"
    return f"{symbol} {end}" if end.startswith(f"= {expression}") else f"{symbol} = {expression} {end}"


def _may_be_rounded(digits: str) -> bool:
    """Rounding leaves at least four significant digits, three of them decimals, zeros at the end included."""
    whole, _, decimals = digits.partition(".")
    return len(decimals) >= 3 and len((whole + decimals).lstrip("0")) >= _PLACES


def total(terms: Iterable[str]) -> str:
    """The terms added up, a minus in place of a plus before a negative one; nothing where they are too many to read."""
    shown = list(terms)
    return "".join([*shown[:1], *map(plus, shown[1:])]) if len(shown) <= MOST_TERMS else ""


def plus(term: str) -> str:
    """A further term of a sum: ``+3`` or ``-3``."""
    return term if term.startswith("-") else f"+{term}"


def products(pairs: Sequence[tuple[Number, Number]]) -> str:
    """The sum of the products of the pairs as given, or nothing where they are too many to read."""
    if len(pairs) > MOST_TERMS:
        return ""
    return total(rf"{given(a)} \cdot {operand(b)}" for a, b in pairs)


def list_line(symbol: str, values: Sequence[Number], places: int = _PLACES) -> str:
    """``symbol = [1, 0.5]``; the middle of a long list is left out."""
    shown = [_near(value, places) for value in values]
    relation = "=" if all(exact for _, exact in shown) else r"\approx"
    texts = [text for text, _ in shown]
    if len(texts) > MOST_ENTRIES:
        texts = [*texts[: MOST_ENTRIES - 2], r"\dots", texts[-1]]
    return rf"{symbol} {relation} [{', '.join(texts)}]"


def matrix_line(symbol: str, rows: Rows) -> str:
    """``symbol = matrix``, cells rounded where they must be; the lower right of a large one is left out."""
    shown = [[_near(cell) for cell in row] for row in rows]
    relation = "=" if all(exact for row in shown for _, exact in row) else r"\approx"
    texts = [_cut([text for text, _ in row], r"\cdots") for row in shown]
    if len(texts) > MOST_ROWS:
        texts = [*texts[: MOST_ROWS - 1], [r"\vdots"] * len(texts[0])]
    body = r" \\ ".join(" & ".join(row) for row in texts)
    return rf"{symbol} {relation} \begin{{bmatrix}} {body} \end{{bmatrix}}"


def _cut(texts: list[str], dots: str) -> list[str]:
    return [*texts[: MOST_ROWS - 1], dots] if len(texts) > MOST_ROWS else texts


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _near(value: Number, places: int = _PLACES) -> tuple[str, bool]:
    """The rounded number, and whether nothing was lost (binary noise of a float is nothing)."""
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return str(int(value)), True
    if isinstance(value, float) and not math.isfinite(value):
        return (r"\infty" if value > 0 else r"-\infty"), False
    if isinstance(value, Fraction):
        number = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    else:
        number = Decimal(repr(value))
    if not number:
        return "0", True
    for digits in (_digits(number, max(places, GUARDED)), _digits(number, places)):
        rounded = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(number)
        if abs(rounded - number) <= abs(number) * _NOISE:
            return _plain(rounded, strip=True), True
    return _plain(rounded, strip=False), False


def _digits(number: Decimal, places: int) -> int:
    """Significant digits that give so many decimals, or so many digits below 1 and beyond 10^15."""
    return max(places, places + 1 + number.adjusted()) if number.adjusted() < 15 else places + 2


def _plain(number: Decimal, *, strip: bool) -> str:
    """Digits in full, or with a power of ten where they would be mostly zeros."""
    if not number:
        return "0"
    if -5 < number.adjusted() < 15:
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if strip and "." in text else text
    mantissa, _, exponent = f"{number:e}".partition("e")
    if strip and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    power = f"10^{{{int(exponent)}}}"
    return {"1": power, "-1": f"-{power}"}.get(mantissa, rf"{mantissa} \cdot {power}")
