"""The types of family inputs and how a refusal is worded.

A family's inputs are a frozen pydantic model built from the types here; every refusal names the offending input.
Sizes are exact at any length up to 1,000 digits; what grows with an input is refused by the family (``refuse_work``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias, TypeVar

from annotated_types import Ge, Le, MinLen
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from quizcnn.errors import InputError

MAX_DIGITS = 1000
MAX_WORK = 10**6
_LARGEST = 10**MAX_DIGITS


class Inputs(BaseModel):
    """Base of every family's inputs: immutable, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def _whole(value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("whole", "must be a whole number, not {found}", {"found": _name(value)})
    if abs(value) >= _LARGEST:
        raise PydanticCustomError("digits", "has more than {most} digits", {"most": MAX_DIGITS})
    return value


def _real(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("real", "must be a number, not {found}", {"found": _name(value)})
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise PydanticCustomError("finite", "must be finite")
    return number


def _sequence(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _pair(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else (value, value)


def _name(value: object) -> str:
    return {bool: "true or false", str: f"the text {str(value)[:20]!r}", type(None): "null"}.get(type(value), str(value)[:40])


T = TypeVar("T")
Integer: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Size: TypeAlias = Annotated[Integer, Ge(1)]
"""A size, kernel, stride, channel count: something that must be there, at least 1."""
Count: TypeAlias = Annotated[Integer, Ge(0)]
"""A padding or a count of events: at least 0."""
Real: TypeAlias = Annotated[float, BeforeValidator(_real)]
NonNegative: TypeAlias = Annotated[Real, Ge(0)]
Probability: TypeAlias = Annotated[Real, Ge(0), Le(1)]
Label: TypeAlias = Annotated[Integer, Ge(0), Le(1)]
Many: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_sequence), MinLen(1)]
"""A list that is not empty."""
SizePair: TypeAlias = Annotated[tuple[Size, Size], BeforeValidator(_pair)]
"""One size for both axes or ``[height, width]``; always a pair inside."""
CountPair: TypeAlias = Annotated[tuple[Count, Count], BeforeValidator(_pair)]
Box: TypeAlias = Annotated[tuple[Real, Real, Real, Real], BeforeValidator(_sequence)]


def _rectangle(value: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Any, ...], ...]:
    if len({len(row) for row in value}) > 1:
        raise PydanticCustomError("ragged", "has rows of different lengths")
    return value


Matrix: TypeAlias = Annotated[Many[Many[Real]], AfterValidator(_rectangle)]
"""Rows of equal length, shape (height, width)."""

I = TypeVar("I", bound=Inputs)  # noqa: E741


def read_inputs(model: type[I], values: Mapping[str, Any]) -> I:
    """The inputs of one family, or ``InputError`` naming every offending input and what it must be."""
    if not isinstance(values, Mapping):
        raise InputError("inputs must be an object of names and values", inputs=("inputs",))
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise _worded(model, faults) from None


def _worded(model: type[Inputs], faults: Sequence[ErrorDetails]) -> InputError:
    if len(faults) == 1 and isinstance(cause := faults[0].get("ctx", {}).get("error"), Refusal):
        return InputError(str(cause), inputs=cause.inputs)
    names: list[str] = []
    lines: list[str] = []
    for fault in faults:
        place = _place(fault["loc"])
        if place and place not in names:
            names.append(place)
            lines.append(f"{place} {_say(fault, model)}")
    cause = next((c for f in faults if isinstance(c := f.get("ctx", {}).get("error"), Refusal)), None)
    if cause:
        names.extend(cause.inputs)
        lines.append(str(cause))
    error = InputError("; ".join(lines), inputs=tuple(names))
    error.where = ""
    return error


def _place(loc: tuple[int | str, ...]) -> str:
    place = ""
    for part in loc:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def _say(fault: ErrorDetails, model: type[Inputs]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return f"is not an input; the inputs are {', '.join(model.model_fields)}"
    if kind == "greater_than_equal":
        return f"must be at least {context['ge']}, not {str(fault['input'])[:40]}"
    if kind == "less_than_equal":
        return f"must be at most {context['le']}, not {str(fault['input'])[:40]}"
    if kind == "too_short":
        return "must not be empty"
    if kind in ("tuple_type", "model_type", "model_attributes_type"):
        return f"must be {'a list' if kind == 'tuple_type' else 'an object'}, not {_name(fault['input'])}"
    if kind == "literal_error":
        return f"must be one of {context['expected']}, not {_name(fault['input'])}"
    if kind == "bool_type":
        return f"must be true or false, not {_name(fault['input'])}"
    return fault["msg"][0].lower() + fault["msg"][1:] if kind != "missing" else "is missing"


class Refusal(ValueError):
    """Raised inside a model's own validator: ``inputs`` names what disagrees, ``what`` says why."""

    def __init__(self, what: str, *inputs: str) -> None:
        self.inputs = inputs
        super().__init__(what)


def refuse_work(amount: int, *inputs: str, most: int = MAX_WORK) -> None:
    """Refuse at once what would take more than ``most`` elementary operations, naming every input that it grows with."""
    if amount > most:
        raise Refusal(f"would take more than {most:,} operations", *inputs)


__all__ = [
    "Box", "Count", "CountPair", "Field", "Inputs", "Integer", "Label", "Many", "Matrix", "NonNegative",
    "Probability", "Real", "Refusal", "Size", "SizePair", "read_inputs", "refuse_work",
]  # fmt: skip
