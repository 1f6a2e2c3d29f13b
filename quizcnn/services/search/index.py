"""The words of the bank with the questions that hold them, gathered once and asked at every key.

A Latin word is found by its beginning, a Chinese run by its pairs of characters; where not all pairs of a longer run stand in a question,
it still is a hit, a weak one, when they cover every character. Several words must all be found, in whatever language and place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from quizcnn.services.search.folding import forms, is_chinese, pairs, pieces
from quizcnn.services.search.texts import TIERS, tiers_of

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog

WHOLE, BEGUN = (12.0, 5.0, 1.5), (9.0, 4.0, 1.0)
"""What a piece earns by tier: a whole word, or all pairs of a run; the beginning of a word."""
COVERED = 0.5
"""The share of it that a run earns where its pairs only cover it."""
NEAR = 0.6
"""Words less alike than this are no suggestion (1 is equal)."""
LEAST_WORD = 3
LEAST_STRETCH = 3
_NO_SET: frozenset[int] = frozenset()


class _Tier:
    """One tier: by word, and by character and pair of characters, the places of the questions that hold it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: dict[str, list[int]] = {}
        self.pairs: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            words, found = set[str](), set[str]()
            for piece in set(pieces(text)):
                if is_chinese(piece):
                    found.update(piece)
                    found.update(pairs(piece))
                else:
                    words.add(piece)
            for known, held in ((self.words, words), (self.pairs, found)):
                for key in held:
                    known.setdefault(key, []).append(place)
        self.sorted = sorted(self.words)

    def begun(self, beginning: str) -> set[int]:
        """Where a word begins like this."""
        found: set[int] = set()
        for place in range(bisect_left(self.sorted, beginning), len(self.sorted)):
            if not self.sorted[place].startswith(beginning):
                break
            found.update(self.words[self.sorted[place]])
        return found

    def run(self, run: str) -> set[int]:
        """Where all pairs of a Chinese run stand."""
        first, *rest = (self.pairs.get(pair, ()) for pair in pairs(run))
        return set(first).intersection(*rest)


class Index:
    """Every question of a catalog by its place among the rows."""

    def __init__(self, catalog: Catalog) -> None:
        self.rows = catalog.rows()
        self._places = {row.id: place for place, row in enumerate(self.rows)}
        texts = [tiers_of(row, catalog) for row in self.rows]
        self._tiers = [_Tier(each[tier] for each in texts) for tier in range(TIERS)]
        titles = dict.fromkeys(row.topic for row in self.rows)
        self._titles = [piece for name in titles for piece in pieces(catalog.topic(name).title.zh) if is_chinese(piece)]
        self._scores: dict[str, Mapping[int, float]] = {}
        self._vocabulary: tuple[str, ...] = ()

    def place(self, question_id: str) -> int | None:
        """The place of the question with this id."""
        return self._places.get(question_id)

    def score(self, piece: str) -> Mapping[int, float]:
        """By place, what a question earns for this piece; questions without it are left out."""
        if piece not in self._scores:
            self._scores[piece] = self._chinese(piece) if is_chinese(piece) else self._latin(piece)
        return self._scores[piece]

    def _latin(self, word: str) -> Mapping[int, float]:
        found: dict[int, float] = {}
        for tier, held in reversed(list(enumerate(self._tiers))):
            shapes = forms(word)
            found.update(dict.fromkeys(held.begun(shapes[-1]), BEGUN[tier]))
            for shape in shapes:
                found.update(dict.fromkeys(held.words.get(shape, ()), WHOLE[tier]))
        return found

    def _chinese(self, run: str) -> Mapping[int, float]:
        found: dict[int, float] = {}
        for last in reversed(range(TIERS)):
            found.update(dict.fromkeys(self._covered(run, self._tiers[: last + 1]), WHOLE[last] * COVERED))
        for tier, held in reversed(list(enumerate(self._tiers))):
            found.update(dict.fromkeys(held.run(run), WHOLE[tier]))
        return found

    @staticmethod
    def _covered(run: str, tiers: Sequence[_Tier]) -> list[int]:
        """Where pairs of the run, taken together, hold each of its characters."""
        covered: dict[int, int] = {}
        for at, pair in enumerate(pairs(run)):
            for place in _NO_SET.union(*(tier.pairs.get(pair, ()) for tier in tiers)):
                covered[place] = covered.get(place, 0) | 3 << at
        whole = (1 << len(run)) - 1
        return [place for place, held in covered.items() if held == whole]

    def find(self, sought: Sequence[str]) -> dict[int, float]:
        """The questions that hold all pieces, with what they earn together."""
        first, *rest = sorted((self.score(piece) for piece in sought), key=len)
        return {
            place: own + sum(each[place] for each in rest)
            for place, own in first.items()
            if all(place in each for each in rest)
        }

    def nearest(self, piece: str, most: int = 3) -> tuple[str, ...]:
        """What the bank has in place of a piece that it does not have: the longest stretches of a run, then what looks most like it."""
        from rapidfuzz.distance import OSA

        def alike(known: str) -> float:
            """Also like the beginning of a word: what is typed may not be whole yet."""
            begun = OSA.normalized_similarity(piece, known[: len(piece)]) - 0.05
            return max(OSA.normalized_similarity(piece, known), begun)

        if len(piece) < (2 if is_chinese(piece) else LEAST_WORD):
            return ()
        near = ((alike(known), known) for known in self._candidates(piece))
        best = sorted((-share, place, known) for place, (share, known) in enumerate(near) if share >= _least(piece))
        return (*self._stretches(piece), *(known for _, _, known in best))[:most]

    def _stretches(self, piece: str) -> tuple[str, ...]:
        """The longest stretch of a run that questions hold, where it is half of it and more."""
        if not is_chinese(piece):
            return ()
        for size in range(len(piece) - 1, max(LEAST_STRETCH, len(piece) // 2) - 1, -1):
            for at in range(len(piece) - size + 1):
                if self.score(piece[at : at + size]):
                    return (piece[at : at + size],)
        return ()

    def _candidates(self, piece: str) -> Sequence[str]:
        """Latin words; for a run, stretches of the titles of its length. The frequent ones first."""
        if is_chinese(piece):
            size = len(piece)
            counts = Counter(run[at : at + size] for run in self._titles for at in range(len(run) - size + 1))
            return [run for run, _ in counts.most_common()]
        if not self._vocabulary:
            sums: Counter[str] = Counter()
            for tier in self._tiers:
                sums.update({word: len(places) for word, places in tier.words.items() if len(word) >= LEAST_WORD})
            self._vocabulary = tuple(word for word, _ in sums.most_common() if not word.isdecimal())
        return self._vocabulary


def _least(piece: str) -> float:
    """A run of two characters may differ in one; a word of three letters may not be half another."""
    return 0.5 if is_chinese(piece) else NEAR
