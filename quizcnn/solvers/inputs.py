"""The types of family inputs and how a refusal is worded.

A family's inputs are a frozen pydantic model built from the types here; every refusal names the offending input.
Sizes are exact at any length up to 1,000 digits; what grows with an input is refused by the family (``refuse_work``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeAlias, TypeVar, get_args

from annotated_types import Ge, Le, MinLen
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from quizcnn.errors import InputError

MAX_DIGITS = 1000
MAX_WORK = 10**6
MOST_SENTENCES = 6
"""Faults that one error tells; of the rest it says how many there are."""
MOST_SAID = 300
"""Characters of a sentence that quotes what was given."""
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
        raise PydanticCustomError("size", "is too large for a decimal number") from None
    if not math.isfinite(number):
        raise PydanticCustomError("finite", "must be a finite number")
    return number


def _sequence(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _pair(value: object) -> object:
    if not isinstance(value, list | tuple):
        return (value, value)
    if len(value) != 2:
        raise PydanticCustomError(
            "pair", "must be one number or a pair [height, width], not {found}", {"found": _name(value)}
        )
    return tuple(value)


def _triple(value: object) -> object:
    if not isinstance(value, list | tuple):
        return (value, value, value)
    if len(value) != 3:
        raise PydanticCustomError(
            "triple", "must be one number or a triple [depth, height, width], not {found}", {"found": _name(value)}
        )
    return tuple(value)


def _box(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise PydanticCustomError("box", "must be four numbers [x1, y1, x2, y2], not {found}", {"found": _name(value)})
    return tuple(value)


def _name(value: object) -> str:
    """How a refusal shows what was given: short, whatever it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value[:20]!r}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a number of more than 40 digits"
    return "null" if value is None else str(value)[:40]


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
Some: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_sequence)]
"""A list that may be empty."""
SizePair: TypeAlias = Annotated[tuple[Size, Size], BeforeValidator(_pair)]
"""One size for both axes or ``[height, width]``; always a pair inside."""
CountPair: TypeAlias = Annotated[tuple[Count, Count], BeforeValidator(_pair)]
SizeTriple: TypeAlias = Annotated[tuple[Size, Size, Size], BeforeValidator(_triple)]
"""One size for all axes or ``[depth, height, width]``; always a triple inside."""
CountTriple: TypeAlias = Annotated[tuple[Count, Count, Count], BeforeValidator(_triple)]
Box: TypeAlias = Annotated[tuple[Real, Real, Real, Real], BeforeValidator(_box)]
"""Four numbers; that x1 is left of x2 is for the family to say."""


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
        raise InputError(f"must be an object of names and values, not {_name(values)}", inputs=("inputs",))
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise _worded(model, values, faults) from None


def _worded(model: type[Inputs], values: Mapping[str, Any], faults: Sequence[ErrorDetails]) -> InputError:
    """One error for all faults: a sentence an input, the first fault of each."""
    lines: dict[str, str] = {}
    for fault in faults:
        place = _place(fault["loc"], values)
        cause = fault.get("ctx", {}).get("error")
        if isinstance(cause, Refusal):
            names = [f"{place}.{name}" if place else name for name in cause.inputs]
            lines |= {name: f"{', '.join(names)}: {cause}" for name in names}
        elif place not in lines:
            lines[place] = f"{place} {_say(fault, model)}"
    sentences = list(dict.fromkeys(lines.values()))
    if len(sentences) > MOST_SENTENCES:
        sentences = [*sentences[:MOST_SENTENCES], f"and {len(sentences) - MOST_SENTENCES} more"]
    error = InputError("; ".join(sentences), inputs=tuple(lines))
    error.where = ""  # every sentence names its inputs
    return error


def _place(loc: Sequence[int | str], values: object) -> str:
    """``layers[1].stride``; a place inside a pair that was given as one number is that number's."""
    place = ""
    for part in loc:
        if isinstance(part, int):
            if not isinstance(values, list | tuple):
                break
            place += f"[{part}]"
            values = values[part] if part < len(values) else None
        else:
            place += f".{part[:80]}" if place else part[:80]
            values = values.get(part) if isinstance(values, Mapping) else None
    return place


_SENTENCES: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "missing": lambda found, limits: "is missing",
    "greater_than_equal": lambda found, limits: f"must be at least {limits['ge']}, not {_name(found)}",
    "greater_than": lambda found, limits: f"must be above {limits['gt']}, not {_name(found)}",
    "less_than_equal": lambda found, limits: f"must be at most {limits['le']}, not {_name(found)}",
    "less_than": lambda found, limits: f"must be below {limits['lt']}, not {_name(found)}",
    "too_short": lambda found, limits: (
        "must not be empty" if not found else f"must have at least {limits['min_length']} entries, not {len(found)}"
    ),
    "too_long": lambda found, limits: f"must have at most {limits['max_length']} entries, not {len(found)}",
    "tuple_type": lambda found, limits: f"must be a list, not {_name(found)}",
    "model_type": lambda found, limits: f"must be an object, not {_name(found)}",
    "literal_error": lambda found, limits: f"must be {limits['expected']}, not {_name(found)}",
    "bool_type": lambda found, limits: f"must be true or false, not {_name(found)}",
    "string_type": lambda found, limits: f"must be text, not {_name(found)}",
    "invalid_key": lambda found, limits: "is not an input: a name must be text",
}


def _say(fault: ErrorDetails, model: type[Inputs]) -> str:
    kind = fault["type"]
    if kind == "extra_forbidden":
        return _unknown(str(fault["loc"][-1]), _model_at(model, fault["loc"][:-1]))
    if kind in _SENTENCES:
        return _SENTENCES[kind](fault["input"], fault.get("ctx", {}))
    said = fault["msg"][0].lower() + fault["msg"][1:]
    return said if len(said) <= MOST_SAID else f"{said[:MOST_SAID]}..."


def _unknown(name: str, model: type[BaseModel]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:80], model.model_fields, n=1, cutoff=0.5)
    return (
        f"is not an input; {f'did you mean {near[0]}?' if near else 'the inputs are ' + ', '.join(model.model_fields)}"
    )


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    """The model whose names count at ``loc``: that of the layer for ``layers[1].stride``."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)


class Refusal(ValueError):  # noqa: N818  it becomes an InputError before anyone sees it
    """Raised inside a model's own validator or by ``solve``: ``inputs`` names what disagrees, ``what`` says why."""

    def __init__(self, what: str, *inputs: str) -> None:
        self.inputs = inputs
        super().__init__(what)


def refuse_work(amount: int, *inputs: str, most: int = MAX_WORK) -> None:
    """Refuse at once what would take more than ``most`` elementary operations, naming every input that it grows with."""
    if amount > most:
        raise Refusal(f"would take more than {most:,} operations", *inputs)


__all__ = [
    "Box", "Count", "CountPair", "CountTriple", "Field", "Inputs", "Integer", "Label", "Many", "Matrix", "NonNegative",
    "Probability", "Real", "Refusal", "Size", "SizePair", "SizeTriple", "Some", "read_inputs", "refuse_work",
]  # fmt: skip
