"""The answer sheet of a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizcnn.printing.document import Blank, Paper, Sheet, SheetRow, pair_rows
from quizcnn.printing.docx_blocks import BlockWriter
from quizcnn.printing.docx_runs import BLANK, Look, inlines, tab, underlined, words
from quizcnn.printing.docx_tables import FAINT, Place, cell, paragraph, row, table
from quizcnn.printing.html_blocks import width_of
from quizcnn.printing.ooxml import Xml, joined
from quizcnn.text import display_width

BOXES = "☐ "
SHEET_LINE = 26
"""A line to write on, in blanks of a quarter of the type."""


def write_sheet(sheet: Sheet, paper: Paper, writer: BlockWriter, *, own_page: bool) -> Iterator[Xml]:
    """Title, who and which paper, and a row for every question; two short ones stand beside each other."""
    look = writer.look
    title = words(sheet.title, replace(look, size=look.size * 1.35, bold=True))
    yield paragraph(Place(style="Heading1", align="center", own_page=own_page, held=True), title)
    told = display_width(f"{paper.words.name}{paper.words.code}{paper.code}{paper.version}") + 10
    head = (words(f"{paper.words.name} ", look), underlined(min(50, writer.blanks(writer.full - told)), look), words(f"   {paper.words.code} ", look), words(paper.code, replace(look, code=True)), words(f"   {paper.version}", look))  # fmt: skip
    yield paragraph(Place(before=4, after=6), *head)
    rows = pair_rows(sheet.rows) if writer.columns > 1 else ((each,) for each in sheet.rows)
    widths = (12.0 * writer.scale, writer.width - 12.0 * writer.scale)
    yield table(widths, (row(_row(each, writer, widths), height=8) for each in rows), borders=("bottom", "insideH"), colour=FAINT)  # fmt: skip
    yield paragraph(Place(before=6), words(sheet.foot, replace(look, grey=True, size=look.size * 0.85)))


def _row(entries: tuple[SheetRow, ...], writer: BlockWriter, widths: tuple[float, float]) -> Iterator[Xml]:
    look, half = writer.look, widths[1] / 2
    first, *beside = entries
    yield cell(widths[0], paragraph(Place(after=0), _number(first, look)))
    if first.blanks:
        yield cell(widths[1], *(paragraph(Place(after=2), joined(line)) for line in _lines(first.blanks, writer)))
        return
    place = Place(after=0, tabs=((half, "left", "none"), (half + widths[0], "left", "none")))
    others = (joined((tab(), _number(each, look), tab(), _marks(each, look))) for each in beside)
    yield cell(widths[1], paragraph(place if beside else Place(after=0), _marks(first, look), *others))


def _number(entry: SheetRow, look: Look) -> Xml:
    return words(str(entry.number), replace(look, bold=True))


def _marks(entry: SheetRow, look: Look) -> Xml:
    """Letters to mark, boxes to fill, or the note."""
    if entry.letters:
        return words("    ".join(BOXES + each if entry.many else f"({each})" for each in entry.letters), look)
    if entry.boxes:
        return words("    ".join(["[      ]"] * entry.boxes), look)
    return words(entry.note, replace(look, grey=True))


def _lines(blanks: Sequence[Blank], writer: BlockWriter) -> Iterator[list[Xml]]:
    """What is written on in a row of the sheet, as much on a line as there is room for."""
    line: list[Xml] = []
    left = writer.letters
    for blank in blanks:
        wide = width_of(blank.label) + display_width(blank.unit) + SHEET_LINE // 2 + 6
        if line and wide > left:
            yield line
            line, left = [], writer.letters
        line += [*([words("    ", writer.look)] if line else []), _short(blank, writer)]
        left -= wide
    yield line


def _short(blank: Blank, writer: BlockWriter) -> Xml:
    """One line to write on; it does not leave its label."""
    tail = words(f" {blank.unit}" if blank.unit else "", writer.look)
    return joined(
        (inlines(blank.label, writer.look), words(BLANK, writer.look), underlined(SHEET_LINE, writer.look), tail)
    )
