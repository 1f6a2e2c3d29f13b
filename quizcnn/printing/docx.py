"""The Word writer: papers, sheets and keys that a teacher can edit, with real tables, formulas and drawings.

Written as WordprocessingML by ourselves, without a template and without another program. Every time stamp is fixed, so that the same
paper is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quizcnn.printing.document import (
    Paper,
    Paragraph,
    Picture,
    Question,
    ScoreTable,
    Second,
    Section,
    Words,
)
from quizcnn.printing.docx_blocks import BlockWriter
from quizcnn.printing.docx_package import MARGINS, pack, section_form
from quizcnn.printing.docx_runs import BLANK, Look, inlines, tab, underlined, words
from quizcnn.printing.docx_sheet import write_sheet
from quizcnn.printing.docx_tables import ALL_BORDERS, Place, cell, paragraph, row, spacer, table
from quizcnn.printing.layout import SIZES, Layout, scale, type_size
from quizcnn.printing.ooxml import EMPTY, Xml, el, joined
from quizcnn.text import display_width


def write_docx(paper: Paper, layout: Layout) -> bytes:
    """The whole document as a DOCX file."""
    writer = _writer(paper, layout)
    body = el("w:body", *_body(paper, layout, writer), section_form(layout))
    return pack(paper, layout, body, writer.look.size)


def _writer(paper: Paper, layout: Layout) -> BlockWriter:
    width = SIZES[layout.size][0] - MARGINS["left"] - MARGINS["right"]
    return BlockWriter(
        paper.words, Look(type_size(paper, layout)), width, scale(layout), columns=1 if layout.large else 4
    )


def _body(paper: Paper, layout: Layout, writer: BlockWriter) -> Iterator[Xml]:
    if paper.kind != "sheet":
        yield from _head(paper, writer)
        for section in paper.sections:
            yield from _section(section, paper, writer)
        yield paragraph(Place(align="center", before=8), words(f"— {paper.words.end} —", replace(writer.look, grey=True)))  # fmt: skip
    if paper.sheet:
        if paper.kind != "sheet" and layout.duplex:
            # The sheet begins on a leaf of its own.
            yield el("w:p", el("w:pPr", section_form(layout)))
        yield from write_sheet(paper.sheet, paper, writer, own_page=paper.kind != "sheet" and not layout.duplex)


def _head(paper: Paper, writer: BlockWriter) -> Iterator[Xml]:
    look, gap = writer.look, "　" if paper.lang == "zh" else " · "
    yield paragraph(Place(style="Title", align="center"), words(paper.title, replace(look, size=look.size * 1.5, bold=True)))  # fmt: skip
    facts = words(f"{paper.facts}{gap}{paper.version}{gap}{paper.words.code} ", look)
    yield paragraph(Place(align="center"), facts, words(paper.code, replace(look, code=True)))
    if paper.second:
        yield paragraph(Place(align="center"), words("　".join(paper.second), replace(look, size=look.size * 0.92)))
    if paper.kind == "key":
        yield paragraph(Place(align="center"), words(paper.words.page_points, replace(look, bold=True)))
    else:
        yield paragraph(Place(before=4, after=8), *_asked(paper.words, writer))
    if paper.score:
        yield _score(paper.score, writer)
    if paper.conventions:
        small = replace(writer, look=replace(look, size=look.size * 0.9))
        told = small.note(paper.conventions.head, paper.conventions.content, Place(after=0))
        yield Xml(table([writer.width], [row([cell(writer.width, told)])], borders=ALL_BORDERS) + spacer(2))
    yield writer.blocks(paper.front)


def _asked(fixed: Words, writer: BlockWriter) -> Iterator[Xml]:
    """Name and date, the name with the longer line."""
    room = writer.blanks(writer.full - display_width(fixed.name + fixed.date) - 7)
    yield words(f"{fixed.name} ", writer.look)
    yield underlined(room * 3 // 5, writer.look)
    yield words(f"{5 * BLANK}{fixed.date} ", writer.look)
    yield underlined(room * 2 // 5, writer.look)


def _score(score: ScoreTable, writer: BlockWriter) -> Xml:
    wide = min(22.0 * writer.scale, writer.width / (len(score.parts) + 1.6))
    widths = [wide * 1.6, *[wide] * len(score.parts)]
    place, look = Place(after=1, align="center", held=True), writer.look
    lines = [(score.heads[0], *score.parts), (score.heads[1], *score.points), (score.heads[2], *[""] * len(score.parts))]  # fmt: skip
    rows = [
        row(
            [cell(width, paragraph(place, words(text, look))) for width, text in zip(widths, line, strict=True)],
            head=at == 0,
            height=8 if at == 2 else 0,
        )
        for at, line in enumerate(lines)
    ]
    left = (writer.width - sum(widths)) / 2
    return Xml(table(widths, rows, left=left, borders=ALL_BORDERS) + spacer(3))


def _section(section: Section, paper: Paper, writer: BlockWriter) -> Iterator[Xml]:
    look = writer.look
    title = words(section.title, replace(look, size=look.size * 1.15, bold=True))
    rule = words(f" {paper.words.bracketed(section.rule)}" if section.rule else "", look)
    yield paragraph(Place(style="Heading1", before=10, held=True, own_page=section.own_page), title, rule)
    if section.second:
        yield paragraph(Place(held=True), words(section.second, replace(look, size=look.size * 0.92)))
    for question in section.questions:
        yield from _question(question, paper, writer)


def _question(question: Question, paper: Paper, writer: BlockWriter) -> Iterator[Xml]:
    """A question on one page: every paragraph is held to the next, but the last, which is the room below."""
    bold = replace(writer.look, bold=True)
    number = joined((words(f"{question.number}{paper.words.mark}", bold), tab()))
    if question.heading:
        told = words(f"{question.heading} · {question.points}", replace(writer.look, grey=True))
        yield paragraph(Place(left=writer.number, hanging=writer.number, held=True, after=2), number, told)
        yield writer.blocks((*question.stem, *question.answer))
    else:
        yield from _stem(question, number, paper, writer)
        yield writer.blocks(question.answer)
    yield spacer(3)


def _stem(question: Question, number: Xml, paper: Paper, writer: BlockWriter) -> Iterator[Xml]:
    """The stem behind its number, the points at the right edge of its last line (in a Chinese paper points stand first)."""
    points = paper.words.bracketed(question.points)
    front, end = (points, question.closing) if paper.form == "chinese" else ("", points)
    place = Place(
        left=writer.number, held=True, tabs=((writer.number, "left", "none"), (writer.width, "right", "none"))
    )
    shown = [block for block in question.stem if not isinstance(block, Picture | Second)]
    places = [at for at, block in enumerate(shown) if isinstance(block, Paragraph)]
    opening = joined((number, words(front, writer.look)))
    # Blanks that do not break keep the brackets together.
    closing = joined((tab(), words(end.replace("　", 4 * BLANK).replace(" ", BLANK), writer.look))) if end else EMPTY
    if not places or places[0] > 0:
        yield paragraph(replace(place, hanging=writer.number), opening, EMPTY if places else closing)
    for at, block in enumerate(shown):
        if isinstance(block, Paragraph):
            first, last = at == 0, at == places[-1]
            runs = inlines(block.content, writer.look)
            yield paragraph(replace(place, hanging=writer.number if first else 0.0), opening if first else EMPTY, runs, closing if last else EMPTY)  # fmt: skip
        else:
            yield from writer.block(block)
    for below in question.stem:
        if isinstance(below, Second | Picture):
            yield from writer.block(below)
