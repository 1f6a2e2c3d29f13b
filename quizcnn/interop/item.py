"""A question as other programs hold it: with one set of numbers, frozen, under an id of its own.

A drawn question becomes so many items as are asked for, ``id~1`` to ``id~n``, each with other numbers that tell its mistakes apart.
The same question gives the same items on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizcnn.bank.catalog import Catalog
from quizcnn.bank.models import Question, Topic
from quizcnn.figures.description import describe
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, work_steps
from quizcnn.solvers.base import Step
from quizcnn.text import LANGS, Text

EXPORTED = "export"
"""Stands for the learner where a seed is made."""
TRIES = 12
"""So many seeds are tried for each further variant."""


@dataclass(frozen=True, slots=True)
class Item:
    """One frozen variant of a question, with the topic that it belongs to."""

    id: str
    question: Question
    variant: Variant
    topic: Topic
    steps: tuple[Step, ...]

    @property
    def prompt(self) -> Text:
        """The prompt and, on a line of its own, the convention."""
        convention = self.variant.convention
        if convention is None:
            return self.variant.prompt
        return Text(*(f"{self.variant.prompt[lang]}\n\n{convention[lang]}" for lang in LANGS))

    @property
    def picture(self) -> Text | None:
        """The figure in words; None where there is none."""
        figure = self.variant.figure
        return None if figure is None else Text(*(describe(figure, lang) for lang in LANGS))

    @property
    def tags(self) -> tuple[str, ...]:
        """Without spaces, as every program takes them."""
        topic = self.topic
        own = tuple(tag.replace(" ", "-") for tag in self.question.tags)
        return f"topic::{topic.id}", f"area::{topic.area}", f"difficulty::{self.question.difficulty}", f"freq::{topic.interview_frequency}", *own  # fmt: skip

    @property
    def origin(self) -> str:
        """Where it comes from: question, revision and seed draw it again."""
        question = self.question
        return f"quizcnn {question.id} revision {question.revision} seed {self.variant.seed}"


def freeze(catalog: Catalog, question_id: str, variants: int) -> Iterator[Item]:
    """The items of a question; fewer than ``variants`` where it has no more that differ. Raises ``BankError`` for a broken question."""
    question = catalog.question(question_id)
    topic = catalog.topic(question.topic)
    numbers: set[str] = set()
    looks: set[tuple[str, str]] = set()
    for k in range(variants * TRIES):
        variant = draw_variant(question, seed_for(question_id, EXPORTED, question.revision, k))
        look = variant.prompt.en, repr(variant.figure)
        if variant.identity not in numbers and look not in looks:
            numbers.add(variant.identity)
            looks.add(look)
            name = f"{question_id}~{len(numbers)}" if variant.is_drawn else question_id
            yield Item(name, question, variant, topic, work_steps(variant))
        if len(numbers) == variants or not variant.is_drawn:
            return
