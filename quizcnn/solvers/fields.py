"""Stacks of layers on one axis as the receptive-field families read them: the layers as data and the forward recurrence.

Padding moves a receptive field and does not change its size (Araujo et al. 2019, Computing Receptive Fields, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from quizcnn.solvers.inputs import Count, Inputs, Refusal, Size
from quizcnn.solvers.primitives import MAX_BITS, grow_field

MAX_TOTAL_BITS = 10**8
"""Length of all numbers of a stack together."""


class Layer(Inputs):
    """One layer on one axis."""

    kernel_size: Size
    stride: Size = 1
    dilation: Size = 1
    padding: Count = 0


Spec: TypeAlias = tuple[int, int, int, int]
"""k, s, d, p of one layer."""
Trace: TypeAlias = list[tuple[int, int]]
"""Receptive field and total stride after each layer."""


def specs(layers: Sequence[Layer]) -> list[Spec]:
    return [(layer.kernel_size, layer.stride, layer.dilation, layer.padding) for layer in layers]


def trace(layers: Iterable[Spec], name: str = "layers") -> Trace:
    """The forward recurrence r += d(k-1)*jump, jump *= s from r = jump = 1.

    ``Refusal`` naming the input where the numbers grow beyond use.
    """
    field, jump, bits, found = 1, 1, 0, []
    for k, s, d, _ in layers:
        field, jump = grow_field(field, jump, k, d), jump * s
        bits += jump.bit_length()
        if jump.bit_length() > MAX_BITS or bits > MAX_TOTAL_BITS:
            raise Refusal("the total stride has too many digits", name)
        found.append((field, jump))
    return found
