"""Where randomness comes from: hashes and raw bits only, alike on every machine and Python version.

A variant depends on the question, its revision and the seed alone. Which seed a review takes is a hash too
(:func:`seed_for`); what should be avoided or hit raises ``k``, never the draw itself.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def _hash(*parts: object) -> int:
    text = "\0".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def seed_for(question_id: str, learner: str, review_count: int, k: int = 0) -> int:
    """The seed of a learner's review: below 2**32, so that a person can type it."""
    return _hash("review", question_id, learner, review_count, k) >> 32


class Source:
    """Draws from the raw bits of one seeded generator."""

    def __init__(self, *parts: object) -> None:
        self._bits = random.Random(_hash(*parts)).getrandbits

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1, each equally likely (by rejection)."""
        width = (n - 1).bit_length()
        if width == 0:
            return 0
        while (value := self._bits(width)) >= n:
            pass
        return value

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def pick(self, values: Sequence[T]) -> T:
        return values[self.below(len(values))]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in random order (Fisher and Yates)."""
        items = list(values)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items
