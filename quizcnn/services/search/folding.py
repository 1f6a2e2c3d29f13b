"""Text as it is searched: letters without case, Latin words one by one, Chinese characters in runs.

Chinese has no blanks and needs no segmenter here: a run is found by its pairs of neighbouring characters. The bank's texts and what is
typed go through the same rules, so that they meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PIECES = re.compile(r"[a-z0-9]+|[㐀-䶿一-鿿豈-﫿]+")
_TIMES = re.compile(r"([0-9]) ?[×x] ?(?=[0-9])")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_ES = re.compile(r"(?:s|x|z|ch|sh)es$")
SHORTEST_PLURAL = 4


def fold(text: str) -> str:
    """Small letters, full-width letters and digits as ASCII, ``3 × 3`` as ``3x3``."""
    if not text.isascii() and _FULL_WIDTH.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _TIMES.sub(r"\1x", text.casefold())


def pieces(text: str) -> list[str]:
    """The Latin words and Chinese runs of a text, in order."""
    return _PIECES.findall(fold(text))


def is_chinese(piece: str) -> bool:
    """Whether a piece is a run of Chinese characters."""
    return piece[0] > "\u2fff"


def pairs(run: str) -> list[str]:
    """The pairs of neighbouring characters of a Chinese run; a single character stands for itself."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


@lru_cache(maxsize=256)
def forms(word: str) -> tuple[str, ...]:
    """A Latin word as typed and, where it looks like a plural, without its ending."""
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return (word,)
    return (word, word[:-2] if _ES.search(word) else word[:-1])
