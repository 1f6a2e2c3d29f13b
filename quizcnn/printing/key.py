"""The key of one version: answers, worked steps with this version's numbers and points, named mistakes with their value here and what
they earn, why options are right or wrong, key points to tick, and the line to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizcnn import __version__
from quizcnn.generation.blueprint import Credits
from quizcnn.generation.exam import Exam, Item, Version
from quizcnn.generation.lettering import key_on_paper, letter
from quizcnn.grading.answers import Answer, Field
from quizcnn.grading.base import Rival
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.property import PropertyAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.printing import chinese, words
from quizcnn.printing.document import (
    Block,
    Code,
    Formula,
    Inlines,
    Listing,
    Note,
    Paper,
    Question,
    Run,
    Section,
    Steps,
    Styled,
    Ticks,
    WorkedStep,
    WrongValue,
    WrongValues,
)
from quizcnn.printing.paper import Form, conventions, form_of, frame, heading
from quizcnn.printing.prose import read_inlines
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang

_KEEP = {
    "en": re.compile(r"(?:^|\s)\**Keep\**[:：]\**\s*", re.IGNORECASE),
    "zh": re.compile(r"\**(?:一句话|记住)\**[:：]\**\s*"),
}
DOTS = "●", "○"
MOST_FORMS = 6


def build_key(exam: Exam, version: Version, lang: Lang, *, form: Form | None = None) -> Paper:
    """The document that is never handed out; its foot says so."""
    blueprint = exam.blueprint
    form = form or form_of(lang)
    facts = words.KEY_FACTS[lang].format(points=blueprint.points, program=__version__, seed=exam.seed)
    title = blueprint.title[lang]
    title = f"{title}　{chinese.KEY_TITLE}" if lang == "zh" else words.KEY_TITLE.format(title=title)
    return Paper(
        kind="key",
        lang=lang,
        form=form,
        title=title,
        facts=facts,
        code=version.code,
        letter=version.letter,
        version=(words.PAPER if form == "chinese" else words.KEY)[lang].format(letter=version.letter),
        words=frame(lang, words.DO_NOT_HAND_OUT, words.END_OF_KEY),
        score=None,
        conventions=conventions(version, lang),
        sections=tuple(_section(exam, version, number, lang, form) for number in range(len(blueprint.sections))),
        front=chinese.at_a_glance(version) if form == "chinese" else (),
    )


def _section(exam: Exam, version: Version, number: int, lang: Lang, form: Form) -> Section:
    part, items = exam.blueprint.sections[number], version.in_section(number)
    earns = exam.blueprint.credits_in(number)
    rule = chinese.rule(part, items) if form == "chinese" else ""
    return Section(heading(part, number, lang, form), rule, tuple(_question(item, earns, lang) for item in items))


def _question(item: Item, earns: Credits, lang: Lang) -> Question:
    difficulty = DOTS[0] * item.variant.difficulty + DOTS[1] * (5 - item.variant.difficulty)
    blocks = (*_steps(item, lang), *_wrong(item, earns, lang), *_notes(item, lang))
    return Question(
        id=item.id,
        number=item.number,
        points=words.points_words(item.points, lang),
        stem=(_answer(item, lang),),
        answer=blocks,
        heading=f"{item.id} · {difficulty}",
    )


def _answer(item: Item, lang: Lang) -> Note:
    fields = item.variant.fields
    if isinstance(fields[0].answer, KeypointsAnswer | RecallAnswer):
        return Note(words.CHECKLIST[lang], ())
    content: list[Inlines] = []
    for field in fields:
        value = answer_inlines(field.answer, lang)
        content.append((*_named(item, field, lang), *value) if len(fields) > 1 else value)
    gap = Run("    " if lang == "en" else "　　")
    joined: Inlines = ()
    for part in content:
        joined = (*joined, gap, *part) if joined else part
    return Note((words.ANSWERS if len(fields) > 1 else words.ANSWER)[lang], joined)


def _named(item: Item, field: Field, lang: Lang) -> Inlines:
    """What stands before one of several answers: the letter of a gap, else the label."""
    if item.variant.kind == "cloze":
        return (Run(f"({field.name}) "),)
    return (*read_inlines(field.label[lang]), Run(" = "))


def answer_inlines(answer: Answer, lang: Lang) -> Inlines:
    match answer:
        case ExpressionAnswer() | PropertyAnswer():
            return (Code(key_on_paper(answer, lang)),)
        case MatchingAnswer(pairs=pairs):
            rows = (f"({row}) {letter(place)}" for row, place in enumerate(pairs, 1))
            return (Styled("strong", (Run("   ".join(rows)),)),)
        case GapAnswer():
            return read_inlines(answer.shown()[lang])
    return (Styled("strong", (Run(key_on_paper(answer, lang)),)),)


def _steps(item: Item, lang: Lang) -> Iterator[Block]:
    if item.steps:
        yield Steps(
            tuple(
                WorkedStep(
                    Formula(pointed.step.latex, display=True),
                    read_inlines(pointed.step.caption[lang]),
                    words.POINTS_OF_STEPS[lang].format(points=words.amount(pointed.points)) if pointed.points else "",
                )
                for pointed in item.steps
            )
        )


def _wrong(item: Item, earns: Credits, lang: Lang) -> Iterator[Block]:
    """Named mistakes with their value in this version, those with the same value together; those that give the key are left out.

    Where several fields have some, each line says whose.
    """
    rows: list[WrongValue] = []
    total = sum(field.weight for field in item.variant.fields)
    several = sum(bool(list(_wrong_values(field.answer, lang))) for field in item.variant.fields) > 1
    for field in item.variant.fields:
        named = (*read_inlines(field.label[lang]), Run(": " if lang == "en" else "：")) if several else ()
        credit = words.amount(earns.mistake * item.points * field.weight / total)
        by_value: dict[str, list[Inlines]] = {}
        for value, label in _wrong_values(field.answer, lang):
            by_value.setdefault(value, []).append(read_inlines(label))
        rows += [WrongValue(value, (*named, *_listed(labels, lang)), credit) for value, labels in by_value.items()]
    if rows:
        yield WrongValues(tuple(rows))


def _wrong_values(answer: Answer, lang: Lang) -> Iterator[tuple[str, str]]:
    """What is typed after each named mistake, and what the mistake is."""
    if isinstance(answer, ExpressionAnswer):
        yield from ((each.expression, each.label[lang]) for each in answer.wrong)
        return
    rivals: tuple[Rival, ...] = getattr(answer, "rivals", ())
    decimals = getattr(answer, "decimals", None)
    right = format_value(getattr(answer, "truth", None), decimals)
    for rival in rivals:
        value = format_value(rival.value, decimals)
        if value != right:
            yield value, rival.label[lang]


def _listed(labels: Sequence[Inlines], lang: Lang) -> Inlines:
    content = labels[0]
    for label in labels[1:]:
        content = (*content, Run("; " if lang == "en" else "；"), *label)
    return content


def _notes(item: Item, lang: Lang) -> Iterator[Block]:
    for field in item.variant.fields:
        yield from _note(field.answer, item.points, lang)
    told, keep = split_keep(item.variant.explanation[lang], lang)
    if told and not item.steps and not isinstance(item.variant.fields[0].answer, ChoiceAnswer):
        yield Note(words.WHY[lang], read_inlines(told))
    if keep:
        yield Note(words.KEEP[lang], read_inlines(keep))


def split_keep(explanation: str, lang: Lang) -> tuple[str, str]:
    """The explanation before its last line, and the line to keep (empty where it has none)."""
    found = list(_KEEP[lang].finditer(explanation))
    if not found:
        return explanation, ""
    return explanation[: found[-1].start()].strip(), explanation[found[-1].end() :].strip()


def _note(answer: Answer, points: int, lang: Lang) -> Iterator[Block]:
    match answer:
        case ChoiceAnswer(options=options):
            whys = (
                (Styled("strong", (Run(letter(place)),)), Run("  "), *read_inlines(option.why[lang]))
                for place, option in enumerate(options)
            )
            yield Listing(tuple(whys))
        case GapAnswer(accept=accept):
            others = [form for form in dict.fromkeys(accept) if form != answer.shown()[lang]][:MOST_FORMS]
            if others:
                yield Note(words.ALSO_RIGHT[lang], (Run(", ".join(others)),))
        case NumberAnswer():
            yield from _number_notes(answer, lang)
        case PropertyAnswer():
            yield Note(words.ALSO_RIGHT[lang], (Run(words.EVERY_SOLUTION[lang]),))
        case OrderingAnswer(items=items, order=order):
            yield Listing(tuple((Run(f"{number}  "), *read_inlines(items[number - 1][lang])) for number in order))
        case KeypointsAnswer():
            yield from _keypoints(answer, points, lang)
        case RecallAnswer(back=back):
            yield Ticks(tuple(("", read_inlines(fact[lang])) for fact in back))


def _number_notes(answer: NumberAnswer, lang: Lang) -> Iterator[Block]:
    if answer.approximate:
        example = f"{float(str(answer.typed()).replace(',', '')):.3g}" if _is_plain(answer.typed()) else answer.typed()
        yield Note(words.ALSO_RIGHT[lang], (Run(words.APPROXIMATE[lang].format(example=example)),))
    if answer.tolerance:
        yield Note(words.ALSO_RIGHT[lang], (Run(words.TOLERANCE[lang].format(percent=words.amount(answer.tolerance * 100))),))  # fmt: skip


def _is_plain(typed: str) -> bool:
    return re.fullmatch(r"-?[0-9,]+(\.[0-9]+)?", typed) is not None


def _keypoints(answer: KeypointsAnswer, points: int, lang: Lang) -> Iterator[Block]:
    each = points / sum(point.weight for point in answer.points)
    yield Ticks(
        tuple(
            (
                words.POINTS_OF_STEPS[lang].format(points=words.amount(point.weight * each)),
                read_inlines(point.say[lang]),
            )
            for point in answer.points
        )
    )
    for belief in answer.wrong:
        line = words.CAP[lang].format(percent=words.amount(belief.cap * 100), belief=belief.says[lang].rstrip(".。"))
        yield Listing((read_inlines(line),))
    if answer.references:
        yield Note(words.MODEL_ANSWER[lang], read_inlines(answer.references[0][lang]))
