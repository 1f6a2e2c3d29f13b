"""Paragraphs and tables of a Word document. A paragraph that is ``held`` stays on the page of the next one, a row is never split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizcnn.printing.ooxml import EMPTY, Xml, el, joined, twips

LINE = "4"
"""The width of a border, in eighths of a point."""
INK, FAINT = "333333", "999999"
"""The colours of borders: of what is filled in, and of lines to write on."""
SIDES = ("top", "left", "bottom", "right")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: indents and space around in millimetres and points."""

    left: float = 0.0
    hanging: float = 0.0
    before: float = 0.0
    after: float = 4.0
    align: str = ""
    held: bool = False
    tabs: tuple[tuple[float, str, str], ...] = ()
    """Stops: millimetres, how text stands at it, what leads to it."""
    style: str = ""
    own_page: bool = False

    def properties(self) -> Xml:
        stops = (el("w:tab", w_val=kind, w_leader=leader, w_pos=twips(place)) for place, kind, leader in self.tabs)
        return el(
            "w:pPr",
            el("w:pStyle", w_val=self.style) if self.style else EMPTY,
            el("w:keepNext") if self.held else EMPTY,
            el("w:keepLines"),
            el("w:pageBreakBefore") if self.own_page else EMPTY,
            el("w:tabs", *stops) if self.tabs else EMPTY,
            el("w:spacing", w_before=round(20 * self.before), w_after=round(20 * self.after)),
            el("w:ind", w_left=twips(self.left), w_hanging=twips(self.hanging)) if self.left or self.hanging else EMPTY,
            el("w:jc", w_val=self.align) if self.align else EMPTY,
        )


def paragraph(place: Place, *runs: Xml) -> Xml:
    return el("w:p", place.properties(), *runs)


def spacer(millimetres: float, *, held: bool = False) -> Xml:
    """Empty room of an exact height."""
    height = el("w:spacing", w_before=0, w_after=0, w_line=twips(millimetres), w_lineRule="exact")
    return el("w:p", el("w:pPr", el("w:keepNext") if held else EMPTY, height))


def table(widths: Sequence[float], rows: Iterable[Xml], *, left: float = 0.0, borders: Iterable[str] = (), colour: str = INK) -> Xml:  # fmt: skip
    """Rows below each other; ``borders`` names the lines that are drawn, widths are millimetres."""
    lines = [el(f"w:{side}", w_val="single", w_sz=LINE, w_space=0, w_color=colour) for side in borders]
    form = el(
        "w:tblPr",
        el("w:tblW", w_w=sum(map(twips, widths)), w_type="dxa"),
        el("w:tblInd", w_w=twips(left), w_type="dxa"),
        el("w:tblBorders", *lines) if lines else EMPTY,
        el("w:tblLayout", w_type="fixed"),
        el("w:tblCellMar", *(el(f"w:{side}", w_w=60, w_type="dxa") for side in ("left", "right"))),
    )
    grid = el("w:tblGrid", *(el("w:gridCol", w_w=twips(width)) for width in widths))
    return el("w:tbl", form, grid, *rows)


ALL_BORDERS = (*SIDES, "insideH", "insideV")


def row(cells: Iterable[Xml], *, height: float = 0.0, exact: bool = False, head: bool = False) -> Xml:
    """A row that no page splits; ``head`` is read out as such."""
    rule = el("w:trHeight", w_val=twips(height), w_hRule="exact" if exact else "atLeast") if height else EMPTY
    return el("w:tr", el("w:trPr", el("w:cantSplit"), rule, el("w:tblHeader") if head else EMPTY), *cells)


def cell(width: float, *paragraphs: Xml, middle: bool = True, borders: Iterable[str] = ()) -> Xml:
    """A cell, held to what follows where it is empty; ``borders`` overrides what the table draws."""
    lines = [el(f"w:{side}", w_val="single", w_sz=LINE, w_space=0, w_color=INK) for side in borders]
    form = el(
        "w:tcPr",
        el("w:tcW", w_w=twips(width), w_type="dxa"),
        el("w:tcBorders", *lines) if lines else EMPTY,
        el("w:vAlign", w_val="center") if middle else EMPTY,
    )
    return el("w:tc", form, joined(paragraphs) or paragraph(Place(after=0, held=True)))
