"""How an entry says which numbers may be drawn: a small language of frozen models, one per form.

A list picks one of its values; ``{range: [lo, hi, step]}`` a whole number, ``{real: [lo, hi], places: 2}`` a decimal,
``{list: ..., length: ...}`` several, ``{matrix: ..., rows: ..., columns: ...}``, ``{record: {name: ...}}`` an object,
``{box: [lo, hi], step: ..., side: [lo, hi]}`` a box ``[x1, y1, x2, y2]``, ``{labels: n, positives: [lo, hi]}`` zeros and ones,
``{shuffle: [...]}`` a permutation.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag

Plain: TypeAlias = bool | int | float | str | None
Fixed: TypeAlias = "Plain | tuple[Fixed, ...] | dict[str, Fixed]"
Length: TypeAlias = int | str | tuple[int, int]
"""So many, between so many and so many, or as many as another drawn list has (its name)."""


class _Draw(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pick(RootModel[tuple[Any, ...]]):
    """One of the values listed."""

    model_config = ConfigDict(frozen=True)
    root: Annotated[tuple[Any, ...], Field(min_length=1)]


class Range(_Draw):
    """A whole number ``lo, lo + step, ...`` up to ``hi``, both ends included."""

    range: tuple[int, int] | tuple[int, int, int]


class RealRange(_Draw):
    """A decimal between ``lo`` and ``hi``, both included, on a grid of ``10**-places`` (times ``step``)."""

    real: tuple[float, float]
    places: Annotated[int, Field(ge=0, le=12)] = 2
    step: Annotated[int, Field(ge=1)] = 1


class ListOf(_Draw):
    """Several draws; ``distinct`` refuses equal ones, ``sort`` orders them (``up`` or ``down``)."""

    list: DrawSpec
    length: Length
    distinct: bool = False
    sort: str = Field("", pattern="^(up|down|)$")


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


class Labels(_Draw):
    """Zeros and ones in random order, so many of them ones."""

    labels: Length
    positives: tuple[int, int]


class Shuffle(_Draw):
    """All the values listed, in random order."""

    shuffle: Annotated[tuple[Any, ...], Field(min_length=2)]


_FORMS = ("range", "real", "list", "matrix", "record", "box", "labels", "shuffle")


def _form(value: Any) -> str | None:
    if isinstance(value, list | tuple | Pick):
        return "pick"
    if isinstance(value, dict):
        return next((form for form in _FORMS if form in value), None)
    return next((form for form in _FORMS if isinstance(value, _Draw) and hasattr(value, form)), None)


DrawSpec: TypeAlias = Annotated[
    Annotated[Pick, Tag("pick")]
    | Annotated[Range, Tag("range")]
    | Annotated[RealRange, Tag("real")]
    | Annotated[ListOf, Tag("list")]
    | Annotated[MatrixOf, Tag("matrix")]
    | Annotated[Record, Tag("record")]
    | Annotated[BoxDraw, Tag("box")]
    | Annotated[Labels, Tag("labels")]
    | Annotated[Shuffle, Tag("shuffle")],
    Discriminator(
        _form,
        custom_error_type="draw_form",
        custom_error_message="is no way to draw; write a list of values or one of range, real, list, matrix, record, box, labels, shuffle",
    ),
]

for _model in (ListOf, MatrixOf, Record):
    _model.model_rebuild()
