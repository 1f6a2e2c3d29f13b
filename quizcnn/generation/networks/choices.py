"""What of which network a question may ask, and the numbers that each such choice stands for.

A choice is small (``{"of": "vgg16", "layer": "conv3_1"}``); everything else follows from it, so that stored samples name just that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from quizcnn.bank.models import NetworkSource
from quizcnn.bank.networks import load_trace
from quizcnn.errors import BankError, UsageError
from quizcnn.generation.seeds import Source
from quizcnn.networks.state import Row
from quizcnn.networks.trace import Trace
from quizcnn.solvers.layers import Conv, Linear, Map, Pool
from quizcnn.solvers.values import Json

Choice: TypeAlias = dict[str, Json]
NONE = "–"
"""Of an argument that a layer has not."""


def draw_choice(spec: NetworkSource, source: Source) -> Choice:
    """One of all choices. ``BankError`` where the networks have none."""
    name = source.pick(spec.of)
    if spec.totals:
        others = [other for other in spec.of if other != name]
        return {"of": name, **({"other": source.pick(others)} if others else {})}
    found = _layers(name, spec.folders, spec.layer) if spec.layer else list(_choices(spec, _trace(name, spec.folders)))
    if not found:
        raise BankError(f"{name} has no such layers", where="network")
    return dict(source.pick(found))


def resolve(spec: NetworkSource, choice: Mapping[str, Json]) -> dict[str, Json]:
    """Everything that a choice stands for, itself included: see ``NetworkSource.facts``."""
    trace = _trace(str(choice["of"]), spec.folders)
    found: dict[str, Json] = {**choice, "network": trace.network.title.en, "input": "×".join(map(str, trace.size))}
    if spec.totals:
        if "other" in choice:
            found["other_network"] = _trace(str(choice["other"]), spec.folders).network.title.en
        return found
    row = _rows(str(choice["of"]), spec.folders).get(str(choice["layer"]))
    if row is None:
        raise BankError(f"{choice['of']} has no layer {choice['layer']!r}", where="network")
    if spec.layer:
        return {**found, **_facts_of(str(choice["of"]), spec.folders, str(choice["layer"]))}
    if spec.rows:
        return found | layer_facts(row) | {"rows": [_row_of(each) for each in rows_from(spec, choice)]}
    return found | _changed(trace, row, choice)


def rows_from(spec: NetworkSource, choice: Mapping[str, Json]) -> list[Row]:
    """The rows of a table, from the chosen layer on."""
    trace = _trace(str(choice["of"]), spec.folders)
    first = next(row for row in trace.rows if row.name == choice["layer"])
    return _following(trace.rows, first, spec.rows)


def traces(spec: NetworkSource, choice: Mapping[str, Json]) -> tuple[Trace, ...]:
    """The chosen network, and the other one where two are asked about."""
    return tuple(_trace(str(choice[key]), spec.folders) for key in ("of", "other") if key in choice)


@lru_cache(maxsize=64)
def _trace(name: str, folders: tuple[str, ...]) -> Trace:
    try:
        return load_trace(name, [Path(folder) for folder in folders])
    except UsageError as error:
        raise BankError(error.what, where="network.of", mend=error.mend) from None


@lru_cache(maxsize=64)
def _rows(name: str, folders: tuple[str, ...]) -> Mapping[str, Row]:
    """Every single layer of a network by its path."""
    return dict(_named_rows(_trace(name, folders).rows))


@lru_cache(maxsize=256)
def _layers(name: str, folders: tuple[str, ...], kind: str) -> tuple[Choice, ...]:
    """The square layers of one kind."""
    of = _trace(name, folders).network.name
    rows = _rows(name, folders).items()
    return tuple(_choice(of, path) for path, row in rows if row.kind == kind and _is_square(row))


@lru_cache(maxsize=1024)
def _facts_of(name: str, folders: tuple[str, ...], layer: str) -> Mapping[str, Json]:
    """:func:`layer_facts` of a layer by its path."""
    return layer_facts(_rows(name, folders)[layer])


def _named_rows(rows: Sequence[Row], prefix: str = "") -> Iterator[tuple[str, Row]]:
    """Every single layer of the engine by its path: ``layer2.block1.conv2``."""
    for row in rows:
        if row.parts:
            yield from _named_rows(row.parts, f"{prefix}{row.name}.")
        elif row.layer is not None:
            yield prefix + row.name, row


def _choices(spec: NetworkSource, trace: Trace) -> Iterator[Choice]:
    of = trace.network.name
    if spec.rows:
        for row in trace.rows:
            if row.kind == "conv" and _is_square(row) and len(_following(trace.rows, row, spec.rows)) == spec.rows:
                yield _choice(of, row.name)
    else:
        yield from _changes(spec, trace)


def _choice(of: str, layer: str) -> Choice:
    return {"of": of, "layer": layer}


def _changes(spec: NetworkSource, trace: Trace) -> Iterator[Choice]:
    """A layer, one before it, and another value of one of its arguments."""
    path = _path(trace)
    for place, row in enumerate(path[2:], 2):
        for earlier in path[:place]:
            for argument, values in spec.change.items():
                now = _argument(earlier, argument)
                if argument == "dilation" and earlier.kind != "conv":
                    continue
                for value in values:
                    if value != now:
                        yield {
                            "of": trace.network.name,
                            "layer": row.name,
                            "changed": earlier.name,
                            "argument": argument,
                            "value": value,
                        }


def _path(trace: Trace) -> list[Row]:
    """The windowed layers from the input on, up to the first row that is none."""
    found = []
    for row in trace.rows:
        if row.window is None or not _is_square(row):
            break
        found.append(row)
    return found


def _following(rows: Sequence[Row], first: Row, count: int) -> list[Row]:
    """``first`` and what comes after it, as far as these are convolutions and pools."""
    found: list[Row] = []
    for row in rows[rows.index(first) :]:
        if row.kind not in ("conv", "pool") or not _is_square(row) or len(found) == count:
            break
        found.append(row)
    return found


def _is_square(row: Row) -> bool:
    layer, taken = row.layer, row.taken
    if isinstance(layer, Linear):
        return True
    if not isinstance(layer, Conv | Pool) or taken is None or taken.height != taken.width:
        return False
    stride = layer.steps if isinstance(layer, Pool) else layer.stride
    return all(pair[0] == pair[1] for pair in (layer.kernel_size, stride, layer.padding, layer.dilation))


def _argument(row: Row, name: str) -> int:
    layer = row.window
    pair = layer.steps if isinstance(layer, Pool) and name == "stride" else getattr(layer, name)
    return int(pair[0])


def layer_facts(row: Row) -> dict[str, Json]:
    """A layer as the inputs of the families that solve it."""
    layer, taken = row.layer, row.taken or Map(1)
    if isinstance(layer, Linear):
        return {"in_features": taken.elements, "out_features": layer.out_features, "bias": layer.bias}
    out = row.shape
    found: dict[str, Json] = {
        "in_channels": taken.channels,
        "in_height": taken.height,
        "in_width": taken.width,
        "out_channels": out[0],
        "out_height": out[1],
        "out_width": out[2],
        **{name: _argument(row, name) for name in ("kernel_size", "stride", "padding", "dilation")},
    }
    if isinstance(layer, Conv):
        return found | {"groups": layer.groups, "bias": layer.bias}
    return found | {"ceil_mode": layer.ceil_mode} if isinstance(layer, Pool) else found


def _row_of(row: Row) -> dict[str, Json]:
    """A layer as a line of the table that a question shows."""
    layer = row.layer
    return {
        "layer": row.name,
        **{name: _argument(row, name) for name in ("kernel_size", "stride", "padding")},
        "out_channels": row.shape[0],
        "groups": layer.groups if isinstance(layer, Conv) else NONE,
        "ceil_mode": layer.ceil_mode if isinstance(layer, Pool) else NONE,
    }


def _changed(trace: Trace, row: Row, choice: Mapping[str, Json]) -> dict[str, Json]:
    """The layers up to ``row`` as the receptive field's family takes them, one of them changed; the table shows them as they are."""
    path = _path(trace)
    path = path[: path.index(row) + 1]
    argument, changed = str(choice["argument"]), choice["changed"]
    layers: list[Json] = []
    before = 0
    for each in path:
        layer: dict[str, Json] = {name: _argument(each, name) for name in ("kernel_size", "stride", "dilation")}
        if each.name == changed:
            before, layer[argument] = int(str(layer[argument])), choice["value"]
        layers.append(layer)
    shown: list[Json] = [
        {"layer": each.name, **{name: _argument(each, name) for name in ("kernel_size", "stride")}} for each in path
    ]
    return {"layers": layers, "before": before, "rows": shown}
