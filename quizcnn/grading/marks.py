"""Numbers and letters that stand for rows: options of a choice, items to order, sides to match."""

from __future__ import annotations

import re

from quizcnn.grading.base import Invalid
from quizcnn.grading.reading.normalize import fold
from quizcnn.text import Text

MAX_LENGTH = 200
_SEPARATORS = re.compile(r"(?:[\s,;>/|&+.]|(?<=\w)-+>?|=+>|→|和|与|and\b)+")
_LETTERS = re.compile("[a-z]+")
_DIGITS = re.compile("[1-9]+")


def split_marks(text: str, count: int) -> list[str] | Invalid:
    """The marks in ``text``, lower case: ``1 3``, ``a, c``, ``2>4>1>3``; run together (``ac``, ``2413``) where no mark has two characters."""
    if len(text) > MAX_LENGTH:
        return Invalid(Text("it is too long", "太长"))
    folded = fold(text).strip("()[]{}. ")
    parts = [part.strip("()[]") for part in _SEPARATORS.split(folded) if part.strip("()[]")]
    if len(parts) == 1 and len(parts[0]) > 1 and _runs_together(parts[0], count):
        return list(parts[0])
    return parts


def _runs_together(part: str, count: int) -> bool:
    return bool(_LETTERS.fullmatch(part)) or (count < 10 and bool(_DIGITS.fullmatch(part)))


def place_of(mark: str, count: int) -> int | None:
    """The row (from 0) that a number or a letter stands for; None where there is no such row."""
    if mark.isascii() and mark.isdigit() and len(mark) < 4:
        place = int(mark) - 1
    elif len(mark) == 1 and "a" <= mark <= "z":
        place = ord(mark) - ord("a")
    else:
        return None
    return place if 0 <= place < count else None


def letter(place: int) -> str:
    """The letter of a row (from 0)."""
    return chr(ord("a") + place)


def ordinal_list(places: tuple[int, ...]) -> str:
    """Rows (from 0) as they are typed: ``1 3``."""
    return " ".join(str(place + 1) for place in places)
