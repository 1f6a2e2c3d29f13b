"""The items of many questions, and what was lost on the way to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizcnn.bank.catalog import Catalog
from quizcnn.errors import BankError
from quizcnn.interop.item import Item, freeze
from quizcnn.interop.loss import Loss


@dataclass(frozen=True, slots=True)
class Collection:
    """Frozen items in the order of their questions."""

    items: tuple[Item, ...]
    lost: tuple[Loss, ...]


def collect(catalog: Catalog, ids: Iterable[str], variants: int) -> Collection:
    """``variants`` items of each drawn question, one of every other; a broken question is a loss and stops nothing."""
    items: list[Item] = []
    lost: list[Loss] = []
    for question_id in ids:
        kind = catalog.row(question_id).kind
        try:
            frozen = list(freeze(catalog, question_id, variants))
        except BankError:
            lost.append(Loss(question_id, kind, "drawn"))
            continue
        if frozen[0].variant.is_drawn and len(frozen) < variants:
            lost.append(Loss(question_id, kind, "fewer_variants"))
        items += frozen
    return Collection(tuple(items), tuple(lost))
