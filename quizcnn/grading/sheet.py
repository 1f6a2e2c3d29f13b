"""From what was typed for a question to one grade: parts are split, read, marked and followed through.

A part that cannot be read makes the whole unreadable and is named; a part left blank counts as wrong. A later part that is right
from the learner's own earlier value earns its share.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from quizcnn.grading import wording
from quizcnn.grading.answers import Field
from quizcnn.grading.base import NEAR, AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.following import follow_through, letter
from quizcnn.solvers.values import Value
from quizcnn.text import Lang, Text

_SEPARATOR = re.compile("[;；|｜]")
MAX_TEXT = 100_000
_RIGHT = 1 - 1e-9


def split_typed(text: str, count: int) -> list[str] | Invalid:
    """What was typed, one text a field: parted by ``;`` ``；`` or ``|``, or a JSON list. One field takes the text as it is."""
    listed = _json_list(text) if text.lstrip().startswith("[") else None
    if count == 1:
        alone = listed is not None and len(listed) == 1 and isinstance(listed[0], str)
        return [str(listed[0])] if alone and listed is not None and '"' in text else [text]
    if listed is not None and len(listed) == count:
        return [_as_typed(item) for item in listed]
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    while len(parts) > count and not parts[-1]:
        parts.pop()
    if len(parts) != count:
        given = len(listed) if listed is not None else len(parts)
        why = Text(
            f"{count} answers are asked, parted by ; and {given} given",
            f"要 {count} 个答案，用 ; 隔开，写了 {given} 个",
        )
        return Invalid(why, ("; ".join("abcdefgh"[:count]),))
    return parts


def _json_list(text: str) -> list[Any] | None:
    if len(text) > MAX_TEXT:
        return None
    try:
        found = json.loads(text, parse_int=_Digits, parse_float=_Digits, parse_constant=_Digits)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


class _Digits(str):
    """A number of a JSON list with the digits that were written."""


def _as_typed(item: Any) -> str:
    if isinstance(item, list):
        return "[" + ", ".join(map(_as_typed, item)) + "]"
    if isinstance(item, str):
        return item
    return {None: "none", True: "true", False: "false"}.get(item, "") if isinstance(item, bool | None) else ""


def grade_typed(fields: Sequence[Field], text: str, lang: Lang) -> Grade:
    """The grade of one line that holds all fields."""
    texts = split_typed(text, len(fields))
    if isinstance(texts, Invalid):
        return wording.unreadable(texts, key_of(fields))
    return grade_texts(fields, texts, lang)


def grade_texts(fields: Sequence[Field], texts: Sequence[str], lang: Lang) -> Grade:
    """The grade of a question from one text a field (missing ones are blank)."""
    typed = [*texts, *[""] * (len(fields) - len(texts))]
    readings = [_read(field, text, lang) for field, text in zip(fields, typed, strict=True)]
    if len(fields) == 1:
        return _single(fields[0].answer, readings[0])
    refused = [(place, reading) for place, reading in enumerate(readings) if isinstance(reading, Invalid)]
    if refused:
        return _refused(fields, refused)
    parts = _parts(fields, [None if isinstance(reading, Invalid) else reading for reading in readings])
    return _whole(fields, parts)


def key_of(fields: Sequence[Field]) -> Text:
    """The keys of all fields on one line."""
    shown = [field.answer.shown() for field in fields]
    return Text("; ".join(key.en for key in shown), "；".join(key.zh for key in shown))


def _read(field: Field, text: str, lang: Lang) -> Parsed[Any] | Invalid | None:
    """What a field says; None where it is blank."""
    return field.answer.read(text, lang) if text.strip() else None


def _single(answer: AnswerType[Any], reading: Parsed[Any] | Invalid | None) -> Grade:
    if reading is None:
        return _blank(answer)
    if isinstance(reading, Invalid):
        return wording.unreadable(reading, answer.shown())
    return answer.grade(reading)


def _blank(answer: AnswerType[Any]) -> Grade:
    return Grade(Verdict.BLANK, 0.0, "", answer.shown(), (wording.BLANK,))


def _refused(fields: Sequence[Field], refused: Sequence[tuple[int, Invalid]]) -> Grade:
    """Which parts could not be read, and why."""
    place, invalid = refused[0]
    label = fields[place].label
    lines = [Text(f"Not read: {label.en}: {invalid.why.en}.", f"没看懂：{label.zh}：{invalid.why.zh}。")]
    lines += wording.unreadable(invalid, label).feedback[1:]
    for other, more in refused[1:]:
        name = fields[other].label
        lines.append(Text(f"{name.en}: {more.why.en}.", f"{name.zh}：{more.why.zh}。"))
    return Grade(Verdict.UNREADABLE, 0.0, "", key_of(fields), tuple(lines))


def _parts(fields: Sequence[Field], readings: Sequence[Parsed[Any] | None]) -> list[Grade]:
    """One grade a field; a later one is also marked from the learner's own earlier values."""
    parts: list[Grade] = []
    own: dict[str, Value] = {}
    wrong: set[str] = set()
    for place, (field, reading) in enumerate(zip(fields, readings, strict=True)):
        grade = _blank(field.answer) if reading is None else field.answer.grade(reading)
        if reading is not None:
            if not grade.is_correct and field.follow is not None:
                grade = follow_through(fields, place, reading, own, wrong) or grade
            own[field.name] = field.answer.own(reading)
        if not grade.is_correct:
            wrong.add(field.name)
        parts.append(grade)
    return parts


def _whole(fields: Sequence[Field], parts: Sequence[Grade]) -> Grade:
    total = sum(field.weight for field in fields)
    score = round(sum(field.weight * part.score for field, part in zip(fields, parts, strict=True)) / total, 6)
    mistakes = tuple(dict.fromkeys(slug for part in parts for slug in part.mistakes))
    guesses = tuple(dict.fromkeys(slug for part in parts for slug in part.guesses))
    verdict = _verdict(parts, score)
    feedback = _feedback(fields, parts, verdict)
    read = "; ".join(part.read for part in parts)
    return Grade(verdict, score, read, key_of(fields), feedback, mistakes, guesses, parts=tuple(parts))


def _verdict(parts: Sequence[Grade], score: float) -> Verdict:
    """Right where all are; partly where some part earned; a near verdict only where nothing but near parts is off."""
    if all(part.is_correct for part in parts):
        return Verdict.CORRECT
    if score > 0:
        return Verdict.PARTIAL
    if all(part.verdict is Verdict.BLANK for part in parts):
        return Verdict.BLANK
    near = [part.verdict for part in parts if part.verdict in NEAR]
    order = list(Verdict)
    return min(near, key=order.index) if len(near) == len(parts) else Verdict.WRONG


def _feedback(fields: Sequence[Field], parts: Sequence[Grade], verdict: Verdict) -> tuple[Text, ...]:
    """The verdict over all parts, then each part that is off by its letter."""
    if verdict is Verdict.CORRECT:
        return (wording.RIGHT,)
    if verdict is Verdict.BLANK:
        return (wording.BLANK,)
    right = sum(part.score >= _RIGHT for part in parts)
    lines = [wording.share_right(right, len(parts))]
    for place, (field, part) in enumerate(zip(fields, parts, strict=True)):
        if part.is_correct:
            continue
        first, *rest = part.feedback or (wording.BLANK,)
        followed = part.verdict is Verdict.PARTIAL and part.score >= _RIGHT
        mark = letter(place)
        lines.append(
            first if followed else Text(f"{mark} {field.label.en}: {first.en}", f"{mark} {field.label.zh}：{first.zh}")
        )
        lines += rest
    return tuple(lines)
