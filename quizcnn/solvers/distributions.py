"""Distributions over classes: softmax of scores, what must sum to 1, and information in nats.

Each quantity of the softmax has full relative precision: no overflow for scores of 10^4, no 1 - p that cancels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from quizcnn.solvers.decimals import WIDE, decimal_of, over_one_denominator
from quizcnn.solvers.inputs import Refusal


@dataclass(frozen=True)
class Softmax:
    """Softmax over ``scores``; everything is taken relative to the largest one."""

    scores: tuple[float, ...]

    @cached_property
    def top(self) -> int:
        """Index of the (first) largest score."""
        return self.scores.index(max(self.scores))

    @cached_property
    def shifted(self) -> list[float]:
        largest = self.scores[self.top]
        return [score - largest for score in self.scores]

    @cached_property
    def exps(self) -> list[float]:
        """e^(score - largest); 1 for the largest."""
        return [math.exp(value) for value in self.shifted]

    @cached_property
    def rest(self) -> float:
        """The sum of :attr:`exps` without the largest one, which is 1: the whole sum is 1 + rest, its logarithm log1p(rest)."""
        return math.fsum(value for place, value in enumerate(self.exps) if place != self.top)

    def probabilities(self) -> tuple[float, ...]:
        whole = 1 + self.rest
        return tuple(value / whole for value in self.exps)

    def log_probabilities(self) -> tuple[float, ...]:
        log_sum = math.log1p(self.rest)
        return tuple(value - log_sum for value in self.shifted)

    def log_sum_exp(self) -> float:
        return self.scores[self.top] + math.log1p(self.rest)

    def complement(self, place: int) -> float:
        """1 - p of one class, from the other classes."""
        others = (
            self.rest if place == self.top else math.fsum(value for at, value in enumerate(self.exps) if at != place)
        )
        return others / (1 + self.rest)


def softmax(scores: Sequence[float]) -> Softmax:
    return Softmax(tuple(scores))


SUM_TOLERANCE = Fraction(1, 10**6)


def check_sum(values: Sequence[float], name: str) -> None:
    """Refuse probabilities that do not sum to 1 within 1e-6, as the decimals that they show."""
    cells, below = over_one_denominator(values)
    if abs(Fraction(sum(cells), below) - 1) > SUM_TOLERANCE:
        raise Refusal(f"the probabilities sum to {sum(values):.6g}, not to 1", name)


def information(weights: Sequence[float], probabilities: Sequence[float]) -> Decimal:
    """-sum(w ln p) in nats; entries of weight 0 count nothing, so 0 ln 0 is 0."""
    terms = (
        WIDE.multiply(decimal_of(weight), WIDE.ln(decimal_of(p)))
        for weight, p in zip(weights, probabilities, strict=True)
        if weight
    )
    return WIDE.minus(sum_of(terms))


def sum_of(terms: Iterable[Decimal]) -> Decimal:
    """The terms added up in 50 digits."""
    total = Decimal(0)
    for term in terms:
        total = WIDE.add(total, term)
    return total
