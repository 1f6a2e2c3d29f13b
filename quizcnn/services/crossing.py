"""``bank check --cross``: the right answers of every typed question, held against the points of all the others.

A pattern that an answer to another question meets is too wide, or the two questions share words or a claim: then the point says so
under ``shares``. Every declaration must still be needed, and all that is hit, declared or not, stays a small share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizcnn.bank.models import KeyPoint, ShortAnswer
from quizcnn.bank.structure import Finding
from quizcnn.grading.base import Parsed
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.text import LANGS, Lang

MOST_FOREIGN = 0.01
"""The share of all pairs of a right sample and a point of another question that may be hits."""


class _Sample(NamedTuple):
    """A right answer and where it stands."""

    owner: str
    lang: Lang
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """What was held against what, what was hit, and the findings by the id of the question that they are in."""

    pairs: int
    hits: int
    findings: tuple[tuple[str, Finding], ...]

    @property
    def share(self) -> float:
        return self.hits / self.pairs if self.pairs else 0.0


def cross_samples(questions: Sequence[ShortAnswer], progress: Callable[[str], None] = lambda _: None) -> Crossing:
    """Every right sample graded by the points of every other question."""
    samples = [sample for question in questions for sample in _right_samples(question)]
    known = {question.id for question in questions}
    pairs = hits = 0
    findings: list[tuple[str, Finding]] = []
    for question in questions:
        progress(question.id)
        foreign = [sample for sample in samples if sample.owner != question.id]
        met = list(_met(question, foreign))
        pairs += len(foreign) * len(question.points)
        hits += len(met)
        findings += ((question.id, finding) for finding in _findings(question, met, known))
    return Crossing(pairs, hits, tuple(findings))


def _right_samples(question: ShortAnswer) -> Iterator[_Sample]:
    """The samples that hit every point of their question."""
    every = {point.id for point in question.points}
    for lang in LANGS:
        for number, sample in enumerate(getattr(question.samples, lang)):
            if set(sample.hit) == every and not sample.open:
                yield _Sample(question.id, lang, number, sample.text)


class _Met(NamedTuple):
    point: int
    sample: _Sample
    pattern: str


def _met(question: ShortAnswer, samples: Sequence[_Sample]) -> Iterator[_Met]:
    answer = KeypointsAnswer.of(
        question=question.prompt, points=question.points, wrong=question.wrong, lexicon=question.lexicon
    )
    for sample in samples:
        graded = answer.grade(Parsed(sample.text, sample.text))
        yield from (
            _Met(number, sample, point.pattern or "")
            for number, point in enumerate(graded.points)
            if point.state == "hit"
        )


def _findings(question: ShortAnswer, met: Sequence[_Met], known: set[str]) -> Iterator[Finding]:
    for number, point in enumerate(question.points):
        own = [each for each in met if each.point == number]
        told: set[str] = set()
        for each in own:
            owner = each.sample.owner
            if owner not in point.shares and owner not in told:
                told.add(owner)
                yield ("points", number), _too_wide(each, sum(other.sample.owner == owner for other in own))
        yield from _declared(point, number, {each.sample.owner for each in own}, known)


def _too_wide(met: _Met, times: int) -> str:
    sample = met.sample
    return (
        f"{times} right sample{'s' * (times != 1)} of {sample.owner} earn{'s' * (times == 1)} this point by {met.pattern}: {sample.text!r}; "
        f"say what it is about in the pattern, or declare `shares: [{sample.owner}]` where that cannot be"
    )


def _declared(point: KeyPoint, number: int, met: set[str], known: set[str]) -> Iterator[Finding]:
    for place, owner in enumerate(point.shares):
        if owner not in known:
            yield ("points", number, "shares", place), f"{owner} is no short_answer question of the bank"
        elif owner not in met:
            yield ("points", number, "shares", place), f"no right sample of {owner} earns this point: take it out"
