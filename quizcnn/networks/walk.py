"""The walk of a map through the graph of a network: what is joined, repeated and named; layers by the rules of the solver engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from quizcnn.errors import InputError
from quizcnn.grading.reading.arithmetic import evaluate
from quizcnn.grading.reading.syntax import FormulaError
from quizcnn.networks.field import after, joined
from quizcnn.networks.spec import LAYERS, Entry, Network, NetworkError
from quizcnn.networks.state import Flow, Row, total
from quizcnn.networks.units import UNITS
from quizcnn.solvers.inputs import Refusal, read_inputs
from quizcnn.solvers.layers import AdaptivePool, BatchNorm, Conv, ConvTranspose, Flatten, Linear, Map, Pool
from quizcnn.solvers.values import Json

MODELS: Mapping[str, Any] = {
    "conv": Conv, "depthwise": Conv, "conv_transpose": ConvTranspose, "pool": Pool, "adaptive_pool": AdaptivePool,
    "batchnorm": BatchNorm, "flatten": Flatten, "linear": Linear,
}  # fmt: skip
"""Layers by the rules of the solver engine."""
MOST_LAYERS = 20_000
MOST_REPEATS = 1_000
MOST_DEPTH = 30
_BRACES = re.compile(r"\{([^{}]+)\}")
Names: TypeAlias = Mapping[str, int]


class Walk:
    """One walk through a network: what was kept on the way, and how many layers were passed."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._kept: dict[str, Flow] = {}
        self._passed = 0
        self._depth = 0

    def through(self, entries: tuple[Entry, ...], flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """Every entry in order."""
        rows: list[Row] = []
        self._depth += 1
        for entry in entries:
            flow, found = self._entry(entry, flow, names, level)
            rows += found
        self._depth -= 1
        return flow, rows

    def _entry(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """One entry with what follows it at once; a name makes one row of all of it."""
        self._passed += 1
        if self._passed > MOST_LAYERS or self._depth > MOST_DEPTH:
            raise NetworkError(
                "the network has too many layers", entry.path, mend=f"at most {MOST_LAYERS:,}, {MOST_DEPTH} deep"
            )
        try:
            flow, rows = self._join(entry, flow, names, level + bool(entry.name))
        except Refusal as refusal:
            raise self._refused(entry, flow, names, f"{', '.join(refusal.inputs)}: {refusal}") from None
        flow, more = self.through(entry.then, flow, names, level + bool(entry.name))
        rows += more
        return flow, [self._row(entry, rows, flow, names)] if entry.name else rows

    def _refused(self, entry: Entry, flow: Flow, names: Names, why: str) -> NetworkError:
        """What a layer does not take, with its name and the map that comes in."""
        name = self._fill(entry.name, names, entry) or entry.kind
        return NetworkError(f"{name}, on {'×'.join(map(str, flow.shape))}: {why}", entry.path)

    def _row(self, entry: Entry, rows: list[Row], flow: Flow, names: Names) -> Row:
        """All rows of an entry as one; a layer keeps its window, with the norm and activation behind it."""
        name = self._fill(entry.name, names, entry)
        row = Row(
            name=name,
            kind=entry.kind,
            shape=flow.shape,
            cost=total([row.cost for row in rows]),
            elements=sum(row.elements for row in rows),
            seen=flow.seen,
            attention_macs=sum(row.attention_macs for row in rows),
            parts=tuple(rows),
        )
        if entry.kind not in LAYERS:
            return row
        return replace(row, layer=rows[0].layer, taken=rows[0].taken, parts=())

    def _fill(self, name: str, names: Names, entry: Entry) -> str:
        """A name with what stands in braces worked out: ``up{5 - n}``."""

        def worked_out(match: re.Match[str]) -> str:
            try:
                return str(evaluate(match[1], names))
            except FormulaError as error:
                raise NetworkError(f"{name!r} cannot be worked out: {error}", entry.path, mend=f"known are {', '.join(names) or 'none'}") from None  # fmt: skip

        return _BRACES.sub(worked_out, name)

    # ------------------------------------------------------------------ joining

    def _join(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        join: Callable[[Entry, Flow, Names, int], tuple[Flow, list[Row]]] | None = (
            None if entry.kind in LAYERS else getattr(self, f"_{entry.kind}")
        )
        return join(entry, flow, names, level) if join is not None else self._layer(entry, flow, names, level)

    def _layers(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        return self.through(entry.inner[0], flow, names, level)

    def _residual(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """The body added to the shortcut, which is the input itself where none stands."""
        body, rows = self.through(entry.inner[0], flow, names, level)
        short, more = self.through(entry.inner[1], flow, names, level)
        if body.shape != short.shape:
            raise NetworkError(f"{list(body.shape)} cannot be added to {list(short.shape)}", entry.path, mend="give the shortcut a 1x1 convolution, or the same stride")  # fmt: skip
        return replace(body, seen=joined(body.seen, short.seen)), rows + more

    def _concat(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """Branches from the same map, their channels behind each other."""
        return self._beside(entry, [flow] * len(entry.inner), names, level)

    def _split(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """The channels shared out evenly among the branches, then behind each other again."""
        count = len(entry.inner)
        if flow.map.channels % count:
            raise NetworkError(f"{flow.map.channels} channels cannot be shared among {count} branches", entry.path)
        part = replace(flow, map=Map(flow.map.channels // count, *flow.map.size))
        return self._beside(entry, [part] * count, names, level)

    def _beside(self, entry: Entry, flows: list[Flow], names: Names, level: int) -> tuple[Flow, list[Row]]:
        ends, rows = list[Flow](), list[Row]()
        for branch, start in zip(entry.inner, flows, strict=True):
            end, found = self.through(branch, start, names, level)
            ends.append(end)
            rows += found
        return self._behind(entry, ends), rows

    def _behind(self, entry: Entry, ends: list[Flow]) -> Flow:
        sizes = {end.map.size for end in ends}
        if len(sizes) > 1:
            shown = ", ".join(f"{high}x{wide}" for high, wide in sorted(sizes))
            raise NetworkError(f"maps of different sizes cannot be concatenated: {shown}", entry.path)
        channels = sum(end.map.channels for end in ends)
        return Flow(Map(channels, *ends[0].map.size), joined(*(end.seen for end in ends)))

    def _repeat(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        times = self._number(entry.arguments["times"], names, flow, entry)
        if not 0 <= times <= MOST_REPEATS:
            raise NetworkError(f"times is {times}", entry.path, mend=f"from 0 to {MOST_REPEATS}")
        rows: list[Row] = []
        for turn in range(1, times + 1):
            flow, found = self.through(entry.inner[0], flow, {**names, "n": turn}, level)
            rows += found
        return flow, rows

    def _use(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """A block with its arguments; it sees nothing else but ``n``."""
        called, given = str(entry.arguments["block"]), entry.arguments["with"]
        block = self._network.blocks.get(called)
        if block is None or not isinstance(given, dict):
            raise NetworkError(
                f"no block is called {called!r}",
                entry.path,
                mend=f"there are {', '.join(self._network.blocks) or 'none'}",
            )
        for name in given:
            if name not in block.takes:
                raise NetworkError(f"{called} takes no {name}", entry.path, mend=f"it takes {', '.join(block.takes)}")
        inside: dict[str, int] = {"n": names["n"]} if "n" in names else {}
        for name, default in block.takes.items():
            if name not in given and default is None:
                raise NetworkError(f"{called} needs {name}", entry.path)
            scope = names if name in given else inside
            inside[name] = self._number(given.get(name, default), scope, flow, entry)
        return self.through(block.layers, flow, inside, level)

    def _keep(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """Remember the map under a name."""
        self._kept[self._fill(str(entry.arguments["key"]), names, entry)] = flow
        return flow, []

    def _concat_kept(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """A map that was kept, cropped around its centre to the present size, before the present one."""
        name = self._fill(str(entry.arguments["key"]), names, entry)
        kept = self._kept.get(name)
        if kept is None:
            raise NetworkError(
                f"nothing was kept as {name!r}", entry.path, mend=f"kept are {', '.join(self._kept) or 'none'}"
            )
        if kept.map.height < flow.map.height or kept.map.width < flow.map.width:
            raise NetworkError(f"{name} is smaller than the map it is joined to", entry.path)
        cropped = replace(kept, map=Map(kept.map.channels, *flow.map.size))
        return self._behind(entry, [cropped, flow]), []

    # ------------------------------------------------------------------ layers

    def _layer(self, entry: Entry, flow: Flow, names: Names, level: int) -> tuple[Flow, list[Row]]:
        """One layer, by the rules of the engine or by its own."""
        given = {name: self._value(value, names, flow, entry) for name, value in entry.arguments.items()}
        if (unit := UNITS.get(entry.kind)) is not None:
            flow, row = unit(flow, given)
            return flow, [replace(row, kind=entry.kind)]
        return self._engine_layer(entry, flow, given, names)

    def _engine_layer(self, entry: Entry, flow: Flow, given: dict[str, Json], names: Names) -> tuple[Flow, list[Row]]:
        if entry.kind not in ("flatten", "linear") and (flow.is_flat or flow.tokens):
            raise Refusal("takes a map of channels, height and width", entry.kind)
        if entry.kind == "depthwise":
            multiplier = given.pop("multiplier", 1)
            given |= {"groups": flow.map.channels, "out_channels": _times(flow.map.channels, multiplier)}
        kind = "conv" if entry.kind == "depthwise" else entry.kind
        try:
            layer = read_inputs(MODELS[kind], {"type": kind, **given})
        except InputError as error:
            raise self._refused(entry, flow, names, str(error)) from None
        out = Flow(
            layer.output(flow.map),
            None if kind == "conv_transpose" else after(flow.seen, layer.reach(flow.map)),
            is_flat=kind in ("flatten", "linear"),
        )
        elements = 0 if kind == "flatten" else out.elements
        row = Row("", entry.kind, out.shape, layer.cost(flow.map), elements, out.seen, layer=layer, taken=flow.map)
        return out, [row]

    # ------------------------------------------------------------------ numbers

    def _number(self, value: Json, names: Names, flow: Flow, entry: Entry) -> int:
        found = self._value(value, names, flow, entry)
        if isinstance(found, bool) or not isinstance(found, int):
            raise NetworkError(f"a whole number is expected, not {found!r}", entry.path)
        return found

    def _value(self, value: Json, names: Names, flow: Flow, entry: Entry) -> Json:
        """A value with its expressions worked out; words of a choice stay words."""
        if isinstance(value, list):
            return [self._value(each, names, flow, entry) for each in value]
        if not isinstance(value, str) or value in ("max", "avg"):
            return value
        known = {**names, "channels": flow.map.channels}
        try:
            found = evaluate(value, known)
        except FormulaError as error:
            if entry.kind == "activation":
                return value
            raise NetworkError(
                f"{value!r} cannot be worked out: {error}", entry.path, mend=f"known are {', '.join(known)}"
            ) from None
        return int(found) if found == int(found) else float(found)


def _times(channels: int, multiplier: Json) -> int:
    if isinstance(multiplier, bool) or not isinstance(multiplier, int) or multiplier < 1:
        raise Refusal(f"a whole number from 1 is expected, not {multiplier!r}", "multiplier")
    return channels * multiplier
