"""How an entry says which numbers may be drawn: a small language of frozen models, one per form.

A list picks one of its values; ``{range: [lo, hi, step]}`` a whole number, ``{real: [lo, hi], places: 2}`` a decimal,
``{list: ..., length: ...}`` several, ``{matrix: ..., rows: ..., columns: ...}``, ``{record: {name: ...}}`` an object,
``{box: [lo, hi], step: ..., side: [lo, hi]}`` a box ``[x1, y1, x2, y2]``, ``{labels: n, positives: [lo, hi]}`` zeros and ones,
``{shuffle: [...]}`` a permutation.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, JsonValue, RootModel, Tag, model_validator
from pydantic_core import PydanticCustomError

Length: TypeAlias = int | str | tuple[int, int]
"""So many, between so many and so many, or as many as another drawn list has (its name)."""


def _refuse(message: str) -> PydanticCustomError:
    return PydanticCustomError("draw", "{message}", {"message": message})


class _Draw(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Pick(RootModel[tuple[JsonValue, ...]]):
    """One of the values listed."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    root: Annotated[tuple[JsonValue, ...], Field(min_length=1)]


class Range(_Draw):
    """A whole number ``lo, lo + step, ...`` up to ``hi``, both ends included."""

    range: Annotated[tuple[int, ...], Field(min_length=2, max_length=3)]

    @model_validator(mode="after")
    def _rises(self) -> Range:
        low, high, step = (*self.range, 1)[:3]
        if low > high or step < 1:
            raise _refuse(
                f"range must be [lo, hi] or [lo, hi, step] with lo <= hi and step >= 1, not {list(self.range)}"
            )
        return self


class RealRange(_Draw):
    """A decimal between ``lo`` and ``hi``, both included, on a grid of ``10**-places`` (times ``step``)."""

    real: tuple[float, float]
    places: Annotated[int, Field(ge=0, le=12)] = 2
    step: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _rises(self) -> RealRange:
        if self.real[0] > self.real[1]:
            raise _refuse(f"real must be [lo, hi] with lo <= hi, not {list(self.real)}")
        return self


class ListOf(_Draw):
    """Several draws; ``distinct`` refuses equal ones, ``sort`` orders them (``up`` or ``down``)."""

    list: DrawSpec
    length: Length
    distinct: bool = False
    sort: Literal["", "up", "down"] = ""


class MatrixOf(_Draw):
    """Rows of equal length."""

    matrix: DrawSpec
    rows: Length
    columns: Length


class Record(_Draw):
    """An object with named draws (a layer)."""

    record: dict[str, DrawSpec]


class BoxDraw(_Draw):
    """A box ``[x1, y1, x2, y2]`` with corners on a grid inside ``[lo, hi]`` and sides between two lengths."""

    box: tuple[int, int]
    step: Annotated[int, Field(ge=1)] = 1
    side: tuple[int, int]

    @model_validator(mode="after")
    def _fits(self) -> BoxDraw:
        (low, high), (short, long) = self.box, self.side
        least = -(-short // self.step) * self.step
        if not 0 < least <= long // self.step * self.step <= high - low:
            raise _refuse(f"no side of {short} to {long} on a grid of {self.step} fits between {low} and {high}")
        return self


class Labels(_Draw):
    """Zeros and ones in random order, so many of them ones."""

    labels: Length
    positives: tuple[int, int]

    @model_validator(mode="after")
    def _fits(self) -> Labels:
        least = (
            self.labels if isinstance(self.labels, int) else self.labels[0] if isinstance(self.labels, tuple) else None
        )
        if not 0 <= self.positives[0] <= self.positives[1] or (least is not None and self.positives[1] > least):
            raise _refuse(
                f"positives must be [lo, hi] with 0 <= lo <= hi and no more than there are labels, not {list(self.positives)}"
            )
        return self


class Shuffle(_Draw):
    """All the values listed, in random order."""

    shuffle: Annotated[tuple[JsonValue, ...], Field(min_length=2)]


FORMS = ("range", "real", "list", "matrix", "record", "box", "labels", "shuffle")


def _form(value: Any) -> str | None:
    """The tag of the form; in angle brackets, so that no tag in an error's path is taken for a key."""
    if isinstance(value, list | tuple | Pick):
        return "<pick>"
    if isinstance(value, dict):
        return next((f"<{form}>" for form in FORMS if form in value), None)
    return next((f"<{form}>" for form in FORMS if isinstance(value, _Draw) and hasattr(value, form)), None)


DrawSpec: TypeAlias = Annotated[
    Annotated[Pick, Tag("<pick>")]
    | Annotated[Range, Tag("<range>")]
    | Annotated[RealRange, Tag("<real>")]
    | Annotated[ListOf, Tag("<list>")]
    | Annotated[MatrixOf, Tag("<matrix>")]
    | Annotated[Record, Tag("<record>")]
    | Annotated[BoxDraw, Tag("<box>")]
    | Annotated[Labels, Tag("<labels>")]
    | Annotated[Shuffle, Tag("<shuffle>")],
    Discriminator(
        _form,
        custom_error_type="draw_form",
        custom_error_message="is no way to draw; write a list of values or one of range, real, list, matrix, record, box, labels, shuffle",
    ),
]
