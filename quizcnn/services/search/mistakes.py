"""The named mistakes of the bank: in which questions each can be made, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcnn.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcnn.bank.catalog import Catalog, Row


@dataclass(frozen=True, slots=True)
class Mistakes:
    """By slug, its name and the questions in which it can be made."""

    labels: Mapping[str, Text]
    questions: Mapping[str, frozenset[str]]


def gather_mistakes(catalog: Catalog) -> Mistakes:
    """Those of the families, of formulas, and those that a question names itself. Imports every family in use."""
    labels: dict[str, Text] = {}
    questions: dict[str, set[str]] = {}
    for row in catalog.rows():
        for slug, label in _mistakes_in(row, catalog).items():
            labels.setdefault(slug, label)
            questions.setdefault(slug, set()).add(row.id)
    return Mistakes(labels, {slug: frozenset(held) for slug, held in questions.items()})


def _mistakes_in(row: Row, catalog: Catalog) -> dict[str, Text]:
    question = catalog.question(row.id)
    found = {slug: Text.same(slug.replace("_", " ")) for slug in question.mistakes}
    if question.kind == "expression":
        found |= {wrong.slug: wrong.label for wrong in question.wrong}
    if row.family is not None:
        found |= family_mistakes(row.family)
    return found


def family_mistakes(family: str) -> dict[str, Text]:
    """The mistakes of a family with their names."""
    from quizcnn.solvers.base import get_family

    return {mistake.slug: mistake.label for mistake in get_family(family).mistakes}
