"""Which question a person means, and what is to be typed on every version for an answer that was judged on one.

Options keep what they say when their letters change; numbers of one version mean nothing on another.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizcnn.errors import UsageError
from quizcnn.generation.lettering import letter as letter_at
from quizcnn.grading.base import Invalid
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.sheet import split_typed
from quizcnn.services.exams.manifest import Manifest, PrintedPaper, PrintedQuestion
from quizcnn.text import Lang

OF_ONE_VERSION = frozenset({"numeric", "inverse", "ordering", "matching"})
"""Kinds whose answers are told in the numbers or the order of their version."""


def named_question(manifest: Manifest, name: str, letter: str | None) -> str:
    """The id of the question called by its id or its printed number; ``UsageError`` where that is none, or not one alone."""
    if not name.isdecimal():
        if any(question.id == name for paper in manifest.papers for question in paper.questions):
            return name
        raise UsageError(f"no question of the exam is called {name[:60]!r}", mend="take an id or a number that `quizcnn exam grade` shows")  # fmt: skip
    paper = version(manifest, letter)
    found = next((question.id for question in paper.questions if question.number == int(name)), None)
    if found is None:
        raise UsageError(f"version {paper.letter} has no question {name}", mend=f"they are 1 to {len(paper.questions)}")
    return found


def version(manifest: Manifest, letter: str | None) -> PrintedPaper:
    """The version with this letter; without one the only one there is. ``UsageError`` else."""
    letters = ", ".join(paper.letter for paper in manifest.papers)
    if letter is None:
        if len(manifest.papers) > 1:
            raise UsageError(f"the versions ({letters}) have other numbers and orders", mend="say with --version which one is meant")  # fmt: skip
        return manifest.papers[0]
    paper = manifest.paper(letter=letter.strip().upper())
    if paper is None:
        raise UsageError(f"there is no version {letter[:20]!r}", mend=f"there are {letters}")
    return paper


def values_for(manifest: Manifest, question_id: str, typed: str, letter: str | None, lang: Lang) -> Mapping[str, str]:
    """By version what is to be typed, where ``typed`` is what stands on the version with this letter.

    ``UsageError`` where the question does not take ``typed`` as an answer, or no version was named and it makes a difference.
    """
    printed = {paper.letter: question for paper in manifest.papers for question in paper.questions if question.id == question_id}  # fmt: skip
    first = next(iter(printed.values()))
    chooses = isinstance(first.fields[0].answer, ChoiceAnswer)
    if not chooses and first.kind not in OF_ONE_VERSION:
        _refuse_unreadable(first, typed, lang)
        return dict.fromkeys(printed, typed)
    own = version(manifest, letter).letter
    _refuse_unreadable(printed[own], typed, lang)
    if not chooses:
        return {own: typed}
    said = _options(printed[own], typed, lang)
    return {each: _letters(question, said) for each, question in printed.items()}


def _refuse_unreadable(question: PrintedQuestion, typed: str, lang: Lang) -> None:
    parts = split_typed(typed, len(question.fields)) if len(question.fields) > 1 else [typed]
    read = [parts] if isinstance(parts, Invalid) else [field.answer.read(part, lang) for field, part in zip(question.fields, parts, strict=True)]  # fmt: skip
    why = next((each.why[lang] for each in read if isinstance(each, Invalid)), None)
    if why is not None:
        raise UsageError(f"{typed[:60]!r} is no answer to {question.id}: {why}", mend="type it as it would stand on the sheet")  # fmt: skip


def _options(question: PrintedQuestion, typed: str, lang: Lang) -> set[str]:
    """The options chosen, by what they say."""
    answer = question.fields[0].answer
    if not isinstance(answer, ChoiceAnswer):
        return set()
    parsed = answer.read(typed, lang)
    return set() if isinstance(parsed, Invalid) else {answer.options[place].text.en for place in parsed.value}


def _letters(question: PrintedQuestion, said: set[str]) -> str:
    answer = question.fields[0].answer
    options = answer.options if isinstance(answer, ChoiceAnswer) else ()
    return " ".join(letter_at(place) for place, option in enumerate(options) if option.text.en in said)
