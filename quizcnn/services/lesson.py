"""A lesson: what is to be known of one topic, in the order in which it is read, with a worked example in fresh numbers.

Facts and formulas come from the bank, the example from the solver, what was seen from the learner's record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.errors import BankError
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import work_steps
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.services.search.record import Record, read_record
from quizcnn.services.topics import Map, Standing
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.solvers.base import Step

LEARNER = "lesson"
"""The seeds of examples are not those of reviews: no review is given away."""
LONGEST = 12
"""Questions with more steps than this are no example where another has fewer."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One topic as it is taught."""

    standing: Standing
    facts: tuple[Text, ...]
    formulas: tuple[str, ...]
    """LaTeX."""
    mistakes: tuple[Text, ...]
    questions: tuple[Row, ...]
    needs: tuple[Standing, ...]
    leads_to: tuple[Standing, ...]
    record: Record
    """What is known of its questions."""
    examples: tuple[str, ...]
    """The questions that can be worked through, the easiest first: those with numbers to draw, else those whose numbers are fixed."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with numbers, worked through."""

    variant: Variant
    steps: tuple[Step, ...]


def read_lesson(context: Context, topic_id: str) -> Lesson:
    """The lesson of a topic. ``UsageError`` with the nearest ids where there is none, ``StorageError`` where the record cannot be read."""
    topic = context.catalog.topic(topic_id)
    record = read_record(context)
    known = Map(context.catalog, record.cards, day_end(now(), context.settings.rollover_hour))
    return Lesson(
        standing=known.standing(topic_id),
        facts=topic.facts,
        formulas=topic.formulas,
        mistakes=topic.mistakes,
        questions=known.rows(topic_id),
        needs=known.needs(topic_id),
        leads_to=known.leads_to(topic_id),
        record=record,
        examples=_examples(context, known.rows(topic_id)),
    )


def _examples(context: Context, rows: Sequence[Row]) -> tuple[str, ...]:
    numeric = [row.id for row in sorted(rows, key=lambda row: row.difficulty) if row.kind == "numeric"]
    drawn = tuple(question_id for question_id in numeric if _is_drawn(context, question_id))
    return drawn or tuple(numeric)


def _is_drawn(context: Context, question_id: str) -> bool:
    question = context.catalog.question(question_id)
    return question.kind == "numeric" and bool(question.draw)


def work_example(context: Context, questions: Sequence[str], k: int = 0, *, seed: int | None = None) -> Example | None:
    """The first of these questions that can be worked through in few steps; None where there is none.

    Its numbers are those of the ``seed``, or without one the day's ``k``-th: a page that is opened again shows the same. Where the
    first question has no other numbers, the ``k``-th of the others takes its place.
    """
    day = learning_day(now(), context.settings.rollover_hour).toordinal()
    spare: Example | None = None
    if questions and not _is_drawn(context, questions[0]):
        questions = [*questions[k % len(questions) :], *questions[: k % len(questions)]]
    for question_id in questions:
        example = _draw(context, question_id, seed_for(question_id, LEARNER, day, k) if seed is None else seed)
        if example is not None and len(example.steps) <= LONGEST:
            return example
        spare = spare or example
    return spare


def _draw(context: Context, question_id: str, seed: int) -> Example | None:
    try:
        variant = context.variant(question_id, seed)
    except BankError:
        return None
    steps = work_steps(variant)
    return Example(variant, steps) if steps else None
