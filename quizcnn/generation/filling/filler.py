"""Fills one blueprint from one bank, seed after seed."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.bank.catalog import Catalog
from quizcnn.errors import BankError
from quizcnn.generation.blueprint import Blueprint
from quizcnn.generation.filling.matching import match, shortages
from quizcnn.generation.filling.repair import Mixer, Repair
from quizcnn.generation.filling.rules import Rules
from quizcnn.generation.filling.seats import Rank, Seat, Seats


@dataclass(frozen=True, slots=True)
class Filling:
    """The question of every seat, and what a soft wish could not be given."""

    seats: tuple[Seat, ...]
    ids: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class Filler:
    """The seats and rules of a blueprint, worked out once. ``excluded`` questions are left out; of the others those come first
    whose ``rank`` is least, where one is given.

    Raises ``BankError`` where a filter names what the bank does not have.
    """

    def __init__(self, blueprint: Blueprint, catalog: Catalog, excluded: frozenset[str] = frozenset(), rank: Rank | None = None) -> None:  # fmt: skip
        self.seats = Seats(blueprint, catalog, excluded, rank)
        self.rules = Rules(self.seats)

    def fill(self, seed: int) -> Filling:
        """The filling at ``seed``; ``BankError`` with all that stands in the way, seat by seat."""
        orders = self.seats.orders(seed)
        matched = match(orders)
        if len(matched) < len(self.seats):
            raise BankError("\n".join(shortages(self.seats, matched)))
        chosen = Repair(self.rules, orders, matched).run()
        warnings: tuple[str, ...] = ()
        if self.seats.blueprint.mix:
            chosen, warnings = Mixer(self.rules, orders).run(chosen)
        ids = tuple(self.seats.rows[place].id for place in chosen)
        return Filling(self.seats.all, ids, warnings)
