"""The key points of a typed answer as lines of words: by which words each was hit, or what was missed or said the other way."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.grading.base import Grade, PointResult
from quizcnn.services.words import say
from quizcnn.text import Lang, Text

HIT = Text('Point {number}, by "{span}".', "第 {number} 点，见“{span}”。")
MISSING = Text("Point {number}, missing: {say}", "第 {number} 点没有答到：{say}")
NEAR = Text("Point {number}, nearly: {say}", "第 {number} 点差一点：{say}")
AGAINST = Text("Point {number}, the other way: {say}", "第 {number} 点说反了：{say}")
LINES = {"missed": MISSING, "near": NEAR}


def point_line(number: int, point: PointResult, typed: str, claim: str, lang: Lang) -> str:
    """What became of one point; ``claim`` is what is told of it where it was not hit."""
    if point.state == "hit" and point.spans:
        start, end = min(span[0] for span in point.spans), max(span[1] for span in point.spans)
        return say(HIT, lang, number=number, span=" ".join(typed[start:end].split()))
    return say(LINES.get(point.state, AGAINST), lang, number=number, say=claim)


def point_lines(grade: Grade, lang: Lang) -> Iterator[str]:
    """A line for each point, with what speaks against it."""
    for number, point in enumerate(grade.points, 1):
        claim = point.say[lang]
        if point.note is not None:
            note = point.note[lang]
            claim = note if point.state == "contradicted" else f"{claim}{' ' if lang == 'en' else ''}{note}"
        yield point_line(number, point, grade.read, claim, lang)
