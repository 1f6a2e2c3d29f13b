"""Tables of a formula on one line: matrices as ``[[a, b], [c, d]]``, case distinctions as ``{x if x > 0; 0 otherwise}``."""

from __future__ import annotations

Cells = tuple[tuple[str, ...], ...]
CONDITION_WORDS = frozenset({"if", "for", "when", "otherwise", "else", "where", "unless"})
FIRST_WIDE = "\u2e80"
"""From here on characters are Chinese: a condition that is worded in Chinese needs no "if"."""


def lay_out_matrix(cells: Cells) -> str:
    """A matrix row by row; one column stands as the transpose of a row."""
    if len(cells) > 1 and all(len(row) == 1 for row in cells):
        return "[" + ", ".join(row[0] for row in cells) + "]ᵀ"
    return "[" + ", ".join("[" + ", ".join(row) + "]" for row in cells) + "]"


def lay_out_cases(cells: Cells) -> str:
    return "{" + "; ".join(_case(row) for row in cells) + "}"


def _case(row: tuple[str, ...]) -> str:
    value, *conditions = row
    condition = " ".join(part for part in conditions if part)
    worded = condition.split(" ")[0].rstrip(",") in CONDITION_WORDS or condition[:1] >= FIRST_WIDE
    return f"{value} {condition}".rstrip() if worded or not condition else f"{value} if {condition}"
