"""Softmax of scores, each quantity to full relative precision: no overflow for scores of 10^4, no 1 - p that cancels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


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
