"""Candidate patterns from answers that a learner overruled: their clauses that earned no point, by how often they were typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quizcnn.bank.models import ShortAnswer
from quizcnn.errors import UsageError
from quizcnn.generation.variants import fix_variant
from quizcnn.grading.base import Parsed, Verdict
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.keypoints.explaining import rules_said
from quizcnn.services.context import Context


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase that earned nothing, how often it was typed, the pattern that it would make, and the points then missed."""

    phrase: str
    times: int
    pattern: str
    missed: tuple[str, ...]


def suggest(context: Context, question_id: str) -> tuple[Suggestion, ...]:
    """The candidates of a question; ``UsageError`` where it has no key points."""
    question = context.catalog.question(question_id)
    if not isinstance(question, ShortAnswer):
        raise UsageError(
            f"{question_id} has no key points", mend="`quizcnn bank list --kind short_answer` lists those that have"
        )
    answer = fix_variant(question, {}).fields[0].answer
    if not isinstance(answer, KeypointsAnswer):
        raise UsageError(f"{question_id} has no key points")
    counted: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for text in _counted_as_right(context, question_id):
        counted.update(_unmatched(answer, text))
    return tuple(
        Suggestion(phrase, times, pattern, missed) for (phrase, pattern, missed), times in counted.most_common()
    )


def _counted_as_right(context: Context, question_id: str) -> Iterator[str]:
    """The texts of answers that count as right, by the grader or on the learner's word."""
    for attempt in context.store.attempts(question_id=question_id):
        if attempt.answer.verdict == Verdict.CORRECT and attempt.answer.raw:
            yield attempt.answer.raw[0]


def _unmatched(answer: KeypointsAnswer, text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    grade = answer.grade(Parsed(text, text))
    if grade.is_correct:
        return
    missed = tuple(point.id for point in grade.points if point.state != "hit")
    earned = [span for point in grade.points if point.state == "hit" for span in point.spans]
    for start, end, pattern in rules_said(answer, text):
        if missed and pattern and not any(low < end and start < high for low, high in earned):
            yield " ".join(text[start:end].split()).strip(" ,;:.，。；："), pattern, missed
