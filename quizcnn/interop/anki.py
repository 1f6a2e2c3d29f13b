"""Questions as Anki notes: numbers, formulas and shapes are typed and compared letter by letter, gaps are clozes, the rest is self-rated.

The note types and their fields are fixed (a further field would part every learner's notes from those imported later): what comes
new goes into one of the three spare fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape

from quizcnn.figures.svg import draw_svg
from quizcnn.grading.answers import Field
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.interop.apkg import Note, NoteType, write_package
from quizcnn.interop.common import common_losses, labelled, wrong_values
from quizcnn.interop.item import Item
from quizcnn.interop.loss import Loss, losses
from quizcnn.interop.markup import clean, formula, inline_html, plain, quoted, to_html
from quizcnn.text import Lang

FIELDS = ("Id", "Front", "Answer", "Back", "Key", "Lang", "Revision", "Source", "Extra1", "Extra2", "Extra3")
CSS = """.card { font-family: system-ui, "Noto Sans CJK SC", sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: 0 auto; }
code, pre { font-family: ui-monospace, monospace; background: #8882; } .key { font-weight: bold; } .faint { opacity: .7; font-size: 80%; }
table { border-collapse: collapse; } td, th { border: 1px solid #8888; padding: 2px 8px; } img { max-width: 100%; }"""
_BACK = '<hr id="answer"><div class="key">{{Key}}</div>{{Back}}<p class="faint">{{Source}}</p>'
BASIC = NoteType(1_607_392_319_001, "quizcnn", FIELDS, "{{Front}}", "{{FrontSide}}" + _BACK)
TYPED = NoteType(
    1_607_392_319_002, "quizcnn typed", FIELDS, "{{Front}}{{type:Answer}}", "{{Front}}{{type:Answer}}" + _BACK
)
CLOZE = NoteType(1_607_392_319_003, "quizcnn cloze", FIELDS, "{{cloze:Front}}", "{{cloze:Front}}" + _BACK, cloze=True)
DECKS: dict[Lang, str] = {"en": "quizcnn", "zh": "quizcnn 中文"}
WORDS: dict[Lang, dict[str, str]] = {
    "en": {"wrong": "Known slips", "hints": "Hints", "parts": ": ", "order": "In this order"},
    "zh": {"wrong": "常见错误", "hints": "提示", "parts": "：", "order": "正确顺序"},
}
SELF_RATED = {"keypoints": "key_points", "property": "property", "choice": "self_rated", "ordering": "self_rated", "matching": "self_rated"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """A written package, and what it could not hold."""

    content: bytes
    notes: int
    lost: tuple[Loss, ...]


def to_anki(items: Iterable[Item], langs: Sequence[Lang]) -> Package:
    """The items as a package, a deck for each language."""
    media: dict[str, bytes] = {}
    notes: list[Note] = []
    lost: list[Loss] = []
    for item in items:
        notes += [_note(item, lang, media) for lang in langs]
        lost += losses(item, *_lost(item, langs))
    return Package(write_package(notes, media, CSS), len(notes), tuple(lost))


def _lost(item: Item, langs: Sequence[Lang]) -> Iterator[str]:
    yield from common_losses(item)
    types = {field.answer.type for field in item.variant.fields}
    yield from sorted({SELF_RATED[name] for name in types & SELF_RATED.keys()})
    if "number" in types:
        yield "number_forms"
    if "expression" in types:
        yield "formula"
    if types & {"list", "shape", "matrix"}:
        yield "list_forms"
    if "gap" in types:
        yield "word_forms"
    if any(True for field in item.variant.fields for _ in wrong_values(field.answer)):
        yield "diagnosis"
    if len(langs) == 1:
        yield "language"


def _note(item: Item, lang: Lang, media: dict[str, bytes]) -> Note:
    kind = _type_of(item)
    fields = item.variant.fields
    answer = "; ".join(plain(field.answer.typed()) for field in fields) if kind is TYPED else ""
    values = (
        f"{item.id} {lang}",
        _front(item, lang, kind, media),
        escape(answer),
        _back(item, lang),
        _key(item, lang),
        lang,
        str(item.question.revision),
        escape(item.origin),
        "",
        "",
        "",
    )
    tags = (*item.tags, f"lang::{lang}")
    cards = len(fields) if kind is CLOZE else 1
    return Note(
        _guid(item, lang), kind, f"{DECKS[lang]}::{item.topic.area}", values, tags, item.question.revision, cards
    )


def _guid(item: Item, lang: Lang) -> str:
    return blake2b(f"{item.id}\0{lang}".encode(), digest_size=8).hexdigest()


def _type_of(item: Item) -> NoteType:
    types = {field.answer.type for field in item.variant.fields}
    if item.variant.kind == "cloze":
        return CLOZE
    return TYPED if types <= {"number", "word", "words", "shape", "list", "matrix", "expression"} else BASIC


def _front(item: Item, lang: Lang, kind: NoteType, media: dict[str, bytes]) -> str:
    prompt = to_html(item.prompt[lang])
    if kind is CLOZE:
        for number, field in enumerate(item.variant.fields, 1):
            prompt = prompt.replace(f"[[{field.name}]]", f"{{{{c{number}::{_in_gap(field.answer.shown()[lang])}}}}}")
    return prompt + _picture(item, lang, media) + "".join(_shown(field, lang) for field in item.variant.fields) + _form(item, lang, kind)  # fmt: skip


def _in_gap(shown: str) -> str:
    """What stands in a gap: ``::`` would begin a hint there, ``}}`` end it."""
    return inline_html(shown).replace("::", ":&#58;").replace("}}", "}&#125;")


def _form(item: Item, lang: Lang, kind: NoteType) -> str:
    if kind is not TYPED:
        return ""
    fields = item.variant.fields
    forms = [field.answer.hint_of_form()[lang] for field in fields]
    told = forms[0] if len(forms) == 1 else labelled(fields, lambda field: field.answer.hint_of_form()[lang], lang)
    return f'<p class="faint">{quoted(plain(told))}</p>'


def _picture(item: Item, lang: Lang, media: dict[str, bytes]) -> str:
    figure, words = item.variant.figure, item.picture
    if figure is None or words is None:
        return ""
    drawn = draw_svg(figure, lang).encode()
    name = f"quizcnn-{blake2b(drawn, digest_size=8).hexdigest()}.svg"
    media[name] = drawn
    return f'<p><img src="{name}" alt="{escape(clean(words[lang]))}"></p>'


def _shown(field: Field, lang: Lang) -> str:
    """What is chosen among, ordered or matched."""
    match field.answer:
        case ChoiceAnswer(options=options):
            return _list("ul", [option.text[lang] for option in options])
        case OrderingAnswer(items=items):
            return _list("ul", [each[lang] for each in items])
        case MatchingAnswer(left=left, right=right):
            return _list("ol", [each[lang] for each in left]) + _list("ul", [each[lang] for each in right])
    return ""


def _list(tag: str, texts: Sequence[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{inline_html(text)}</li>' for text in texts)}</{tag}>"


def _key(item: Item, lang: Lang) -> str:
    return "".join(_key_of(field, lang, named=len(item.variant.fields) > 1) for field in item.variant.fields)


def _key_of(field: Field, lang: Lang, *, named: bool) -> str:
    match field.answer:
        case ChoiceAnswer(options=options):
            return _list("ul", [option.text[lang] for option in options if option.key])
        case OrderingAnswer(items=items, order=order):
            return _list("ol", [items[place - 1][lang] for place in order])
        case MatchingAnswer(left=left, right=right, pairs=pairs):
            return _list("ul", [f"{left[row][lang]} → {right[place][lang]}" for row, place in enumerate(pairs)])
        case KeypointsAnswer(points=points):
            return _list("ul", [f"☐ {point.say[lang]}" for point in points])
        case RecallAnswer(back=back):
            return _list("ul", [f"☐ {fact[lang]}" for fact in back])
    name = f"{inline_html(field.label[lang])}{WORDS[lang]['parts']}" if named else ""
    return f"<p>{name}{inline_html(field.answer.shown()[lang])}</p>"


def _back(item: Item, lang: Lang) -> str:
    words, fields = WORDS[lang], item.variant.fields
    steps = "".join(f'<p>{formula(step.latex)} <span class="faint">{inline_html(step.caption[lang])}</span></p>' for step in item.steps)  # fmt: skip
    whys = [f"{option.text[lang]} — {option.why[lang]}" for field in fields if isinstance(field.answer, ChoiceAnswer) for option in field.answer.options]  # fmt: skip
    wrong = [f"{each.typed}{words['parts']}{each.label[lang]}" for field in fields for each in wrong_values(field.answer)]  # fmt: skip
    hints = [hint[lang] for hint in item.variant.hints]
    return "".join(
        (
            steps,
            _list("ul", whys) if whys else "",
            to_html(item.variant.explanation[lang]),
            f"<p>{words['wrong']}</p>{_list('ul', wrong)}" if wrong else "",
            f"<p>{words['hints']}</p>{_list('ol', hints)}" if hints else "",
        )
    )
