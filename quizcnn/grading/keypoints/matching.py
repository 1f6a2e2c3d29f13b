"""Whether clauses make a claim: its words are there, direction, polarity and sides decide between making it and denying it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import prod

from quizcnn.grading.keypoints.claims import AXIS_WEIGHT, Claim, adjectives_of, denial, sides
from quizcnn.grading.keypoints.reading import Axis, Clause, Unit
from quizcnn.grading.keypoints.words import RIVALS
from quizcnn.grading.reading.spelling import is_slip

ENOUGH = 0.55
"""Share of a claim's weight that clauses must hold."""
UNITS_ENOUGH = 0.1
"""Share of its words, directions apart: a direction alone says nothing about the subject."""
RIVAL_ENOUGH = 0.75
"""Share of the rest of a claim that makes a rival in its place a contradiction."""


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a claim is held, and whether it is said (1) or turned (-1)."""

    share: float
    side: int
    spans: tuple[tuple[int, int], ...]


def match(claim: Claim, clauses: Sequence[Clause]) -> Match | None:
    """How these clauses, read together, meet the claim; None where too little of it is there."""
    if not claim.weights:
        return None
    units = [unit for clause in clauses for unit in clause.units]
    words, held = dict(claim.words), _Held()
    for key, weight in claim.weights:
        unit, worth = _best(key, words[key], units)
        if unit is not None:
            held.add(weight * worth, unit.start, unit.end, key in claim.fresh)
            held.keys.add(key)
    if held.weight < UNITS_ENOUGH * sum(weight for _, weight in claim.weights) or not held.keys:
        return None
    turn = _follow_axes(claim, clauses, held)
    keys = frozenset(unit.key for unit in units)
    rival, number = _rival(claim, keys), _other_number(claim, keys)
    if turn == 0 or (claim.fresh and not held.fresh and not number):
        return None
    if rival and _rivals()[rival] not in claim.mentions:
        return None
    if _of_another(claim, units, keys) or _other_amount(claim, clauses):
        return None
    missing = sum(weight for key, weight in claim.weights if key == rival or key in number)
    share, enough = held.weight / (claim.total - missing), RIVAL_ENOUGH if rival or number else ENOUGH
    if share < enough - 1e-9 or (_short(claim) and not _heavy(claim) - {rival} - number <= held.keys):
        return None
    if rival or number:
        return Match(share, -1, held.merged())
    used = [clause for clause in clauses if any(clause.start <= start < clause.end for start, _ in held.spans)]
    side = claim.parity * denial(used, bool(claim.numbers)) * turn * _turned(claim, clauses)
    return Match(share, side, held.merged())


class _Held:
    """What of a claim was found, and where."""

    def __init__(self) -> None:
        self.weight = 0.0
        self.spans: list[tuple[int, int]] = []
        self.fresh = False
        self.keys: set[str] = set()

    def add(self, weight: float, start: int, end: int, fresh: bool) -> None:
        self.weight += weight
        self.spans.append((start, end))
        self.fresh = self.fresh or fresh

    def merged(self) -> tuple[tuple[int, int], ...]:
        """The spans in order, touching ones joined."""
        found: list[tuple[int, int]] = []
        for start, end in sorted(self.spans):
            if found and start <= found[-1][1] + 1:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return tuple(found)


def _short(claim: Claim) -> bool:
    """Whether a claim is so short that all its heavy words must be there."""
    return len(_heavy(claim)) + len(claim.axes) <= 2


def _heavy(claim: Claim) -> frozenset[str]:
    return frozenset(key for key, weight in claim.weights if weight >= 0.5)


def _follow_axes(claim: Claim, clauses: Sequence[Clause], held: _Held) -> int:
    """1 where the directions are those of the claim, -1 where they are turned, 0 where a claim's direction is not there at all."""
    turn, met = 1, not claim.axes
    for name in dict.fromkeys(name for name, _ in claim.axes):
        wanted = [side for each, side in claim.axes if each == name]
        found = _axes_named(name, clauses)[-len(wanted) :]
        for axis in found:
            held.add(AXIS_WEIGHT * len(wanted) / len(found), axis.start, axis.end, fresh=True)
        if found:
            met = True
            turn *= _direction(wanted, [axis.side for axis in found])
    return turn if met else 0


def _axes_named(name: str, clauses: Sequence[Clause]) -> list[Axis]:
    """The directions on an axis; what rises or falls changes."""
    axes = [axis for clause in clauses for axis in clause.axes]
    found = [axis for axis in axes if axis.name == name]
    if found or name != "change" or any(clause.negators for clause in clauses):
        return found
    return [Axis("change", 1, axis.start, axis.end) for axis in axes if axis.name in ("amount", "speed") and axis.firm]


def _direction(wanted: Sequence[int], found: Sequence[int]) -> int:
    """-1 where the directions found turn those wanted; where some are left out, one that was wanted is enough."""
    if len(found) == len(wanted):
        pairs = [want * got for want, got in zip(wanted, found, strict=True)]
        return pairs[0] if len(set(pairs)) == 1 else prod(pairs)
    return 1 if all(side in wanted for side in found) else -1


@cache
def _rivals() -> Mapping[str, str]:
    return {a: b for pair in RIVALS for a, b in (pair, pair[::-1])}


def _rival(claim: Claim, keys: frozenset[str]) -> str:
    """The claim's term in whose place its rival stands; empty where there is none."""
    own = [key for key, _ in claim.weights]
    for key in own:
        other = _rivals().get(key)
        if other is not None and other in keys and key not in keys and other not in own:
            return key
    return ""


def _of_another(claim: Claim, units: Sequence[Unit], keys: frozenset[str]) -> bool:
    """Whether the clauses speak of another thing of the question, and of none that the claim is about."""
    own = frozenset(key for key, _ in claim.weights) & claim.asked
    others = {unit.key for unit in units if unit.weight >= 1} & claim.asked - claim.mentions
    return bool(own and others) and not own & keys


def _other_amount(claim: Claim, clauses: Sequence[Clause]) -> bool:
    """Whether the clauses speak of much where the claim speaks of little."""
    found = adjectives_of(clauses)
    return any(found.get(noun, side) != side for noun, side in claim.adjectives)


def _other_number(claim: Claim, keys: frozenset[str]) -> frozenset[str]:
    """The number of the claim in whose place another one stands."""
    numbers = claim.numbers
    other = len(numbers) == 1 and not numbers & keys and any(key.startswith("#") for key in keys)
    return numbers if other else frozenset()


def _best(key: str, word: str, units: Sequence[Unit]) -> tuple[Unit | None, float]:
    for unit in units:
        if unit.key == key:
            return unit, 1.0
    for unit in units:
        if same_word(word, unit.word):
            return unit, 0.9
    return None, 0.0


@lru_cache(maxsize=50_000)
def same_word(word: str, typed: str) -> bool:
    """A slip of spelling, or another form of the same stem."""
    if not (word.isascii() and word.isalpha() and typed.isascii() and typed.isalpha()):
        return False
    if is_slip(typed, word):
        return True
    common = next(
        (at for at, (a, b) in enumerate(zip(word, typed, strict=False)) if a != b), min(len(word), len(typed))
    )
    return common >= 5 and common * 10 >= 7 * max(len(word), len(typed))


def _turned(claim: Claim, clauses: Sequence[Clause]) -> int:
    """-1 where the two sides of a comparison are exchanged."""
    if not claim.before and not claim.after:
        return 1
    left, right = sides(list(clauses))
    if left or right:
        straight = bool(claim.before & left or claim.after & right)
        crossed = bool(claim.before & right or claim.after & left)
    else:
        keys = {unit.key for clause in clauses for unit in clause.units}
        straight, crossed = bool(claim.before & keys), bool(claim.after & keys)
    return -1 if crossed and not straight else 1
