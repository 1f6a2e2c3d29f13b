"""The clauses of an answer by what they hold: a pattern is tried only where something of it stands.

A clause is found by a concept that it names or inherits, by its words, by any number or direction, and by a slip of a wanted word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matching import related_to
from quizcnn.grading.keypoints.view import BARE, BARE_BESIDE, View, is_latin, same_word


class Wanted(NamedTuple):
    """What a clause must hold one of: names as they stand, beginnings of words, and words that may be misspelt."""

    names: frozenset[str]
    prefixes: tuple[str, ...]
    spelt: tuple[str, ...]
    is_open: bool
    absent: frozenset[str]


@lru_cache(maxsize=8192)
def wanted_by(part: p.Pattern, lexicon: Lexicon) -> Wanted | None:
    """What a clause must hold so that it can say a part or turn it; None where any clause may."""
    names = p.names_in(part)
    if names is None:
        return None
    prefixes = tuple(sorted(name[:-1] for name in names if name.endswith("*")))
    is_open = not p.is_plain(part)
    signs = related_to(names, lexicon) | {BARE if is_open else BARE_BESIDE}
    return Wanted(signs, prefixes, tuple(sorted(filter(is_latin, names))), is_open, p.absent_in(part))


class Concordance:
    """Clauses in their order, found by what they hold."""

    def __init__(self, views: Sequence[View], lexicon: Lexicon) -> None:
        self.views = tuple(views)
        self.lexicon = lexicon
        self._places: dict[str, list[int]] = {}
        self._words: dict[str, dict[str, list[int]]] = {}
        """By the first letter the words that may be misspelt, each with its places."""
        for place, view in enumerate(self.views):
            for sign in view.signs:
                self._places.setdefault(sign, []).append(place)
            for word, _ in view.single if view.has_unknown else ():
                self._words.setdefault(word[0], {}).setdefault(word, []).append(place)

    def holding(self, part: p.Pattern) -> Sequence[int]:
        """The places of the clauses that may say a part, in order."""
        wanted = wanted_by(part, self.lexicon)
        if wanted is None:
            return range(len(self.views))
        found = self._holding(wanted)
        if wanted.is_open:
            found |= {place + 1 for place in found if self._leans(place + 1)}
            found |= self._blank(found, wanted.absent)
        return sorted(found)

    def _leans(self, place: int) -> bool:
        return place < len(self.views) and self.views[place].leans

    def _blank(self, found: set[int], absent: frozenset[str]) -> set[int]:
        """One clause that holds nothing of a part: what must be absent is absent there."""
        free = [place for place in range(len(self.views)) if place not in found]
        clear = next((place for place in free if absent.isdisjoint(self.views[place].signs)), None)
        return {clear} if clear is not None else set(free[:1])

    def _holding(self, wanted: Wanted) -> set[int]:
        found = {place for name in wanted.names for place in self._places.get(name, ())}
        for prefix in wanted.prefixes:
            found |= {
                place for word, places in self._places.items() if word.startswith(f"={prefix}") for place in places
            }
        for name in wanted.spelt:
            for word, places in self._words.get(name[0], {}).items():
                if same_word(name, word):
                    found.update(places)
        return found
