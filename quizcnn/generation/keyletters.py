"""The letters of the keys of a section's single choices: no letter too often, no run too long."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.generation.blueprint import KeyLetters
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer

FEWEST = 4
"""Shares are counted from so many questions on."""


class LetterCount:
    """The letters of the keys of a section's single choices so far."""

    def __init__(self, bounds: KeyLetters | None) -> None:
        self.bounds = bounds
        self.places: list[tuple[int, int]] = []
        """The place of the key and the number of options, question by question."""

    @property
    def are_uneven(self) -> bool:
        """Whether a letter has more than its share, or a run is too long, after all."""
        letters = [place for place, _ in self.places]
        return self.bounds is not None and any(not self._fits(letters[:end]) for end in range(4, len(letters) + 1))

    def add(self, variant: Variant) -> None:
        if (found := _key_place(variant)) is not None:
            self.places.append(found)

    def allows(self, variant: Variant) -> bool:
        """Whether the letter keeps the longest run and the share of each letter (counted from five questions on)."""
        found = _key_place(variant)
        if self.bounds is None or found is None:
            return True
        return self._fits([place for place, _ in self.places] + [found[0]])

    def _fits(self, letters: Sequence[int]) -> bool:
        if self.bounds is None:
            return True
        run = letters[-self.bounds.max_run - 1 :]
        if len(run) > self.bounds.max_run and len(set(run)) == 1:
            return False
        return len(letters) < 4 or letters.count(letters[-1]) <= max(2.0, self.bounds.max_share * len(letters))


def _key_place(variant: Variant) -> tuple[int, int] | None:
    answer = variant.fields[0].answer
    if not isinstance(answer, ChoiceAnswer) or answer.multiple:
        return None
    return next(place for place, option in enumerate(answer.options) if option.key), len(answer.options)
