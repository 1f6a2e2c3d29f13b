"""Raw text as plain text: lower case, simplified, one sign for each, every character with its place in the raw text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from quizcnn.grading.keypoints.chinese import ALIKE, SIMPLIFIED, TRADITIONAL

GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "ρ": "rho", "σ": "sigma"}  # fmt: skip
SIGNS = {
    "×": "x", "·": "*", "−": "-", "–": "-", "’": "'", "‘": "'", "＝": "=", "÷": "/", "／": "/", "`": " ", "$": " ", "_": " ",
    "→": " -> ", "⇒": " -> ", "≈": "=", "。": "。", "“": '"', "”": '"', "…": "。", "\t": " ", "\r": "\n", "∂": "d", "‖": " ", "²": "^2", "³": "^3",
}  # fmt: skip


class Plain(NamedTuple):
    """``places[i]`` is the place of character i in the raw text; one place more than characters."""

    text: str
    places: tuple[int, ...]


@cache
def _table() -> dict[int, str]:
    changes = {**GREEK, **SIGNS}
    changes.update(zip("".join(TRADITIONAL), "".join(SIMPLIFIED), strict=True))
    return str.maketrans(changes)


def plain(raw: str) -> Plain:
    """The plain form of a raw text. Compatibility forms (full width, ligatures) become their plain ones."""
    if raw.isascii():
        return Plain(raw.translate(_table()).lower(), tuple(range(len(raw) + 1)))
    pieces = [_plain_character(character) for character in raw]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return Plain("".join(pieces), (*places, len(raw)))


@lru_cache(maxsize=10_000)
def _plain_character(character: str) -> str:
    piece = character if character in "，。；：？！（）²³…" else unicodedata.normalize("NFKC", character)
    return piece.translate(_table()).lower()


@cache
def lookalikes() -> dict[int, str]:
    """The table that writes each character of a group typed for one another as the group's first."""
    found: dict[str, str] = {}
    for group in "".join(ALIKE).split():
        first = found.get(group[0], group[0])
        for character in group:
            found.setdefault(character, first)
    return str.maketrans(found)


_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ises", "izes"), ("ised", "ized"), ("ise", "ize"), ("our", "or"), ("ours", "ors"))  # fmt: skip
_OWN = ("normaliz", "generaliz", "regulariz", "initializ", "convolution", "activation", "position", "positiv", "objectiv", "averag", "universal", "identity")  # fmt: skip
_KEPT = frozenset(
    {"precise", "noise", "raise", "rise", "four", "hour", "exercise", "otherwise", "likewise", "wise", "promise"}
)
_ADVERBS = frozenset({"exponentially", "evenly"})
"""Adverbs that mean something else than their stem."""
_ENDING = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word, in American spelling; words of the field that a stemmer confuses keep their own."""
    if word in _ADVERBS or not _ENDING.fullmatch(word):
        return word
    for british, american in _BRITISH if word not in _KEPT else ():
        if word.endswith(british) and len(word) > len(british) + 3:
            word = word.removesuffix(british) + american
            break
    for own in _OWN:
        if word.startswith(own):
            return own
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
