"""The paper of one version: head, conventions, sections, questions with what they are answered on, and the answer sheet."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from quizcnn.figures.description import describe
from quizcnn.figures.filling import fill
from quizcnn.figures.svg import draw_svg
from quizcnn.generation.blueprint import Section as Part
from quizcnn.generation.exam import Exam, Item, Version
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.printing import chinese, words
from quizcnn.printing.document import (
    Block,
    Inline,
    Inlines,
    Note,
    Paper,
    Paragraph,
    Picture,
    Question,
    Run,
    ScoreTable,
    Section,
    Sheet,
    Styled,
    Words,
)
from quizcnn.printing.fields import answer_blocks, gap_widths, length_remark, room_share, sheet_row
from quizcnn.printing.layout import Space
from quizcnn.printing.prose import read_blocks, read_inlines
from quizcnn.text import Lang, Text

_SIZE = re.compile(r'width="([0-9.]+)" height="([0-9.]+)"')
_SAYS_ALL = re.compile(r"all that|every |select all|所有|全部|哪些", re.IGNORECASE)
Form: TypeAlias = Literal["plain", "chinese"]
POLICIES = {
    "all-or-nothing": words.ALL_OR_NOTHING,
    "all-or-half": words.ALL_OR_HALF,
    "per-option": words.PER_OPTION,
    "right-minus-wrong": words.RIGHT_MINUS_WRONG,
}


def build_paper(
    exam: Exam, version: Version, lang: Lang, space: Space = "normal", *, form: Form | None = None, seal: bool = False
) -> Paper:
    """The document that is handed out, a Chinese one in the Chinese form unless ``form`` says otherwise."""
    blueprint = exam.blueprint
    form = form or form_of(lang)
    return Paper(
        kind="paper",
        lang=lang,
        form=form,
        title=blueprint.title[lang],
        facts=words.FACTS[lang].format(minutes=blueprint.minutes, points=blueprint.points),
        code=version.code,
        letter=version.letter,
        version=words.PAPER[lang].format(letter=version.letter),
        words=frame(lang, words.PAGE_POINTS, words.END),
        score=chinese.score_table(exam) if form == "chinese" else _score(exam, lang),
        conventions=conventions(version, lang),
        sections=tuple(_section(exam, version, number, lang, space, form) for number in range(len(blueprint.sections))),
        sheet=build_sheet(version, lang),
        seal=chinese.SEAL if seal else None,
    )


def form_of(lang: Lang) -> Form:
    return "chinese" if lang == "zh" else "plain"


def frame(lang: Lang, foot: Text, end: Text) -> Words:
    """The words of head and foot; ``foot`` stands at the right of every page."""
    marks = (chinese.MARK, chinese.BRACKETS) if lang == "zh" else (".", ("(", ")"))
    return Words(words.NAME[lang], words.DATE[lang], words.CODE[lang], words.PAGE[lang], foot[lang], end[lang], *marks, words.BLANK[lang])  # fmt: skip


def _score(exam: Exam, lang: Lang) -> ScoreTable:
    part, points, score = words.SCORE_HEADS
    numbers = tuple(str(number + 1) for number in range(len(exam.blueprint.sections)))
    return ScoreTable(
        (part[lang], points[lang], score[lang]),
        (*numbers, words.TOTAL[lang]),
        (*(str(section.points) for section in exam.blueprint.sections), str(exam.blueprint.points)),
    )


def conventions(version: Version, lang: Lang) -> Note:
    """Each sentence once, with the numbers of the questions that it settles."""
    asked: dict[str, list[int]] = {}
    for item in version.items:
        if item.variant.convention:
            asked.setdefault(item.variant.convention[lang], []).append(item.number)
    content: list[Inline] = [Run(words.NAMES[lang])]
    for sentence, numbers in asked.items():
        head = ", ".join(map(str, numbers)) if lang == "en" else "、".join(map(str, numbers))
        content += [Run(f" [{head}] " if lang == "en" else f"［{head}］"), *read_inlines(sentence)]
    return Note(words.CONVENTIONS[lang], tuple(content))


def _section(exam: Exam, version: Version, number: int, lang: Lang, space: Space, form: Form) -> Section:
    part = exam.blueprint.sections[number]
    items = version.in_section(number)
    once = chinese.gives_points_once(items) if form == "chinese" else _equal(part)
    questions = tuple(_question(item, part, lang, space, form, equal=once) for item in items)
    rule = chinese.rule(part, items) if form == "chinese" else _rule(part, items, lang)
    return Section(heading(part, number, lang, form), rule, questions)


def heading(part: Part, number: int, lang: Lang, form: Form) -> str:
    """ "Part 2. Numbers"."""
    if form == "chinese":
        return chinese.heading(part, number)
    return words.PART[lang].format(number=number + 1, title=part.title[lang])


def _equal(part: Part) -> bool:
    """Whether every question has the same points, so that the heading says it once."""
    return len({pick.points for pick in part.pick}) == 1


def _rule(part: Part, items: tuple[Item, ...], lang: Lang) -> str:
    """What a candidate must know of the whole part: points, choice, policy."""
    parts: list[str] = []
    if _equal(part):
        parts.append(words.EACH[lang].format(points=_points(part, lang)))
    if part.choose is not None:
        parts.append(words.BEST[lang].format(choose=part.choose, count=part.count))
    answers = [field.answer for item in items for field in item.variant.fields]
    choices = [answer for answer in answers if isinstance(answer, ChoiceAnswer)]
    if choices and len(choices) == len(items) and not any(answer.multiple for answer in choices):
        parts.append(words.SINGLE[lang])
    several = [answer for answer in choices if answer.multiple]
    if several:
        parts.append(POLICIES.get(part.policy or "", words.ALL_OR_NOTHING)[lang])
    if any(item.part for item in items):
        parts.append(words.CHAIN[lang])
    if any(item.steps for item in items) and part.work_space is None:
        parts.append(words.STEPS_COUNT[lang])
    return words.joined(parts, lang)


def _points(part: Part, lang: Lang) -> str:
    return words.points_words(part.pick[0].points, lang) if lang == "en" else str(part.pick[0].points)


def _question(item: Item, part: Part, lang: Lang, space: Space, form: Form, *, equal: bool) -> Question:
    shown, closing = _as_part(stem(item.variant, lang, item.points, form), item.part, lang), ""
    if form == "chinese":
        shown, closing = chinese.close(shown, item)
    return Question(
        id=item.id,
        number=item.number,
        points="" if equal else words.points_words(item.points, lang),
        stem=shown,
        answer=answer_blocks(item, lang, space, roomy=part.work_space is None),
        room=room_share(item),
        closing=closing,
    )


def _as_part(blocks: tuple[Block, ...], part: str, lang: Lang) -> tuple[Block, ...]:
    """The stem with its letter, where it belongs to a chain."""
    if not part:
        return blocks
    mark = Styled("strong", (Run(words.BRACKETS[lang].format(text=part)),))
    first, rest = (blocks[0].content, blocks[1:]) if blocks and isinstance(blocks[0], Paragraph) else ((), blocks)
    return (Paragraph((mark, Run(" " if lang == "en" else ""), *first)), *rest)


def stem(variant: Variant, lang: Lang, points: int, form: Form) -> tuple[Block, ...]:
    """The prompt with its figure, and what is to be done where the prompt leaves it open."""
    blocks = read_blocks(variant.prompt[lang], gap_widths(variant))
    remark = _remark(variant, lang, points, form)
    if remark:
        last = blocks[-1] if blocks else None
        glue = Run(" " if lang == "en" else "")
        if isinstance(last, Paragraph):
            blocks = (*blocks[:-1], Paragraph((*last.content, glue, *remark)))
        else:
            blocks = (*blocks, Paragraph(remark))
    picture = draw(variant, lang)
    return (*blocks, picture) if picture else blocks


def _remark(variant: Variant, lang: Lang, points: int, form: Form) -> Inlines:
    answer = variant.fields[0].answer
    if isinstance(answer, KeypointsAnswer):
        return (Run(length_remark(answer, variant, points, lang)),)
    said = form == "chinese" or _SAYS_ALL.search(variant.prompt[lang])
    if isinstance(answer, ChoiceAnswer) and answer.multiple and not said:
        return (Run(words.CHOOSE_ALL[lang]),)
    return ()


def draw(variant: Variant, lang: Lang) -> Picture | None:
    """The variant's figure as SVG."""
    if variant.figure is None:
        return None
    figure = fill(variant.figure, variant.parameters)
    svg = draw_svg(figure, lang)
    size = _SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (300.0, 200.0)
    return Picture(svg, describe(figure, lang), width, height)


def build_sheet(version: Version, lang: Lang) -> Sheet:
    """The answer sheet of a version."""
    return Sheet(words.SHEET[lang], tuple(sheet_row(item, lang) for item in version.items), words.SHEET_FOOT[lang].format(example=_example(version)))  # fmt: skip


def _example(version: Version) -> str:
    """How answers are typed, shown on two questions of the paper without giving anything away."""
    shown = [f"{item.number}. {_sample(item.variant)}" for item in version.items]
    return "   ".join(dict.fromkeys(shown[:1] + [line for line in shown if "|" in line][:1] + shown[-1:]))


def _sample(variant: Variant) -> str:
    answer = variant.fields[0].answer
    if isinstance(answer, ChoiceAnswer):
        return "A C" if answer.multiple else "B"
    if isinstance(answer, OrderingAnswer):
        return "2 1 3 …"
    if isinstance(answer, MatchingAnswer):
        return "C A …"
    return " | ".join(["…"] * len(variant.fields))
