"""The words of the field as concepts: forms in both languages, opposites, rivals, what naming one implies.

The lexicon lies in the bank and comes as an argument; it is read when the first text is, and indexed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["thing", "quantity", "act", "property", "phase", "direction", "quantifier"]


class Entry(BaseModel):
    """One concept. ``up`` or ``down`` name the quantity that the word moves by itself ("faster": up speed)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    opposite: str = ""
    rivals: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    up: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The source of a lexicon without entries."""

    def __call__(self) -> Sequence[Mapping[str, Any]]:
        return ()


class Lexicon:
    """Concepts by id; ``source`` is called once, when a concept is first asked for."""

    def __init__(self, source: Callable[[], Sequence[Mapping[str, Any]]]) -> None:
        self._source = source

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry; what was checked when it was read is not checked again."""
        fields = ("en", "zh", "rivals", "implies")
        return tuple(
            Entry.model_construct(**{**each, **{name: tuple(each.get(name, ())) for name in fields}})
            for each in self._source()
        )

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def implied(self) -> Mapping[str, tuple[str, ...]]:
        """A concept and all that naming it implies, itself first."""
        return {entry.id: self._closure(entry.id) for entry in self.entries}

    def _closure(self, name: str) -> tuple[str, ...]:
        found = [name]
        for each in found:
            if (entry := self.by_id.get(each)) is not None:
                found += [other for other in entry.implies if other not in found]
        return tuple(found)

    @cached_property
    def opposites(self) -> Mapping[str, tuple[str, ...]]:
        """Both ways."""
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            if entry.opposite:
                found.setdefault(entry.id, []).append(entry.opposite)
                found.setdefault(entry.opposite, []).append(entry.id)
        return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}

    @cached_property
    def rivals(self) -> Mapping[str, frozenset[str]]:
        """Both ways: what is taken for what."""
        found: dict[str, set[str]] = {}
        for entry in self.entries:
            for other in entry.rivals:
                found.setdefault(entry.id, set()).add(other)
                found.setdefault(other, set()).add(entry.id)
        return {name: frozenset(others) for name, others in found.items()}

    @cached_property
    def vocabulary(self) -> Any:
        """The forms, ready for reading."""
        from quizcnn.grading.keypoints.vocabulary import Vocabulary

        return Vocabulary(self)


EMPTY = Lexicon(Nothing())
