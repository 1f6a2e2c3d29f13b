"""A hidden Markov model on exact numbers: the best path, the sums over all paths (Rabiner 1989); no family of its own.

Each table is integers over one denominator, so that equal paths tie exactly and long products lose nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from typing import TypeAlias

from quizcnn.solvers.decimals import matrix_over_one_denominator, over_one_denominator

Rows: TypeAlias = Sequence[Sequence[int]]


def best(scores: Sequence[int]) -> int:
    """The place of the largest, of equal ones the first."""
    return max(range(len(scores)), key=scores.__getitem__)


@dataclass(frozen=True, slots=True)
class Model:
    """N initial probabilities, transitions, shape (N, N), emissions, shape (N, symbols), and the symbols observed."""

    initial: Sequence[int]
    transition: Rows
    emission: Rows
    observed: Sequence[int]
    below: tuple[int, int, int]
    """The denominators of the three tables."""

    @property
    def states(self) -> range:
        return range(len(self.initial))

    @property
    def bits(self) -> int:
        """By so much a score grows at each step."""
        return (self.below[1] * self.below[2]).bit_length()

    def emitted(self, t: int) -> list[int]:
        """How likely each state emits the symbol of step t."""
        return [row[self.observed[t]] for row in self.emission]

    def start(self) -> list[int]:
        """Of each state: initial times emission."""
        return list(map(mul, self.initial, self.emitted(0)))

    def share(self, score: int, steps: int) -> float:
        """The probability that a score after so many steps stands for."""
        first, moved, emitted = self.below
        return score / (first * int(moved ** (steps - 1)) * int(emitted**steps))

    def score(self, path: Sequence[int]) -> int:
        """Initial, emissions and transitions along a path."""
        found = self.start()[path[0]]
        for t, (before, state) in enumerate(pairwise(path), start=1):
            found *= self.transition[before][state] * self.emission[state][self.observed[t]]
        return found


def read_model(
    initial: Sequence[float],
    transition: Sequence[Sequence[float]],
    emission: Sequence[Sequence[float]],
    observed: Sequence[int],
) -> Model:
    """The tables over one denominator each."""
    first, below = over_one_denominator(initial)
    moves, moved = matrix_over_one_denominator(transition)
    emits, emitted = matrix_over_one_denominator(emission)
    return Model(first, moves, emits, observed, (below, moved, emitted))


@dataclass(frozen=True, slots=True)
class Trellis:
    """scores[t][j], the best way into state j at step t, and back[t - 1][j], the state before it."""

    scores: Rows
    back: Rows

    def path(self) -> tuple[int, ...]:
        """From the best last state back along the predecessors."""
        states = [best(self.scores[-1])]
        for row in reversed(self.back):
            states.append(row[states[-1]])
        return tuple(reversed(states))

    def top(self) -> int:
        """The score of the best path."""
        return max(self.scores[-1])


def trellis_of(model: Model) -> Trellis:
    """The recursion of Viterbi: N² products a step."""
    scores, back = [model.start()], []
    for t in range(1, len(model.observed)):
        before = scores[-1]
        ways = [[before[i] * model.transition[i][j] for i in model.states] for j in model.states]
        back.append([best(way) for way in ways])
        scores.append(list(map(mul, map(max, ways), model.emitted(t))))
    return Trellis(scores, back)


def forward(model: Model) -> list[list[int]]:
    """Sums over all ways into each state at each step."""
    rows = [model.start()]
    for t in range(1, len(model.observed)):
        sums = [sum(map(mul, rows[-1], column)) for column in zip(*model.transition, strict=True)]
        rows.append(list(map(mul, sums, model.emitted(t))))
    return rows


def likeliest_states(model: Model) -> tuple[int, ...]:
    """The most probable state of each step by itself, given all observations (forward times backward sums)."""
    after, states = [1] * len(model.initial), []
    for t, before in reversed(list(enumerate(forward(model)))):
        states.append(best(list(map(mul, before, after))))
        onward = list(map(mul, after, model.emitted(t)))
        after = [sum(map(mul, row, onward)) for row in model.transition]
    return tuple(reversed(states))
