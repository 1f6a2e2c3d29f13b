"""The nodes of a pattern, and how each is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the lexicon, or any of several."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return "{" + "|".join(self.ids) + "}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any form and spelling; ``exact`` as it stands, ``prefix`` its beginning."""

    text: str
    root: str
    exact: bool = False
    prefix: bool = False

    def __str__(self) -> str:
        return f"={self.text}" if self.exact else f"{self.text}*" if self.prefix else self.text


@dataclass(frozen=True, slots=True)
class All:
    """All of these in one clause, in any order."""

    parts: tuple[Pattern, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """One of these."""

    parts: tuple[Pattern, ...]

    def __str__(self) -> str:
        return "|".join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Maybe:
    """Evidence where it is there; nothing lacks without it."""

    part: Pattern

    def __str__(self) -> str:
        return f"[{self.part}]"


@dataclass(frozen=True, slots=True)
class Row:
    """In this order; ``gap`` is the most words between neighbours, None any number."""

    parts: tuple[Pattern, ...]
    gap: int | None = None

    def __str__(self) -> str:
        if self.gap == 0:
            return '"' + " ".join(map(str, self.parts)) + '"'
        return (" .. " if self.gap is None else f" ~{self.gap} ").join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Without:
    """Not in the clause."""

    part: Pattern

    def __str__(self) -> str:
        return f"!{self.part}"


@dataclass(frozen=True, slots=True)
class Denied:
    """The clause denies it."""

    part: Pattern

    def __str__(self) -> str:
        return f"not({self.part})"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that goes up (1), down (-1), stays (0) or changes (2); ``extreme`` for most and least."""

    side: int
    part: Pattern | None
    extreme: bool = False
    denied: bool = False
    """It does not go that way: it stays, or that is all that is said."""

    def __str__(self) -> str:
        name = {1: "most", -1: "least"}[self.side] if self.extreme else SIDES[self.side]
        said = f"{name}({self.part or 'it'})"
        return f"not({said})" if self.denied else said


@dataclass(frozen=True, slots=True)
class Together:
    """Two quantities that move so, or both the other way."""

    one: Quantity
    other: Quantity

    def __str__(self) -> str:
        return f"with({self.one}, {self.other})"


@dataclass(frozen=True, slots=True)
class Compare:
    """``one`` has more (1), less (-1) or as much (0) ``of`` than ``other``; an empty side is whatever is spoken of."""

    side: int
    one: Pattern | None
    of: Pattern | None
    other: Pattern | None

    def __str__(self) -> str:
        name = {1: "more", -1: "less", 0: "equal"}[self.side]
        return f"{name}({self.one or 'it'}, {self.of or 'any'}, {self.other or 'it'})"


@dataclass(frozen=True, slots=True)
class Phase:
    """Said of a phase, or of none."""

    id: str
    part: Pattern

    def __str__(self) -> str:
        return f"in({self.id}: {self.part})"


@dataclass(frozen=True, slots=True)
class About:
    """The clause speaks of this, or of nothing that the question sets against it."""

    part: Pattern

    def __str__(self) -> str:
        return f"about({self.part})"


@dataclass(frozen=True, slots=True)
class Number:
    """A number from ``low`` to ``high``, or a shape as it stands."""

    low: float
    high: float
    shape: str = ""
    unit: Pattern | None = None

    def __str__(self) -> str:
        said = self.shape or (f"{self.low:g}" if self.low == self.high else f"{self.low:g}..{self.high:g}")
        return f"num({said}{f' {self.unit}' if self.unit else ''})"


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula up to spacing, signs and the order of sums and products."""

    text: str

    def __str__(self) -> str:
        return f"eq({self.text})"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One divided by the other."""

    over: Pattern
    under: Pattern

    def __str__(self) -> str:
        return f"ratio({self.over}, {self.under})"


@dataclass(frozen=True, slots=True)
class Enough:
    """So much of the weight of these, 0 to 1."""

    share: float
    parts: tuple[tuple[float, Pattern], ...]

    def __str__(self) -> str:
        return f"enough({self.share:g}: {', '.join(str(part) if weight >= 0.5 else f'[{part}]' for weight, part in self.parts)})"


Pattern: TypeAlias = (
    Concept
    | Word
    | All
    | Either
    | Maybe
    | Row
    | Without
    | Denied
    | Quantity
    | Together
    | Compare
    | Phase
    | About
    | Number
    | Equation
    | Ratio
    | Enough
)
SIDES = {1: "up", -1: "down", 0: "same", 2: "change"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern as a whole: parts that may stand in clauses of their own, each with its weight, and how much of them is enough."""

    parts: tuple[tuple[float, Pattern], ...]
    source: str
    share: float = 1.0
    prose: bool = False
    one_of_many: bool = False
    """One of several alternatives: turning it round contradicts nothing."""

    def __str__(self) -> str:
        return " ; ".join(str(part) for _, part in self.parts)


NUMBER, DIRECTION = "#", "up|down"
"""In the place of a name: any number, any direction."""


def names_in(pattern: Pattern) -> frozenset[str] | None:
    """The concepts and words without any of which a pattern is not there; None where it needs none."""
    match pattern:
        case Concept():
            return frozenset(pattern.ids)
        case Word():
            return frozenset({str(pattern)} if pattern.exact or pattern.prefix else {pattern.root, pattern.text})
        case Number():
            return frozenset({NUMBER})
        case Equation():
            return _sign_of(pattern)
        case All() | Row():
            return _any_of(_needed(pattern.parts))
        case Either():
            return _any_of(pattern.parts)
        case Enough():
            return _any_of(_needed([part for _, part in pattern.parts]))
        case Phase(part=Maybe()):
            return frozenset({pattern.id})
        case Denied() | About() | Phase():
            return names_in(pattern.part)
        case Quantity():
            return frozenset({DIRECTION}) if pattern.part is None else names_in(pattern.part)
        case Together():
            return _any_of([pattern.one, pattern.other])
        case Compare(of=None, one=None):
            return frozenset({DIRECTION})
        case Compare():
            sides = (pattern.of,) if pattern.of is not None else (pattern.one, pattern.other)
            return _any_of([side for side in sides if side is not None])
        case Ratio():
            return _any_of([pattern.over, pattern.under])
    return None


def _sign_of(pattern: Equation) -> frozenset[str] | None:
    """A sign without which an equation cannot be written."""
    found = next((sign for sign in "=/+(" if sign in pattern.text), "")
    return frozenset({f"={found}"}) if found else None


def _needed(parts: Sequence[Pattern]) -> list[Pattern]:
    return [part for part in parts if not isinstance(part, Maybe | Without)]


def _any_of(parts: Sequence[Pattern]) -> frozenset[str] | None:
    """What all of these need; None where one of them needs nothing, or there are none."""
    found = [names_in(part) for part in parts]
    named = [names for names in found if names is not None]
    return frozenset().union(*named) if named and len(named) == len(found) else None


def absent_in(pattern: Pattern) -> frozenset[str]:
    """What a pattern wants absent."""
    parts = pattern.parts if isinstance(pattern, All) else ()
    named = (names_in(part.part) for part in parts if isinstance(part, Without))
    return frozenset().union(*(names for names in named if names))


def is_plain(pattern: Pattern) -> bool:
    """Whether a pattern wants nothing but that concepts and words are there: no number, no bare direction, nothing absent."""
    match pattern:
        case Concept():
            return True
        case Word():
            return not (pattern.exact or pattern.prefix)
        case All() | Row() | Either():
            return all(map(is_plain, pattern.parts))
        case Enough():
            return all(is_plain(part) for _, part in pattern.parts)
        case Denied() | About() | Phase():
            return is_plain(pattern.part)
        case Quantity():
            return pattern.part is not None and is_plain(pattern.part)
        case Ratio():
            return is_plain(pattern.over) and is_plain(pattern.under)
    return False


def ids_of(pattern: Pattern) -> frozenset[str]:
    """The concepts that a pattern names at its top."""
    if isinstance(pattern, Concept):
        return frozenset(pattern.ids)
    if isinstance(pattern, Enough):
        return frozenset().union(*(ids_of(part) for _, part in pattern.parts))
    if isinstance(pattern, All | Either):
        return frozenset().union(*(ids_of(part) for part in pattern.parts))
    return frozenset()
