"""The personal booklet as a document: the questions as on a paper, and the key below each of them, overleaf, at the end, or not at all.

Overleaf, a leaf has questions on its front and their key on its back; which those are is known once the questions were set. What went wrong last time stands in the key alone: before the question it would be a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from quizcnn.errors import UsageError
from quizcnn.generation.exam import Exam
from quizcnn.printing.both import merge
from quizcnn.printing.document import Note, Paper, Question, Section
from quizcnn.printing.key import build_key
from quizcnn.printing.layout import Layout, PaperLang
from quizcnn.printing.paper import build_paper
from quizcnn.printing.prose import read_inlines
from quizcnn.solvers.values import Json
from quizcnn.text import LANGS, Lang, Text

KeyPlace: TypeAlias = Literal["place", "end", "overleaf", "none"]
LAST_TIME = Text("Last time", "上次")
ANSWERS = Text("Answers", "答案")


def print_booklet(
    exam: Exam, last_time: Mapping[int, Text], lang: PaperLang, layout: Layout, key: KeyPlace
) -> tuple[bytes, Mapping[int, int]]:
    """The booklet as a file, and the page of every question where it is PDF. ``UsageError`` where the extra ``pdf`` is missing."""
    if key == "overleaf" and layout.form != "pdf":
        raise UsageError(
            "only a PDF has pages, so that a key can stand overleaf", mend="add --format pdf, or take --key end"
        )
    paper, answers = build_booklet(exam, last_time, lang, layout, key)
    if layout.form == "pdf":
        from quizcnn.printing.typst import document_data, press

        data = document_data(paper, layout)
        extra: dict[str, Json] = {"tail": [_set(paper, part, layout) for part in answers]}
        if key == "overleaf":
            (fronts,) = press([data]).documents
            backs = _backs(answers[0], fronts.pages)
            extra = {"backs": [{"after": after, "section": _set(paper, part, layout)} for after, part in backs]}
        (found,) = press([{**data, **extra}]).documents
        return found.pdf, found.pages
    from quizcnn.printing.files import write_document

    return write_document(replace(paper, sections=(*paper.sections, *answers)), layout), {}


def build_booklet(
    exam: Exam, last_time: Mapping[int, Text], lang: PaperLang, layout: Layout, key: KeyPlace
) -> tuple[Paper, tuple[Section, ...]]:
    """The questions, and the parts of the key that follow them on pages of their own."""
    if lang == "both":
        (en, of_en), (zh, of_zh) = (build_booklet(exam, last_time, each, layout, key) for each in LANGS)
        paper = merge(en, zh)
        answers = merge(replace(en, sections=of_en), replace(zh, sections=of_zh)).sections
        return paper, answers
    version = exam.versions[0]
    paper = build_paper(exam, version, lang, layout.space, form="plain")
    paper = replace(paper, score=None, sheet=None)
    found = build_key(exam, version, lang, form="plain").sections[0]
    keys = {question.number: _reminded(question, last_time.get(question.number), lang) for question in found.questions}
    if key == "place":
        return replace(paper, sections=tuple(_with_keys(section, keys) for section in paper.sections)), ()
    if key == "none":
        return paper, ()
    return paper, (Section(ANSWERS[lang], "", tuple(keys.values()), own_page=True),)


def _set(paper: Paper, part: Section, layout: Layout) -> Json:
    """A part of the key as the template reads it."""
    from quizcnn.printing.typst import document_data

    sections = document_data(replace(paper, sections=(part,)), layout)["sections"]
    return sections[0] if isinstance(sections, list) else None


def _backs(answers: Section, pages: Mapping[int, int]) -> Iterator[tuple[int, Section]]:
    """The keys of every page, and the number of the question behind which they come (0 for those of the last page)."""
    numbers = [question.number for question in answers.questions]
    for page in sorted({pages[number] for number in numbers}):
        here = [number for number in numbers if pages[number] == page]
        part = replace(answers, questions=tuple(each for each in answers.questions if each.number in here))
        yield 0 if here[-1] == numbers[-1] else here[-1], part


def _reminded(question: Question, mistake: Text | None, lang: Lang) -> Question:
    """A question of the key with what went wrong last time."""
    if mistake is None:
        return question
    return replace(question, answer=(*question.answer, Note(LAST_TIME[lang], read_inlines(mistake[lang]))))


def _with_keys(section: Section, keys: Mapping[int, Question]) -> Section:
    """The questions of a part, each with its key below what it is answered on."""
    questions = (
        replace(each, answer=(*each.answer, *keys[each.number].stem, *keys[each.number].answer), room=0.0)
        for each in section.questions
    )
    return replace(section, questions=tuple(questions))
