"""Proving the variants of an entry over many seeds: the key grades correct, the target's value names the target alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quizcnn.bank.models import Numeric
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant
from quizcnn.grading.answers import Field
from quizcnn.grading.base import Grade
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.sheet import grade_texts


@dataclass(slots=True)
class Tally:
    """What a sweep over one entry found."""

    entry: str
    seeds: int = 0
    worst_redraws: int = 0
    without_target: int = 0
    faults: list[str] = field(default_factory=list)


def sweep(question: Numeric, seeds: Iterable[int]) -> Tally:
    """Every seed drawn, typed as shown and with the target's value."""
    tally = Tally(question.id)
    for seed in seeds:
        variant = draw_variant(question, seed)
        tally.seeds += 1
        tally.worst_redraws = max(tally.worst_redraws, variant.redraws)
        tally.without_target += variant.target is None and not question.estimate
        tally.faults.extend(f"{question.id} seed {seed}: {fault}" for fault in faults_of(variant))
    return tally


def faults_of(variant: Variant) -> Sequence[str]:
    """What is wrong with a variant; empty when the key and the target grade as they must."""
    found: list[str] = []
    key = _grade(variant, [each.answer.typed() for each in variant.fields])
    if not key.is_correct or key.mistakes:
        found.append(
            f"its own key {[each.answer.typed() for each in variant.fields]} is graded {key.verdict} {key.mistakes}"
        )
    if variant.target is not None:
        typed = [wrong_typed(each, variant.target) for each in variant.fields]
        grade = _grade(variant, typed)
        if grade.is_correct or grade.mistakes != (variant.target,):
            found.append(f"the target {variant.target}, typed {typed}, is graded {grade.verdict} {grade.mistakes}")
    return found


def _grade(variant: Variant, typed: Sequence[str]) -> Grade:
    return grade_texts(variant.fields, typed, "en")


def wrong_typed(each: Field, slug: str) -> str:
    """What one types who follows the wrong rule ``slug``; the key where the rule leaves the field as it is."""
    answer = each.answer
    if isinstance(answer, ChoiceAnswer):
        places = (number for number, option in enumerate(answer.options, 1) if option.slug == slug)
        return str(next(places, answer.typed()))
    for rival in getattr(answer, "rivals", ()):
        if rival.slug == slug:
            return answer.model_copy(update={"truth": rival.value, "rivals": ()}).typed()
    return answer.typed()
