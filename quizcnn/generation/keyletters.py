"""The letters of the keys of a part's single choices: planned for the whole part before anything is drawn.

No letter too often and no run too long; a question whose options keep their order has its place given, the others are fitted around
it. Inside the bounds the letters are random, so that no key can be guessed from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quizcnn.bank.models import Choice, Question
from quizcnn.generation.blueprint import KeyLetters
from quizcnn.generation.seeds import Source
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer

FEWEST = 4
"""Shares are counted from so many questions on."""
MOST_TRIES = 2_000
"""Letters tried for one set of bounds before the bounds are widened."""


def possible_places(question: Question, *, shuffle: bool) -> tuple[int, ...]:
    """Where the key of a single choice may come to stand, from 0; nothing for other questions."""
    if isinstance(question, Choice):
        if question.multiple:
            return ()
        if question.ordered or not shuffle:
            return tuple(place for place, option in enumerate(question.options) if option.key)
        return tuple(range(len(question.options)))
    return tuple(range(getattr(question, "options", 0)))


def key_place(variant: Variant) -> int | None:
    """Where the key of a single choice stands; nothing for other questions."""
    answer = variant.fields[0].answer
    if not isinstance(answer, ChoiceAnswer) or answer.multiple:
        return None
    return next((place for place, option in enumerate(answer.options) if option.key), None)


def plan_places(choices: Sequence[Sequence[int]], bounds: KeyLetters | None, source: Source) -> tuple[int, ...]:
    """A place for the key of each choice, out of the places it may take, in printed order.

    Where the bounds cannot be kept they are widened by as little as will do: first longer runs, then one more of a letter.
    """
    bounds = bounds or KeyLetters()
    for more in range(len(choices) + 1):
        for longer in range(len(choices) + 1):
            plan = _Plan(choices, most_of(bounds, len(choices)) + more, bounds.max_run + longer, source)
            if (found := plan.find()) is not None:
                return found
            if bounds.max_run + longer >= len(choices):
                break
    return tuple(places[0] for places in choices)


def most_of(bounds: KeyLetters, count: int) -> int:
    """How often one letter may stand among ``count`` keys."""
    return max(2, int(bounds.max_share * count + 1e-9)) if count >= FEWEST else count


def are_even(places: Sequence[int], bounds: KeyLetters | None) -> bool:
    """Whether the keys of a part keep the bounds."""
    if bounds is None or not places:
        return True
    runs = (places[start : start + bounds.max_run + 1] for start in range(len(places) - bounds.max_run))
    longest = any(len(set(run)) == 1 for run in runs) and len(places) >= FEWEST
    return not longest and max(Counter(places).values()) <= most_of(bounds, len(places))


class _Plan:
    """Looks for places within one set of bounds, choice by choice, and goes back where it gets stuck."""

    def __init__(self, choices: Sequence[Sequence[int]], most: int, longest: int, source: Source) -> None:
        self.choices = [source.shuffled(places) for places in choices]
        self.most, self.longest = most, longest
        self.left = Counter(places[0] for places in choices if len(places) == 1)
        """The letters that are still to come because they are given."""
        self.used: Counter[int] = Counter()
        self.taken: list[int] = []
        self.tries = 0

    def find(self) -> tuple[int, ...] | None:
        if self.left and max(self.left.values()) > self.most:
            return None
        return tuple(self.taken) if self._go_on() else None

    def _go_on(self) -> bool:
        if len(self.taken) == len(self.choices):
            return True
        for place in self._fitting():
            self._take(place, 1)
            if self._go_on():
                return True
            self._take(place, -1)
        return False

    def _fitting(self) -> Iterator[int]:
        places = self.choices[len(self.taken)]
        given = len(places) == 1
        for place in places:
            self.tries += 1
            run = self.taken[-self.longest :]
            long = len(run) == self.longest and set(run) == {place}
            full = self.used[place] + self.left[place] - given >= self.most
            if not long and not full and self.tries <= MOST_TRIES:
                yield place

    def _take(self, place: int, step: int) -> None:
        """Take a place (``step`` 1), or give the last one back (-1)."""
        if step < 0:
            self.taken.pop()
        self.used[place] += step
        if len(self.choices[len(self.taken)]) == 1:
            self.left[place] -= step
        if step > 0:
            self.taken.append(place)
