"""Marking a sheet by the manifest alone: blank, unreadable and wrong told apart, credit by the paper's policy.

The bank is not asked and no database is opened. Where the policy is ``all-or-half`` the half is given here, since the answer type
itself knows all or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from quizcnn.generation.lettering import key_on_paper, letter, read_on_paper
from quizcnn.grading.base import Grade, Invalid, Verdict
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.sheet import grade_texts, split_typed
from quizcnn.services.exams.collecting import Claimed
from quizcnn.services.exams.correcting import correct
from quizcnn.services.exams.manifest import Policy, PrintedPaper, PrintedQuestion
from quizcnn.services.exams.marks import Mark, Marked, State
from quizcnn.services.exams.sheets import WHOLE, Doubt, Key, RawSheet, Typed
from quizcnn.text import Lang, Text

if TYPE_CHECKING:
    from quizcnn.services.exams.corrections import Correction

BLANKS = frozenset({"", "-", "--", "—", "——", "–", "空", "不会", "?", "？", "_"})
UNSURE = ("near", "contradicted")
"""Points of typed text that a person should look at."""
FOR_A_PERSON = Text("Uncertain: a person should look at it.", "判得没有把握，建议人工复核。")
_PART = re.compile(r"(?:^|(?<=[\s;；|,，]))[(（]?([a-z])[)）.．:：]\s*")


Settle: TypeAlias = "Callable[[str, Mark], str | None]"
"""Asked for what stands on the paper where an answer cannot be read: name, mark -> typed text, None to leave it."""


def mark_sheet(
    claimed: Claimed,
    chosen: Mapping[int, int | None],
    lang: Lang,
    settle: Settle | None = None,
    corrections: Sequence[Correction] = (),
) -> Marked:
    """The marks of a sheet; ``chosen`` says for each section how many of its questions count, ``corrections`` what a person decided."""
    answers, doubts, notes = _by_number(claimed.paper, claimed.sheet)
    marks = [
        _settled(
            _mark(question, answers.get(question.number, {}), doubts.get(question.number, ()), lang),
            claimed.name,
            lang,
            settle,
        )
        for question in claimed.paper.questions
    ]
    marks = _reached(marks)
    plain = Marked(claimed.name, claimed.sheet.file, claimed.paper, tuple(_counting(marks, chosen)), (*claimed.notes, *notes))  # fmt: skip
    if not corrections:
        return plain
    corrected = correct(marks, corrections, claimed.name, claimed.paper.letter, lang)
    found = replace(plain, marks=tuple(_counting(corrected, chosen)))
    changed = (plain.points, plain.out_of) != (found.points, found.out_of)
    return replace(found, was=(plain.points, plain.out_of)) if changed else found


def _settled(mark: Mark, name: str, lang: Lang, settle: Settle | None) -> Mark:
    """An unreadable answer asked for again until it is read or left."""
    while settle is not None and mark.state == "unreadable":
        text = settle(name, mark)
        if text is None:
            break
        mark = _mark(mark.question, {WHOLE: Typed(text, "settled")}, (), lang)
    return mark


def _by_number(
    paper: PrintedPaper, sheet: RawSheet
) -> tuple[dict[int, Mapping[str, Typed]], dict[int, list[Doubt]], list[Text]]:
    """Answers and doubts by printed number, ids resolved; what names no question of the paper is told."""
    numbers: dict[Key, int] = {question.id: question.number for question in paper.questions}
    numbers |= {question.number: question.number for question in paper.questions}
    answers: dict[int, Mapping[str, Typed]] = {}
    doubts: dict[int, list[Doubt]] = {}
    notes: list[Text] = []
    for key, parts in sheet.answers.items():
        number = numbers.get(key)
        if number is None:
            place = next(iter(parts.values())).place
            notes.append(Text(f"{place}: there is no question {str(key)[:60]}", f"{place}：没有第 {str(key)[:60]} 题"))
        elif number in answers and answers[number] != parts:
            why = Text(f"question {number} is answered by its number and by its id", f"第 {number} 题既按题号又按 id 作答")  # fmt: skip
            doubts.setdefault(number, []).append(Doubt((number,), "", why))
        else:
            answers[number] = parts
    rows = {question.number for question in paper.questions if _goes_on_in_numbers(question)}
    for doubt in sheet.doubts:
        meant = [numbers[key] for key in doubt.keys if key in numbers]
        before = numbers.get(doubt.before) if doubt.before is not None else None
        for number in [*meant, *([before] if before in rows and before is not None else [])]:
            doubts.setdefault(number, []).append(doubt)
    return answers, doubts, notes


def _goes_on_in_numbers(question: PrintedQuestion) -> bool:
    """Whether a line of numbers may be the second line of the answer: rows of a matrix, a list, several parts."""
    return len(question.fields) > 1 or isinstance(question.fields[0].answer, MatrixAnswer | SequenceAnswer)


def _mark(question: PrintedQuestion, parts: Mapping[str, Typed], doubts: Sequence[Doubt], lang: Lang) -> Mark:
    key = key_of(question, lang)
    place = ", ".join(dict.fromkeys(typed.place for typed in parts.values() if typed.text))
    if doubts:
        return Mark(question, "unreadable", 0.0, "", key, tuple(doubt.why for doubt in doubts), (), Verdict.UNREADABLE, doubts[0].place)  # fmt: skip
    texts = _texts(question, parts)
    if isinstance(texts, Invalid):
        return Mark(question, "unreadable", 0.0, "", key, _say(texts), (), Verdict.UNREADABLE, place)
    if all(text.strip() in BLANKS for text in texts):
        return Mark(question, "blank", 0.0, "", key, place=place)
    grade = grade_texts(question.fields, ["" if text.strip() in BLANKS else text for text in texts], lang)
    return _graded(question, grade, texts, key, place, lang)


def _graded(question: PrintedQuestion, grade: Grade, texts: Sequence[str], key: str, place: str, lang: Lang) -> Mark:
    if grade.verdict is Verdict.UNREADABLE:
        shown = " | ".join(text.strip() for text in texts)[:120]
        return Mark(
            question, "unreadable", 0.0, shown, key, grade.feedback, (), grade.verdict, place, texts=tuple(texts)
        )
    share = _share(question, grade, texts, lang)
    read = "; ".join(
        read_on_paper(field.answer, part.read)
        for field, part in zip(question.fields, grade.parts or (grade,), strict=True)
    )  # fmt: skip
    feedback = _letters(question, grade)
    if any(point.state in UNSURE for point in grade.points):
        feedback = (*feedback, FOR_A_PERSON)
    points = round(share * question.points, 2)
    return Mark(
        question,
        _state(grade, share),
        points,
        read,
        key,
        feedback,
        grade.mistakes,
        grade.verdict,
        place,
        texts=tuple(texts),
        score=grade.score,
        guesses=grade.guesses,
    )


def _state(grade: Grade, share: float) -> State:
    if share >= 1 - 1e-9:
        return "right"
    if grade.verdict is Verdict.PARTIAL:
        return "partial"
    if grade.is_near:
        return "near"
    if grade.mistakes:
        return "mistake"
    return "partial" if share > 0 else "wrong"


def _share(question: PrintedQuestion, grade: Grade, texts: Sequence[str], lang: Lang) -> float:
    """The share of the points, part by part, by the paper's policy."""
    policy = question.policy
    if not grade.parts:
        half = policy.choice == "all-or-half" and _is_half(question, texts[0], lang)
        return max(_credit(grade, policy), 0.5 if half else 0.0)
    total = sum(field.weight for field in question.fields)
    earned = sum(field.weight * _credit(part, policy) for field, part in zip(question.fields, grade.parts, strict=True))
    return round(earned / total, 6)


def _credit(grade: Grade, policy: Policy) -> float:
    credit = grade.score
    if grade.is_near:
        credit = max(credit, policy.near)
    if grade.mistakes and not grade.is_correct:
        credit = max(credit, policy.mistake)
    return credit


def _is_half(question: PrintedQuestion, text: str, lang: Lang) -> bool:
    """Some of the right options and no wrong one."""
    answer = question.fields[0].answer
    if not isinstance(answer, ChoiceAnswer) or not answer.multiple:
        return False
    parsed = answer.read(text, lang)
    if isinstance(parsed, Invalid):
        return False
    keys = {place for place, option in enumerate(answer.options) if option.key}
    return bool(parsed.value) and set(parsed.value) < keys


def _letters(question: PrintedQuestion, grade: Grade) -> tuple[Text, ...]:
    """The feedback with options by the letters that stand on the paper."""
    answer = question.fields[0].answer
    if not isinstance(answer, ChoiceAnswer):
        return grade.feedback
    whys: list[Text] = []
    for line in grade.feedback:
        found = re.match(r"(\d+)  ", line.en)
        if found:
            head = f"{letter(int(found[1]) - 1)}  "
            whys.append(line.map(lambda text, found=found, head=head: head + text[len(found[0]) :]))  # type: ignore[misc]
    return tuple(whys)


def key_of(question: PrintedQuestion, lang: Lang) -> str:
    """The key of a question as it is marked on paper."""
    gap = "; " if lang == "en" else "；"
    return gap.join(key_on_paper(field.answer, lang) for field in question.fields)


def _say(invalid: Invalid) -> tuple[Text, ...]:
    examples = " / ".join(invalid.examples[:2])
    hint = Text(f"; write {examples}", f"；可以写 {examples}") if examples else Text("", "")
    return (Text(invalid.why.en + hint.en, invalid.why.zh + hint.zh),)


def _texts(question: PrintedQuestion, parts: Mapping[str, Typed]) -> list[str] | Invalid:
    """One text for each field."""
    count = len(question.fields)
    whole = parts.get(WHOLE)
    lettered = {name: typed for name, typed in parts.items() if name != WHOLE and typed.text}
    if not lettered:
        return _whole(question, whole) if whole else [""] * count
    if whole and whole.text:
        return Invalid(Text("answered whole and by parts", "既整体作答，又分小题作答"))
    places = {name: ord(name) - ord("a") if len(name) == 1 else -1 for name in lettered}
    astray = [name for name, place in places.items() if not 0 <= place < count]
    if astray:
        last = chr(ord("a") + count - 1)
        return Invalid(Text(f"there is no part {astray[0]}; the parts are a to {last}", f"没有小题 {astray[0]}，只有 a 到 {last}"))  # fmt: skip
    by_place = {places[name]: typed.text for name, typed in lettered.items()}
    return [by_place.get(place, "") for place in range(count)]


def _whole(question: PrintedQuestion, typed: Typed) -> list[str] | Invalid:
    count = len(question.fields)
    if count == 1:
        return [_alone(question, typed)]
    if typed.text.strip() in BLANKS:
        return [""] * count
    if typed.items is not None and len(typed.items) == count:
        return list(typed.items)
    marked = _PART.split(typed.text)
    names = marked[1::2]
    if not marked[0].strip() and names == [chr(ord("a") + place) for place in range(count)]:
        return [text.strip().rstrip(";；|,，").strip() for text in marked[2::2]]
    lines = [line.strip() for line in typed.text.split("\n") if line.strip()]
    if len(lines) == count and not any(sign in typed.text for sign in ";；|"):
        return lines
    return split_typed(" ".join(lines), count)


def _alone(question: PrintedQuestion, typed: Typed) -> str:
    """The text of a single field; rows of a matrix and lists may be typed in several ways."""
    answer = question.fields[0].answer
    if typed.items is not None and isinstance(answer, ChoiceAnswer | OrderingAnswer | MatchingAnswer):
        return " ".join(typed.items)
    if isinstance(answer, MatrixAnswer) and "[" not in typed.text:
        return "; ".join(line.strip().strip(";；") for line in typed.text.split("\n") if line.strip())
    return typed.text


def _reached(marks: list[Mark]) -> list[Mark]:
    """Blanks after the last answer were not reached."""
    last = max((place for place, mark in enumerate(marks) if mark.state != "blank"), default=-1)
    return [replace(mark, state="not_reached") if place > last else mark for place, mark in enumerate(marks)]


def _counting(marks: Sequence[Mark], chosen: Mapping[int, int | None]) -> list[Mark]:
    """In a section of which the best few count, the others marked as not counting."""
    left_out = {mark.question.number for mark in marks if mark.dropped}
    for section, count in chosen.items():
        if count is not None:
            own = [mark for mark in marks if mark.question.section == section and not mark.dropped]
            ranked = sorted(own, key=lambda mark: (-mark.points, mark.question.number))
            left_out |= {mark.question.number for mark in ranked[count:]}
    return [replace(mark, counts=mark.question.number not in left_out) for mark in marks]
