"""Vectors and lists of points as exact numbers: every float is the decimal that it shows, so that no difference loses digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Refusal
from quizcnn.solvers.values import exact

Vector: TypeAlias = tuple[Fraction, ...]


def exact_vector(values: Iterable[float | int]) -> Vector:
    """The decimals that the numbers show."""
    return tuple(exact(value) for value in values)


def exact_points(points: Iterable[Iterable[float | int]]) -> tuple[Vector, ...]:
    """A list of vectors."""
    return tuple(exact_vector(point) for point in points)


def dot(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    """The inner product of vectors of equal length."""
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction())


def mean_of(points: Sequence[Vector]) -> Vector:
    """The mean of each coordinate."""
    return tuple(sum(column, Fraction()) / len(points) for column in zip(*points, strict=True))


def floats(values: Iterable[Fraction]) -> tuple[float, ...]:
    """As floats, rounded once."""
    return tuple(float(value) for value in values)


def root(value: Fraction) -> float:
    """The square root, rounded once."""
    return float(WIDE.sqrt(_decimal(value)))


def root_of_ratio(top: Fraction, bottom: Fraction) -> float:
    """The square root of top/bottom with the sign of top, rounded once."""
    size = WIDE.sqrt(WIDE.divide(_decimal(abs(top)), _decimal(bottom)))
    return float(-size if top < 0 else size)


def _decimal(value: Fraction) -> Decimal:
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def check_dimension(points: Sequence[Sequence[object]], name: str, size: int | None = None, other: str = "") -> None:
    """Refuse points of different length, or of another than ``size``, that of the input ``other``."""
    wanted = len(points[0]) if size is None else size
    for place, point in enumerate(points):
        if len(point) != wanted:
            names = (name, other) if other else (name,)
            raise Refusal(f"{name}[{place}] has {len(point)} numbers, {f'{other} has' if other else 'the first has'} {wanted}", *names)  # fmt: skip


def check_pairs(points: Sequence[Sequence[object]], name: str) -> None:
    """Refuse points that are not ``[x, y]``."""
    for place, point in enumerate(points):
        if len(point) != 2:
            raise Refusal(f"{name}[{place}] has {len(point)} numbers, a point is [x, y]", name)
