"""What a draw for one version is held to: the draws of its seat on earlier versions, and the questions printed before it.

Both are kept as sets and counts that grow with every draw, so that thirty versions cost thirty times one and no more.
"""

from __future__ import annotations

import re
from collections import Counter
from math import factorial

from quizcnn.bank.models import Question
from quizcnn.generation.keyletters import key_place
from quizcnn.generation.kin import Kin, Sort, sort_of
from quizcnn.generation.variant import Variant
from quizcnn.grading.number import NumberAnswer

CUE_DIGITS = 4
"""A key value with fewer digits turns up by chance and gives nothing away."""
_NUMBER = re.compile(r"[\d.,]+")


class Twins:
    """The draws of one seat on the versions made so far."""

    def __init__(self, question: Question, kin: Kin, *, shuffle: bool) -> None:
        self.kin = kin
        self._still = not shuffle or bool(getattr(question, "ordered", False))
        self._identities: set[str] = set()
        self._at: Counter[int | None] = Counter()
        """Different draws by the place of the key."""
        self._sort: Sort = (None, 0, 0)

    def __bool__(self) -> bool:
        return bool(self._identities)

    def add(self, variant: Variant) -> None:
        """The draw that a version took."""
        if not self:
            self._sort = sort_of(variant)
        if variant.identity not in self._identities:
            self._identities.add(variant.identity)
            self._at[key_place(variant)] += 1

    def is_fresh(self, variant: Variant, key: int | None) -> bool:
        """No other version has these numbers, or this order while there are orders left with the key where it is wanted."""
        return not variant.parameters or variant.identity not in self._identities or self._are_spent(variant, key)

    def _are_spent(self, variant: Variant, key: int | None) -> bool:
        order = variant.parameters.get("order")
        if variant.family is not None or not isinstance(order, list):
            return False
        orders = 1 if self._still else factorial(len(order))
        if key is None:
            return len(self._identities) >= orders
        return self._at[key] >= max(1, orders // len(order))

    def has_target(self, variant: Variant) -> bool:
        return not self or variant.target == self._sort[0]

    def has_length(self, variant: Variant) -> bool:
        """As many worked steps and fields as on the first version."""
        return not self or sort_of(variant)[1:] == self._sort[1:]

    def has_kin(self, variant: Variant) -> bool:
        """On the first version: whether the others can be drawn like it."""
        return bool(self) or self.kin.keeps(variant)


class Told:
    """The key values and the numbers in the prompts of what is printed so far."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._prompts: set[str] = set()

    def add(self, variant: Variant) -> None:
        """A question that is printed."""
        self._keys |= _key_values(variant)
        self._prompts |= _numbers_in(variant)

    def is_cue(self, variant: Variant) -> bool:
        """Whether it and a question before it give each other away: the key value of one stands in the prompt of the other."""
        return not (self._prompts.isdisjoint(_key_values(variant)) and self._keys.isdisjoint(_numbers_in(variant)))


def is_well_shuffled(variant: Variant) -> bool:
    """No line of an ordering stands in its right place where there are more than three."""
    order = variant.parameters.get("order")
    if variant.kind != "ordering" or not isinstance(order, list) or len(order) <= 3:
        return True
    return all(place != line for place, line in enumerate(order))


def _key_values(variant: Variant) -> set[str]:
    shown = {field.answer.typed() for field in variant.fields if isinstance(field.answer, NumberAnswer)}
    return {value for value in shown if sum(char.isdigit() for char in value) >= CUE_DIGITS}


def _numbers_in(variant: Variant) -> set[str]:
    return {word.strip(".,").replace(",", "") for word in _NUMBER.findall(variant.prompt.en)}
