"""Figures as data: boxes, a grid, a stack of layers, a matrix, a curve.

Numbers may be written as names of a question's parameters (``a`` or ``{a}``), labels may hold ``{name}``; `filling` puts a
variant's numbers in. Drawing (:mod:`terminal`, :mod:`svg`) takes filled figures only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, TypeAdapter, ValidationError

from quizcnn.errors import BankError
from quizcnn.solvers.values import Json, format_value
from quizcnn.text import Text

Number: TypeAlias = int | float | str
"""A number, or the name of the parameter that holds it."""
Numbers: TypeAlias = str | tuple[Number, ...]
Cells: TypeAlias = str | tuple[tuple[Number, ...], ...]
Box: TypeAlias = str | tuple[Number, Number, Number, Number]
FORMATS = frozenset({"xyxy", "xywh", "cxcywh"})
Corners: TypeAlias = tuple[float, float, float, float]
"""x1, y1, x2, y2; y points down."""


def _both(value: Any) -> Any:
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return {"en": str(value), "zh": str(value)} if plain else value


Label: TypeAlias = Annotated[Text, BeforeValidator(_both)]
"""A text, or a plain string that reads alike in both languages."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Boxes(_Model):
    """Labelled boxes on a plane, in the format of the question. ``boxes`` names a list of boxes, or lists boxes."""

    SLOTS: ClassVar = frozenset({"boxes", "scores"})
    """The fields that hold numbers or names of parameters; all others hold words."""

    kind: Literal["boxes"]
    boxes: str | tuple[Box, ...]
    labels: tuple[Label, ...] = ()
    """A, B, C ... where empty."""
    scores: Numbers = ()
    format: str = "xyxy"
    """xyxy, xywh, cxcywh, or the parameter that says so."""

    def corners(self) -> tuple[Corners, ...]:
        """All boxes as x1, y1, x2, y2."""
        return tuple(_corners(numbers(box), self.format) for box in self.boxes)

    def names(self) -> tuple[Text, ...]:
        """One label a box."""
        letters = (Text.same(_letter(index)) for index in range(len(self.labels), len(self.boxes)))
        return (*self.labels[: len(self.boxes)], *letters)

    def names_with_scores(self) -> tuple[Text, ...]:
        """The labels, each with its score where there are scores."""
        tails = [f" ({format_value(score)})" for score in numbers(self.scores)] or [""] * len(self.boxes)
        return tuple(Text(name.en + tail, name.zh + tail) for name, tail in zip(self.names(), tails, strict=True))


class Window(_Model):
    """Rows and columns that a kernel covers, with its first row and column counted from 0."""

    rows: Number
    columns: Number
    top: Number = 0
    left: Number = 0


def _square(value: Any) -> Any:
    return {"rows": value, "columns": value} if isinstance(value, int | str) and not isinstance(value, bool) else value


class Grid(_Model):
    """A map of numbers, with a kernel beside it and a window on it where they are given."""

    SLOTS: ClassVar = frozenset({"cells", "kernel", "window"})

    kind: Literal["grid"]
    cells: Cells
    kernel: Cells | None = None
    window: Annotated[Window | None, BeforeValidator(_square)] = None
    """Rows and columns covered; one number or name is a square window in the first position."""
    label: Label = Text("input", "输入")
    kernel_label: Label = Text("kernel", "卷积核")


class Layer(_Model):
    """One block of a stack, with what stands beside it (the shape that leaves it)."""

    text: Label
    note: Label | None = None


def _block(value: Any) -> Any:
    return value if isinstance(value, Layer) or (isinstance(value, dict) and "text" in value) else {"text": value}


class LayerStack(_Model):
    """Blocks from the input down. ``layers`` may name a parameter that lists layers as objects."""

    SLOTS: ClassVar = frozenset[str]()

    kind: Literal["layer_stack"]
    layers: str | Annotated[tuple[Annotated[Layer, BeforeValidator(_block)], ...], Field(min_length=1)]

    def blocks(self) -> tuple[Layer, ...]:
        if isinstance(self.layers, str):
            raise _unfilled(self.layers)
        return self.layers


class Matrix(_Model):
    """A table of counts with labelled rows and columns, as a confusion matrix."""

    SLOTS: ClassVar = frozenset({"cells"})

    kind: Literal["matrix"]
    cells: Cells
    rows: tuple[Label, ...] = ()
    columns: tuple[Label, ...] = ()
    row_title: Label = Text("true class", "真实类别")
    column_title: Label = Text("predicted class", "预测类别")


class Curve(_Model):
    """Points with labelled axes, joined by lines, by steps, or not at all."""

    SLOTS: ClassVar = frozenset({"x", "y"})

    kind: Literal["curve"]
    x: Numbers
    y: Numbers
    x_label: Label
    y_label: Label
    joined: Literal["lines", "steps", "points"] = "lines"

    def points(self) -> tuple[tuple[float, float], ...]:
        return tuple(zip(numbers(self.x), numbers(self.y), strict=False))


KINDS: Mapping[str, type[_Model]] = {
    "boxes": Boxes,
    "grid": Grid,
    "layer_stack": LayerStack,
    "matrix": Matrix,
    "curve": Curve,
}
SHORT = {
    "boxes": "boxes",
    "layers": "layer_stack",
    "x": "curve",
    "rows": "matrix",
    "columns": "matrix",
    "cells": "grid",
}
"""A figure without ``kind`` is told by the first of these keys that it has."""


def _with_kind(value: Any) -> Any:
    if not isinstance(value, Mapping) or "kind" in value:
        return value
    kind = next((kind for key, kind in SHORT.items() if key in value), None)
    return {"kind": kind, **value} if kind else value


Figure: TypeAlias = Annotated[
    Annotated[Boxes | Grid | LayerStack | Matrix | Curve, Discriminator("kind")], BeforeValidator(_with_kind)
]
FIGURE: TypeAdapter[Figure] = TypeAdapter(Figure)


def read_figure(data: Mapping[str, Json]) -> Figure:
    """The figure that the bank's ``figure:`` holds; ``BankError`` says which key is wrong."""
    return validate(dict(data))


def numbers(values: Sequence[Number] | str) -> tuple[float, ...]:
    """Filled numbers; ``BankError`` where a name is still there."""
    if isinstance(values, str):
        raise _unfilled(values)
    return tuple(number(value) for value in values)


def number(value: Number) -> float:
    if isinstance(value, str):
        raise _unfilled(value)
    return value


def table(cells: Cells | None) -> tuple[tuple[float, ...], ...]:
    """Filled cells, row by row."""
    if isinstance(cells, str):
        raise _unfilled(cells)
    return tuple(numbers(row) for row in cells or ())


def _corners(box: tuple[float, ...], form: str) -> Corners:
    a, b, c, d = box
    if form == "xywh":
        return a, b, a + c, b + d
    return (a - c / 2, b - d / 2, a + c / 2, b + d / 2) if form == "cxcywh" else (a, b, c, d)


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def validate(data: dict[str, Any]) -> Figure:
    """``data`` as a figure, checked key by key."""
    try:
        return FIGURE.validate_python(data)
    except ValidationError as refusal:
        error = max(refusal.errors(), key=lambda error: len(error["loc"]))
        place = ".".join(str(part) for part in error["loc"] if part not in KINDS)
        raise BankError(f"figure: {place or 'kind'}: {error['msg']}", mend=f"kinds are {', '.join(KINDS)}") from None


def _unfilled(name: str) -> BankError:
    return BankError(f"the figure still holds the name {name!r}", mend="fill it with the variant's parameters first")
