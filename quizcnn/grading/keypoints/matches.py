"""What was met of a pattern in a clause, and how the matches of its parts come together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizcnn.grading.keypoints.items import Item

RIVAL_SHARE = 0.7
"""So much of the rest must be there before a rival in a place contradicts."""
INHERITED = 0.7
"""What is worth that a clause does not say but inherits."""
WIDER = 0.6
"""What a wider term is worth where a narrower one is wanted."""


class Match(NamedTuple):
    """How much of a pattern is there, how often something in it is turned, and the words."""

    share: float
    turns: int = 0
    items: tuple[Item, ...] = ()
    because: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    framed: frozenset[int] = frozenset()
    """Places of directions that are settled, and of their negators."""
    fresh: bool = False
    """Whether anything outside the question was met."""
    opposed: int = 0
    """Opposites met: with a denial they cancel."""
    cover: float = 1.0
    """The share of the weight that was met; contradicting needs most of it."""
    swapped: bool = False
    """Said of what the question sets against the subject."""
    soft: bool = False
    """Turned only in that something stays: it takes nothing back."""

    @property
    def side(self) -> int:
        """1 said, -1 turned round, 0 neither."""
        return (1, -1)[self.turns] if self.turns < 2 else 0


NOTHING = Match(0.0)


def joined(found: Sequence[Match]) -> Match:
    """Several parts that are all needed."""
    shares = [match.share for match in found]
    share = sum(shares) / len(found) if found else 0.0
    if shares and min(shares) < 1:
        share = min(share, 0.9)
    if any(match.swapped for match in found):
        rest = all(match.swapped or match.share >= 1 for match in found)
        return Match(0.0, 0, tuple(item for match in found for item in match.items), swapped=rest)
    return Match(
        share,
        sum(match.turns for match in found),
        tuple(dict.fromkeys(item for match in found for item in match.items)),
        tuple(line for match in found for line in match.because),
        tuple(name for match in found for name in match.lacking),
        frozenset(place for match in found for place in match.framed),
        any(match.fresh for match in found),
        sum(match.opposed for match in found),
        cover=min((match.cover for match in found), default=1.0),
        soft=any(match.soft for match in found),
    )


def once(found: list[tuple[float, Match]]) -> list[tuple[float, Match]]:
    """Matches in which no word counts for one thing and for its opposite or rival."""
    if not any(match.opposed or match.turns for _, match in found):
        return found
    plain = {
        id(item)
        for _, match in found
        if match.share >= 1 and not match.opposed and not match.turns
        for item in match.items
    }

    def doubles(match: Match) -> bool:
        return bool((match.opposed or match.turns) and match.items) and all(id(item) in plain for item in match.items)

    return [(weight, NOTHING if doubles(match) else match) for weight, match in found]


def cover_of(heavy: Sequence[tuple[float, Match]]) -> float:
    """How much of what matters was met; what stands turned counts as met."""
    total = sum(weight for weight, _ in heavy)
    return sum(weight * match.share for weight, match in heavy if match.share >= WIDER) / total if total else 1.0
