"""The HTML writer: one file that holds everything, to be read in a browser, heard, or printed.

No script and nothing from outside: the file forbids both itself. Formulas are MathML, figures inline SVG, the style sheet is that of
print as well, and the order of the elements is the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizcnn.printing.document import Paper, Paragraph, Picture, Question, ScoreTable, Second, Section, Sheet, SheetRow
from quizcnn.printing.html_blocks import BlockWriter, inlines
from quizcnn.printing.layout import Layout, scale, type_size
from quizcnn.printing.markup import NOTHING, Html, css_string, joined, tag, text

STYLES = Path(__file__).with_name("paper.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
LANGUAGES = {"en": "en", "zh": "zh-CN"}
COUNTERS = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
SIZES = {"a4": "A4", "letter": "letter"}


def write_html(paper: Paper, layout: Layout) -> str:
    """The whole document. Raises nothing: what cannot be shown is left out as text."""
    return "<!DOCTYPE html>\n" + tag("html", _head(paper, layout), _body(paper, layout), lang=LANGUAGES[paper.lang]) + "\n"  # fmt: skip


def _head(paper: Paper, layout: Layout) -> Html:
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", text(f"{paper.title} · {paper.version} · {paper.code}")),
        tag("style", Html(STYLES.read_text(encoding="utf-8") + _page(paper, layout))),
    )


def _page(paper: Paper, layout: Layout) -> str:
    """The part of the style sheet that hangs on the paper: size of sheet and type, and the foot of every page."""
    shown = " ".join(COUNTERS.get(piece, css_string(piece)) for piece in paper.words.page_pieces())
    left = f"{paper.title} · {paper.letter} · {paper.code}"
    right = paper.words.page_points + ("" if paper.kind == "key" else " ______")
    return f"""
@page {{
  size: {SIZES[layout.size]};
  @bottom-left {{ content: {css_string(left)}; }}
  @bottom-center {{ content: {shown}; }}
  @bottom-right {{ content: {css_string(right)}; }}
}}
:root {{ font-size: {type_size(paper, layout):g}pt; }}
"""


def _body(paper: Paper, layout: Layout) -> Html:
    writer = BlockWriter(paper.words, 1 if layout.large else 4, scale(layout))
    parts: list[Html] = []
    if paper.kind != "sheet":
        parts += [_header(paper, writer), *(_section(section, paper, writer) for section in paper.sections)]
        parts.append(tag("p", text(f"— {paper.words.end} —"), class_="end"))
    if paper.sheet:
        parts.append(_sheet(paper.sheet, paper, writer))
    kinds = [paper.kind, paper.form, *(["large"] if layout.large else []), *(["duplex"] if layout.duplex else [])]
    return tag("body", tag("main", *parts), class_=" ".join(kinds))


def _header(paper: Paper, writer: BlockWriter) -> Html:
    facts = "　" if paper.lang == "zh" else " · "
    parts = [tag("h1", text(paper.title)), tag("p", text(f"{paper.facts}{facts}{paper.version}{facts}{paper.words.code} "), tag("code", text(paper.code)), class_="facts")]  # fmt: skip
    if paper.second:
        parts.append(tag("p", text("　".join(paper.second)), class_="facts second", lang="zh-CN"))
    if paper.kind == "paper":
        parts.append(_asked((paper.words.name, paper.words.date), writer))
    else:
        parts.append(tag("p", tag("b", text(paper.words.page_points)), class_="facts"))
    if paper.score:
        parts.append(_score(paper.score))
    if paper.conventions:
        parts.append(tag("aside", writer.block(paper.conventions)))
    return tag("header", *parts, writer.blocks(paper.front))


def _asked(words: Sequence[str], writer: BlockWriter) -> Html:
    return tag("p", *(tag("span", text(f"{word} "), writer.box("line")) for word in words), class_="asked")


def _score(score: ScoreTable) -> Html:
    heads = tag("tr", *(tag("th", text(head), scope="col") for head in (score.heads[0], *score.parts)))
    points = tag("tr", tag("th", text(score.heads[1]), scope="row"), *(tag("td", text(each)) for each in score.points))
    empty = tag("tr", tag("th", text(score.heads[2]), scope="row"), *[tag("td")] * len(score.parts))
    return tag("table", heads, points, empty, class_="score")


def _section(section: Section, paper: Paper, writer: BlockWriter) -> Html:
    rule = tag("span", text(paper.words.bracketed(section.rule)), class_="rule") if section.rule else NOTHING
    second = tag("p", text(section.second), class_="second", lang="zh-CN") if section.second else NOTHING
    questions = (_question(question, paper, writer) for question in section.questions)
    head = tag("div", tag("h2", text(section.title)), text(" "), rule, second, class_="part")
    return tag("section", head, *questions, class_="own-page" if section.own_page else None)


def _question(question: Question, paper: Paper, writer: BlockWriter) -> Html:
    number = tag("h3", text(f"{question.number}{paper.words.mark}"))
    if question.heading:
        told = tag("p", text(f"{question.heading} · {question.points}"), class_="faint")
        body = joined((told, writer.blocks((*question.stem, *question.answer))))
    else:
        body = joined((*_stem(question, paper, writer), *_answers(question, writer)))
    name = "k" if question.heading and paper.kind != "key" else "q"
    return tag("article", number, tag("div", body), id=f"{name}{question.number}")


def _stem(question: Question, paper: Paper, writer: BlockWriter) -> Iterator[Html]:
    """The stem with its points or its closing brackets at the end of the last paragraph (in a Chinese paper points stand first)."""
    points = paper.words.bracketed(question.points)
    front, end = (points, question.closing) if paper.form == "chinese" else ("", points)
    shown = [block for block in question.stem if not isinstance(block, Picture | Second)]
    places = [place for place, block in enumerate(shown) if isinstance(block, Paragraph)]
    for place, block in enumerate(shown):
        if isinstance(block, Paragraph):
            first = text(front) if place == places[0] else NOTHING
            last = tag("span", text(end), class_="pinned") if end and place == places[-1] else NOTHING
            yield tag("p", first, inlines(block.content), text(" ") if last else NOTHING, last)
        else:
            yield writer.block(block)
    if not places and (front or end):
        yield tag("p", text(front), tag("span", text(end), class_="pinned"))
    yield from (writer.block(block) for block in question.stem if isinstance(block, Second))


def _answers(question: Question, writer: BlockWriter) -> Iterator[Html]:
    """The figure, then what is answered on; beside each other where the figure is narrow."""
    pictures = [block for block in question.stem if isinstance(block, Picture)]
    answers = tag("div", writer.blocks(question.answer), class_="answers")
    if pictures:
        yield tag("div", *map(writer.block, pictures), answers, class_="figured")
    elif question.answer:
        yield answers


def _sheet(sheet: Sheet, paper: Paper, writer: BlockWriter) -> Html:
    head = tag("p", tag("span", text(f"{paper.words.name} "), writer.box("line")), tag("span", text(f"{paper.words.code} "), tag("code", text(paper.code))), tag("span", text(paper.version)), class_="asked")  # fmt: skip
    rows = (tag("li", tag("b", text(str(row.number))), tag("div", _sheet_row(row, writer)), class_="half" if row.is_short else None) for row in sheet.rows)  # fmt: skip
    return tag("section", tag("h2", text(sheet.title)), head, tag("ol", *rows, class_="rows"), tag("p", text(sheet.foot), class_="faint"), class_="sheet")  # fmt: skip


def _sheet_row(row: SheetRow, writer: BlockWriter) -> Html:
    if row.letters:
        kind = "tick" if row.many else "bubble"
        return joined(tag("span", text(letter), class_=kind) for letter in row.letters)
    if row.boxes:
        return joined([writer.box("box")] * row.boxes)
    if row.blanks:
        return joined(tag("span", writer.blank(blank), class_="field") for blank in row.blanks)
    return tag("span", text(row.note), class_="faint")
