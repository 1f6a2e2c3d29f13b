"""Key points: patterns that can be read, points that say more than the prompt, and that a list or the prompt never earns."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.bank.models import Patterns, ShortAnswer
from quizcnn.bank.structure import Finding
from quizcnn.grading.base import Grade, Parsed
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.keypoints.grammar import PatternError, is_pattern, parse_pattern
from quizcnn.text import LANGS

MOST_PATTERNS = 8
"""A point that needs more is two points."""


def check_keypoints(question: ShortAnswer) -> Iterator[Finding]:
    """Findings in the points and beliefs of a question with typed text."""
    for number, point in enumerate(question.points):
        for key in ("accept", "contradict"):
            yield from _patterns(getattr(point, key), ("points", number, key), question)
        written = sum(is_pattern(text) for text in (*point.accept.any, *point.accept.en, *point.accept.zh))
        if written > MOST_PATTERNS:
            yield (
                ("points", number, "accept"),
                f"{written} patterns; a point that needs more than {MOST_PATTERNS} is two",
            )
    for number, belief in enumerate(question.wrong):
        yield from _patterns(belief.match, ("wrong", number, "match"), question)
    yield from _marks(question)


def _patterns(patterns: Patterns, path: tuple[str | int, ...], question: ShortAnswer) -> Iterator[Finding]:
    for lang in ("any", "en", "zh"):
        for number, text in enumerate(getattr(patterns, lang)):
            if is_pattern(text):
                try:
                    parse_pattern(text, question.lexicon)
                except PatternError as error:
                    yield (*path, lang, number), str(error)


def _marks(question: ShortAnswer) -> Iterator[Finding]:
    """What earns a point that must not, and what does not that must."""
    answer = KeypointsAnswer.of(
        question=question.prompt, points=question.points, wrong=question.wrong, lexicon=question.lexicon
    )
    for lang in LANGS:
        for name in _hit(_grade(answer, question.prompt[lang])):
            yield ("points", _number(question, name), "say", lang), "the prompt itself earns this point"
        for number, point in enumerate(question.points):
            if point.id not in _hit(_grade(answer, point.say[lang])):
                yield (
                    ("points", number, "say", lang),
                    "the point's own sentence does not earn it; see `bank show ID --points`",
                )
            listed = _listed(point.say[lang]) if lang == "en" else ""
            if listed and point.id in _hit(_grade(answer, listed)):
                yield ("points", number), f"a list of its words earns it: {listed}"


def _grade(answer: KeypointsAnswer, text: str) -> Grade:
    return answer.grade(Parsed(text, text))


def _hit(grade: Grade) -> set[str]:
    return {point.id for point in grade.points if point.state == "hit"}


def _number(question: ShortAnswer, name: str) -> int:
    return next(number for number, point in enumerate(question.points) if point.id == name)


def _listed(sentence: str) -> str:
    """The words of a sentence in another order, parted by commas; empty where there are too few."""
    words = sorted(sentence.strip(".。").split(), key=lambda word: (len(word), word))
    return ", ".join(words) if len(words) > 4 else ""
