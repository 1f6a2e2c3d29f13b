"""What flows through a network, and the row that a layer leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizcnn.networks.field import Field, Seen
from quizcnn.solvers.layers import Conv, ConvTranspose, Cost, Layer, Map, Pool


@dataclass(frozen=True, slots=True)
class Flow:
    """A map on its way, with what a unit of it sees. ``tokens`` counts the tokens of a sequence, whose width is then ``map.channels``;
    ``is_flat`` says that the pixels are gone."""

    map: Map
    seen: Seen = field(default_factory=Field)
    tokens: int = 0
    is_flat: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """(C, H, W), (tokens, width), or (features,) once the pixels are gone."""
        if self.tokens:
            return self.tokens, self.map.channels
        return (self.map.channels,) if self.is_flat else self.map.shape

    @property
    def elements(self) -> int:
        return self.tokens * self.map.channels if self.tokens else self.map.elements


@dataclass(frozen=True, slots=True)
class Row:
    """A layer, or a group of layers (``parts``), as the table shows it: after its norm and activation.

    ``layer`` is the layer of the engine, where it is one, and ``taken`` the map that it takes. ``elements`` are the numbers that its own layers put out
    (activations in place are not counted again). ``attention_macs`` are the products Q K^T and attention times V.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    cost: Cost
    elements: int
    seen: Seen
    attention_macs: int = 0
    layer: Layer | None = None
    taken: Map | None = None
    parts: tuple[Row, ...] = ()

    @property
    def receptive_field(self) -> int | None:
        """On one axis, the larger where they differ; None where a unit sees everything."""
        return None if self.seen is None or len(self.shape) < 3 else max(self.seen.size)

    @property
    def jump(self) -> int | None:
        return None if self.seen is None or len(self.shape) < 3 else max(self.seen.jump)

    @property
    def window(self) -> Conv | ConvTranspose | Pool | None:
        """The layer, where it has a kernel, a stride and padding."""
        return self.layer if isinstance(self.layer, Conv | ConvTranspose | Pool) else None

    @property
    def is_counted(self) -> bool:
        """Whether it has weights that are multiplied: what is meant by a network of so many layers."""
        return self.cost.macs > 0


def total(costs: list[Cost]) -> Cost:
    """All costs together."""
    return Cost(
        sum(cost.weights for cost in costs),
        sum(cost.biases for cost in costs),
        sum(cost.norms for cost in costs),
        sum(cost.macs for cost in costs),
    )
