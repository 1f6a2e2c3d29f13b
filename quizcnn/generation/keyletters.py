"""The letters of the keys of a section's single choices: no letter too often, no run too long."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.generation.blueprint import KeyLetters
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer

FEWEST = 4
"""Shares are counted from so many questions on."""


class LetterCount:
    """The places of the keys so far, question by question in printed order."""

    def __init__(self, bounds: KeyLetters | None) -> None:
        self.bounds = bounds
        self.places: list[int] = []

    def add(self, variant: Variant) -> None:
        self.places += _key_places(variant)

    def allows(self, variant: Variant) -> bool:
        """Whether the next question keeps the longest run and the share of its letter."""
        added = _key_places(variant)
        return not added or self._fits([*self.places, *added])

    @property
    def are_uneven(self) -> bool:
        """Whether a letter has more than its share, or a run is too long, after all."""
        return any(not self._fits(self.places[:end]) for end in range(FEWEST, len(self.places) + 1))

    def _fits(self, places: Sequence[int]) -> bool:
        """Whether the last of ``places`` keeps the bounds."""
        if self.bounds is None:
            return True
        run = places[-self.bounds.max_run - 1 :]
        if len(run) > self.bounds.max_run and len(set(run)) == 1:
            return False
        most = max(2.0, self.bounds.max_share * len(places))
        return len(places) < FEWEST or places.count(places[-1]) <= most


def _key_places(variant: Variant) -> list[int]:
    """Where the key of a single choice stands; nothing for other questions."""
    answer = variant.fields[0].answer
    if not isinstance(answer, ChoiceAnswer) or answer.multiple:
        return []
    return [place for place, option in enumerate(answer.options) if option.key]
