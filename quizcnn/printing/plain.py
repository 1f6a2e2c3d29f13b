"""What any text must lose before it is printed: control, private and unassigned characters, and those that turn its direction.

Texts of the bank, of imported files and of people count as hostile alike. U+202E prints ``txt.exe`` as ``exe.txt``; a vertical tab
breaks XML.
"""

from __future__ import annotations

import unicodedata

DROPPED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
KEPT = frozenset("\n")
MAX_TEXT = 20_000


def clean(text: str) -> str:
    """``text`` without what must not be printed, tabs as blanks, at most ``MAX_TEXT`` characters."""
    if text.isascii() and text.isprintable() and len(text) <= MAX_TEXT:
        return text
    text = text[:MAX_TEXT].replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in KEPT or unicodedata.category(char) not in DROPPED)
