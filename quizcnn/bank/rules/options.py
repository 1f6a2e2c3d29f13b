"""Options that test knowledge: one clear key, nothing that gives it away, a reason for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quizcnn.bank.models import Choice, OptionText
from quizcnn.bank.structure import Finding
from quizcnn.text import LANGS, Lang, display_width

LONGEST_KEY = 1.6
"""A key longer than this many times the longest wrong option stands out."""
SHORT = 16
"""Keys up to so many columns never stand out by length."""
_SWEEPING = re.compile(
    r"\b(all|none|both|neither|any) of the (above|options|others)\b|^(all|none|both|neither) of (these|them)\W*$"
    r"|^(both|neither) [A-D1-4]\b|^[A-D] (and|or|nor) [A-D]\b|^以上|^上述(都|均|皆|全)|^(都|均|全部)(对|不对|正确|错误)|^[A-D] ?[和与或] ?[A-D]\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(NOT|EXCEPT|LEAST)\b|\bis (not|false)\b[^.]{0,20}\?$|不正确的是|错误的是|不属于")
_SEVERAL = {
    "en": re.compile(r"all that apply|all of .{0,30}that|select every|several", re.IGNORECASE),
    "zh": re.compile("多选|所有|全部|哪几|哪些"),
}
_NUMBER = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?) ?(?:%|[A-Za-zµ°]{0,8})")
_IDLE = re.compile(
    r"^\W*(this is )?(incorrect|wrong|false|not true|correct|right|true)\W*$|^\W*(错误?|不对|不正确|对|正确)\W*$",
    re.IGNORECASE,
)


def check_options(question: Choice) -> Iterator[Finding]:
    """Findings in the options of a choice."""
    yield from _prompt(question)
    yield from _numbers(question)
    for lang in LANGS:
        for text, times in Counter(_plain(option, lang) for option in question.options).items():
            if times > 1:
                yield ("options",), f"two options read alike in {lang}: {text!r}"
        for text, times in Counter(option.why[lang].strip() for option in question.options).items():
            if times > 1:
                yield ("options",), f"two options give the same why in {lang}: {text[:60]!r}"
    for number, option in enumerate(question.options):
        yield from _option(number, option)
    for lang in LANGS:
        yield from _length(question, lang)


def _prompt(question: Choice) -> Iterator[Finding]:
    for lang in LANGS:
        prompt = question.prompt[lang]
        if _NEGATIVE.search(prompt):
            yield (
                ("prompt", lang),
                "the prompt asks for what is not so; ask for what is, or make judging the claim the task",
            )
        if question.multiple and not _SEVERAL[lang].search(prompt):
            phrase = "choose all that apply" if lang == "en" else "（多选）"
            yield ("prompt", lang), f"several options are right and the {lang} prompt does not say so; add {phrase!r}"


def _numbers(question: Choice) -> Iterator[Finding]:
    """Numbers stand in order, so that no place is the key's by habit."""
    found = [_NUMBER.fullmatch(option.text.en.strip()) for option in question.options]
    if not all(found):
        return
    values = [float(each[1].replace(",", "").replace("−", "-")) for each in found if each]
    if not question.ordered or values not in (sorted(values), sorted(values, reverse=True)):
        yield ("options",), "options that are numbers stand in order: sort them and set ordered: true"


def _option(number: int, option: OptionText) -> Iterator[Finding]:
    for lang in LANGS:
        if _SWEEPING.search(option.text[lang].strip()):
            yield ("options", number, "text"), f"an option must stand alone, not sweep up others: {option.text[lang]!r}"
        if _IDLE.search(option.why[lang].strip()):
            yield ("options", number, "why"), "why says only right or wrong; say where the belief fails"


def _plain(option: OptionText, lang: Lang) -> str:
    return re.sub(r"[\s.。]+", " ", option.text[lang]).strip().casefold()


def _length(question: Choice, lang: Lang) -> Iterator[Finding]:
    if question.multiple:
        return
    keys, others = _widths(question, lang)
    if keys[0] > SHORT and keys[0] > LONGEST_KEY * max(others):
        place = next(number for number, option in enumerate(question.options) if option.key)
        said = f"{keys[0]} columns in {lang}, the longest other option {max(others)}"
        yield ("options", place, "text"), f"the key stands out by its length: {said}"


def _widths(question: Choice, lang: Lang) -> tuple[list[int], list[int]]:
    """The widths of the right options and of the wrong ones."""
    keys = [display_width(option.text[lang]) for option in question.options if option.key]
    return keys, [display_width(option.text[lang]) for option in question.options if not option.key]


def key_is_longest(question: Choice, lang: Lang = "en") -> bool:
    """Whether a single key is longer than every other option."""
    if question.multiple:
        return False
    keys, others = _widths(question, lang)
    return keys[0] > max(others)
