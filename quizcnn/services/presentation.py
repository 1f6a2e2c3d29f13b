"""Variants and grades as JSON and as plain lines, for the command line and everything that pipes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import work_steps
from quizcnn.grading.answers import Field
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.sheet import grade_typed
from quizcnn.services.points import point_lines
from quizcnn.solvers.base import Step
from quizcnn.solvers.values import to_json
from quizcnn.text import Lang, Text

SYMBOLS = {
    Verdict.CORRECT: "✓", Verdict.PARTIAL: "◐", Verdict.WRONG: "✗", Verdict.UNREADABLE: "?", Verdict.BLANK: "✗",
    Verdict.TOO_FEW_DIGITS: "~", Verdict.OTHER_CONVENTION: "~", Verdict.PERCENT_FOR_RATIO: "~", Verdict.POWER_OF_TEN: "~",
}  # fmt: skip
"""The mark before a verdict; the words after it say the same."""


def grade_variant(variant: Variant, typed: str, lang: Lang) -> Grade:
    """The grade of what was typed for all fields of a variant."""
    return grade_typed(variant.fields, typed, lang)


def steps_json(steps: Sequence[Step], lang: Lang) -> list[dict[str, Any]]:
    """Worked steps as ``[{caption, latex, value}]``."""
    return [{"caption": step.caption[lang], "latex": step.latex, "value": to_json(step.value)} for step in steps]


def variant_json(variant: Variant, lang: Lang, *, key: bool = False) -> dict[str, Any]:
    """The variant as the command line's JSON; the key and the steps only when asked for."""
    shown: dict[str, Any] = {
        "id": variant.question_id,
        "kind": variant.kind,
        "topic": variant.topic,
        "family": variant.family,
        "seed": variant.seed,
        "revision": variant.revision,
        "prompt": variant.prompt[lang],
        "convention": variant.convention[lang] if variant.convention else None,
        "fields": [_field_json(field, lang) for field in variant.fields],
        "parameters": dict(variant.parameters),
        "target": variant.target,
    }
    if key:
        shown["key"] = {
            field.name: {"value": field.answer.shown()[lang], "typed": field.answer.typed()} for field in variant.fields
        }
        shown["steps"] = steps_json(work_steps(variant), lang)
        shown["explanation"] = variant.explanation[lang]
    return shown


def _field_json(field: Field, lang: Lang) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "label": field.label[lang],
        "type": field.answer.type,
        "form": field.answer.hint_of_form()[lang],
    }
    choices = [text for _, text in choice_rows(field, lang)]
    return {**described, "options": choices} if choices else described


def choice_rows(field: Field, lang: Lang) -> list[tuple[str, str]]:
    """What is chosen among, ordered or matched: the mark to type and the text; empty for other fields."""
    if field.answer.type not in ("choice", "ordering", "matching"):
        return []
    from quizcnn.grading.choice import ChoiceAnswer
    from quizcnn.grading.matching import MatchingAnswer
    from quizcnn.grading.ordering import OrderingAnswer

    match field.answer:
        case ChoiceAnswer(options=options):
            return [(str(number), option.text[lang]) for number, option in enumerate(options, 1)]
        case OrderingAnswer(items=items):
            return [(str(number), item[lang]) for number, item in enumerate(items, 1)]
        case MatchingAnswer(left=left, right=right):
            rows = [(str(number), item[lang]) for number, item in enumerate(left, 1)]
            return rows + [(chr(ord("a") + place), item[lang]) for place, item in enumerate(right)]
    return []


def readable(markdown: str) -> str:
    """Markdown with its mathematics on one line."""
    from quizcnn.figures.mathematics import inline

    return inline(markdown)


def step_line(step: Step, lang: Lang) -> str:
    """One worked step on one line: the line itself, then what it does."""
    from quizcnn.figures.mathematics import one_line

    return f"{one_line(step.latex)}    {step.caption[lang]}"


def variant_lines(variant: Variant, lang: Lang, *, key: bool = False) -> Iterator[str]:
    """The variant as plain lines."""
    yield readable(variant.prompt[lang])
    if variant.figure is not None:
        from quizcnn.figures.terminal import draw_lines

        yield from draw_lines(variant.figure, lang, 76)
    for field in variant.fields:
        yield from (f"  {mark}  {readable(text)}" for mark, text in choice_rows(field, lang))
    yield f"({form_line(variant, lang)})"
    if not key:
        return
    yield ""
    for field in variant.fields:
        yield f"{field.label[lang]}: {field.answer.shown()[lang]}"
    for step in work_steps(variant):
        yield f"  {step_line(step, lang)}"
    yield readable(variant.explanation[lang])


def form_line(variant: Variant, lang: Lang) -> str:
    """The convention and what to type, as one remark under the prompt."""
    parts = [variant.convention[lang].rstrip(".。")] if variant.convention else []
    forms = [field.answer.hint_of_form()[lang] for field in variant.fields]
    if len(set(forms)) == 1:
        parts.append(forms[0])
    else:
        colon = ": " if lang == "en" else "："
        parts += [f"{field.label[lang]}{colon}{form}" for field, form in zip(variant.fields, forms, strict=True)]
    return ("; " if lang == "en" else "；").join(parts)


def grade_json(variant: Variant, grade: Grade, lang: Lang) -> dict[str, Any]:
    """The grade as the command line's JSON."""
    return {
        "id": variant.question_id,
        "seed": variant.seed,
        "verdict": str(grade.verdict),
        "score": grade.score,
        "read": grade.read,
        "key": grade.key[lang],
        "mistakes": list(grade.mistakes),
        "guesses": list(grade.guesses),
        "feedback": [line[lang] for line in grade.feedback],
        "parts": [{"verdict": str(part.verdict), "score": part.score, "read": part.read, "mistakes": list(part.mistakes)} for part in grade.parts],
        "points": [{"id": point.id, "state": point.state, "say": point.say[lang], "spans": [list(span) for span in point.spans]} for point in grade.points],
    }  # fmt: skip


def grade_lines(grade: Grade, lang: Lang) -> Iterator[str]:
    """The grade as plain lines: the verdict with its mark, a line for each key point, then why."""
    first, *rest = grade.feedback or (Text("Graded.", "已评分。"),)
    yield f"{SYMBOLS[grade.verdict]} {first[lang]}"
    yield from (f"  {line}" for line in point_lines(grade, lang))
    told = [point.note for point in grade.points]
    yield from (f"  {line[lang]}" for line in rest if line not in told)
    if not (grade.is_correct or grade.points or grade.verdict is Verdict.UNREADABLE):
        yield f"{'Right answer' if lang == 'en' else '正确答案'}: {grade.key[lang]}"
