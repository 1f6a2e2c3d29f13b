"""A map through a network, layer by layer: shapes, parameters, multiply-accumulates, memory and receptive fields.

MACs are those of convolutions (also the 1x1 ones of squeeze-excite) and linear layers of one image; parameters are the trainable ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizcnn.networks.spec import Network
from quizcnn.networks.state import Flow, Row, total
from quizcnn.networks.walk import Walk
from quizcnn.solvers.layers import Cost, Map


@dataclass(frozen=True, slots=True)
class Trace:
    """A network with an input of ``size``, channels, height and width: its outermost rows in order."""

    network: Network
    size: tuple[int, int, int]
    rows: tuple[Row, ...]

    @property
    def cost(self) -> Cost:
        return total([row.cost for row in self.rows])

    @property
    def attention_macs(self) -> int:
        return sum(row.attention_macs for row in self.rows)

    @property
    def elements(self) -> int:
        """Numbers that all layers put out, for one image."""
        return sum(row.elements for row in self.rows)

    def row(self, name: str) -> Row | None:
        """The outermost row with this name."""
        return next((row for row in self.rows if row.name == name), None)

    @property
    def layers(self) -> tuple[Row, ...]:
        """Every single layer, without the rows that group them."""
        return tuple(layer for row in self.rows for layer in _layers(row))


def trace(network: Network, size: tuple[int, int, int] | None = None) -> Trace:
    """The network with this input, its own where none is given. Raises ``NetworkError`` with the layer's place where something does not fit."""
    chosen = size or network.size
    _, rows = Walk(network).through(network.layers, Flow(Map(*chosen)), {}, 0)
    return Trace(network, chosen, tuple(_named(rows)))


def _layers(row: Row) -> Iterator[Row]:
    if row.parts:
        for part in row.parts:
            yield from _layers(part)
    else:
        yield row


def _named(rows: list[Row]) -> list[Row]:
    """Rows without a name by their kind; a kind that comes again is numbered."""
    counts: dict[str, int] = {}
    found = []
    for row in rows:
        name = row.name
        if not name:
            counts[row.kind] = counts.get(row.kind, 0) + 1
            name = row.kind if counts[row.kind] == 1 else f"{row.kind}_{counts[row.kind]}"
        found.append(replace(row, name=name, parts=tuple(_named(list(row.parts)))))
    return found
