"""Grading one typed text from outside the bank: against key points, or against reference answers.

A key point is a plain sentence or an object as the bank writes it. With references the score is the best of them and the indices count
the clauses of the first, listed in ``points``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import ValidationError

from quizcnn.errors import UsageError
from quizcnn.grading.base import Grade
from quizcnn.grading.keypoints.answer import KeypointsAnswer, Phrases, Point
from quizcnn.grading.keypoints.lexicon import EMPTY, Lexicon
from quizcnn.grading.keypoints.marking import judge
from quizcnn.grading.keypoints.reference import derived_points, score_reference
from quizcnn.text import Lang, Text

MAX_TEXT = 20_000
MAX_POINTS = 100


class Evidence(TypedDict):
    """What decided a point: the place and the words in the raw answer."""

    point: int
    verdict: str
    span: list[int]
    text: str


class GradedText(TypedDict):
    """``hit``, ``missed`` and ``contradicted`` are indices of ``points``; every point is in one of them."""

    score: float
    hit: list[int]
    missed: list[int]
    contradicted: list[int]
    evidence: list[Evidence]
    points: list[str]


def grade_text(
    question: str,
    answer: str,
    *,
    key_points: Sequence[str | Mapping[str, Any]] = (),
    references: Sequence[str] = (),
    lang: Lang = "en",
    lexicon: Lexicon = EMPTY,
) -> GradedText:
    """The graded text; ``UsageError`` where there is neither a key point nor a reference, or a text is too long."""
    if not key_points and not references:
        raise UsageError("neither key_points nor reference is given", mend="give one of them")
    if max(map(len, (question, answer, *references))) > MAX_TEXT or len(key_points) > MAX_POINTS:
        raise UsageError(f"a text has more than {MAX_TEXT:,} characters, or there are more than {MAX_POINTS} points")
    typed = answer_of(question, key_points, references, lang, lexicon)
    graded = _graded(judge(typed, answer), answer, [point.say[lang] for point in typed.points])
    if not key_points:
        graded["score"] = max(score_reference(question, reference, answer) for reference in references)
    return graded


def answer_of(
    question: str,
    key_points: Sequence[str | Mapping[str, Any]],
    references: Sequence[str],
    lang: Lang,
    lexicon: Lexicon,
) -> KeypointsAnswer:
    """The answer type of key points, or of those derived from the first reference."""
    if not key_points and not references:
        raise UsageError("neither key_points nor reference is given", mend="give one of them")
    points = [_point(place, given, lang) for place, given in enumerate(key_points)]
    if not points:
        said = derived_points(question, references[0], lexicon)
        points = [Point(id=str(place), say=Text.same(sentence)) for place, sentence in enumerate(said)]
    return KeypointsAnswer(question=Text.same(question), points=tuple(points), lexicon=lexicon)


def _point(place: int, given: str | Mapping[str, Any], lang: Lang) -> Point:
    """A plain sentence, or a point object with ``say`` as a text or a sentence."""
    if isinstance(given, str):
        return Point(id=str(place), say=Text.same(given))
    say = given.get("say") if isinstance(given, Mapping) else None
    both = say if isinstance(say, Mapping) else {"en": say, "zh": say}
    en, zh = both.get("en", both.get("zh")), both.get("zh", both.get("en"))
    if not isinstance(en, str) or not isinstance(zh, str):
        raise UsageError("a key point is a sentence, or an object with say", where=f"key_points[{place}]")
    try:
        return Point(
            id=str(place),
            say=Text(en, zh),
            weight=given.get("weight", 1.0),
            accept=Phrases.model_validate(given.get("accept", {})),
            contradict=Phrases.model_validate(given.get("contradict", {})),
        )
    except ValidationError as error:
        raise UsageError(str(error.errors()[0]["msg"]), where=f"key_points[{place}]") from None


def _graded(grade: Grade, answer: str, points: list[str]) -> GradedText:
    def places(state: str) -> list[int]:
        return [place for place, point in enumerate(grade.points) if point.state == state]

    evidence = [
        Evidence(point=place, verdict=point.state, span=[start, end], text=answer[start:end])
        for place, point in enumerate(grade.points)
        for start, end in point.spans
    ]
    return GradedText(
        score=grade.score,
        hit=places("hit"),
        missed=sorted([*places("missed"), *places("near")]),
        contradicted=places("contradicted"),
        evidence=evidence,
        points=points,
    )
