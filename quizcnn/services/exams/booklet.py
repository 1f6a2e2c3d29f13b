"""The personal booklet: fresh variants of what the learner missed, easy to hard, with numbers that exercise the mistake made last.

A booklet is an exam of one version with a manifest of its own, so that its answers come back through ``exam grade --feed``. Making one
reads the record and leaves it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from quizcnn.clock import now
from quizcnn.errors import BankError, UsageError
from quizcnn.generation.blueprint import Blueprint, Pick, Section, minutes_for
from quizcnn.generation.exam import Exam, set_exam
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.scheduling.card import Rating
from quizcnn.services.context import Context
from quizcnn.services.selection import AVOIDED, SEEDS_TRIED
from quizcnn.solvers.base import get_family
from quizcnn.storage.records import Attempt
from quizcnn.text import Text

NAME = "booklet"
TITLE = Text("What I missed", "我的错题")
PART = Text("Once more, with other numbers", "换一组数再做一遍")
MOST = 60
_SPAN = re.compile(r"(\d{1,4})\s*(d|w|m|days?|weeks?|months?|天|周|个月)?")
_DAYS = {"d": 1, "w": 7, "m": 30, "天": 1, "周": 7, "个": 30}


@dataclass(frozen=True, slots=True)
class Booklet:
    """``last_time`` says by printed number which mistake was made last; ``skipped`` are questions that could not be drawn."""

    exam: Exam
    last_time: Mapping[int, Text]
    skipped: tuple[str, ...] = ()


def read_span(text: str) -> int:
    """Days in ``30d``, ``2w``, ``3m``, ``30``, ``2 周``; ``UsageError`` for anything else."""
    found = _SPAN.fullmatch(text.strip().lower())
    days = int(found[1]) * _DAYS[(found[2] or "d")[0]] if found else 0
    if not days:
        raise UsageError(f"{text.strip()[:20]!r} is no span of time", mend="write 30d, 4w or 3m")
    return days


def make_booklet(context: Context, *, days: int, count: int, seed: int) -> Booklet:
    """The booklet of what was missed within so many days, at most ``count`` questions, the misses that stand first.

    ``UsageError`` where nothing was missed.
    """
    last = _missed(context, days)
    if not last:
        raise UsageError(
            f"nothing was missed in the last {days} days", mend="ask for a longer --missed, or drill first"
        )
    variants: list[Variant] = []
    skipped: list[str] = []
    for attempt in last:
        if len(variants) == count:
            break
        try:
            variants.append(_fresh(context, attempt, seed))
        except BankError as error:
            skipped.append(f"{attempt.answer.question_id}: {error}")
    variants.sort(key=lambda variant: (variant.difficulty, minutes_for(variant.kind, variant.difficulty), variant.question_id))  # fmt: skip
    exam = set_exam(_blueprint(variants), context.catalog, seed, variants)
    mistakes = {attempt.answer.question_id: attempt.answer.mistakes for attempt in last}
    named = {item.number: _label(item.variant, mistakes[item.id]) for item in exam.versions[0].items}
    return Booklet(exam, {number: label for number, label in named.items() if label is not None}, tuple(skipped))


def _label(variant: Variant, mistakes: Sequence[str]) -> Text | None:
    """The first of these mistakes that the question names."""
    labels = {mistake.slug: mistake.label for link in variant.chain for mistake in get_family(link.family).mistakes}
    answers = [field.answer for field in variant.fields]
    labels |= {
        wrong.slug: wrong.label for answer in answers if isinstance(answer, ExpressionAnswer) for wrong in answer.wrong
    }
    return next((labels[slug] for slug in mistakes if slug in labels), None)


def _missed(context: Context, days: int) -> list[Attempt]:
    """The last miss of every question that the bank has: first those not answered right since, then the others, newest first."""
    known = {row.id for row in context.catalog.rows()}
    latest: dict[str, Attempt] = {}
    recovered: set[str] = set()
    for attempt in context.store.attempts(since=now() - timedelta(days=days)):
        name = attempt.answer.question_id
        if name not in known or name in latest:
            continue
        if is_missed(attempt):
            latest[name] = attempt
        else:
            recovered.add(name)
    return sorted(latest.values(), key=lambda attempt: attempt.answer.question_id in recovered)


def is_missed(attempt: Attempt) -> bool:
    """Whether an answer was not right, or rated as not known."""
    return attempt.answer.verdict != "correct" or attempt.answer.chosen is Rating.AGAIN


def _fresh(context: Context, attempt: Attempt, seed: int) -> Variant:
    """A variant with numbers that were not seen lately, of those the first that exercises the mistake."""
    question_id, mistakes = attempt.answer.question_id, attempt.answer.mistakes
    question = context.catalog.question(question_id)
    recent = set(context.store.recent_parameters(question_id, AVOIDED))
    spare: Variant | None = None
    for k in range(SEEDS_TRIED):
        variant = draw_variant(question, seed_for(question_id, NAME, seed, k))
        if not variant.is_drawn:
            return variant
        if variant.identity in recent:
            continue
        if not mistakes or variant.target == mistakes[0]:
            return variant
        spare = spare or variant
    return spare or draw_variant(question, seed_for(question_id, NAME, seed, 0))


def _blueprint(variants: Sequence[Variant]) -> Blueprint:
    """A point for about a minute of work."""
    minutes = [max(1, round(minutes_for(variant.kind, variant.difficulty))) for variant in variants]
    picks = tuple(Pick(points=points) for points in minutes)
    return Blueprint(id=NAME, title=TITLE, minutes=sum(minutes), sections=(Section(title=PART, pick=picks),))
