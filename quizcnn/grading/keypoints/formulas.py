"""A formula in running text: alike up to spacing, signs of multiplication, and the order of sums and products."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quizcnn.grading.keypoints.items import Item
from quizcnn.grading.keypoints.normal import plain

_PART = re.compile(r"[a-z][a-z0-9]*'?|\d+(?:\.\d+)?|[-+*/=()^]")


@lru_cache(maxsize=2048)
def normal_form(text: str) -> str:
    """The sides of an equation, the terms of a sum and the factors of a product in one order."""
    pieces = _PART.findall(
        plain(text).text.replace("x", "*") if "*" not in text and re.search(r"\dx", text) else plain(text).text
    )
    return _sorted("".join(pieces))


def _sorted(text: str) -> str:
    for sign in "=+*":
        parts = _split(text, sign)
        if len(parts) > 1:
            return sign.join(sorted(_sorted(part) for part in parts))
    if text.startswith("(") and text.endswith(")") and len(_split(text[1:-1], ")")) == 1:
        return f"({_sorted(text[1:-1])})"
    return text


def _split(text: str, sign: str) -> list[str]:
    """Parts at a sign outside brackets."""
    found, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == sign and depth == 0:
            found.append(text[start:place])
            start = place + 1
    return [*found, text[start:]]


def formula_in(items: Sequence[Item], wanted: str) -> tuple[Item, ...]:
    """The items that write the formula; none where they do not."""
    target = normal_form(wanted)
    signs = frozenset(target) - {"*"}
    texts = [item.text.replace(" ", "") for item in items]
    if not signs.issubset("".join(texts)):
        return ()
    least = len(_PART.findall(plain(wanted).text))
    for start in range(len(items)):
        joined = ""
        for end in range(start, min(len(items), start + 2 * least + 2)):
            if not _PART.match(texts[end]) and texts[end] != "'":
                break
            joined += texts[end]
            if len(joined) >= len(target) - 2 and signs.issubset(joined) and normal_form(joined) == target:
                return tuple(items[start : end + 1])
    return ()
