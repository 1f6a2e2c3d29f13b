"""Corrections laid over the marks of a sheet, in their order; each mark keeps what it was.

``accept`` and ``give`` can only raise. ``drop`` takes a question out of the total of those whose share rises by it; for the others it
stays as it is marked. Only ``set-key`` and a person's own ``points`` can lower a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizcnn.grading.answers import Field
from quizcnn.grading.base import Invalid, Verdict
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.reading.normalize import fold
from quizcnn.grading.sheet import split_typed
from quizcnn.services.exams.corrections import Correction
from quizcnn.services.exams.manifest import PrintedQuestion
from quizcnn.services.exams.marks import Mark, State
from quizcnn.text import Lang


def correct(marks: Sequence[Mark], corrections: Sequence[Correction], name: str, letter: str, lang: Lang) -> list[Mark]:
    """The marks of a person's sheet of a version, corrected; what is dropped is marked as dropped, if that helps the person."""
    found = list(marks)
    for correction in corrections:
        if correction.person and correction.person.casefold() != name.casefold():
            continue
        found = [_corrected(mark, correction, letter, lang) if mark.question.id == correction.question else mark for mark in found]  # fmt: skip
    return _helping(found)


def _corrected(mark: Mark, correction: Correction, letter: str, lang: Lang) -> Mark:
    full, wanted = float(mark.question.points), correction.values.get(letter)
    match correction.action:
        case "points":
            return _with(mark, min(full, max(0.0, correction.points or 0.0)), correction)
        case "give":
            return _with(mark, full, correction, "void")
        case "drop":
            return replace(mark, dropped=True, reasons=(*mark.reasons, correction.reason))
        case "accept" if wanted is not None and mark.points < full and is_same(mark.question, mark.texts, wanted, lang):
            return _with(mark, full, correction)
        case "set-key" if wanted is not None:
            return _with_key(mark, wanted, correction, lang)
    return mark


def _with_key(mark: Mark, wanted: str, correction: Correction, lang: Lang) -> Mark:
    """With another key: who has it is right, who has the former one is not; all others stay as they are."""
    if is_same(mark.question, mark.texts, wanted, lang):
        mark = _with(mark, float(mark.question.points), correction)
    elif mark.state == "right":
        mark = _with(mark, 0.0, correction)
    return replace(mark, key=wanted)


def _with(mark: Mark, points: float, correction: Correction, state: State | None = None) -> Mark:
    share = points / mark.question.points
    before = mark.points if mark.was is None else mark.was
    verdict = Verdict.CORRECT if share >= 1 else Verdict.PARTIAL if share > 0 else Verdict.WRONG
    states: dict[Verdict, State] = {Verdict.CORRECT: "right", Verdict.PARTIAL: "partial", Verdict.WRONG: "wrong"}
    return replace(
        mark,
        points=points,
        state=state or states[verdict],
        verdict=verdict,
        score=share,
        mistakes=() if share >= 1 else mark.mistakes,
        feedback=() if share >= 1 else mark.feedback,
        was=None if before == points else before,
        reasons=() if before == points else (*mark.reasons, correction.reason),
    )


def is_same(question: PrintedQuestion, texts: Sequence[str], wanted: str, lang: Lang) -> bool:
    """Whether what was typed says the same as ``wanted``, field by field."""
    if not any(text.strip() for text in texts):
        return False
    if len(question.fields) == 1:
        return _is_same(question.fields[0], texts[0], wanted, lang)
    parts = split_typed(wanted, len(question.fields))
    if isinstance(parts, Invalid) or len(parts) != len(texts):
        return False
    return all(_is_same(*each, lang) for each in zip(question.fields, texts, parts, strict=True))


def _is_same(field: Field, text: str, wanted: str, lang: Lang) -> bool:
    if fold(text).strip() == fold(wanted).strip():
        return True
    typed, other = field.answer.read(text, lang), field.answer.read(wanted, lang)
    if isinstance(typed, Invalid) or isinstance(other, Invalid):
        return False
    if isinstance(field.answer, NumberAnswer):
        truth = field.answer.own(other)
        return (
            truth is not None and field.answer.model_copy(update={"truth": truth, "rivals": ()}).grade(typed).is_correct
        )
    return bool(typed.value == other.value)


def _helping(marks: list[Mark]) -> list[Mark]:
    """Dropped questions stay dropped where the share of the points is no lower without them, the costliest asked first."""
    for place, mark in enumerate(marks):
        if mark.dropped:
            kept = [other for at, other in enumerate(marks) if at == place or not other.dropped]
            without = [other for other in kept if other is not mark]
            if _share(without) < _share(kept):
                marks[place] = replace(mark, dropped=False, reasons=())
    return marks


def _share(marks: Sequence[Mark]) -> float:
    out_of = sum(mark.question.points for mark in marks)
    return sum(mark.points for mark in marks) / out_of if out_of else 1.0
