"""How a typed text is read: units with their place in the raw text, cut into clauses.

A unit is a stem, a term of the field, a Chinese bigram or a number; beside them a clause keeps its negators, its directions (an axis
and a side) and where its comparison parts it. Every unit keeps the span of the raw text that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from quizcnn.grading.keypoints.terms import TERMS
from quizcnn.grading.keypoints.words import (
    ADJECTIVES,
    AXES_EN,
    AXES_ZH,
    DIVIDES,
    ENDINGS_ZH,
    GREEK,
    LIGHT,
    NEGATING_PHRASES,
    NEGATORS_EN,
    NEGATORS_ZH,
    NOT_NEGATORS_EN,
    NOT_NEGATORS_ZH,
    STOP_EN,
    STOP_ZH,
    SYMBOLS,
    TELLING,
    THAN_EN,
    THAN_ZH,
)

MAX_PHRASE = 4
LIGHT_WEIGHT = 0.25
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[x*][0-9]+)*%?|n't|[a-z][a-z0-9]*(?:'[a-z]+)?|[\u3400-\u9fff]+|[↑↓/=]")
_CLAUSE = re.compile(
    r"[.!?:](?=\s|$)|[;。！？；\n•]|,(?![0-9])|\b(?:but|while|whereas|because|so that|rather than|instead of)\b|(?<![,]) (?=not an? )|\b(?:and|but) (?=not\b)|(?<!因)而(?!且|言|已|不)|却|但|因为|所以"
)
_TABLE = str.maketrans({"×": "x", "·": "*", "−": "-", "–": "-", "’": "'", "‘": "'", "＝": "=", "÷": "/", "／": "/", **GREEK, "`": " ", "$": " ", "_": " ", "-": " "})  # fmt: skip


class Unit(NamedTuple):
    """What counts: ``key`` is alike for words that mean the same."""

    key: str
    start: int
    end: int
    word: str
    weight: float = 1.0


class Axis(NamedTuple):
    """A direction: more or less of something."""

    name: str
    side: int
    start: int
    end: int
    firm: bool = True
    """False for an adjective before its noun."""


@dataclass(slots=True)
class Clause:
    """One claim: its units, and what turns it."""

    start: int
    end: int
    units: list[Unit] = field(default_factory=list)
    axes: list[Axis] = field(default_factory=list)
    negators: list[tuple[int, int]] = field(default_factory=list)
    glue: int = 0
    """Words that make a sentence of nouns."""
    than: int | None = None
    """Where "than", 比 or a division stands."""
    divides: bool = False
    zeros: int = 0
    """Zeros: they deny ("0 params") unless a number is asked for."""


class Plain(NamedTuple):
    """Lower case, simplified, one sign for each; ``places[i]`` is the place of character i in the raw text."""

    text: str
    places: tuple[int, ...]


def plain(raw: str) -> Plain:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(raw):
        for piece in unicodedata.normalize("NFKC", character).translate(_TABLE).lower():
            characters.append(piece)
            places.append(place)
    text = "".join(characters)
    return Plain(_simplified(text), (*places, len(raw)))


def _simplified(text: str) -> str:
    from quizcnn.grading.reading.chinese import has_han

    if not has_han(text):
        return text
    converted = str(_characters().convert(text))
    return converted if len(converted) == len(text) else text


@lru_cache(maxsize=1)
def _characters() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=512)
def read_clauses(raw: str) -> tuple[Clause, ...]:
    """The clauses of a text, in order."""
    shape = plain(raw)
    found: list[Clause] = []
    start = 0
    for end in (*(match.start() for match in _CLAUSE.finditer(shape.text)), len(shape.text)):
        if shape.text[start:end].strip(" ,;.!?，。；！？\n"):
            found.append(_clause(shape, start, end))
        start = end
    return tuple(found)


def _clause(shape: Plain, start: int, end: int) -> Clause:
    clause = Clause(shape.places[start], shape.places[end])
    tokens = list(_tokens(shape, start, end))
    place = 0
    while place < len(tokens):
        taken = _phrase(tokens, place, clause)
        place += taken or _word(tokens, place, clause)
    return clause


class Token(NamedTuple):
    """A piece of text: Latin word, number, Chinese piece or sign."""

    text: str
    stem: str
    start: int
    end: int


def _tokens(shape: Plain, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(shape.text, start, end):
        text = found[0]
        if "\u3400" <= text[0] <= "\u9fff":
            yield from _chinese(shape, found.start(), text)
            continue
        if text.endswith("n't") and text != "n't":
            cut = found.end() - 3
            yield Token(text[:-3], stem(text[:-3]), shape.places[found.start()], shape.places[cut])
            yield Token("n't", "n't", shape.places[cut], shape.places[found.end()])
            continue
        yield Token(text, stem(text), shape.places[found.start()], shape.places[found.end()])


def _chinese(shape: Plain, start: int, run: str) -> Iterator[Token]:
    """Known forms by the longest match; what lies between them as one piece."""
    place, loose = 0, 0
    longest = _longest()
    while place < len(run):
        size = next((n for n in range(min(longest, len(run) - place), 0, -1) if run[place : place + n] in _forms()), 0)
        if not size:
            place += 1
            continue
        yield from _loose(shape, start, run, loose, place)
        yield _piece(shape, start, run, place, place + size)
        place += size
        loose = place
    yield from _loose(shape, start, run, loose, len(run))


def _loose(shape: Plain, start: int, run: str, low: int, high: int) -> Iterator[Token]:
    """A piece of no known form; an adjective at its end (通道多, 强度低) stands alone."""
    cut = high - 1 if high - low > 1 and run[high - 1] in ENDINGS_ZH and run[high - 2] not in ENDINGS_ZH else high
    if low < cut:
        yield _piece(shape, start, run, low, cut)
    if cut < high:
        yield _piece(shape, start, run, cut, high)


def _piece(shape: Plain, start: int, run: str, low: int, high: int) -> Token:
    return Token(run[low:high], run[low:high], shape.places[start + low], shape.places[start + high])


@cache
def _forms() -> frozenset[str]:
    """Every Chinese form that is known."""
    known = {form for _, forms in TERMS for form in forms.split("; ") if form}
    return frozenset(
        known
        | {
            *AXES_ZH,
            *(word for word in LIGHT if not word.isascii()),
            *NEGATORS_ZH,
            *NOT_NEGATORS_ZH,
            *STOP_ZH,
            *THAN_ZH,
        }
        | {form for form in DIVIDES if not form.isascii()}
    )


@cache
def _longest() -> int:
    return max(map(len, _forms()))


@cache
def term_keys() -> Mapping[tuple[str, ...], str]:
    """Stems of a form (one Chinese form is one) to the key of its term."""
    keys: dict[tuple[str, ...], str] = {}
    for english, chinese in TERMS:
        key = "t:" + english.split("; ")[0]
        for form in english.split("; "):
            words = tuple(stem(word) for word in _TOKEN.findall(form.replace("-", " ")))
            keys.setdefault(words, key)
        for form in chinese.split("; "):
            keys.setdefault((form,), key)
    return keys


def _phrase(tokens: list[Token], place: int, clause: Clause) -> int:
    """How many tokens a known phrase takes here; 0 where there is none."""
    keys = term_keys()
    for size in range(min(MAX_PHRASE, len(tokens) - place), 0, -1):
        words = tuple(token.stem for token in tokens[place : place + size])
        text = " ".join(token.text for token in tokens[place : place + size])
        if text in NOT_NEGATORS_EN:
            clause.glue += 1
            return size
        if text in NEGATING_PHRASES:
            clause.negators.append((tokens[place].start, tokens[place + size - 1].end))
            clause.glue += 1
            return size
        if size > 1 and " ".join(words) in DIVIDES:
            clause.than, clause.divides = tokens[place].start, True
            clause.glue += 1
            return size
        if words in keys and not (size == 1 and _turns(tokens[place])):
            span = tokens[place].start, tokens[place + size - 1].end
            clause.units.append(Unit(keys[words], *span, text))
            return size
    return 0


def _turns(token: Token) -> bool:
    return token.text in AXES_ZH or token.stem in AXES_EN or token.stem in NEGATORS_EN or token.text in NEGATORS_ZH


def _word(tokens: list[Token], place: int, clause: Clause) -> int:
    """Put one token where it belongs; always takes one."""
    text, root, start, end = tokens[place]
    if text in ADJECTIVES:
        noun = place + 1 < len(tokens) and tokens[place + 1].text not in STOP_EN
        clause.axes.append(Axis(*ADJECTIVES[text], start, end, not noun))
        return 1
    if text in ENDINGS_ZH:
        noun = place + 1 < len(tokens) and tokens[place + 1].start == end and tokens[place + 1].text not in STOP_ZH
        clause.axes.append(Axis(*ENDINGS_ZH[text], start, end, not noun))
        return 1
    axis = AXES_ZH.get(text) or AXES_EN.get(root) or SYMBOLS.get(text)
    if axis is not None:
        clause.axes.append(Axis(*axis, start, end))
        if root in TELLING:
            clause.units.append(Unit(root, start, end, text, 0.5))
    elif text in NEGATORS_ZH or root in NEGATORS_EN or text in NEGATORS_EN:
        clause.negators.append((start, end))
        clause.glue += 1
    elif text == THAN_EN or text in THAN_ZH:
        clause.than = start
        clause.glue += 1
    elif text in DIVIDES:
        clause.than, clause.divides = start, True
        clause.glue += 1
    elif text in STOP_EN or root in STOP_EN or text in STOP_ZH or text in NOT_NEGATORS_ZH or text == "=":
        clause.glue += 1
    elif text[0].isdigit():
        if text == "0" and place + 1 < len(tokens) and tokens[place + 1].text not in STOP_EN:
            clause.zeros += 1
            clause.glue += 1
        clause.units.append(Unit(f"#{_number(text)}", start, end, text))
    elif text.isascii():
        clause.units.append(Unit(root, start, end, text, LIGHT_WEIGHT if root in LIGHT or text in LIGHT else 1.0))
    elif text in LIGHT:
        clause.units.append(Unit(text, start, end, text, LIGHT_WEIGHT))
    else:
        clause.units += _bigrams(text, start)
    return 1


def _number(text: str) -> str:
    if text.endswith("%"):
        text = str(float(text[:-1]) / 100)
    return text.removesuffix(".0") if "x" not in text else text


def _bigrams(text: str, start: int) -> list[Unit]:
    if len(text) == 1:
        return [Unit(text, start, start + 1, text, 0.5)]
    return [Unit(text[at : at + 2], start + at, start + at + 2, text[at : at + 2]) for at in range(len(text) - 1)]


_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ises", "izes"), ("ised", "ized"), ("ise", "ize"), ("our", "or"), ("ours", "ors"))  # fmt: skip
_OWN_STEMS = (
    "normaliz",
    "generaliz",
    "regulariz",
    "initializ",
    "convolution",
    "activation",
    "position",
    "positiv",
    "objectiv",
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word, in American spelling; words of the field that a stemmer confuses keep their own."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    for british, american in _BRITISH:
        if word.endswith(british) and len(word) > len(british) + 3:
            word = word.removesuffix(british) + american
            break
    for own in _OWN_STEMS:
        if word.startswith(own):
            return own
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
