"""What blueprints there are, what each asks, and in how many of so many seeds the bank fills it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizcnn.bank.catalog import Catalog
from quizcnn.errors import QuizError
from quizcnn.generation.blueprint import Blueprint
from quizcnn.generation.filling import Filler
from quizcnn.services.exams.shelf import blueprint_files, load_blueprint
from quizcnn.text import Lang


@dataclass(frozen=True, slots=True)
class Described:
    """A blueprint in a line. ``seeds`` is 0 where filling was not tried; ``apart`` counts papers without a common question."""

    id: str
    title: str
    minutes: int
    points: int
    questions: int
    versions: int
    seeds: int = 0
    filled: int = 0
    apart: int = 0
    faults: tuple[str, ...] = ()

    def line(self) -> str:
        if not self.title:
            return f"{self.id}: broken"
        told = f"{self.id:<12} {self.title}: {self.minutes} min, {self.questions} questions, {self.points} points, {self.versions} version{'s' * (self.versions != 1)}"
        if self.seeds:
            told += f"; fills at {self.filled} of {self.seeds} seeds, {self.apart} papers without a common question"
        return told

    def as_json(self) -> dict[str, Any]:
        told = {"id": self.id, "title": self.title, "minutes": self.minutes, "points": self.points, "questions": self.questions, "versions": self.versions, "faults": list(self.faults)}  # fmt: skip
        return {**told, "seeds": self.seeds, "filled": self.filled, "apart": self.apart} if self.seeds else told


def describe_all(catalog: Catalog, lang: Lang, *, seeds: int = 0) -> tuple[Described, ...]:
    """Every blueprint of the bank folders in use; a broken one with its faults."""
    return tuple(_describe(catalog, name, lang, seeds) for name in sorted(blueprint_files(catalog.folders)))


def _describe(catalog: Catalog, name: str, lang: Lang, seeds: int) -> Described:
    try:
        blueprint = load_blueprint(catalog.folders, name)
    except QuizError as error:
        return Described(name, "", 0, 0, 0, 0, faults=tuple(str(error).split("\n")))
    filled, faults = _fill(blueprint, catalog, seeds)
    return Described(
        blueprint.id,
        blueprint.title[lang],
        blueprint.minutes,
        blueprint.points,
        blueprint.count,
        blueprint.versions.count,
        seeds,
        filled,
        _apart(blueprint, catalog) if seeds and not faults else 0,
        faults,
    )


def _fill(blueprint: Blueprint, catalog: Catalog, seeds: int) -> tuple[int, tuple[str, ...]]:
    """At how many seeds it fills, and why the first that fails does."""
    if not seeds:
        return 0, ()
    filled = 0
    faults: tuple[str, ...] = ()
    try:
        filler = Filler(blueprint, catalog)
    except QuizError as error:
        return 0, tuple(str(error).split("\n"))
    for seed in range(seeds):
        try:
            filler.fill(seed)
            filled += 1
        except QuizError as error:
            faults = faults or (f"seed {seed}:", *str(error).split("\n"))
    return filled, faults


def _apart(blueprint: Blueprint, catalog: Catalog) -> int:
    """How many papers one after the other have no common question."""
    used: frozenset[str] = frozenset()
    count = 0
    while True:
        try:
            filling = Filler(blueprint, catalog, used).fill(0)
        except QuizError:
            return count
        used |= set(filling.ids)
        count += 1
