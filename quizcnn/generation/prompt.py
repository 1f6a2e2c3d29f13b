"""Filling placeholders: ``{name}`` becomes this variant's number, formatted for where it stands.

In code spans numbers are Python literals (``25088``, ``True``), in running text they are formatted as everywhere (``25,088``).
Between dollar signs nothing is filled, because LaTeX uses braces itself. ``{layers:table}`` sets a list of objects, or of such lists, as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from quizcnn.bank.templates import PLACEHOLDER, pieces
from quizcnn.solvers.values import Json, format_value, from_json
from quizcnn.text import Text


def fill(text: Text, values: Mapping[str, Json]) -> Text:
    """Both languages filled; a name that is no value stays as it stands (``bank check`` reports it)."""
    return Text(fill_one(text.en, values), fill_one(text.zh, values))


def fill_one(template: str, values: Mapping[str, Json]) -> str:
    if "{" not in template:
        return template
    return "".join(part if isinstance(part, str) else _shown(part, values) for part in _cut(template))


class _Place(NamedTuple):
    """A placeholder as it stands in the text."""

    text: str
    name: str
    table: bool
    code: bool


@lru_cache(maxsize=4096)
def _cut(template: str) -> tuple[str | _Place, ...]:
    """What is to be filled, and the text between."""
    parts: list[str | _Place] = []
    for piece in pieces(template):
        end = 0
        for found in PLACEHOLDER.finditer(piece) if not piece.startswith("$") else ():
            place = _Place(found[0], found[1], bool(found[2]), piece.startswith("`"))
            parts += [piece[end : found.start()], place]
            end = found.end()
        parts.append(piece[end:])
    return tuple(parts)


def _shown(place: _Place, values: Mapping[str, Json]) -> str:
    if place.name not in values:
        return place.text
    value = values[place.name]
    if place.table:
        return _table(value)
    return _literal(value) if place.code else _prose(value)


def _literal(value: Json) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return ", ".join(f"{name}={_literal(item)}" for name, item in value.items())
    return value if isinstance(value, str) else repr(value)


def _prose(value: Json) -> str:
    if isinstance(value, int | str):
        return format_value(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "; ".join(f"({number}) {_prose(item)}" for number, item in enumerate(value, 1))
    if isinstance(value, list):
        return "[" + ", ".join(_prose(item) for item in value) + "]"
    if isinstance(value, float):
        return (
            f"{Decimal(repr(value)):,f}".replace("-", "−") if 1e-4 <= abs(value) < 1e15 or value == 0 else repr(value)
        )
    return format_value(from_json(value))


def _table(value: Json) -> str:
    """A list of objects, a row each; of a list of such lists each row is numbered by both (``2.1``)."""
    rows = dict(_rows(value))
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = ["| # | " + " | ".join(f"`{name}`" for name in names) + " |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {number} | " + " | ".join(_cell(row, name) for name in names) + " |" for number, row in rows.items()]
    return "\n\n" + "\n".join(lines) + "\n\n"


def _rows(value: Json, before: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    for number, row in enumerate(value if isinstance(value, list) else [], 1):
        if isinstance(row, dict):
            yield f"{before}{number}", row
        else:
            yield from _rows(row, f"{before}{number}.")


def _cell(row: Mapping[str, Json], name: str) -> str:
    return _prose(row[name]) if name in row else "–"
