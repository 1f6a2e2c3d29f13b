"""Typed values alone: whether a text is an accepted way to write an expected value.

Counts may be estimates of at least three digits. Without ``decimals`` a real (a fraction written as a decimal, an element of a list of
reals) may be one percent off; with them it agrees when rounded to so many places.
"""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from quizcnn.errors import UsageError
from quizcnn.grading.base import AnswerType, Invalid, Verdict
from quizcnn.grading.elements import flat
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.reading.units import COUNT_UNITS, TRADE_UNITS
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.shape import ShapeAnswer
from quizcnn.solvers.values import Json, Value, from_json, to_json

KINDS = ("integer", "real", "fraction", "shape", "list", "matrix")
LOOSE = 0.01
MAX_DECIMALS = 30


class Checked(TypedDict):
    """``value`` is what was read, null where nothing was."""

    accept: bool
    verdict: str
    value: Json


def check_reading(expected: Json, kind: str, typed: str, decimals: int | None = None) -> Checked:
    """Whether ``typed`` is ``expected``; ``UsageError`` where kind, expected or decimals make no sense."""
    if kind not in KINDS:
        raise UsageError(f"no kind {kind!r}", where="kind", mend=f"use {', '.join(KINDS)}")
    if decimals is not None and not 0 <= decimals <= MAX_DECIMALS:
        raise UsageError(f"must be from 0 to {MAX_DECIMALS}", where="decimals")
    truth = _truth(expected, kind)
    if kind in ("integer", "real", "fraction"):
        return _number(truth, kind, typed, decimals)
    return _checked(_brackets(truth, kind, decimals), typed)


def _truth(expected: Json, kind: str) -> Value:
    try:
        truth = from_json(expected)
    except (ValueError, ZeroDivisionError):
        raise UsageError("is no value", where="expected") from None
    nested = kind in ("shape", "list", "matrix")
    if isinstance(truth, str | dict | bool) or nested != isinstance(truth, tuple):
        raise UsageError(f"does not fit the kind {kind}", where="expected")
    if any(isinstance(part, str | dict | bool) for part in flat(truth)):
        raise UsageError(f"does not fit the kind {kind}", where="expected")
    return truth


def _number(truth: Value, kind: str, typed: str, decimals: int | None) -> Checked:
    """``B`` is a billion first, then bytes: no field says which."""
    first = _checked(_number_answer(truth, kind, decimals, COUNT_UNITS, typed), typed)
    if first["accept"]:
        return first
    second = _checked(_number_answer(truth, kind, decimals, TRADE_UNITS, typed), typed)
    return second if second["accept"] or first["verdict"] == Verdict.UNREADABLE else first


def _number_answer(truth: Value, kind: str, decimals: int | None, units: tuple[str, ...], typed: str) -> NumberAnswer:
    asked: Literal["integer", "real", "fraction"] = (
        "integer" if kind == "integer" else "fraction" if kind == "fraction" else "real"
    )
    plain = NumberAnswer(kind=asked, truth=truth, decimals=decimals, approximate=asked == "integer", units=units)
    if asked == "integer" or decimals is not None:
        return plain
    parsed = plain.read(typed, "en")
    written = not isinstance(parsed, Invalid) and parsed.value.step is not None
    return plain.model_copy(update={"tolerance": LOOSE}) if written or asked == "real" else plain


def _brackets(truth: Value, kind: str, decimals: int | None) -> AnswerType[Any]:
    whole = all(isinstance(part, int) or part is None for part in flat(truth))
    if kind == "shape":
        if not whole or None in flat(truth):
            raise UsageError("a shape holds whole numbers", where="expected")
        return ShapeAnswer(truth=tuple(part for part in flat(truth) if isinstance(part, int)))
    element: Literal["integer", "real"] = "integer" if whole else "real"
    tolerance = LOOSE if decimals is None and not whole else None
    if kind == "list":
        return SequenceAnswer(truth=truth, element=element, decimals=decimals, tolerance=tolerance)
    return MatrixAnswer(truth=truth, element=element, decimals=decimals, tolerance=tolerance)


def _checked(answer: AnswerType[Any], typed: str) -> Checked:
    parsed = answer.read(typed, "en")
    if isinstance(parsed, Invalid):
        return Checked(accept=False, verdict=str(Verdict.UNREADABLE), value=None)
    grade = answer.grade(parsed)
    return Checked(accept=grade.is_correct, verdict=str(grade.verdict), value=_value(parsed.value, answer))


def _value(read: Any, answer: AnswerType[Any]) -> Json:
    """What was read as JSON; a fraction keeps its form where a fraction is asked."""
    if isinstance(read, Reading):
        if read.value is None:
            return None
        if read.value.denominator == 1:
            return int(read.value)
        exact = isinstance(answer, NumberAnswer) and answer.kind == "fraction"
        return to_json(read.value) if exact else _float(read)
    return [_value(part, answer) for part in read]


def _float(reading: Reading) -> Json:
    try:
        return float(reading.value or 0)
    except OverflowError:
        return to_json(reading.value)
