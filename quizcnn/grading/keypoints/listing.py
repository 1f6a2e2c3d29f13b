"""References that are lists, and words that turn what is said: what a reference answer asks beyond its single words.

A list is one sentence whose items are parted in one way; an item is had or not had, so that its score is a share and no root of one.
Opposites are everyday pairs of both languages; the terms of the field have theirs in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_INNER_END = re.compile(r"[。!?！？\n]|\.(?=[\s\u3400-\u9fff])")
_INTRODUCED = re.compile(r"[:：]|—+|--|包括|分为")
_HAN = re.compile(r"[\u3400-\u9fff]")
_JOINED = re.compile(r"[\u3400-\u9fff][和及与][\u3400-\u9fff]")

_PAIRS = """大 小/多 少/高 低/长 短/快 慢/强 弱/有 无/静 动/先 后/前 后/左 右/上 下/升 降/增 减/优 缺/内 外/难 易/同 异/开 闭/首 尾
more less/more fewer/increase decrease/higher lower/high low/large small/larger smaller/first last/open closed/left right/before after/
best worst/minimum maximum/smallest largest/connected disconnected/always never/faster slower/positive negative/same different/
beginning end/front rear/top bottom/dynamic static/explicit implicit/private public/internal external/series parallel"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS.replace("\n", "/").split("/"):
        if pair:
            one, other = pair.split()
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()


def is_turned(wanted: Collection[str], typed: Collection[str]) -> bool:
    """Whether a wanted word is not typed but its opposite is."""
    return any(word not in typed and not OPPOSITES[word].isdisjoint(typed) for word in wanted if word in OPPOSITES)


def listed(reference: str) -> str | None:
    """The items of a reference that is a list, without the words before them; None for prose.

    Chinese items stand between 、 or ； or commas, not both, or are joined by 和; English ones follow a colon.
    """
    text = reference.strip().rstrip("。.;；!！ ")
    if _INNER_END.search(text):
        return None
    *before, items = _INTRODUCED.split(text)
    if not _HAN.search(text):
        return items if before and re.search(r"[,;]", items) else None
    commas, marks = bool(re.search(r"[，,]", items)), bool(re.search(r"[、；;]", items))
    if commas and marks:
        return None
    return items if commas or marks or _JOINED.search(items) else None
