"""Confusion matrices of several classes: what a family reads, and the sums that its metrics are made of; no family of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from quizcnn.solvers.inputs import Count, Many, Refusal

Rows: TypeAlias = tuple[tuple[int, ...], ...]


def _square(rows: Rows) -> Rows:
    if any(len(row) != len(rows) for row in rows):
        raise PydanticCustomError("square", "must be a square matrix: as many rows as columns")
    return rows


Confusion: TypeAlias = Annotated[Many[Many[Count]], AfterValidator(_square)]
"""Counts by true class (row) and predicted class (column), shape (classes, classes)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The diagonal and the sums of rows and columns."""

    right: Sequence[int]
    rows: Sequence[int]
    columns: Sequence[int]

    @staticmethod
    def of(confusion: Rows) -> Counts:
        diagonal = [row[place] for place, row in enumerate(confusion)]
        return Counts(
            diagonal, [sum(row) for row in confusion], [sum(column) for column in zip(*confusion, strict=True)]
        )

    @property
    def everything(self) -> int:
        return sum(self.rows)

    def transposed(self) -> Counts:
        return Counts(self.right, self.columns, self.rows)


def check_confusion(confusion: Rows, what: str) -> None:
    """Refuse a matrix that counts nothing."""
    if not any(map(any, confusion)):
        raise Refusal(f"there are no {what}: every count is 0", "confusion")
