"""A typed answer beside a reference answer: a soft score, and the reference's clauses as derived points (feedback only).

    whole = .50 sqrt(R) + .25 character n-grams + .05 sqrt(word pairs kept) + .20 sqrt(length ratio)
    score = .65 whole + .35 (mean over the reference's parts of the share that is held) ** .55, at most 1
    list  = .30 whole + .70 mean over its items of the share that is held, nothing below a third of an item

R is the share of the reference's word weight that the answer holds with the same polarity. A part holds a word on the same terms, and
nothing if a word is turned into its opposite; a word of several items tells them apart so much less. Words copied from the question
in runs are taken out of both, single ones weigh a twentieth. A guard scales down what looks like an answer to another question.
Nothing but the texts of one call enters, in text order, so that a score is alike on every run.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quizcnn.grading.keypoints.alignment import Asked, Typed, Word, is_new
from quizcnn.grading.keypoints.clauses import read_clauses
from quizcnn.grading.keypoints.everyday import DENIED_BY_PREFIX
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.listing import is_turned, listed
from quizcnn.grading.keypoints.normal import plain, stem

TEXTS = 64
"""Texts that are remembered: the references of a batch, whose answers may be long."""
QUESTION_SHARE = 0.05
COPIED_WORDS, COPIED_CHARACTERS = 3, 3
SINGLE = 0.5
"""The weight of a Chinese character beside that of a pair."""
NEAR = 3
DENIED_WORDS = 2
"""English words with a meaning of their own that a negator reaches, up to the next clause."""
PARTS_SHARE, PARTS_POWER = 0.35, 0.55
LIST_SHARE, LEAST_OF_ITEM = 0.70, 0.34
LONGEST_ITEM = 14
"""Words, two Chinese characters for one; what is longer is prose."""
FOREIGN_RECALL, FOREIGN_PRECISION = 0.10, 0.15
CHANCE_WORDS, BY_CHANCE = 4, 0.7
"""Where both texts have more than twice as many words, fewer words in common may be chance."""

_PIECE = re.compile(r"n't|\d+(?:\.\d+)?|[a-z][a-z0-9]*|[\u3400-\u9fff]")
_PARTS = re.compile(r"[、，。；;,.!?！？：:（）()\n]+|(?<=[\u3400-\u9fff])[和与及](?=[\u3400-\u9fff])")
_FUNCTION = frozenset("的了是在和与或把被就都也还这那它其个种之所及等")
_NEGATORS = frozenset("not n't no never without cannot neither nor none nothing 不 没 无 未 非".split())  # noqa: SIM905
_CLAUSE_OPENERS = frozenset({"but", "so", "because", "while", "then"})
_STOP = frozenset(
    """a an the this that these those it its they them their there is are was were be been being am do does did have has had having will
    would can could may might must should shall to of in on at by for from with as and or if then so than also just very such which who whom
    whose what when where how because since while during through into onto out about between per i we you he she his her our your my me us
    s t re ve ll""".split()  # noqa: SIM905
)


@lru_cache(maxsize=TEXTS)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(re.sub(r"([a-z])n't\b", r"\1 n't", plain(text).text.replace("cannot", "can not"))))


def _is_han(token: str) -> bool:
    return "\u3400" <= token[0] <= "\u9fff"


def _words(tokens: Sequence[str]) -> tuple[Word, ...]:
    """The words of tokens in order, without stop words; an empty token is a gap."""
    found: list[Word] = []
    reach, negated = 0, -NEAR - 1
    for at, token in enumerate(tokens):
        if not token:
            continue
        if _is_han(token):
            denied = at - negated <= NEAR
            if token not in _FUNCTION:
                found.append(Word(token, token, denied, SINGLE))
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            if after and _is_han(after):
                found.append(Word(token + after, token + after, denied, 1.0))
        elif token in _CLAUSE_OPENERS:
            reach = 0
        elif token in _NEGATORS:
            reach = DENIED_WORDS
        elif token not in _STOP:
            base = DENIED_BY_PREFIX.get(token, token)
            found.append(Word(stem(base), base, (reach > 0) != (base != token), 1.0))
            reach -= 1
        if token in _NEGATORS:
            negated = at
    return tuple(found)


@lru_cache(maxsize=TEXTS)
def _words_of(text: str) -> tuple[Word, ...]:
    return _words(_tokens(text))


@lru_cache(maxsize=1024)
def _asked(question: str) -> Asked:
    return frozenset((word.key, word.denied) for word in _words_of(question))


@lru_cache(maxsize=TEXTS)
def _without_copies(text: str, question: str) -> tuple[Word, ...]:
    """The words without runs that stand so in the question."""
    tokens, asked = _tokens(text), _tokens(question)
    copied: set[int] = set()
    for size, han in ((COPIED_WORDS, False), (COPIED_CHARACTERS, True)):
        runs = {asked[at : at + size] for at in range(len(asked) - size + 1)}
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            if run in runs and all(_is_han(token) is han for token in run):
                copied.update(range(at, at + size))
    if not copied:
        return _words_of(text)
    return _words(["" if at in copied else token for at, token in enumerate(tokens)])


def score_reference(question: str, reference: str, answer: str) -> float:
    """How much of the reference the answer says, 0..1, six digits."""
    asked = _asked(question)
    expected = _without_copies(reference, question) or _words_of(reference)
    typed = _without_copies(answer, question)
    if not any(is_new(word, asked) for word in typed):
        return 0.0
    said = _words_of(answer)
    index = Typed(said, asked)
    recall, held = _recall(expected, index if typed is said else Typed(typed, asked), asked)
    ratio = min(1.0, _weight(typed) / _weight(expected)) if expected else 0.0
    grams = _cosine(_grams(plain(reference).text), _grams(plain(answer).text))
    pairs = _pairs_kept(expected, typed)
    whole = 0.50 * math.sqrt(recall) + 0.25 * grams + 0.05 * math.sqrt(pairs) + 0.20 * math.sqrt(ratio)
    items = _items(reference, asked)
    parts = _parts_held(items or _fresh_parts(reference, asked), index, bool(items))
    share, power = (LIST_SHARE, 1.0) if items else (PARTS_SHARE, PARTS_POWER)
    score: float = (1 - share) * whole + share * parts**power
    return round(min(1.0, score * _guard(recall, held, len(expected), len(typed))), 6)


def _guard(recall: float, held: int, wanted: int, said: int) -> float:
    """A factor against answers to other questions: little of the reference, little of the answer, a few words by chance."""
    guard = min(1.0, recall / FOREIGN_RECALL) * min(1.0, held / said / FOREIGN_PRECISION)
    return guard * (BY_CHANCE if held < CHANCE_WORDS and min(wanted, said) > 2 * CHANCE_WORDS else 1.0)


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)


def _recall(expected: Sequence[Word], index: Typed, asked: Asked) -> tuple[float, int]:
    """The weighted share of the reference that is held, and how many typed words hold it."""
    total = held = 0.0
    used: set[int] = set()
    for word in expected:
        weight = word.weight * (1.0 if is_new(word, asked) else QUESTION_SHARE)
        total += weight
        worth, place, agrees = index.aligned(word)
        if place is not None:
            used.add(place)
            held += weight * worth if agrees else 0.0
    return (held / total if total else 0.0), len(used)


def _items(reference: str, asked: Asked) -> list[list[Word]]:
    """The items of a list; empty for prose."""
    items = listed(reference)
    found = _fresh_parts(items, asked) if items else []
    return found if len(found) > 1 and max(map(_size, found)) <= LONGEST_ITEM else []


def _size(words: Sequence[Word]) -> float:
    return sum(1.0 if word.text.isascii() else 0.5 for word in words if word.text.isascii() or len(word.text) == 1)


def _fresh_parts(reference: str, asked: Asked) -> list[list[Word]]:
    """The reference's parts (clauses, items of a list) without words of the question; those that have any left."""
    parts = ([word for word in part if is_new(word, asked)] for part in _parts(reference))
    return [part for part in parts if part]


def _parts_held(parts: Sequence[Sequence[Word]], index: Typed, are_items: bool) -> float:
    """The mean over parts of what is held of each."""
    if not parts:
        return 0.0
    typed = frozenset(word.text for word in index.words)
    holding = (
        Counter(key for part in parts for key in dict.fromkeys(word.key for word in part))
        if are_items
        else Counter[str]()
    )
    return sum(_part_held(part, index, typed, holding) for part in parts) / len(parts)


def _part_held(part: Sequence[Word], index: Typed, typed: frozenset[str], holding: Counter[str]) -> float:
    """The share of a part that is held; ``holding`` counts the items of a list in which a key stands."""
    found = tuple(map(index.aligned, part))
    if is_turned([word.text for word, best in zip(part, found, strict=True) if not best.agrees], typed):
        return 0.0
    weights = [word.weight / (holding[word.key] or 1) for word in part]
    held = sum(weight * best.worth for weight, best in zip(weights, found, strict=True) if best.agrees) / sum(weights)
    return 0.0 if holding and held < LEAST_OF_ITEM else held


def _parts(reference: str) -> Iterator[tuple[Word, ...]]:
    for piece in _PARTS.split(plain(reference).text):
        yield _words_of(piece)


def _pairs_kept(expected: Sequence[Word], typed: Sequence[Word]) -> float:
    """Of the reference's pairs of words within three places, the share that stands so near, as denied, in the answer."""
    wanted = dict.fromkeys(_near_pairs(expected))
    if not wanted:
        return 0.0
    kept = set(_near_pairs(typed, frozenset(key for pair in wanted for key in pair)))
    return sum(pair in kept for pair in wanted) / len(wanted)


def _near_pairs(words: Sequence[Word], among: frozenset[str] | None = None) -> Iterator[tuple[str, str]]:
    """The pairs of words within three places; of those among the given keys."""
    keys = [f"!{word.key}" if word.denied else word.key for word in words]
    for at, a in enumerate(keys):
        if among is None or a in among:
            yield from ((min(a, b), max(a, b)) for b in keys[at + 1 : at + 1 + NEAR] if a != b)


def _cosine(a: dict[str, int], b: dict[str, int]) -> float:
    common = sum(count * b[gram] for gram, count in a.items() if gram in b)
    norm = math.sqrt(sum(count * count for count in a.values()) * sum(count * count for count in b.values()))
    return common / norm if norm else 0.0


@lru_cache(maxsize=TEXTS)
def _grams(text: str) -> dict[str, int]:
    """Counts of 2 to 4 letters in a row."""
    text = " ".join(text.split())
    found: dict[str, int] = {}
    for size in (2, 3, 4):
        for at in range(len(text) - size + 1):
            gram = text[at : at + size]
            found[gram] = found.get(gram, 0) + 1
    return found


def derived_points(question: str, reference: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The clauses of a reference that say something beyond the question."""
    asked = _asked(question)
    found = []
    for clause in read_clauses(reference, lexicon):
        sentence = reference[clause.start : clause.end].strip(" ,;:.!?，。；：！？\n")
        if any(is_new(word, asked) for word in _words_of(sentence)):
            found.append(sentence)
    return tuple(dict.fromkeys(found)) or (reference.strip(),)
