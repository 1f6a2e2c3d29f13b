"""Drawing the numbers of an entry from its draw forms (``bank.draws``), in the order of the file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from quizcnn.bank.draws import (
    BoxDraw,
    DrawSpec,
    Labels,
    Length,
    ListOf,
    MatrixOf,
    Pick,
    Range,
    RealRange,
    Record,
    Shuffle,
)
from quizcnn.errors import BankError
from quizcnn.generation.seeds import Source
from quizcnn.solvers.values import Json

TRIES = 200
"""How often a single list or box is drawn again before its entry is called impossible."""


def draw_all(specs: Mapping[str, DrawSpec], source: Source) -> dict[str, Json]:
    """One value for each name; a list's length may be that of a list drawn before it."""
    drawn: dict[str, Json] = {}
    for name, spec in specs.items():
        drawn[name] = draw_one(spec, source, drawn)
    return drawn


def draw_one(spec: DrawSpec, source: Source, drawn: Mapping[str, Json]) -> Json:
    match spec:
        case Pick():
            return _plain(source.pick(spec.root))
        case Shuffle():
            return [_plain(value) for value in source.shuffled(spec.shuffle)]
        case Range():
            low, high, step = (*spec.range, 1)[:3]
            return low + step * source.below((high - low) // step + 1)
        case RealRange():
            return _decimal(spec, source)
        case ListOf():
            return _list(spec, source, drawn)
        case MatrixOf():
            rows, columns = _length(spec.rows, source, drawn), _length(spec.columns, source, drawn)
            return [[draw_one(spec.matrix, source, drawn) for _ in range(columns)] for _ in range(rows)]
        case Record():
            return draw_all(spec.record, source)
        case BoxDraw():
            return _box(spec, source)
        case Labels():
            return _labels(spec, source, drawn)
        case _:
            assert_never(spec)


def _plain(value: Json | tuple[Json, ...]) -> Json:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _decimal(spec: RealRange, source: Source) -> float:
    unit = Decimal(1).scaleb(-spec.places) * spec.step
    low, high = (Decimal(repr(end)) for end in spec.real)
    return float(low + unit * source.below(int((high - low) / unit) + 1))


def _length(length: Length, source: Source, drawn: Mapping[str, Json]) -> int:
    if isinstance(length, str):
        like = drawn.get(length)
        if not isinstance(like, list):
            raise BankError(f"length: {length} is no list drawn before this one")
        return len(like)
    return length if isinstance(length, int) else source.between(*length)


def _list(spec: ListOf, source: Source, drawn: Mapping[str, Json]) -> Json:
    wanted = _length(spec.length, source, drawn)
    values: list[Json] = []
    for _ in range(wanted * TRIES):
        if len(values) == wanted:
            break
        value = draw_one(spec.list, source, drawn)
        if not (spec.distinct and value in values):
            values.append(value)
    else:
        raise BankError(f"cannot draw {wanted} distinct values", mend="widen the draw or shorten the list")
    if spec.sort:
        values.sort(key=_number, reverse=spec.sort == "down")
    return values


def _number(value: Json) -> float:
    if not isinstance(value, int | float):
        raise BankError("sort: only numbers can be sorted")
    return value


def _box(spec: BoxDraw, source: Source) -> Json:
    def side() -> tuple[int, int]:
        low, high = spec.box
        length = spec.step * source.between(-(-spec.side[0] // spec.step), spec.side[1] // spec.step)
        start = low + spec.step * source.below((high - length - low) // spec.step + 1)
        return start, start + length

    (x1, x2), (y1, y2) = side(), side()
    return [x1, y1, x2, y2]


def _labels(spec: Labels, source: Source, drawn: Mapping[str, Json]) -> Json:
    count = _length(spec.labels, source, drawn)
    ones = source.between(*spec.positives)
    values: list[Json] = [*([1] * ones), *([0] * (count - ones))]
    return source.shuffled(values)
