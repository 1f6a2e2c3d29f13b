"""All known forms, functional ones and those of a lexicon, ready to be found in a text: the longest that fits is read.

A form that several entries claim carries the concepts of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from quizcnn.grading.keypoints import chinese, english
from quizcnn.grading.keypoints.lexicon import Entry, Lexicon
from quizcnn.grading.keypoints.normal import lookalikes, plain, stem

TOKEN = re.compile(r"n't\b|\d+(?:\.\d+)?(?:x\d+)*%?|[a-z]+(?:\d[a-z0-9]*)?|[\u3400-\u9fff]+|->|\^2|[^\s\w]|\n|\w")


class Sense(NamedTuple):
    """What a form means. ``sign`` is that of a direction, ``quantity`` what it moves by itself."""

    keys: tuple[str, ...] = ()
    role: str = ""
    sign: int = 0
    quantity: str = ""
    weight: float = 1.0
    own: tuple[str, ...] = ()
    """The concepts named, without those that they imply."""
    kind: str = ""


ENGLISH_ROLES: tuple[tuple[str, Iterable[str], int], ...] = (
    ("denial", english.DENIALS, 0), ("denied", english.DENIED, 0), ("report", english.REPORTS, 0), ("doubt", english.DOUBTS, 0),
    ("retract", english.RETRACTIONS, 0), ("correct", english.CORRECTIONS, 0), ("glue", english.NOT_NEGATORS, 0), ("than", english.THAN, 0),
    ("divide", english.DIVIDES, 0),
    ("without", english.WITHOUT, 0), ("negator", english.NEGATORS, 0), ("same", english.SAME, 0), ("change", english.CHANGES, 0), ("up-verb", english.UP_VERBS, 1), ("up", english.UP_ADJECTIVES, 1),
    ("down-verb", english.DOWN_VERBS, -1), ("down", english.DOWN_ADJECTIVES, -1), ("split", english.CONNECTORS, 0), ("if", english.CONDITIONS, 0),
    ("link", english.LINKS, 0), ("pronoun", english.PRONOUNS, 0), ("predicate", english.AUXILIARIES, 0), ("glue", english.GLUE, 0),
)  # fmt: skip
CHINESE_ROLES: tuple[tuple[str, Iterable[str], int], ...] = (
    ("denial", chinese.DENIALS, 0), ("denied", chinese.DENIED, 0), ("report", chinese.REPORTS, 0), ("doubt", chinese.DOUBTS, 0),
    ("retract", chinese.RETRACTIONS, 0), ("correct", chinese.CORRECTIONS, 0), ("without", chinese.WITHOUT, 0), ("glue", chinese.NOT_NEGATORS, 0), ("than", chinese.THAN, 0),
    ("divide", chinese.DIVIDES, 0), ("same", chinese.SAME, 0), ("negator", chinese.NEGATORS, 0), ("change", chinese.CHANGES, 0), ("up-verb", chinese.UP_VERBS, 1), ("up", chinese.UP_ADJECTIVES, 1),
    ("down-verb", chinese.DOWN_VERBS, -1), ("down", chinese.DOWN_ADJECTIVES, -1), ("split", chinese.CONNECTORS, 0), ("if", chinese.CONDITIONS, 0),
    ("link", chinese.LINKS, 0), ("predicate", chinese.PREDICATES, 0), ("glue", chinese.GLUE, 0), ("glue", chinese.HEDGES, 0),
)  # fmt: skip
WEIGHTS = {"quantifier": 0.5}
LIGHT = frozenset(
    [
        "number_count",
        "size",
        "use",
        "need",
        "compute",
        "cause",
        "output",
        "input",
        "same_way",
        "first_then",
        "afterwards",
        "many",
        "any",
        "each",
        "contain",
        "network",
        "image",
        "length_quantity",
        "quality",
        "layer",
        "value",
        "estimate",
        "output_size",
        "input_size",
        "symbol_grows",
        "sample",
        "model",
        "only",
        "detector",
        "object",
        "pass_act",
        "any",
        "scalar",
        "statistics",
        "feature",
        "add_more",
    ]
)
"""Concepts that a claim can do without."""
LIGHT_WEIGHT = 0.3


def tokens_of(text: str) -> list[str]:
    """The tokens of a plain text."""
    return [text[low:high] for low, high in spans_of(text)]


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the tokens of a plain text stand: "don't" is two, quotation marks and hyphens in words are none."""
    for match in TOKEN.finditer(text):
        piece, low, high = match[0], match.start(), match.end()
        if piece == "." and low and text[low - 1].isalpha() and text[high : high + 1].isalpha():
            # A name of code: model.eval().
            continue
        if piece.endswith("n") and text.startswith("'t", high) and len(piece) > 1:
            yield low, high - 1
            yield high - 1, high + 2
        elif (piece == "'" and low and text[low - 1].isalnum() and not text[high : high + 1].isalpha()) or not (
            piece in ("'", '"')
            or (piece == "t" and low and text[low - 1] == "'")
            or (piece == "-" and text[low - 1 : low].isalnum())
        ):
            yield low, high


class Vocabulary:
    """The forms of both languages over one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.english: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
        self.chinese: dict[str, Sense] = {}
        senses: dict[tuple[str, ...], Sense] = {}
        for words, sense in self._english_forms():
            senses[words] = _joined(senses.get(words), sense)
        for words, sense in senses.items():
            self.english.setdefault(words[0], []).append((words, sense))
        for forms in self.english.values():
            forms.sort(key=lambda form: -len(form[0]))
        for text, sense in self._chinese_forms():
            self.chinese[text] = _joined(self.chinese.get(text), sense)
        self.sizes = _sizes(self.chinese)
        self.known = frozenset(word for words in senses for word in words) | {stem(word) for word in english.COMMON}

    def _english_forms(self) -> Iterator[tuple[tuple[str, ...], Sense]]:
        for role, forms, sign in ENGLISH_ROLES:
            for form in forms:
                yield self.words(form), Sense(role=role, sign=sign)
        for entry in self.lexicon.entries:
            sense = self._sense(entry)
            for form in entry.en:
                yield self.words(form), sense
            for form in entry.zh:
                if not _CHINESE.search(form):
                    yield self.words(form), sense

    def _chinese_forms(self) -> Iterator[tuple[str, Sense]]:
        for role, forms, sign in CHINESE_ROLES:
            for form in forms:
                yield form, Sense(role=role, sign=sign)
        for entry in self.lexicon.entries:
            sense = self._sense(entry)
            for form in entry.zh:
                if _CHINESE.search(form):
                    yield plain(form).text.replace(" ", ""), sense

    def _sense(self, entry: Entry) -> Sense:
        keys = self.lexicon.implied[entry.id]
        weight = LIGHT_WEIGHT if entry.id in LIGHT else WEIGHTS.get(entry.kind, 1.0)
        if entry.up or entry.down:
            quantity = entry.up or entry.down
            return Sense(
                keys, "up" if entry.up else "down", 1 if entry.up else -1, quantity, weight, (entry.id,), entry.kind
            )
        return Sense(keys, weight=weight, own=(entry.id,), kind=entry.kind)

    @staticmethod
    def words(form: str) -> tuple[str, ...]:
        """The stems of a form's tokens."""
        return tuple(
            stem(word) for word in tokens_of(plain(form).text.replace("-", " ") if form not in ("-", "->") else form)
        )

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        """Every Latin word of five letters or more that may be misspelt, by its first letter."""
        found: dict[str, set[str]] = {}
        for entry in self.lexicon.entries:
            for form in (*entry.en, *entry.zh):
                for word in tokens_of(form.lower()):
                    if len(word) > 3 and word.isalpha() and word.isascii():
                        found.setdefault(word[0], set()).add(word)
        for role, forms, _ in ENGLISH_ROLES:
            if role in ("up", "down", "up-verb", "down-verb", "same", "negator"):
                for word in (word for form in forms for word in form.split()):
                    if len(word) > 3 and word.isalpha():
                        found.setdefault(word[0], set()).add(word)
        return {initial: sorted(words) for initial, words in found.items()}

    def corrected(self, word: str) -> str:
        """The known word of which ``word`` is a slip; itself where it is known, or near to none."""
        return _corrected(self, word)

    def nearest(self, word: str) -> str:
        """The nearest word within the edits that its length allows; empty where there is none."""
        from rapidfuzz.distance import OSA

        allowed = 1 if len(word) <= 7 else 2
        best, least = "", allowed + 1
        initials = word[0] if word[0] == word[1] else word[:2]
        for initial in initials:
            for other in self._by_initial.get(initial, ()):
                if abs(len(other) - len(word)) >= least or (initial != word[0] and other[1] != word[0]):
                    continue
                distance = OSA.distance(word, other, score_cutoff=least - 1)
                if distance < least:
                    best, least = other, distance
        return best

    @cached_property
    def alike_sizes(self) -> dict[str, tuple[int, ...]]:
        return _sizes(self.alike)

    @cached_property
    def alike(self) -> dict[str, list[str]]:
        """Chinese forms of the lexicon by their form in look-alikes, for slips of the input method."""
        table = lookalikes()
        found: dict[str, list[str]] = {}
        for entry in self.lexicon.entries:
            for form in entry.zh:
                if len(form) > 1 and all("\u3400" <= letter <= "\u9fff" for letter in form):
                    found.setdefault(form.translate(table), []).append(form)
        return found


def _sizes(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By the first character the lengths of the forms that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for form in forms:
        found.setdefault(form[0], set()).add(len(form))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


_CHINESE = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=50_000)
def _corrected(vocabulary: Vocabulary, word: str) -> str:
    if (
        len(word) < 4
        or not (word.isalpha() and word.isascii())
        or stem(word) in vocabulary.known
        or word in english.COMMON
    ):
        return word
    return vocabulary.nearest(word) or word


def _joined(known: Sense | None, sense: Sense) -> Sense:
    """Two senses of one form: the first role stays, the concepts come together."""
    if known is None:
        return sense
    keys = (*known.keys, *(key for key in sense.keys if key not in known.keys))
    own = (*known.own, *(key for key in sense.own if key not in known.own))
    loaded = bool(sense.quantity) and not known.quantity
    role = sense.role if loaded and not known.sign else known.role or sense.role
    weight = max(known.weight, sense.weight) if known.keys else sense.weight
    return Sense(
        keys, role, known.sign or sense.sign, known.quantity or sense.quantity, weight, own, known.kind or sense.kind
    )
