"""Which draws of one question are alike: the same target mistake, as many worked steps, as many fields.

The versions of an exam take draws that are alike. Most entries have plenty of every sort; where steps come and go with the numbers,
or a network has few layers, some sorts are too rare to be met again, so the first version must not begin with one of them. What is
found depends on the question alone, never on the exam.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from quizcnn.bank.models import Inverse, Numeric, Question
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, work_steps

Sort: TypeAlias = "tuple[str | None, int, int]"
"""Target mistake, number of worked steps, number of fields."""
PROBES = 8
"""Draws that all have as many steps and fields where an entry is even."""
SAMPLE = 60
"""Draws by which an uneven entry is judged."""
COMMON = 6
"""So many different draws of the sample make a sort common: one in ten."""


def sort_of(variant: Variant) -> Sort:
    """What versions keep of a draw."""
    return variant.target, len(work_steps(variant)), len(variant.fields)


class Kin:
    """The sorts of draws of one question that versions can keep to.

    ``is_even``: every draw is as long as the others, so that any target will do. ``is_roomy``: some sort has enough different draws.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._lengths: set[tuple[int, int]] = set()
        self._sorts: frozenset[Sort] = frozenset()
        self.is_even = self.is_roomy = True
        if isinstance(question, Numeric | Inverse):
            self._lengths = {sort_of(variant)[1:] for variant in self._draws(PROBES)}
            self.is_even = len(self._lengths) == 1 and not _is_narrow(question)
        if not self.is_even:
            self._judge()

    def keeps(self, variant: Variant) -> bool:
        """Whether other versions can be drawn like this one."""
        if not self.is_even:
            return sort_of(variant) in self._sorts
        return not self._lengths or sort_of(variant)[1:] in self._lengths

    def _draws(self, count: int) -> Iterator[Variant]:
        return (draw_variant(self._question, seed_for(self._question.id, "kin", k)) for k in range(count))

    def _judge(self) -> None:
        """Take the sorts that are common, or the best alone where none is."""
        draws: defaultdict[Sort, set[str]] = defaultdict(set)
        for variant in self._draws(SAMPLE):
            draws[sort_of(variant)].add(variant.identity)
        most = max(len(different) for different in draws.values())
        self.is_roomy = most >= COMMON
        self._sorts = frozenset(sort for sort, different in draws.items() if len(different) >= min(most, COMMON))


def _is_narrow(question: Numeric | Inverse) -> bool:
    """Whether the entry says that it has few draws, or takes them from the layers of a network."""
    return question.small_space or (isinstance(question, Numeric) and question.network is not None)
