"""From the sentence of a key point to what must be found: units with weights, directions, polarity, sides of a comparison.

Words of the question weigh a quarter, examples and remarks in brackets too. "A, or B" are two wordings; several clauses with something
to say each are several parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from quizcnn.grading.keypoints.reading import Clause, read_clauses

QUESTION_SHARE = 0.25
OPTIONAL_SHARE = 0.25
AXIS_WEIGHT = 1.0
PART_WEIGHT = 1.5
"""A clause that weighs less is no part of its own."""

_OPTIONAL = re.compile(
    r"\([^()]*\)|（[^（）]*）|(?:such as|e\.g\.|for example|including|例如|比如|譬如)[^.;。；]*", re.IGNORECASE
)
_ALTERNATIVE = re.compile(r",\s*or\b|;\s*or\b|，或者?|；或者?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """One part of a sentence. ``weights`` are those of its units by key, ``words`` how they are written."""

    weights: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, str], ...]
    fresh: frozenset[str]
    """Keys that the question does not hold."""
    axes: tuple[tuple[str, int], ...]
    parity: int
    before: frozenset[str]
    after: frozenset[str]
    mentions: frozenset[str]
    """Keys of the whole sentence."""
    asked: frozenset[str]
    """Keys of the question."""
    adjectives: tuple[tuple[str, int], ...]
    """How much of a thing: few channels, large batches."""

    @property
    def total(self) -> float:
        return sum(weight for _, weight in self.weights) + AXIS_WEIGHT * len(self.axes)

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(key for key, _ in self.weights if key.startswith("#"))


@lru_cache(maxsize=4096)
def claims_of(sentence: str, question: str) -> tuple[tuple[Claim, ...], ...]:
    """The wordings of a sentence, each as its parts."""
    asked = frozenset(unit.key for clause in read_clauses(question) for unit in clause.units)
    wordings = [piece for piece in _ALTERNATIVE.split(sentence) if piece.strip(" .。")]
    return tuple(parts for piece in wordings if (parts := _parts(piece, asked)))


def _parts(sentence: str, asked: frozenset[str]) -> tuple[Claim, ...]:
    optional = [found.span() for found in _OPTIONAL.finditer(sentence)]
    clauses = read_clauses(sentence)
    mentions = frozenset(unit.key for clause in clauses for unit in clause.units)
    parts = [_claim((clause,), asked, optional, mentions) for clause in clauses]
    heavy = tuple(part for part in parts if part.total >= PART_WEIGHT)
    if heavy:
        return heavy
    whole = _claim(clauses, asked, optional, mentions)
    return (whole,) if whole.total else ()


def _claim(
    clauses: tuple[Clause, ...], asked: frozenset[str], optional: list[tuple[int, int]], mentions: frozenset[str]
) -> Claim:
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    before, after = sides(clauses)
    for clause in clauses:
        compared = clause.than if not clause.divides else None
        for unit in clause.units:
            weight = unit.weight * (QUESTION_SHARE if unit.key in asked else 1)
            if (compared is not None and unit.start > compared) or any(
                low <= unit.start < high for low, high in optional
            ):
                weight *= OPTIONAL_SHARE
            weights[unit.key] = max(weight, weights.get(unit.key, 0.0))
            words.setdefault(unit.key, unit.word)
    axes = tuple((axis.name, axis.side) for clause in clauses for axis in clause.axes if axis.firm)
    numbers = any(key.startswith("#") for key in weights)
    return Claim(
        tuple(weights.items()),
        tuple(words.items()),
        frozenset(key for key in weights if key not in asked),
        axes,
        denial(clauses, numbers),
        before,
        after,
        mentions,
        asked,
        tuple(adjectives_of(clauses).items()),
    )


def adjectives_of(clauses: Iterable[Clause]) -> dict[str, int]:
    """What stands right after an adjective, and the adjective's side."""
    found: dict[str, int] = {}
    for clause in clauses:
        for axis in clause.axes:
            nouns = [unit for unit in clause.units if unit.start >= axis.end] if not axis.firm else []
            if nouns:
                found[min(nouns, key=lambda unit: unit.start).key] = axis.side
    return found


def denial(clauses: tuple[Clause, ...] | list[Clause], numbers: bool) -> int:
    """-1 where the clauses deny; a zero denies unless a number is asked for."""
    count = sum(len(clause.negators) + (0 if numbers else clause.zeros) for clause in clauses)
    return -1 if count % 2 else 1


def sides(clauses: tuple[Clause, ...] | list[Clause]) -> tuple[frozenset[str], frozenset[str]]:
    """What stands on one side only of the first comparison or division."""
    for clause in clauses:
        if clause.than is not None:
            left = frozenset(unit.key for unit in clause.units if unit.start < clause.than)
            right = frozenset(unit.key for unit in clause.units if unit.start > clause.than)
            return left - right, right - left
    return frozenset(), frozenset()
