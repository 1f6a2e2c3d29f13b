"""A network of two layers as the families read it: its inputs, one pass forward and back (torch.nn.Linear's layout of weights)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.activations import Activation, activate, slope
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import sum_of
from quizcnn.solvers.inputs import Inputs, Many, Matrix, Real, Refusal, refuse_work

Vector = list[Decimal]
Table = list[list[Decimal]]


class MlpInputs(Inputs):
    """x (inputs), w1 (hidden, inputs), w2 (outputs, hidden), target (outputs); null biases are 0."""

    x: Many[Real]
    w1: Matrix
    b1: Many[Real] | None = None
    w2: Matrix
    b2: Many[Real] | None = None
    target: Many[Real]
    activation: Activation

    @model_validator(mode="after")
    def _fits(self) -> MlpInputs:
        hidden, outputs = len(self.w1), len(self.w2)
        refuse_work(hidden * len(self.w1[0]) + outputs * len(self.w2[0]), "w1", "w2", most=10**5)
        _agree("w1", len(self.w1[0]), "columns", "x", len(self.x), "inputs")
        _agree("w2", len(self.w2[0]), "columns", "w1", hidden, "rows")
        _agree("target", len(self.target), "entries", "w2", outputs, "rows")
        if self.b1 is not None:
            _agree("b1", len(self.b1), "entries", "w1", hidden, "rows")
        if self.b2 is not None:
            _agree("b2", len(self.b2), "entries", "w2", outputs, "rows")
        return self


def _agree(one: str, size: int, parts: str, other: str, wanted: int, others: str) -> None:
    if size != wanted:
        raise Refusal(f"{one} has {size} {parts}, {other} has {wanted} {others}", one, other)


def dot(a: Iterable[Decimal], b: Iterable[Decimal]) -> Decimal:
    return sum_of(WIDE.multiply(x, y) for x, y in zip(a, b, strict=True))


def vector(values: Iterable[float]) -> Vector:
    return [decimal_of(value) for value in values]


def layer(weights: Sequence[Sequence[float]], biases: Sequence[float] | None, values: Vector) -> Vector:
    """weights times values plus biases"""
    shifts = vector(biases or [0.0] * len(weights))
    return [WIDE.add(dot(vector(row), values), shift) for row, shift in zip(weights, shifts, strict=True)]


def outer(rows: Vector, columns: Vector) -> Table:
    return [[WIDE.multiply(one, other) for other in columns] for one in rows]


@dataclass(frozen=True, slots=True)
class Pass:
    """Forward: sums and values of the hidden units, outputs, their errors. Backward: what comes back to the hidden units."""

    sums: Vector
    hidden: Vector
    output: Vector
    error: Vector
    back: Vector


def run(i: MlpInputs) -> Pass:
    sums = layer(i.w1, i.b1, vector(i.x))
    hidden = [activate(i.activation, value) for value in sums]
    output = layer(i.w2, i.b2, hidden)
    error = [WIDE.subtract(value, decimal_of(target)) for value, target in zip(output, i.target, strict=True)]
    back = [dot(vector(column), error) for column in zip(*i.w2, strict=True)]
    return Pass(sums, hidden, output, error, back)


def deltas_by(found: Pass, slopes: Vector) -> Vector:
    return [WIDE.multiply(one, other) for one, other in zip(found.back, slopes, strict=True)]


def slopes(i: MlpInputs, values: Vector) -> Vector:
    return [slope(i.activation, value) for value in values]
