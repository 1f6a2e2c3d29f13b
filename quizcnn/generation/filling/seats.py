"""The seats of a blueprint and the questions that may sit on each; questions are numbers of the bank's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TypeAlias

from quizcnn.bank.catalog import Catalog, Row
from quizcnn.bank.faults import nearest
from quizcnn.bank.models import Choice, Numeric, Question
from quizcnn.errors import BankError
from quizcnn.generation.blueprint import Blueprint, Pick
from quizcnn.solvers.base import family_modules

Rank: TypeAlias = Callable[[str], float]
"""How weak a question is by its id, the weakest least."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place on the paper; section, pick and place count from 0. ``key`` is what its draws hang on."""

    section: int
    pick: int
    place: int
    key: str


class Seats:
    """A blueprint's seats and a bank's questions; ``BankError`` names what a filter asks for and the bank does not know."""

    def __init__(
        self, blueprint: Blueprint, catalog: Catalog, excluded: frozenset[str], rank: Rank | None = None
    ) -> None:
        self._rank = rank
        self.blueprint, self.catalog, self.excluded = blueprint, catalog, excluded
        self.rows: tuple[Row, ...] = tuple(row for row in catalog.rows() if row.id not in excluded)
        self.all = tuple(_seats(blueprint))
        self._check_names()

    def __len__(self) -> int:
        return len(self.all)

    @property
    def firsts(self) -> tuple[Seat, ...]:
        """The first seat of every pick."""
        return tuple(seat for seat in self.all if seat.place == 0)

    def pick(self, seat: Seat) -> Pick:
        return self.blueprint.sections[seat.section].pick[seat.pick]

    def question(self, row: Row) -> Question:
        return self.catalog.question(row.id)

    def left_out(self, picks: Collection[Pick]) -> int:
        """How many of the questions that are left out would fit one of these picks."""
        rows = [row for row in self.catalog.rows() if row.id in self.excluded]
        return sum(any(self._fits(row, pick) for pick in picks) for row in rows)

    def named(self, seat: Seat) -> str:
        """``section 2 "Numbers", pick 1``"""
        title = self.blueprint.sections[seat.section].title.en
        return f'section {seat.section + 1} "{title}", pick {seat.pick + 1}'

    @cached_property
    def candidates(self) -> tuple[tuple[int, ...], ...]:
        """For each seat the questions that pass its filters, in the order of the bank."""
        by_filter: dict[str, tuple[int, ...]] = {}
        for seat in self.firsts:
            pick = self.pick(seat)
            by_filter[pick.filter] = tuple(place for place, row in enumerate(self.rows) if self._fits(row, pick))
        return self._on_chains([by_filter[self.pick(seat).filter] for seat in self.all])

    def _on_chains(self, found: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
        """Of the seats of a chain only the questions that have one before and one behind them to build on, as far as it goes."""
        changed = True
        while changed:
            changed = False
            for before, seat in self.links:
                first = tuple(
                    place for place in found[before] if any(self.builds_on(place, other) for other in found[seat])
                )
                second = tuple(
                    place for place in found[seat] if any(self.builds_on(other, place) for other in found[before])
                )
                if (first, second) != (found[before], found[seat]):
                    found[before], found[seat], changed = first, second, True
        return tuple(found)

    @cached_property
    def links(self) -> tuple[tuple[int, int], ...]:
        """The seats that follow each other in a chain."""
        return tuple(
            (number - 1, number) for number, seat in enumerate(self.all) if seat.place > 0 and self.pick(seat).chain
        )

    def are_chained(self, one: int, other: int) -> bool:
        """Whether two seats are of the same chain."""
        a, b = self.all[one], self.all[other]
        return (a.section, a.pick) == (b.section, b.pick) and self.pick(a).chain

    def builds_on(self, before: int, after: int) -> bool:
        """Whether ``after`` follows up ``before``, or its topic presupposes that of ``before``."""
        if before == after:
            return False
        first, second = self.rows[before], self.rows[after]
        if second.id in self.question(first).follow_ups:
            return True
        return first.topic != second.topic and first.topic in self.catalog.topic(second.topic).prerequisites

    def orders(self, seed: int) -> list[list[int]]:
        """For each seat its questions in its own seeded order."""
        return [self._order(seat, places, seed) for seat, places in zip(self.all, self.candidates, strict=True)]

    def _order(self, seat: Seat, places: Sequence[int], seed: int) -> list[int]:
        head = blake2b(f"exam\0{self.blueprint.id}\0{seed}\0{seat.key}\0".encode(), digest_size=8)

        def rank(place: int) -> tuple[float, bytes]:
            tail = head.copy()
            tail.update(self.rows[place].id.encode())
            return self._rank(self.rows[place].id) if self._rank else 0.0, tail.digest()

        return sorted(places, key=rank)

    def _fits(self, row: Row, pick: Pick) -> bool:
        low, high = pick.difficulty
        return (
            (not pick.kinds or row.kind in pick.kinds)
            and (not pick.areas or row.area in pick.areas)
            and (not pick.topics or row.topic in pick.topics)
            and low <= row.difficulty <= high
            and (not pick.interview_frequency or row.frequency in pick.interview_frequency)
            and (not pick.families or row.family in pick.families)
            and (not pick.ids or row.id in pick.ids)
            and (not pick.tags or bool(set(pick.tags) & set(self.question(row).tags)))
            and (pick.multiple is None or self._is(row, Choice, "multiple", pick.multiple))
            and (pick.approximate is None or self._is(row, Numeric, "approximate", pick.approximate))
        )

    def _is(self, row: Row, kind: type[object], name: str, wanted: bool) -> bool:
        question = self.question(row)
        return not isinstance(question, kind) or bool(getattr(question, name)) is wanted

    def _check_names(self) -> None:
        """Names in filters that the bank does not have: a fault of the blueprint, not of the bank."""
        legal: Mapping[str, Sequence[str]] = {
            "areas": self.catalog.areas,
            "topics": self.catalog.topic_ids,
            "families": tuple(family_modules()),
        }
        faults = [
            f"{self.named(seat)}: {kind} names {name!r}, which is none{nearest(name, list(known))}"
            for seat in self.firsts
            for kind, known in legal.items()
            for name in getattr(self.pick(seat), kind)
            if name not in known
        ]
        if faults:
            raise BankError("\n".join(dict.fromkeys(faults)))


def _seats(blueprint: Blueprint) -> Iterator[Seat]:
    twins: Counter[str] = Counter()
    for section_number, section in enumerate(blueprint.sections):
        for pick_number, pick in enumerate(section.pick):
            for place in range(pick.count):
                twins[pick.filter] += 1
                yield Seat(section_number, pick_number, place, f"{pick.filter}\0{twins[pick.filter]}")
