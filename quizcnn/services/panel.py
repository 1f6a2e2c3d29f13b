"""What stands beside a question: its topic with what that needs and leads to, and the history of its card.

Before the answer nothing here helps with it: the history is without the names of mistakes, and no formula is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.scheduling.day import learning_day
from quizcnn.services.search.mistakes import family_mistakes
from quizcnn.services.topics import Standing, read_map
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.models import Question
    from quizcnn.services.context import Context
    from quizcnn.storage.records import Attempt

SHOWN = 8
"""So many of the last answers are shown."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One answer of the past."""

    day: date
    is_today: bool
    verdict: str
    rating: int | None
    """None: it was practice, which rates nothing."""
    mistake: Text | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One question's surroundings."""

    standing: Standing
    needs: tuple[Standing, ...]
    leads_to: tuple[Standing, ...]
    formulas: tuple[str, ...]
    """LaTeX; none before the answer."""
    answers: int
    missed: int
    """Of all answers to the card, those that were neither right nor partly right."""
    history: tuple[Trace, ...]
    """The last answers, oldest first; without mistakes before the answer."""


def read_panel(context: Context, question_id: str, *, answered: bool) -> Panel:
    """The panel of a question, before or after the answer. Raises ``StorageError`` where the record cannot be read."""
    known, topic_id = read_map(context), context.catalog.row(question_id).topic
    attempts = context.store.attempts(question_id=question_id)
    question = context.catalog.question(question_id)
    today = learning_day(now(), context.settings.rollover_hour)
    return Panel(
        standing=known.standing(topic_id),
        needs=known.needs(topic_id),
        leads_to=known.leads_to(topic_id),
        formulas=known.topics[topic_id].formulas if answered else (),
        answers=len(attempts),
        missed=sum(attempt.answer.verdict not in ("correct", "partial") for attempt in attempts),
        history=tuple(_trace(attempt, question if answered else None, today) for attempt in attempts[:SHOWN][::-1]),
    )


def _trace(attempt: Attempt, question: Question | None, today: date) -> Trace:
    answer = attempt.answer
    labels = mistake_labels(question) if question is not None and answer.mistakes else {}
    return Trace(
        day=answer.day,
        is_today=answer.day == today,
        verdict=answer.verdict,
        rating=int(answer.chosen) if answer.mode == "scheduled" else None,
        mistake=next((labels[slug] for slug in answer.mistakes if slug in labels), None),
    )


def mistake_labels(question: Question) -> dict[str, Text]:
    """The named mistakes of a question: those of its families, or of its formula."""
    if question.kind == "expression":
        return {wrong.slug: wrong.label for wrong in question.wrong}
    return {slug: label for family in _families(question) for slug, label in family_mistakes(family).items()}


def _families(question: Question) -> Iterator[str]:
    if question.kind in ("numeric", "inverse"):
        yield question.family
    if question.kind == "numeric":
        yield from (part.family for part in question.parts)
