"""A clause beside the question, ready for patterns: what it names, which way it moves quantities, what it denies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from quizcnn.grading.keypoints.clauses import Clause
from quizcnn.grading.keypoints.frames import Frame, covered, frames_of
from quizcnn.grading.keypoints.items import Item
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matches import Match
from quizcnn.grading.keypoints.patterns import DIRECTION, NUMBER
from quizcnn.grading.reading.spelling import is_slip

BARE, BARE_BESIDE = "it falls", "it falls beside a word"
"""Signs of a clause with a direction of nothing that it names, and where that stands beside an unknown word."""


class View:
    """A clause beside the question, ready for patterns."""

    def __init__(self, clause: Clause, asked: frozenset[str], lexicon: Lexicon, before: View | None = None) -> None:
        self.clause = clause
        self.asked = asked
        self.lexicon = lexicon
        self.items = clause.items
        self.inherited = clause.subject
        self.before = before
        self.concepts: dict[tuple[str, ...], Match] = {}
        """What was met of concepts."""
        self._among: dict[tuple[tuple[int, ...], frozenset[str]], View] = {}

    @cached_property
    def with_before(self) -> View | None:
        """The clause together with the one before it."""
        if self.before is None:
            return None
        return View(Clause([*self.before.items, *self.items], self.clause.flip), self.asked, self.lexicon)

    def among(self, items: Sequence[Item], inherited: frozenset[str] = frozenset()) -> View:
        """Some of the items as a clause of their own."""
        key = (tuple(map(id, items)), inherited)
        if key not in self._among:
            self._among[key] = View(Clause([*items], subject=inherited), self.asked, self.lexicon)
        return self._among[key]

    @cached_property
    def signs(self) -> frozenset[str]:
        """What the clause is found by: what it names and inherits, whether a number or a direction is in it."""
        found = {*self.keys, *self.inherited}
        if any(item.is_direction for item in self.items):
            found.add(DIRECTION)
            if any(not (frame.targets or frame.inherited or frame.item.quantity) for frame in self.frames):
                found |= {BARE, BARE_BESIDE} if self.has_unknown else {BARE}
        if self.numbers:
            found.add(NUMBER)
        if self.has_unknown:
            found.update(item.text for item in self.items)
        return frozenset(found)

    @cached_property
    def has_unknown(self) -> bool:
        """Whether a Latin word of the clause is not in the lexicon."""
        return any(
            not item.role and not item.kind and item.text.isalpha() and item.text.isascii() for item in self.items
        )

    @property
    def leans(self) -> bool:
        """Whether the clause has no subject of its own, so that it is read with the one before it."""
        return self.items[0].role != "" or not self.items[0].keys

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        return frames_of(self.clause)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for item in self.items for key in (*item.keys, item.quantity) if key)

    @cached_property
    def own(self) -> frozenset[str]:
        """The concepts named, without those that they imply."""
        return frozenset(key for item in self.items for key in item.own)

    @cached_property
    def numbers(self) -> tuple[tuple[Item, str], ...]:
        """The numbers, each with its key; a word for zero is one."""
        keyed = ((item, "#0" if is_zero(item) else item.keys[0]) for item in self.items if item.keys)
        return tuple((item, key) for item, key in keyed if key.startswith(NUMBER))

    @cached_property
    def by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            for key in item.keys:
                found.setdefault(key, []).append(place)
        return found

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each item by its identity."""
        return {id(item): place for place, item in enumerate(self.items)}

    @cached_property
    def negations(self) -> list[int]:
        return covered(self.items, frozenset())

    def denied_at(self, place: int) -> bool:
        return self.negations[place] % 2 == 1

    def is_reference(self, place: int) -> bool:
        """Whether an item is only what something is compared with."""
        return any(self.items[place] in frame.refs for frame in self.frames)

    def alike(self, name: str) -> Item | None:
        """An unknown word of the clause that is a form of this stem or a slip of it."""
        if not is_latin(name):
            return None
        return next((item for word, item in self.single if same_word(name, word)), None)

    @cached_property
    def single(self) -> tuple[tuple[str, Item], ...]:
        """Words that name one thing in Latin letters, with that name."""
        return tuple(
            (item.own[0], item)
            for item in self.items
            if not item.role and len(item.own) == 1 and item.text.isalpha() and is_latin(item.own[0])
        )

    def found(self, items: Sequence[Item], name: str) -> Match:
        slips = tuple(f"spelling: {item.text} -> {item.slip}" for item in items if item.slip)
        return Match(1.0, 0, tuple(items), slips, fresh=name not in self.asked)


def is_zero(item: Item) -> bool:
    return item.role == "zero" or "zero_value" in item.keys


def is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


@lru_cache(maxsize=50_000)
def same_word(word: str, typed: str) -> bool:
    """A slip of spelling, or another form of the same stem."""
    if not (is_latin(word) and is_latin(typed)):
        return False
    if is_slip(typed, word):
        return True
    common = next(
        (at for at, (a, b) in enumerate(zip(word, typed, strict=False)) if a != b), min(len(word), len(typed))
    )
    return common >= 5 and common * 10 >= 7 * max(len(word), len(typed))
