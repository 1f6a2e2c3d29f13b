"""Questions as CSV, both languages side by side: one line a question, for a spreadsheet and back.

Options stand one a line, ``[x]`` before a right one; pairs as ``left => right``; what is ordered in its right order. A cell that a
spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from quizcnn.grading.answers import Field
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.interop.common import common_losses, labelled, wrong_values
from quizcnn.interop.item import Item
from quizcnn.interop.loss import Loss, losses
from quizcnn.interop.markup import clean
from quizcnn.text import LANGS, Lang

COLUMNS = (
    "id", "kind", "topic", "area", "difficulty", "tags", "prompt_en", "prompt_zh", "figure_en", "figure_zh", "items_en", "items_zh",
    "answer", "key_en", "key_zh", "steps_en", "steps_zh", "mistakes_en", "mistakes_zh", "why_en", "why_zh", "explanation_en",
    "explanation_zh", "hints_en", "hints_zh", "source",
)  # fmt: skip
_FORMULA = re.compile(r"(?=['=+\-@\t\r])(?![+-]?[0-9.]+$)")
PAIR = " => "


def to_csv(items: Iterable[Item]) -> tuple[str, tuple[Loss, ...]]:
    """The table, and what it could not hold."""
    out, lost = io.StringIO(newline=""), list[Loss]()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for item in items:
        writer.writerow({name: guarded(value) for name, value in _row(item).items()})
        lost += losses(item, *_lost(item))
    return out.getvalue(), tuple(lost)


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would compute; a number stays one."""
    text = clean(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The cell as it was before :func:`guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _row(item: Item) -> Mapping[str, str]:
    question, variant = item.question, item.variant
    row = {
        "id": item.id,
        "kind": variant.kind,
        "topic": item.topic.id,
        "area": item.topic.area,
        "difficulty": str(variant.difficulty),
        "tags": " ".join(question.tags),
        "answer": _answer(item),
        "source": item.origin,
    }
    for lang in LANGS:
        row |= {f"{name}_{lang}": value for name, value in _texts(item, lang).items()}
    return row


def _texts(item: Item, lang: Lang) -> Mapping[str, str]:
    variant, fields = item.variant, item.variant.fields
    mark = ": " if lang == "en" else "："
    wrong = (f"{each.typed}{mark}{each.label[lang]}" for field in fields for each in wrong_values(field.answer))
    options = (option for field in fields if isinstance(field.answer, ChoiceAnswer) for option in field.answer.options)
    return {
        "prompt": item.prompt[lang],
        "figure": item.picture[lang] if item.picture else "",
        "items": "\n".join(line for field in fields for line in _items(field, lang)),
        "key": labelled(fields, lambda field: field.answer.shown()[lang], lang),
        "steps": "\n".join(f"${step.latex}$ {step.caption[lang]}" for step in item.steps),
        "mistakes": "\n".join(wrong),
        "why": "\n".join(option.why[lang] for option in options),
        "explanation": variant.explanation[lang],
        "hints": "\n".join(hint[lang] for hint in variant.hints),
    }


def _items(field: Field, lang: Lang) -> Iterator[str]:
    match field.answer:
        case ChoiceAnswer(options=options):
            yield from (f"[{'x' if option.key else ' '}] {option.text[lang]}" for option in options)
        case OrderingAnswer(items=items, order=order):
            yield from (items[place - 1][lang] for place in order)
        case MatchingAnswer(left=left, right=right, pairs=pairs):
            yield from (f"{left[row][lang]}{PAIR}{right[place][lang]}" for row, place in enumerate(pairs))
            yield from (f"{PAIR.lstrip()}{side[lang]}" for place, side in enumerate(right) if place not in pairs)
        case KeypointsAnswer(points=points):
            yield from (point.say[lang] for point in points)
        case RecallAnswer(back=back):
            yield from (fact[lang] for fact in back)


def _answer(item: Item) -> str:
    """What is typed, the fields parted by ``;``, other right forms of a gap by ``|``; empty where items say it."""
    fields = item.variant.fields
    if fields[0].answer.type in ("choice", "ordering", "matching", "keypoints", "recall"):
        return ""
    return "; ".join("|".join(field.answer.accept) if isinstance(field.answer, GapAnswer) else field.answer.typed() for field in fields)  # fmt: skip


def _lost(item: Item) -> Iterator[str]:
    yield from common_losses(item)
    types = {field.answer.type for field in item.variant.fields}
    if item.picture is not None:
        yield "figure"
    if "keypoints" in types:
        yield "key_points"
    if "property" in types:
        yield "property"
    if any(True for field in item.variant.fields for _ in wrong_values(field.answer)):
        yield "diagnosis"
