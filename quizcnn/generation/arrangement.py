"""The parts of a paper: the blueprint's own sections, or one part for each kind of question, as Chinese papers have them.

By kind, a section's questions go apart and those of one kind come together; what marks them (points, policy, credits, room to work
in, how many count) goes with them, so that questions marked by different rules never share a part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizcnn.bank.catalog import Catalog
from quizcnn.bank.models import Choice, Question
from quizcnn.generation.blueprint import COMPUTING, Blueprint, Pick, Section
from quizcnn.generation.filling import Filling
from quizcnn.text import Text

Arrangement: TypeAlias = Literal["sections", "kinds"]
Order: TypeAlias = Callable[[Section, Sequence[int]], list[int]]
KINDS: Mapping[str, Text] = {
    "single": Text("Single choice", "单项选择题"),
    "several": Text("Several right options", "多项选择题"),
    "gaps": Text("Fill in", "填空题"),
    "compute": Text("Compute", "计算题"),
    "explain": Text("Explain", "简答题"),
    "arrange": Text("Order and match", "排序与配对题"),
}
"""The kinds of parts in the order in which they are printed."""
GROUPS = {"cloze": "gaps", "short_answer": "explain", "recall": "explain", "ordering": "arrange", "matching": "arrange"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The blueprint whose sections are the printed parts, and the seats of each part; ``origin`` gives a part's first section."""

    blueprint: Blueprint
    seats: tuple[tuple[int, ...], ...]
    origin: tuple[int, ...]


def by_section(blueprint: Blueprint, filling: Filling) -> Parts:
    """The sections as they stand."""
    numbers = range(len(blueprint.sections))
    seats = tuple(tuple(place for place, seat in enumerate(filling.seats) if seat.section == number) for number in numbers)  # fmt: skip
    return Parts(blueprint, seats, tuple(numbers))


def by_kind(blueprint: Blueprint, filling: Filling, catalog: Catalog) -> Parts:
    """One part for each kind of question and way of marking it; the titles name the kind."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, seat in enumerate(filling.seats):
        section = blueprint.sections[seat.section]
        # Of questions among which one chooses, none may be parted from the others.
        first = place if section.choose is None else next(at for at, each in enumerate(filling.seats) if each.section == seat.section)  # fmt: skip
        # The questions of a chain stay together; all of them compute.
        chained = section.pick[seat.pick].chain
        kind = "compute" if chained else kind_of(catalog.question(filling.ids[first]))
        groups.setdefault(_key(kind, section, seat.section), []).append(place)
    order = list(KINDS)
    ranked = sorted(groups.items(), key=lambda group: order.index(str(group[0][0])))
    sections = tuple(_section(str(key[0]), blueprint, filling, places) for key, places in ranked)
    origin = tuple(filling.seats[places[0]].section for _, places in ranked)
    return Parts(blueprint.model_copy(update={"sections": sections}), tuple(tuple(places) for _, places in ranked), origin)  # fmt: skip


def kind_of(question: Question) -> str:
    """The kind of part that a question belongs to: a key of ``KINDS``."""
    if isinstance(question, Choice):
        return "several" if question.multiple else "single"
    if getattr(question, "options", 0):
        return "single"
    return "compute" if question.kind in COMPUTING else GROUPS[question.kind]


def _key(kind: str, section: Section, number: int) -> tuple[object, ...]:
    """Questions with the same key may share a part."""
    policy = section.policy if kind == "several" else None
    room = section.work_space if kind == "compute" else None
    return kind, policy, section.credits, number if section.choose is not None else None, room


def _section(kind: str, blueprint: Blueprint, filling: Filling, places: Sequence[int]) -> Section:
    """A part in the place of sections, with one pick for each question."""
    seats = [filling.seats[place] for place in places]
    picks = tuple(Pick(points=blueprint.sections[seat.section].pick[seat.pick].points) for seat in seats)
    changed = {"title": KINDS[kind], "pick": picks, "minutes": None}
    return blueprint.sections[seats[0].section].model_copy(update=changed)
