"""How a question is named in an answer file: ``4``, ``4a``, ``Q4``, ``第4题``, or its id; and the words of a sheet's head."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from quizcnn.services.exams.sheets import WHOLE, Key

HEADS: Mapping[str, str] = {
    "paper": "code", "paper code": "code", "code": "code", "试卷": "code", "试卷编号": "code", "编号": "code",
    "name": "name", "person": "name", "student": "name", "姓名": "name", "考生": "name",
    "version": "letter", "版本": "letter", "卷别": "letter",
    "date": "date", "日期": "date",
}  # fmt: skip
"""The words of a head and what they give; the date is not kept."""
_NAMED = re.compile(r"(?:q(?:uestion)?\s*|第\s*)?([0-9]{1,3})\s*题?\s*[.\-(]?\s*([a-z])?\s*\)?", re.IGNORECASE)


def fold_head(text: str) -> str:
    """A word of a head or a column as it is looked up."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def read_key(text: str) -> tuple[Key, str] | None:
    """The question and the part that a key or a column names; None for an empty one. What is no number is an id."""
    folded = fold_head(text)
    if not folded:
        return None
    found = _NAMED.fullmatch(folded)
    if found:
        return int(found[1]), found[2] or WHOLE
    return folded, WHOLE
