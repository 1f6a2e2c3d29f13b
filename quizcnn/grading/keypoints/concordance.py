"""The clauses of an answer by what they hold: a pattern is tried only where something of it stands.

A clause is found by a concept that it names or inherits, by its words, by any number or direction, and by a slip of a wanted word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matching import related_to
from quizcnn.grading.keypoints.view import BARE, BARE_BESIDE, View, is_latin, same_word


class Wanted(NamedTuple):
    """What a clause must hold one of: names, words as they stand, beginnings of words, words that may be misspelt."""

    names: frozenset[str]
    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    spelt: tuple[str, ...]
    is_open: bool
    """Whether more than names is wanted: then clauses that lean on those found are tried, and one that holds nothing."""
    absent: frozenset[str]


@lru_cache(maxsize=8192)
def wanted_by(part: p.Pattern, lexicon: Lexicon) -> Wanted | None:
    """What a clause must hold so that it can say a part or turn it; None where any clause may."""
    found = p.names_in(part)
    if found is None:
        return None
    names = sorted(found)
    is_open = not p.is_plain(part)
    return Wanted(
        names=related_to(found, lexicon) | {BARE if is_open else BARE_BESIDE},
        words=tuple(name[1:] for name in names if name.startswith("=")),
        prefixes=tuple(name[:-1] for name in names if name.endswith("*")),
        spelt=tuple(filter(is_latin, names)),
        is_open=is_open,
        absent=p.absent_in(part),
    )


class Concordance:
    """Clauses in their order, found by what they hold."""

    def __init__(self, views: Sequence[View], lexicon: Lexicon) -> None:
        self.views = tuple(views)
        self.lexicon = lexicon
        self._named = _places(view.signs for view in self.views)

    @cached_property
    def _written(self) -> dict[str, list[int]]:
        """The clauses of each word as it stands."""
        return _places({word for item in view.items for word in (item.text, *item.text.split())} for view in self.views)

    @cached_property
    def _spelt(self) -> dict[str, dict[str, list[int]]]:
        """By the first letter the words that may be slips, each with its clauses."""
        found: dict[str, dict[str, list[int]]] = {}
        single = ({word for word, _ in view.single} if view.has_unknown else () for view in self.views)
        for word, places in _places(single).items():
            found.setdefault(word[0], {})[word] = places
        return found

    def holding(self, part: p.Pattern) -> Sequence[int]:
        """The places of the clauses that may say a part, in order."""
        wanted = wanted_by(part, self.lexicon)
        if wanted is None:
            return range(len(self.views))
        found = {place for places in self._lists(wanted) for place in places}
        if wanted.is_open:
            found |= {place + 1 for place in found if self._leans(place + 1)}
            found |= self._blank(found, wanted.absent)
        return sorted(found)

    def _lists(self, wanted: Wanted) -> Iterator[list[int]]:
        yield from (self._named[name] for name in wanted.names if name in self._named)
        yield from (self._written[word] for word in wanted.words if word in self._written)
        for prefix in wanted.prefixes:
            yield from (places for word, places in self._written.items() if word.startswith(prefix))
        for name in wanted.spelt:
            slips = self._spelt.get(name[0], {})
            yield from (places for word, places in slips.items() if same_word(name, word))

    def _leans(self, place: int) -> bool:
        return place < len(self.views) and self.views[place].leans

    def _blank(self, found: set[int], absent: frozenset[str]) -> set[int]:
        """One clause that holds nothing of a part: what must be absent is absent there."""
        free = [place for place in range(len(self.views)) if place not in found]
        clear = next((place for place in free if absent.isdisjoint(self.views[place].signs)), None)
        return {clear} if clear is not None else set(free[:1])


def _places(held: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """The places of each sign among what is held at each place."""
    found: dict[str, list[int]] = {}
    for place, signs in enumerate(held):
        for sign in signs:
            found.setdefault(sign, []).append(place)
    return found
