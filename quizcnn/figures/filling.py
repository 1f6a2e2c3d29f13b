"""Puts a variant's numbers into a figure, and says which parameters a figure speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quizcnn.errors import BankError
from quizcnn.figures.figure import FORMATS, Boxes, Curve, Figure, Grid, LayerStack, Matrix, numbers, table, validate
from quizcnn.solvers.values import Json, format_value, from_json
from quizcnn.text import Text

MAX_SIDE = 20
MAX_BOXES = 12
MAX_LAYERS = 16
MAX_POINTS = 400
NAME = re.compile(r"\{?([a-z_][a-z0-9_]*)\}?")
PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def fill(figure: Figure, parameters: Mapping[str, Json]) -> Figure:
    """The figure with this variant's numbers for every name.

    Raises ``BankError`` for a name that is no parameter, and for values that make no figure (rows of different length).
    """
    data = {
        name: _resolved(value, parameters) if name in figure.SLOTS else _worded(value, parameters)
        for name, value in figure.model_dump().items()
    }
    if isinstance(figure, Boxes):
        data["format"] = figure.format if figure.format in FORMATS else _parameter(figure.format, parameters)
        if _is_box(data["boxes"]):
            data["boxes"] = [data["boxes"]]
        elif isinstance(figure.boxes, str) and isinstance(data["boxes"], list) and not figure.labels:
            data["labels"] = [str(index) for index in range(len(data["boxes"]))]  # answers name them by index
    if isinstance(figure, LayerStack) and isinstance(figure.layers, str):
        data["layers"] = _layers(figure.layers, parameters)
    filled = validate(data)
    _check(filled)
    return filled


def names(figure: Figure) -> frozenset[str]:
    """The parameters that a figure speaks of."""
    found: set[str] = set()
    for name, value in figure.model_dump().items():
        named = name in figure.SLOTS or (name in {"format", "layers"} and isinstance(value, str))
        found |= _names(value, named)
    return frozenset(found - FORMATS)


def _is_box(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 4 and all(isinstance(item, int | float) for item in value)


def _resolved(value: Any, parameters: Mapping[str, Json]) -> Any:
    """``value`` with every name replaced by its parameter."""
    if isinstance(value, str):
        return _parameter(value, parameters)
    if isinstance(value, list | tuple):
        return [_resolved(item, parameters) for item in value]
    if isinstance(value, dict):
        sides = {name: _resolved(item, parameters) for name, item in value.items()}
        return {name: _side(name, item) for name, item in sides.items()}
    return value


def _side(name: str, value: Any) -> Any:
    """A window's side from a pair (height, width) as well as from one number."""
    return value[name == "columns"] if isinstance(value, list) and len(value) == 2 else value


def _parameter(text: str, parameters: Mapping[str, Json]) -> Json:
    match = NAME.fullmatch(text.strip())
    if match is None or match[1] not in parameters:
        raise BankError(
            f"the figure speaks of {text!r}, which is no parameter", mend=f"use one of {', '.join(sorted(parameters))}"
        )
    value = parameters[match[1]]
    return value["value"] if isinstance(value, dict) and value.keys() == {"fraction", "value"} else value


def _worded(value: Any, parameters: Mapping[str, Json]) -> Any:
    """Labels with their places filled; a place that is no parameter is an error, as it would be shown."""
    if isinstance(value, str):
        return PLACE.sub(lambda place: format_value(from_json(_parameter(place[0], parameters))), value)
    if isinstance(value, list | tuple):
        return [_worded(item, parameters) for item in value]
    if isinstance(value, Text):
        return {"en": _worded(value.en, parameters), "zh": _worded(value.zh, parameters)}
    return {name: _worded(item, parameters) for name, item in value.items()} if isinstance(value, dict) else value


def _layers(name: str, parameters: Mapping[str, Json]) -> list[str]:
    value = _parameter(name, parameters)
    if not isinstance(value, list):
        raise BankError(f"the figure's layers are {name!r}, which is no list of layers")
    return [_layer(item) for item in value]


def _layer(item: Json) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{name}={format_value(from_json(part))}" for name, part in item.items())
    return format_value(from_json(item))


def _names(value: Any, named: bool) -> set[str]:
    if isinstance(value, str):
        match = NAME.fullmatch(value.strip()) if named else None
        return {match[1]} if match else set(PLACE.findall(value))
    if isinstance(value, Text):
        return set(PLACE.findall(value.en + value.zh))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return set().union(*(_names(item, named) for item in inner))


def _check(figure: Figure) -> None:
    """What a filled figure must be to be drawn."""
    parts = {"boxes": MAX_BOXES, "layers": MAX_LAYERS, "x": MAX_POINTS}
    for name, most in parts.items():
        if len(getattr(figure, name, ())) > most:
            raise BankError(f"the figure has more than {most} {'points' if name == 'x' else name}", mend="draw fewer")
    if isinstance(figure, Boxes):
        if figure.format not in FORMATS or any(x2 < x1 or y2 < y1 for x1, y1, x2, y2 in figure.corners()):
            raise BankError(
                "the figure's boxes are no boxes in their format",
                mend="x2 >= x1, y2 >= y1; format xyxy, xywh or cxcywh",
            )
        if figure.scores and len(numbers(figure.scores)) != len(figure.boxes):
            raise BankError(f"the figure has {len(figure.boxes)} boxes and {len(figure.scores)} scores")
    elif isinstance(figure, Grid | Matrix):
        _check_cells(table(figure.cells))
    if isinstance(figure, Grid) and figure.kernel is not None:
        _check_cells(table(figure.kernel))
    if isinstance(figure, Matrix):
        cells = table(figure.cells)
        for labels, count in ((figure.rows, len(cells)), (figure.columns, len(cells[0]))):
            if labels and len(labels) != count:
                raise BankError(f"the figure's matrix has {count} rows or columns and {len(labels)} labels")
    if isinstance(figure, Curve) and (not figure.points() or len(numbers(figure.x)) != len(numbers(figure.y))):
        raise BankError("the figure's curve needs as many x as y")


def _check_cells(cells: tuple[tuple[float, ...], ...]) -> None:
    if not cells or not cells[0] or len({len(row) for row in cells}) != 1:
        raise BankError("the figure's cells are no matrix", mend="give every row the same length")
    if max(len(cells), len(cells[0])) > MAX_SIDE:
        raise BankError(
            f"the figure's matrix is {len(cells)} by {len(cells[0])}", mend=f"draw at most {MAX_SIDE} rows and columns"
        )
