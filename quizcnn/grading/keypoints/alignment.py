"""Words of a reference beside the words of an answer: the same word, a synonym, a slip, another form, an opposite denied.

A typed word that the question uses holds a word of the reference only if it is that word: naming what was asked says nothing of its
synonyms. Where several words would do, the first of the best is taken, so that the result is alike on every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quizcnn.grading.keypoints.everyday import stand_for_each_other
from quizcnn.grading.keypoints.listing import OPPOSITES
from quizcnn.grading.keypoints.normal import stem

SYNONYM = 0.8
"""What an everyday synonym, or the opposite denied, is worth."""


class Word(NamedTuple):
    """A stem, a Chinese character or a pair of them, whether a negator stands just before it, and its weight."""

    key: str
    text: str
    denied: bool
    weight: float


Asked = frozenset[tuple[str, bool]]
"""The words of a question with their polarity: whoever denies what is asked says something new."""


class Aligned(NamedTuple):
    """What the best typed word is worth, its place, and whether it says so with the same polarity."""

    worth: float
    place: int | None
    agrees: bool


@lru_cache(maxsize=1)
def _opposite_stems() -> dict[str, tuple[str, ...]]:
    """English opposites by their stems, in order of the letters."""
    return {stem(word): tuple(sorted(map(stem, others))) for word, others in OPPOSITES.items() if word.isascii()}


class Typed:
    """Typed words, found by their key."""

    def __init__(self, words: Sequence[Word], asked: Asked) -> None:
        self.words = words
        self.fresh = tuple(
            (place, word) for place, word in enumerate(words) if word.text.isascii() and is_new(word, asked)
        )
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self.places.setdefault(word.key, []).append(place)

    def aligned(self, word: Word) -> Aligned:
        """The best typed word for ``word``; of several the one with the same polarity."""
        if places := self.places.get(word.key):
            place = next((at for at in places if self.words[at].denied == word.denied), places[0])
            return Aligned(1.0, place, self.words[place].denied == word.denied)
        if not word.text.isascii():
            return Aligned(0.0, None, False)
        for opposite in _opposite_stems().get(word.key, ()):
            if places := self.places.get(opposite):
                return Aligned(SYNONYM, places[0], self.words[places[0]].denied != word.denied)
        return self._most_alike(word)

    def _most_alike(self, word: Word) -> Aligned:
        best, at = 0.0, None
        for place, other in self.fresh:
            worth = SYNONYM if stand_for_each_other(word.key, other.key) else _likeness(word.text, other.text)
            if worth > best:
                best, at = worth, place
        return Aligned(best, at, at is not None and self.words[at].denied == word.denied)


def is_new(word: Word, asked: Asked) -> bool:
    return (word.key, word.denied) not in asked


@lru_cache(maxsize=100_000)
def _likeness(one: str, other: str) -> float:
    """What a word is worth where another is wanted: a slip, the same family, letters in common; 0 for another word."""
    if not (one.isascii() and other.isascii() and one.isalpha() and other.isalpha()):
        return 0.0
    if min(len(one), len(other)) > 3 and one[0] == other[0]:
        from rapidfuzz.distance import OSA

        allowed = 1 if len(other) < 8 else 2
        if OSA.distance(one, other, score_cutoff=allowed) <= allowed:
            return 0.9
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    share = common / max(len(one), len(other))
    if common >= 4 and share >= 0.6:
        return min(0.85, 0.6 + (share - 0.6) * 0.625)
    return _letters_in_common(one, other)


def _letters_in_common(one: str, other: str) -> float:
    if min(len(one), len(other)) < 5:
        return 0.0
    some, others = ({word[at : at + 3] for at in range(len(word) - 2)} for word in (one, other))
    dice = 2 * len(some & others) / (len(some) + len(others))
    return 0.8 * dice if dice >= 0.55 else 0.0
