"""How a text of the bank is cut: running text, code spans, mathematics, and the ``{name}`` placeholders in the first two."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECES = re.compile(r"(```.*?```|`[^`]*`|\$[^$]*\$)", re.S)
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(:table)?\}")


@lru_cache(maxsize=4096)
def pieces(template: str) -> tuple[str, ...]:
    """The text cut into running text, code spans and mathematics, in order."""
    return tuple(piece for piece in _PIECES.split(template) if piece)


@lru_cache(maxsize=4096)
def placeholders(template: str) -> tuple[str, ...]:
    """The names that are filled with a variant's numbers."""
    return tuple(
        found[1] for piece in pieces(template) if not piece.startswith("$") for found in PLACEHOLDER.finditer(piece)
    )


def code_spans(template: str) -> tuple[str, ...]:
    """The code spans, without their backticks."""
    return tuple(piece.strip("`").strip() for piece in pieces(template) if piece.startswith("`"))


def running_text(template: str) -> str:
    """The text with every code span and formula replaced by one space-free mark, as prose rules see it."""
    return "".join("\0" if piece[0] in "`$" else piece for piece in pieces(template))
