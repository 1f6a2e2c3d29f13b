"""Building WordprocessingML: elements as strings of their own type, text escaped where it becomes markup, lengths in Word's units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType
from xml.sax.saxutils import escape

from quizcnn.printing.plain import clean

Xml = NewType("Xml", str)
EMPTY = Xml("")
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
"""The name spaces of a document, by their usual prefixes."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def el(name: str, /, *content: Xml, **attributes: str | int) -> Xml:
    """An element; an attribute ``w_val`` is ``w:val``, one without a prefix stays as it is."""
    given = "".join(f' {key.replace("_", ":", 1)}="{attribute(value)}"' for key, value in attributes.items())
    inner = "".join(content)
    return Xml(f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>")


def attribute(value: str | int) -> str:
    return escape(clean(str(value)), {'"': "&quot;", "\n": " "})


def content(value: str) -> Xml:
    """``value`` as text."""
    return Xml(escape(clean(value)))


def joined(parts: Iterable[Xml]) -> Xml:
    return Xml("".join(parts))


def root(name: str, *content: Xml, spaces: Iterable[str] = SPACES) -> str:
    """A whole part: its declaration and its root element with the name spaces."""
    declared = "".join(f' xmlns:{prefix}="{SPACES[prefix]}"' for prefix in spaces)
    return f"{DECLARATION}<{name}{declared}>{''.join(content)}</{name}>"


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def emu(points: float) -> int:
    """Units of drawings, 12,700 to a point."""
    return round(points * 12_700)
