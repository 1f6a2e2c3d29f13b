"""The words of lessons and panels, and a lesson as plain lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quizcnn.figures.mathematics import one_line
from quizcnn.services.presentation import form_line, readable, step_line, variant_json
from quizcnn.services.words import KINDS, area_name, say
from quizcnn.text import Lang, Text, break_lines, display_width, pad

if TYPE_CHECKING:
    from quizcnn.generation.variant import Variant
    from quizcnn.services.lesson import Example, Lesson
    from quizcnn.services.topics import Grasp, Standing
    from quizcnn.solvers.base import Step

FACTS = Text("Facts", "要点")
FORMULA = Text("Formula", "公式")
MISTAKES = Text("Common mistakes", "常见错误")
EXAMPLE = Text("Worked example", "例题")
QUESTIONS = Text("Questions", "题目")
NEEDS = Text("Needs", "先学")
LEADS_TO = Text("Leads to", "接着学")
ANSWER = Text("Answer: {key}", "答案：{key}")
DIFFICULTY = Text("difficulty {level}", "难度 {level}")
ASKED = {1: Text("asked rarely", "少考"), 2: Text("asked at times", "有时考"), 3: Text("asked often", "常考")}
NO_QUESTIONS = Text("no questions yet", "暂无题目")
ONE_QUESTION = Text("1 question", "1 题")
COUNT = Text("{count} questions", "{count} 题")
SEEN = Text("{count} seen", "学过 {count} 题")
DUE = Text("{count} due", "到期 {count} 题")
COMMA = Text(", ", "，")
MARKS: dict[Grasp, str] = {"known": "✓", "begun": "◐", "new": " ", "empty": " "}
WIDTH = 80


def about(standing: Standing, lang: Lang) -> str:
    """How hard a topic is and how often it is asked."""
    return COMMA[lang].join((say(DIFFICULTY, lang, level=standing.difficulty), ASKED[standing.frequency][lang]))


def counts(standing: Standing, lang: Lang) -> str:
    """How many questions a topic has, and where they stand."""
    if not standing.total:
        return NO_QUESTIONS[lang]
    parts = [ONE_QUESTION[lang] if standing.total == 1 else say(COUNT, lang, count=standing.total)]
    parts += [say(SEEN, lang, count=standing.seen)] if standing.seen else []
    parts += [say(DUE, lang, count=standing.due)] if standing.due else []
    return COMMA[lang].join(parts)


def share(standing: Standing) -> str:
    """``3 / 4`` of the questions seen; a dash where there are none."""
    return f"{standing.seen} / {standing.total}" if standing.total else "-"


def answer_line(example: Example, lang: Lang) -> str:
    """The answer of a worked example; several fields each with its name."""
    fields = example.variant.fields
    if len(fields) == 1:
        return say(ANSWER, lang, key=fields[0].answer.shown()[lang])
    shown = (f"{field.label[lang]} {field.answer.shown()[lang]}" for field in fields)
    return say(ANSWER, lang, key=("; " if lang == "en" else "；").join(shown))


# ---------------------------------------------------------------------- plain lines


def lesson_lines(lesson: Lesson, example: Example | None, lang: Lang, width: int = WIDTH) -> Iterator[str]:
    """A lesson as lines of at most ``width`` columns; formulas in two dimensions where they fit."""
    standing = lesson.standing
    yield f"{standing.title[lang]} ({standing.topic_id})"
    yield COMMA[lang].join((area_name(standing.area, lang), about(standing, lang), counts(standing, lang)))
    yield from _listed(FACTS[lang], _numbered(lesson.facts, lang), width)
    yield from _formula_lines(lesson.formulas, lang, width)
    yield from _listed(MISTAKES[lang], [("  - ", readable(text[lang])) for text in lesson.mistakes], width)
    if example is not None:
        yield from _example_lines(example, lang, width)
    yield from _table(QUESTIONS[lang], _question_cells(lesson, lang))
    yield from _table(NEEDS[lang], _topic_cells(lesson.needs, lang))
    yield from _table(LEADS_TO[lang], _topic_cells(lesson.leads_to, lang))


def _numbered(facts: Sequence[Text], lang: Lang) -> list[tuple[str, str]]:
    return [(f"  {number} ", readable(fact[lang])) for number, fact in enumerate(facts, 1)]


def _listed(title: str, items: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """A heading and what hangs under it; nothing where there are no items."""
    head = True
    for lead, text in items:
        if head:
            yield from ("", title)
            head = False
        yield from _hung(lead, text, width)


def _hung(lead: str, text: str, width: int) -> Iterator[str]:
    indent = display_width(lead)
    for number, line in enumerate(break_lines(text, width - indent)):
        yield (lead if number == 0 else " " * indent) + line


def _formula_lines(formulas: Sequence[str], lang: Lang, width: int) -> Iterator[str]:
    from quizcnn.figures.boxes import draw_formula

    for number, latex in enumerate(formulas):
        yield ""
        if number == 0:
            yield FORMULA[lang]
        yield from (f"    {line}" for line in draw_formula(latex, width - 4))


def _example_lines(example: Example, lang: Lang, width: int) -> Iterator[str]:
    variant = example.variant
    yield from ("", f"{EXAMPLE[lang]} ({variant.question_id})")
    yield from _hung("  ", readable(variant.prompt[lang]), width)
    if variant.figure is not None:
        from quizcnn.figures.terminal import draw_lines

        yield from (f"  {line}" for line in draw_lines(variant.figure, lang, width - 2))
    yield from _hung("  ", form(variant, lang), width)
    for step in example.steps:
        yield from _step_lines(step, lang, width)
    yield from _hung("  ", answer_line(example, lang), width)


def _step_lines(step: Step, lang: Lang, width: int) -> Iterator[str]:
    """The line with what it does at its right, or below it where it is long."""
    line = f"    {step_line(step, lang)}"
    if display_width(line) <= width:
        yield line
        return
    yield from _hung("    ", one_line(step.latex), width)
    yield from _hung("      ", step.caption[lang], width)


def form(variant: Variant, lang: Lang) -> str:
    """The convention and what to type, in brackets."""
    line = form_line(variant, lang)
    return f"（{line}）" if lang == "zh" else f"({line})"


def _question_cells(lesson: Lesson, lang: Lang) -> list[tuple[str, ...]]:
    from quizcnn.services.search.wording import standing as card_standing

    return [
        (
            row.id,
            KINDS[row.kind][lang],
            say(DIFFICULTY, lang, level=row.difficulty),
            card_standing(lesson.record, row.id, lang),
        )
        for row in lesson.questions
    ]


def _topic_cells(standings: Sequence[Standing], lang: Lang) -> list[tuple[str, ...]]:
    return [(MARKS[each.grasp] + " " + each.topic_id, share(each), each.title[lang]) for each in standings]


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield from ("", title)
        yield from (f"  {line}" for line in in_columns(rows))


def in_columns(rows: Sequence[tuple[str, ...]], gap: int = 3) -> list[str]:
    """Rows of cells, each column as wide as its widest cell."""
    widths = [max(map(display_width, column)) + gap for column in zip(*rows, strict=True)]
    return ["".join(pad(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]


def topic_lines(standings: Sequence[Standing], lang: Lang) -> Iterator[str]:
    """All topics by area, with their counts."""
    first = True
    for area in dict.fromkeys(each.area for each in standings):
        inside = [each for each in standings if each.area == area]
        yield from [] if first else [""]
        first = False
        total = sum(each.total for each in inside)
        yield f"{area_name(area, lang)} ({say(COUNT, lang, count=total)})"
        yield from (f"  {line}" for line in in_columns(_topic_cells(inside, lang)))


# ---------------------------------------------------------------------- JSON


def topic_json(standing: Standing, lang: Lang) -> dict[str, Any]:
    """One topic as the command line's JSON."""
    return {
        "id": standing.topic_id,
        "title": standing.title[lang],
        "area": standing.area,
        "difficulty": standing.difficulty,
        "interview_frequency": standing.frequency,
        "total": standing.total,
        "seen": standing.seen,
        "due": standing.due,
        "known": standing.grasp == "known",
    }


def lesson_json(lesson: Lesson, example: Example | None, lang: Lang) -> dict[str, Any]:
    """A lesson as the command line's JSON; the example is a variant with its key."""
    return {
        **topic_json(lesson.standing, lang),
        "facts": [fact[lang] for fact in lesson.facts],
        "formulas": [{"latex": latex, "text": one_line(latex)} for latex in lesson.formulas],
        "mistakes": [mistake[lang] for mistake in lesson.mistakes],
        "example": None if example is None else variant_json(example.variant, lang, key=True),
        "questions": [
            {
                "id": row.id,
                "kind": row.kind,
                "difficulty": row.difficulty,
                "states": sorted(lesson.record.states(row.id)),
                "due_in_days": lesson.record.days_left(row.id),
            }
            for row in lesson.questions
        ],
        "needs": [topic_json(each, lang) for each in lesson.needs],
        "leads_to": [topic_json(each, lang) for each in lesson.leads_to],
    }
