"""A text as items: words and phrases with what they mean and the span of the raw text that they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizcnn.grading.keypoints.chinese import SUPERLATIVES as MOST_ZH
from quizcnn.grading.keypoints.english import SUPERLATIVES as MOST_EN
from quizcnn.grading.keypoints.normal import Plain, lookalikes, plain, stem
from quizcnn.grading.keypoints.vocabulary import Sense, Vocabulary, spans_of

MARKS = frozenset('.!?;,:()[]{}"/|+=<>*^-#%&~@。；：？！，、（）\n') | {"->", "^2", "'"}
_HAN = re.compile(r"[\u3400-\u9fff]")


class Item(NamedTuple):
    """A word or phrase. ``keys`` are the concepts that it names, or its own stem; ``role`` what it does in a clause."""

    keys: tuple[str, ...]
    role: str
    start: int
    end: int
    text: str
    weight: float = 1.0
    sign: int = 0
    quantity: str = ""
    slip: str = ""
    """The form that was meant, where it is misspelt."""
    own: tuple[str, ...] = ()
    """The concepts named, without those that they imply; the stem of an unknown word."""
    kind: str = ""

    @property
    def is_direction(self) -> bool:
        return self.role in DIRECTIONS

    @property
    def has_content(self) -> bool:
        return bool(self.keys)

    @property
    def is_most(self) -> bool:
        return self.text in MOST_EN or self.text in MOST_ZH


DIRECTIONS = frozenset({"up", "down", "up-verb", "down-verb", "same", "change"})


ZEROS = frozenset({"0", "zero", "零"})
LONGEST_MENDED = 8
"""Characters of the longest Chinese form that is looked for behind a slip."""


class _Token(NamedTuple):
    text: str
    root: str
    low: int
    high: int
    slip: str = ""


@lru_cache(maxsize=8)
def items_of(raw: str, vocabulary: Vocabulary, *, mend: bool = False) -> tuple[Item, ...]:
    """The items of a raw text, in order; with ``mend`` slips of spelling are put right."""
    shape = plain(raw)
    tokens = list(_tokens(shape.text, vocabulary, mend))
    found: list[Item] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if _HAN.match(token.text):
            found += _chinese(shape, token.low, token.text, vocabulary, mend)
            place += 1
            continue
        size, sense = _phrase(tokens, place, vocabulary)
        found.append(_item(shape, tokens[place : place + size], sense))
        place += size
    return tuple(found)


def _tokens(text: str, vocabulary: Vocabulary, mend: bool) -> Iterator[_Token]:
    for low, high in spans_of(text):
        piece = text[low:high]
        if "x" in piece and piece[0].isdigit():
            yield _Token(piece, piece, low, high)
            continue
        meant = vocabulary.corrected(piece) if mend else piece
        if meant == piece and len(piece) >= 8 and (halves := _run_together(piece, vocabulary)):
            cut = low + len(halves[0])
            yield _Token(halves[0], stem(halves[0]), low, cut)
            yield _Token(halves[1], stem(halves[1]), cut, high)
            continue
        yield _Token(piece, stem(meant), low, high, meant if meant != piece else "")


def _run_together(piece: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Two known words typed without a space between."""
    if not piece.isalpha() or not piece.isascii() or stem(piece) in vocabulary.known:
        return None
    for cut in range(4, len(piece) - 3):
        if stem(piece[:cut]) in vocabulary.known and stem(piece[cut:]) in vocabulary.known:
            return piece[:cut], piece[cut:]
    return None


def _phrase(tokens: Sequence[_Token], place: int, vocabulary: Vocabulary) -> tuple[int, Sense | None]:
    """How many tokens the longest form takes here, and its meaning."""
    first = tokens[place]
    then = tokens[place + 1] if place + 1 < len(tokens) else first
    for root in (first.root, first.text) if first.root != first.text else (first.root,):
        for words, sense in vocabulary.english.get(root, ()):
            if len(words) == 1 or (words[1] in (then.root, then.text) and _follows(tokens, place, words)):
                return len(words), sense
    return 1, None


def _follows(tokens: Sequence[_Token], place: int, words: Sequence[str]) -> bool:
    if place + len(words) > len(tokens):
        return False
    return all(
        word in (token.root, token.text)
        for word, token in zip(words[1:], tokens[place + 1 : place + len(words)], strict=True)
    )


def _item(shape: Plain, tokens: Sequence[_Token], sense: Sense | None) -> Item:
    low, high = tokens[0].low, tokens[-1].high
    text = " ".join(token.text for token in tokens)
    start, end = shape.places[low], shape.places[high - 1] + 1
    slip = " ".join(token.slip or token.text for token in tokens) if any(token.slip for token in tokens) else ""
    if sense is not None:
        role = "zero" if text in ZEROS else sense.role
        # What was put right may still have been meant as it stands.
        keys = (*sense.keys, stem(text)) if slip and " " not in text else sense.keys
        return Item(keys, role, start, end, text, sense.weight, sense.sign, sense.quantity, slip, sense.own, sense.kind)
    if text in MARKS:
        return Item((), "mark", start, end, text)
    if text[0].isdigit():
        key = f"#{number_key(text)}"
        return Item((key,), "number", start, end, text, own=(key,))
    weight = 0.3 if len(text) == 1 else 1.0
    keys = (tokens[0].root,) if tokens[0].root.isalnum() else ()
    return Item(keys, "", start, end, text, weight, slip=slip, own=keys)


def number_key(text: str) -> str:
    """A number as one writes it once: 100% is 1, 1.0 is 1."""
    if text.endswith("%"):
        return f"{float(text[:-1]) / 100:g}" if "x" not in text else text
    return f"{float(text):g}" if "x" not in text and len(text) < 16 else text


def _chinese(shape: Plain, low: int, typed: str, vocabulary: Vocabulary, mend: bool) -> Iterator[Item]:
    """Known forms by the longest match, slips of the input method put right; between them pairs of characters."""
    run, forms = typed, _forms(typed, vocabulary)
    meant: dict[int, str] = {}
    if mend:
        run, meant = mended(typed, forms, vocabulary)
        forms = _forms(run, vocabulary) if meant else forms
    loose = 0
    for place, form in forms:
        yield from _loose(shape, low, run, loose, place)
        slip = next((meant[at] for at in range(place, place + len(form)) if at in meant), "") if meant else ""
        yield _han(shape, low + place, form, vocabulary.chinese[form], slip)
        loose = place + len(form)
    yield from _loose(shape, low, run, loose, len(run))


def _forms(run: str, vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """The known forms of a run with their places, at each place the longest."""
    found: list[tuple[int, str]] = []
    place = 0
    while place < len(run):
        form = _longest(run, place, vocabulary)
        if form:
            found.append((place, form))
        place += len(form) or 1
    return found


def _longest(run: str, place: int, vocabulary: Vocabulary) -> str:
    for size in vocabulary.sizes.get(run[place], ()):
        if (form := run[place : place + size]) in vocabulary.chinese:
            return form
    return ""


def _han(shape: Plain, low: int, text: str, sense: Sense, slip: str = "") -> Item:
    start, end = shape.places[low], shape.places[low + len(text) - 1] + 1
    role = "zero" if text in ZEROS else sense.role
    return Item(
        sense.keys, role, start, end, text, sense.weight, sense.sign, sense.quantity, slip, sense.own, sense.kind
    )


def _loose(shape: Plain, low: int, run: str, start: int, end: int) -> Iterator[Item]:
    """A stretch of no known form: each pair of characters counts, together as much as half their number."""
    text = run[start:end]
    if not text:
        return
    if len(text) == 1:
        yield Item((text,), "", shape.places[low + start], shape.places[low + start] + 1, text, 0.25, own=(text,))
        return
    weight = len(text) / 2 / (len(text) - 1)
    for at in range(len(text) - 1):
        first = shape.places[low + start + at]
        yield Item(
            (text[at : at + 2],),
            "",
            first,
            shape.places[low + start + at + 1] + 1,
            text[at : at + 2],
            weight,
            own=(text[at : at + 2],),
        )


def mended(run: str, forms: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> tuple[str, dict[int, str]]:
    """A Chinese run with characters typed for alike ones put right: the run, and by the places put right what was meant there.

    Only characters that belong to no known word of two or more are changed.
    """
    known = {place + at for place, form in forms if len(form) > 1 for at in range(len(form))}
    loose = [place not in known for place in range(len(run))]
    slips: dict[int, str] = {}
    if not any(loose):
        return run, slips
    key = run.translate(lookalikes())
    pieces: list[str] = []
    place = 0
    while place < len(run):
        meant = _meant(run, key, place, loose, vocabulary) if True in loose[place : place + LONGEST_MENDED] else ""
        slips.update(dict.fromkeys(range(place, place + len(meant)), meant))
        pieces.append(meant or run[place])
        place += len(pieces[-1])
    return "".join(pieces), slips


def _meant(run: str, key: str, place: int, loose: Sequence[bool], vocabulary: Vocabulary) -> str:
    """The longest form that is meant here; empty where what stands here is a form itself or too much differs."""
    most = min(LONGEST_MENDED, len(run) - place)
    for size in vocabulary.alike_sizes.get(key[place], ()):
        for form in vocabulary.alike.get(key[place : place + size], ()) if size <= most else ():
            differ = [at for at in range(size) if form[at] != run[place + at]]
            if differ and len(differ) <= max(1, size // 2) and all(loose[place + at] for at in differ):
                return form
    return ""
