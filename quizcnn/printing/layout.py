"""How an exam is printed: format, size of the sheets, room to write, where the answer sheet goes, large print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from quizcnn.printing.document import Paper

Format: TypeAlias = Literal["pdf", "html", "docx", "md"]
PaperLang: TypeAlias = Literal["en", "zh", "both"]
Size: TypeAlias = Literal["a4", "letter"]
SheetPlace: TypeAlias = Literal["last", "separate", "none"]
Space: TypeAlias = Literal["tight", "normal", "half-page"]
SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of the sheets in millimetres."""
LARGE, NORMAL, NORMAL_ZH = 16.0, 11.0, 10.5
"""Type in points: large print, and a paper of each language (五号 for Chinese)."""
KEY_SMALLER = 1.0
"""By so many points the type of a key is smaller."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an exam is printed. ``sheet``: the answer sheet as the last leaf, as a file of its own, or not at all.

    ``duplex`` pads papers to an even number of pages and begins the sheet on a leaf of its own; ``large`` is large print in one
    column; ``seal`` gives odd pages the Chinese binding margin.
    """

    form: Format
    size: Size = "a4"
    space: Space = "normal"
    sheet: SheetPlace = "last"
    duplex: bool = False
    large: bool = False
    seal: bool = False


def type_size(paper: Paper, layout: Layout) -> float:
    """The size of the type of a document in points."""
    size = LARGE if layout.large else NORMAL_ZH if paper.lang == "zh" else NORMAL
    return size - (KEY_SMALLER if paper.kind == "key" else 0)


def scale(layout: Layout) -> float:
    """By how much what is drawn and written on is larger in large print."""
    return LARGE / NORMAL if layout.large else 1.0
