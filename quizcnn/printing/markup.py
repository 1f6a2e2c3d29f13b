"""Building HTML: text is escaped where it becomes markup, and nothing else becomes markup.

``Html`` is its own type, so that the checker refuses plain text where markup is wanted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NewType

from quizcnn.printing.plain import clean

Html = NewType("Html", str)
NOTHING = Html("")
VOID = frozenset({"br", "meta", "wbr"})
_BREAKS = re.compile(r"(?<=[(,=/])(?=[^ ])")
_CSS_SAFE = re.compile(r"[^A-Za-z0-9 ]")


def text(value: str) -> Html:
    """``value`` as a reader of HTML shows it, letter for letter."""
    return Html(html.escape(clean(value), quote=True))


def tag(element: str, /, *content: Html, **attributes: str | None) -> Html:
    """An element. Attributes are plain text; ``class_`` is ``class``, ``aria_label`` is ``aria-label``; None is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{element}{given}>" if element in VOID else f"<{element}{given}>{''.join(content)}</{element}>")


def joined(parts: Iterable[Html]) -> Html:
    return Html("".join(parts))


def breakable_code(value: str) -> Html:
    """Code with places where a line may break, after brackets and commas."""
    return Html(str(tag("wbr")).join(text(piece) for piece in _BREAKS.split(clean(value))))


def css_string(value: str) -> str:
    """``value`` as a string of a style sheet: whatever could end the string or the sheet is written by its number."""
    return '"' + _CSS_SAFE.sub(lambda found: f"\\{ord(found[0]):x} ", clean(value)) + '"'
