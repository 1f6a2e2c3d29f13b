"""A typed answer beside a reference answer: a soft score, and the reference's clauses as derived points (feedback only).

    score = .55 sqrt(R) + .15 character n-grams + .10 sqrt(word pairs kept) + .20 sqrt(length ratio), at most 1

R is the share of the reference's word weight that the answer holds, minus what it says with the other polarity. Words copied from the
question in runs are taken out of both, single ones weigh a quarter. Nothing but the texts of one call enters, in text order, so that a
score is alike on every run.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quizcnn.grading.keypoints.clauses import read_clauses
from quizcnn.grading.keypoints.english import AUXILIARIES, GLUE, NEGATORS, PRONOUNS
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.normal import plain, stem
from quizcnn.grading.keypoints.view import same_word

NEGATORS_EN = frozenset(NEGATORS)
STOP_EN = frozenset({*GLUE, *AUXILIARIES, *PRONOUNS, "and", "or", "but", "if", "so", "than", "because"})

QUESTION_SHARE = 0.25
COPIED_WORDS = 3
COPIED_CHARACTERS = 3
"""Two characters and their pair."""
NEAR = 3
DERIVED_HIT = 0.6
FOREIGN_RECALL, FOREIGN_PRECISION = 0.05, 0.15


_PIECE = re.compile(r"n't|[0-9]+(?:\.[0-9]+)?%?|[a-z][a-z0-9]*|[\u3400-\u9fff]+")
_FUNCTION = frozenset("的了是在和与或把被就都也还这那它其个种之所及等")


@dataclass(frozen=True, slots=True)
class Word:
    """A stem, a Chinese character or a pair of them, whether a negator stands just before it, and its weight."""

    key: str
    text: str
    denied: bool
    weight: float


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order, without stop words."""
    found: list[Word] = []
    reach = 0
    for piece in _PIECE.findall(plain(text).text):
        if "\u3400" <= piece[0] <= "\u9fff":
            found += _chinese(piece)
            continue
        root = stem(piece)
        if piece in NEGATORS_EN or root in NEGATORS_EN:
            reach = NEAR
            continue
        if piece in STOP_EN:
            continue
        found.append(Word(root, piece, reach > 0, 1.0))
        reach -= 1
    return tuple(found)


def _chinese(run: str) -> list[Word]:
    """Characters at half weight and pairs at full; those just after a negator are denied."""
    found: list[Word] = []
    for at, character in enumerate(run):
        denied = any(before in _NEGATING for before in run[max(0, at - NEAR) : at])
        if character not in _FUNCTION:
            found.append(Word(character, character, denied, 0.5))
        if at + 1 < len(run):
            found.append(Word(run[at : at + 2], run[at : at + 2], denied, 1.0))
    return found


_NEGATING = frozenset("不没无未非")


def score_reference(question: str, reference: str, answer: str, lexicon: Lexicon) -> float:
    """How much of the reference the answer says, 0..1, six digits."""
    asked = tuple(word.key for word in words_of(question))
    keys = frozenset(asked)
    expected, typed = _without_copies(words_of(reference), asked), _without_copies(words_of(answer), asked)
    if not any(word.key not in keys for word in expected):
        expected = words_of(reference)
    if not any(word.key not in keys for word in typed):
        return 0.0
    recall, held = _recall(expected, typed, keys)
    ratio = min(1.0, len(typed) / len(expected)) if expected else 0.0
    pairs = _pairs_kept(expected, typed)
    grams = _cosine(plain(reference).text, plain(answer).text)
    score = 0.55 * math.sqrt(recall) + 0.15 * grams + 0.10 * math.sqrt(pairs) + 0.20 * math.sqrt(ratio)
    precision = held / len(typed)
    score *= min(1.0, recall / FOREIGN_RECALL) * min(1.0, precision / FOREIGN_PRECISION)
    return round(min(1.0, score), 6)


def _without_copies(words: tuple[Word, ...], asked: tuple[str, ...]) -> tuple[Word, ...]:
    """The words without runs that stand so in the question: three words, or two characters."""
    copied: set[int] = set()
    for size, chinese in ((COPIED_WORDS, False), (COPIED_CHARACTERS, True)):
        runs = {asked[at : at + size] for at in range(len(asked) - size + 1)}
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            if run[0].text.isascii() is not chinese and tuple(word.key for word in run) in runs:
                copied.update(range(at, at + size))
    return tuple(word for at, word in enumerate(words) if at not in copied)


def _recall(expected: Sequence[Word], typed: Sequence[Word], asked: frozenset[str]) -> tuple[float, int]:
    """The weighted share of the reference that is held, and how many typed words hold it."""
    total = held = 0.0
    used: set[int] = set()
    for word in expected:
        weight = word.weight * (QUESTION_SHARE if word.key in asked else 1.0)
        total += weight
        worth, place = _aligned(word, typed)
        if place is None:
            continue
        used.add(place)
        held += 0 if typed[place].denied != word.denied else weight * worth
    return (max(0.0, held / total) if total else 0.0), len(used)


def _aligned(word: Word, typed: Sequence[Word]) -> tuple[float, int | None]:
    best: tuple[float, int | None] = (0.0, None)
    for place, other in enumerate(typed):
        worth = 1.0 if other.key == word.key else 0.85 if same_word(word.text, other.text) else 0.0
        if worth > best[0]:
            best = (worth, place)
        if worth == 1.0 and other.denied == word.denied:
            return 1.0, place
    return best


def _pairs_kept(expected: Sequence[Word], typed: Sequence[Word]) -> float:
    """Of the reference's pairs of words within three places, the share that stands so near in the answer."""
    wanted = _near_pairs(expected)
    if not wanted:
        return 0.0
    kept = set(_near_pairs(typed))
    return sum(pair in kept for pair in wanted) / len(wanted)


def _near_pairs(words: Sequence[Word]) -> list[tuple[str, str]]:
    keys = [word.key for word in words]
    pairs = [(min(a, b), max(a, b)) for at, a in enumerate(keys) for b in keys[at + 1 : at + 1 + NEAR] if a != b]
    return list(dict.fromkeys(pairs))


def _cosine(reference: str, answer: str) -> float:
    """Cosine of character n-gram counts (2 to 4 letters)."""
    a, b = _grams(reference), _grams(answer)
    common = sum(count * b[gram] for gram, count in a.items() if gram in b)
    norm = math.sqrt(sum(count * count for count in a.values()) * sum(count * count for count in b.values()))
    return common / norm if norm else 0.0


@lru_cache(maxsize=256)
def _grams(text: str) -> dict[str, int]:
    text = " ".join(text.split())
    found: dict[str, int] = {}
    for size in (2, 3, 4):
        for at in range(len(text) - size + 1):
            gram = text[at : at + size]
            found[gram] = found.get(gram, 0) + 1
    return found


def derived_points(question: str, reference: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The clauses of a reference that say something beyond the question."""
    asked = {word.key for word in words_of(question)}
    found = []
    for clause in read_clauses(reference, lexicon):
        sentence = reference[clause.start : clause.end].strip(" ,;:.!?，。；：！？\n")
        if any(word.key not in asked for word in words_of(sentence)):
            found.append(sentence)
    return tuple(dict.fromkeys(found)) or (reference.strip(),)
