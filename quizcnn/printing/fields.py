"""What a field is answered on: options, lines, cells, boxes, ruled lines, and its row on the answer sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from quizcnn.generation.exam import Item
from quizcnn.generation.lettering import letter, unit
from quizcnn.generation.variant import Variant
from quizcnn.grading.answers import Answer, Field
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.property import PropertyAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.shape import AXES, ShapeAnswer
from quizcnn.printing import words
from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Cells,
    Code,
    Inlines,
    Options,
    Pairs,
    Paragraph,
    Room,
    Ruled,
    Run,
    SheetRow,
)
from quizcnn.printing.layout import Space
from quizcnn.printing.prose import read_inlines
from quizcnn.text import Lang

STEP_HEIGHT = 9.0
LEAST_ROOM = 18.0
HALF_PAGE = 110.0
RECALL_ROOM = 78.0
WORDS_A_POINT, CHARACTERS_A_POINT = 20, 30
_SAYS_DECIMALS = re.compile(r"decimal|小数")
_SAYS_COUNT = re.compile(
    r"\((?:one|two|three|four|five|six|seven|eight)\b|（[^（）]{0,6}[一二两三四五六七八]", re.IGNORECASE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def answer_blocks(item: Item, lang: Lang, space: Space, *, roomy: bool) -> tuple[Block, ...]:
    """What stands below the stem. ``roomy``: with room to work in."""
    variant = item.variant
    if variant.kind == "cloze":
        return ()
    blocks = _grouped([block for field in variant.fields for block in _field(field, variant, lang, item.points, space)])
    room = work_room(item, space) if roomy else 0.0
    return (*blocks, Room(room)) if room else blocks


def _grouped(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Neighbouring lines to write on made one block, so that they can stand side by side."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Blanks) and isinstance(last, Blanks):
            found[-1] = Blanks(last.fields + block.fields)
        else:
            found.append(block)
    return tuple(found)


def work_room(item: Item, space: Space) -> float:
    """Millimetres to work in: by the worked steps of a computing question, none for the others."""
    if item.variant.kind not in ("numeric", "inverse", "expression"):
        return 0.0
    steps = len(item.steps) or (3 if item.variant.kind == "inverse" else 2)
    height = max(LEAST_ROOM, STEP_HEIGHT * steps)
    return {"tight": height / 2, "normal": height, "half-page": HALF_PAGE}[space]


def room_share(item: Item) -> float:
    """The share of what is left on a page that goes below this question."""
    answer = item.variant.fields[0].answer
    if isinstance(answer, MatrixAnswer):
        return 1.0
    if item.variant.kind in ("numeric", "inverse", "expression") and not isinstance(answer, ChoiceAnswer):
        return 2.0
    return 1.5 if isinstance(answer, KeypointsAnswer | RecallAnswer) else 0.2


def _field(field: Field, variant: Variant, lang: Lang, points: int, space: Space) -> Sequence[Block]:
    answer = field.answer
    match answer:
        case ChoiceAnswer(options=options, multiple=multiple):
            return [Options(tuple(read_inlines(option.text[lang]) for option in options), multiple)]
        case OrderingAnswer(items=items):
            lines = tuple(read_inlines(line[lang]) for line in items)
            return [Boxed(lines, words.NUMBERS_IN_ORDER[lang])]
        case MatchingAnswer(left=left, right=right, repeat=repeat):
            rule = words.LETTERS_AGAIN if repeat else words.LETTERS_ONCE
            sides = Pairs(_texts(left, lang), _texts(right, lang))
            return [Paragraph((Run(rule[lang]),)), sides]
        case KeypointsAnswer():
            return [Ruled(_lines(points, space))]
        case RecallAnswer():
            return [Room(RECALL_ROOM / (2 if space == "tight" else 1), framed=True)]
        case ShapeAnswer(truth=truth, axes=axes):
            return [Cells(_label(field, lang), 1, len(truth), axes or AXES.get(len(truth), ()))]
        case MatrixAnswer(truth=truth) if isinstance(truth, tuple) and isinstance(truth[0], tuple):
            return [Cells(_label(field, lang), len(truth), len(truth[0]))]
    return [Blanks(blanks(field, variant, lang))]


def _texts(texts: Sequence[object], lang: Lang) -> tuple[Inlines, ...]:
    return tuple(read_inlines(text[lang]) for text in texts)  # type: ignore[index]


def _lines(points: int, space: Space) -> int:
    """Lines for prose; a paper with little room has half of them."""
    lines = math.ceil(points * 1.2) + 1
    return {"tight": math.ceil(lines / 2), "normal": lines, "half-page": max(lines, 13)}[space]


def blanks(field: Field, variant: Variant, lang: Lang) -> tuple[Blank, ...]:
    """The lines of one typed field: label, line, unit, and how to write it."""
    answer = field.answer
    match answer:
        case ExpressionAnswer(variables=variables):
            return (Blank((Run(words.FORMULA[lang]),), after=words.FORMULA_IN[lang].format(symbols=", ".join(variables))),)  # fmt: skip
        case PropertyAnswer(asks=asks):
            last = len(asks) - 1
            return tuple(
                Blank((Code(name),), after=words.ONE_SOLUTION[lang] if place == last and last else "")
                for place, name in enumerate(asks)
            )  # fmt: skip
        case NumberAnswer(units=units):
            return (Blank(_label(field, lang), unit=unit(units, lang), after=decimals_remark(answer, variant, lang)),)
        case SequenceAnswer():
            return (Blank(_label(field, lang), after=decimals_remark(answer, variant, lang)),)
    return (Blank(_label(field, lang)),)


def _label(field: Field, lang: Lang) -> Inlines:
    return read_inlines(field.label[lang])


def decimals_remark(answer: Answer, variant: Variant, lang: Lang) -> str:
    """ "(4 decimal places)", unless the prompt says it."""
    count = getattr(answer, "decimals", None)
    if count is None or _SAYS_DECIMALS.search(variant.prompt[lang]):
        return ""
    return (words.ONE_DECIMAL if count == 1 else words.DECIMALS)[lang].format(count=count)


def length_remark(answer: KeypointsAnswer, variant: Variant, points: int, lang: Lang) -> str:
    """In about how many words, and how many points are wanted unless the prompt says it: length is no riddle."""
    about = max(20, 5 * round(points * (CHARACTERS_A_POINT if lang == "zh" else WORDS_A_POINT) / 15))
    said = words.LENGTH[lang].format(words=about)
    if not _SAYS_COUNT.search(variant.prompt[lang]):
        said = words.joined([_wanted(len(answer.points), lang), said], lang)
    return words.BRACKETS[lang].format(text=said)


def _wanted(count: int, lang: Lang) -> str:
    one, several = words.POINTS_WANTED
    if count == 1:
        return one[lang]
    return several[lang].format(count=words.NUMBER_WORDS[count] if lang == "en" else count)


def gap_widths(variant: Variant) -> dict[str, int]:
    """For each gap of a cloze the letters of its longest form and two more."""
    return {field.name: _width(field.answer) + 2 for field in variant.fields} if variant.kind == "cloze" else {}


def _width(answer: Answer) -> int:
    forms = answer.accept if isinstance(answer, GapAnswer) else (answer.typed(),)
    return min(24, max(6, *(len(form) + len(_HAN.findall(form)) for form in forms)))


def sheet_row(item: Item, lang: Lang) -> SheetRow:
    """The question's row on the answer sheet."""
    first = item.variant.fields[0].answer
    if item.variant.kind == "cloze":
        return SheetRow(item.number, blanks=tuple(Blank((Run(f"({field.name})"),)) for field in item.variant.fields))
    match first:
        case ChoiceAnswer(options=options, multiple=multiple):
            return SheetRow(item.number, tuple(letter(place) for place in range(len(options))), multiple)
        case OrderingAnswer(items=items):
            return SheetRow(item.number, boxes=len(items))
        case MatchingAnswer(left=left):
            rows = range(1, len(left) + 1)
            return SheetRow(item.number, blanks=tuple(Blank((Run(f"({row})"),)) for row in rows))
        case KeypointsAnswer() | RecallAnswer():
            return SheetRow(item.number, note=words.ON_PAPER[lang])
    return SheetRow(item.number, blanks=_sheet_blanks(item, lang))


def _sheet_blanks(item: Item, lang: Lang) -> tuple[Blank, ...]:
    found: list[Blank] = []
    for field in item.variant.fields:
        if isinstance(field.answer, ShapeAnswer | MatrixAnswer):
            found.append(Blank(_label(field, lang)))
        else:
            found += [Blank(blank.label, blank.unit) for blank in blanks(field, item.variant, lang)]
    return tuple(found)
