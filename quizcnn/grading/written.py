"""How the numbers of a key are written: as one would type them, and as they are shown."""

from __future__ import annotations

from fractions import Fraction

from quizcnn.solvers.values import Value, format_number, round_to
from quizcnn.text import Text


def typed_number(value: Value, kind: str, decimals: int | None) -> str:
    """A number as one would type it: reals with all decimals asked."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return "none"
    if kind != "integer" and decimals is not None:
        return f"{round_to(value, decimals):f}"
    if isinstance(value, Fraction) and value.denominator > 1:
        return f"{value.numerator}/{value.denominator}"
    return repr(value) if isinstance(value, float) else str(int(value))


def shown_number(value: Value, decimals: int | None) -> str:
    """A number as it is shown; a whole real keeps its decimals."""
    if not isinstance(value, int | float | Fraction):
        return "none"
    if decimals and not isinstance(value, float) and Fraction(value).denominator == 1:
        return f"{format_number(value)}.{'0' * decimals}"
    return format_number(value, decimals)


def decimals_asked(decimals: int | None) -> Text:
    """How many decimals are asked, as the end of a hint."""
    if decimals is None:
        return Text("", "")
    if decimals == 0:
        return Text(", whole numbers", "，取整数")
    return Text(f", {decimals} decimal{'s' if decimals != 1 else ''}", f"，保留 {decimals} 位小数")
