"""A variant: one question with one set of numbers, ready to be shown and graded.

It depends on the question, its revision and the seed alone. What the face shows and what the grader marks come from the same frozen
parameters, so the key is always that of the numbers on the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcnn.solvers.values import Json
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.figures.figure import Figure
    from quizcnn.grading.answers import Field


@dataclass(frozen=True, slots=True)
class Chain:
    """One family solved on the way to the fields: its inputs, and the outputs asked of it."""

    family: str
    inputs: Mapping[str, Json]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One drawn instance of a question. ``parameters`` alone tell it from the others: phrasings do not count."""

    question_id: str
    revision: int
    kind: str
    topic: str
    difficulty: int
    seed: int
    family: str | None
    parameters: Mapping[str, Json]
    prompt: Text
    convention: Text | None
    fields: tuple[Field, ...]
    hint_templates: tuple[Text, ...]
    explanation_template: Text
    facts: Mapping[str, Json]
    """Every number that hints and explanation may name; they are filled when read."""
    figure: Figure | None
    target: str | None = None
    """The mistake that these numbers tell apart from the key and from all others."""
    redraws: int = 0
    chain: tuple[Chain, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether another seed brings other numbers."""
        return self.kind in ("numeric", "inverse")

    @property
    def is_estimate(self) -> bool:
        """Whether it is asked against the clock and scored by its order of magnitude."""
        return any(getattr(field.answer, "estimate", False) for field in self.fields)

    @property
    def hints(self) -> tuple[Text, ...]:
        """The hints, with this variant's numbers."""
        from quizcnn.generation.prompt import fill

        return tuple(fill(hint, self.facts) for hint in self.hint_templates)

    @property
    def explanation(self) -> Text:
        """The explanation, with this variant's numbers and outputs."""
        from quizcnn.generation.prompt import fill

        return fill(self.explanation_template, self.facts)

    @property
    def identity(self) -> str:
        """The parameters as canonical JSON: equal for equal variants."""
        return json.dumps(self.parameters, sort_keys=True, ensure_ascii=False)
