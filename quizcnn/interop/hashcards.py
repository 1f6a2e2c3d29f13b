"""Questions as Markdown cards in plain text: ``Q:`` and ``A:``, and ``C:`` with ``[gaps]``, as hashcards and its kin read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quizcnn.grading.answers import Field
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.interop.common import common_losses, labelled, wrong_values
from quizcnn.interop.item import Item
from quizcnn.interop.loss import Loss, losses
from quizcnn.interop.markup import clean
from quizcnn.text import Lang

_MARK = re.compile(r"^(?=(?:[QAC]:|---|#))", re.M)
_BRACKET = re.compile(r"([\[\]])")
_PART = "\ue000"
"""Stands where code is parted, so that none that is empty stays."""
_CODE = re.compile(r"(`+[^`]+`+|\$[^$]+\$)")


def to_markdown(items: Iterable[Item], lang: Lang) -> tuple[str, tuple[Loss, ...]]:
    """The cards in one language, and what they could not hold."""
    cards, lost = list[str](), list[Loss]()
    for item in items:
        cards.append(_card(item, lang))
        lost += losses(item, *_lost(item))
    return "\n---\n\n".join(cards), tuple(lost)


def _card(item: Item, lang: Lang) -> str:
    """One card; it ends with where it comes from."""
    prompt = _kept(item.prompt[lang])
    if item.picture is not None:
        prompt += f"\n\n({_kept(item.picture[lang])})"
    if item.variant.kind == "cloze":
        return f"C: {_gaps(item, prompt, lang)}\n"
    asked = [line for field in item.variant.fields for line in _asked(field, lang)]
    question = "\n".join((prompt, *(["", *asked] if asked else [])))
    return f"Q: {question}\nA: {_back(item, lang)}\n"


def _kept(text: str) -> str:
    """The text with no line that would begin a card."""
    return _MARK.sub(" ", clean(text))


def _gaps(item: Item, prompt: str, lang: Lang) -> str:
    """Brackets are gaps: those of the text are written with a backslash, but in code and formulas; a gap parts the code around it."""
    names = {f"[[{field.name}]]": field for field in item.variant.fields}
    written, in_code = "", False
    for piece in re.split("(" + "|".join(re.escape(name) for name in names) + ")", prompt):
        if piece not in names:
            written += _escaped(f"`{piece}" if in_code else piece)[int(in_code) :]
            in_code ^= piece.count("`") % 2 == 1
            continue
        gap = f"[{_bare(names[piece].answer.shown()[lang])}]"
        written += f"{_PART}`{gap}`{_PART}" if in_code else gap
    return written.replace(f"`{_PART}`", "").replace(_PART, "")


def _escaped(text: str) -> str:
    return "".join(piece if place % 2 else _BRACKET.sub(r"\\\1", piece) for place, piece in enumerate(_CODE.split(text)))  # fmt: skip


def _bare(text: str) -> str:
    return _BRACKET.sub(r"\\\1", " ".join(clean(text).split()))


def _asked(field: Field, lang: Lang) -> Iterator[str]:
    """What is chosen among, ordered or matched."""
    match field.answer:
        case ChoiceAnswer(options=options):
            yield from (f"- {_kept(option.text[lang])}" for option in options)
        case OrderingAnswer(items=items):
            yield from (f"- {_kept(each[lang])}" for each in items)
        case MatchingAnswer(left=left, right=right):
            yield from (f"{number}. {_kept(each[lang])}" for number, each in enumerate(left, 1))
            yield ""
            yield from (f"- {_kept(each[lang])}" for each in right)


def _back(item: Item, lang: Lang) -> str:
    key = _key(item, lang)
    steps = [f"- ${step.latex}$ {step.caption[lang]}" for step in item.steps]
    mark = ": " if lang == "en" else "："
    wrong = [f"- ✗ {each.typed}{mark}{each.label[lang]}" for field in item.variant.fields for each in wrong_values(field.answer)]  # fmt: skip
    blocks = (key, "\n".join(steps), "\n".join(wrong), _kept(item.variant.explanation[lang]), item.origin)
    return "\n\n".join(block for block in blocks if block)


def _key(item: Item, lang: Lang) -> str:
    fields = item.variant.fields
    match fields[0].answer:
        case ChoiceAnswer(options=options):
            return "\n".join(f"- {'✓' if option.key else '✗'} {_kept(option.text[lang])} — {_kept(option.why[lang])}" for option in options)  # fmt: skip
        case OrderingAnswer(items=items, order=order):
            return "\n".join(f"{number}. {_kept(items[place - 1][lang])}" for number, place in enumerate(order, 1))
        case MatchingAnswer(left=left, right=right, pairs=pairs):
            return "\n".join(f"- {_kept(left[row][lang])} → {_kept(right[place][lang])}" for row, place in enumerate(pairs))  # fmt: skip
        case KeypointsAnswer(points=points):
            return "\n".join(f"- {_kept(point.say[lang])}" for point in points)
        case RecallAnswer(back=back):
            return "\n".join(f"- {_kept(fact[lang])}" for fact in back)
    return labelled(fields, lambda field: _kept(field.answer.shown()[lang]), lang)


def _lost(item: Item) -> Iterator[str]:
    yield from common_losses(item)
    yield "language"
    yield "self_rated"
    if item.picture is not None:
        yield "figure"
    if item.variant.kind == "cloze":
        yield "explanation"
    if item.variant.hints:
        yield "hints"
    if any(True for field in item.variant.fields for _ in wrong_values(field.answer)):
        yield "diagnosis"
