"""The Markdown writer: the paper for a text editor, a wiki or a screen. Text that came from a bank or a person stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizcnn.generation.lettering import letter
from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Break,
    Cells,
    Code,
    CodeBlock,
    Formula,
    Gap,
    Inlines,
    Listing,
    Note,
    Options,
    Pairs,
    Paper,
    Paragraph,
    Picture,
    Question,
    Quick,
    Room,
    Ruled,
    Run,
    Second,
    Section,
    Sheet,
    SheetRow,
    Steps,
    Styled,
    Table,
    Ticks,
    WrongValues,
)
from quizcnn.printing.plain import clean

_SPECIAL = re.compile(r"[\\`*\[\]<>$|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_LINE_START = re.compile(r"^(\s*)([#>+-]|[0-9]+[.)])(?=\s|$)")
LINE_PIECE = "\\_"
NEW_PAGE = '<div style="break-before: page"></div>'
"""The one element of HTML that is written: Markdown has no page break, and what prints it knows this one."""
LINE, SHORT = LINE_PIECE * 10, LINE_PIECE * 4


def write_markdown(paper: Paper) -> str:
    """The whole document as GitHub's Markdown, mathematics between dollar signs."""
    return "\n\n".join(line for line in _lines(paper) if line) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    if paper.kind != "sheet":
        yield from _body(paper)
    if paper.sheet:
        yield from _sheet(paper.sheet, paper)


def _body(paper: Paper) -> Iterator[str]:
    yield f"# {escape(paper.title)}"
    yield f"**{escape(paper.version)} · {paper.words.code} {paper.code}**"
    yield escape(paper.facts)
    if paper.second:
        yield escape(" · ".join(paper.second))
    if paper.kind == "paper":
        asked = paper.seal.fields if paper.seal else (paper.words.name, paper.words.date)
        yield "   ".join(f"{escape(field)} {LINE}{LINE}" for field in asked)
    else:
        yield f"**{paper.words.page_points}**"
    if paper.score:
        heads, parts, points = paper.score.heads, paper.score.parts, paper.score.points
        yield _table([[heads[0], *parts], [heads[1], *points], [heads[2], *([""] * len(parts))]])
    if paper.conventions:
        yield f"> {_block(paper.conventions)}"
    yield from map(_block, paper.front)
    for section in paper.sections:
        yield from _section(section, paper)
    yield f"— {paper.words.end} · {paper.letter} · {paper.code} —"


def _section(section: Section, paper: Paper) -> Iterator[str]:
    if section.own_page:
        yield NEW_PAGE
    yield f"## {escape(section.title)}"
    if section.rule:
        yield f"*{escape(paper.words.bracketed(section.rule))}*"
    if section.second:
        yield escape(section.second)
    for question in section.questions:
        yield from _question(question, paper)


def _question(question: Question, paper: Paper) -> Iterator[str]:
    head = f"**{question.number}{paper.words.mark}**"
    if question.heading:
        yield f"{head} {escape(question.heading)} · {escape(question.points)}"
        yield from map(_block, (*question.stem, *question.answer))
        return
    points = escape(paper.words.bracketed(question.points))
    front, end = (points, question.closing) if paper.form == "chinese" else ("", points)
    head = f"{head} {front}".rstrip()
    stem = [_block(block) for block in question.stem]
    paragraphs = [place for place, block in enumerate(question.stem) if isinstance(block, Paragraph)]
    if paragraphs:
        stem[paragraphs[0]] = f"{head} {stem[paragraphs[0]]}"
        stem[paragraphs[-1]] = f"{stem[paragraphs[-1]]} {end}".rstrip()
    else:
        stem.insert(0, f"{head} {end}".rstrip())
    yield from stem
    yield from map(_block, question.answer)


def _sheet(sheet: Sheet, paper: Paper) -> Iterator[str]:
    yield "---"
    yield f"## {escape(sheet.title)}"
    yield f"{paper.words.name} {LINE}   {paper.words.code} {paper.code}   {escape(paper.version)}"
    yield "\n".join(_sheet_row(row) for row in sheet.rows)
    yield f"*{escape(sheet.foot)}*"


def _sheet_row(row: SheetRow) -> str:
    if row.letters:
        box = "☐ {}" if row.many else "({})"
        return f"- **{row.number}**  " + "  ".join(box.format(letter) for letter in row.letters)
    if row.boxes:
        return f"- **{row.number}**  " + " ".join(["\\[  \\]"] * row.boxes)
    blanks = "   ".join(_blank(blank) for blank in row.blanks)
    return f"- **{row.number}**  {blanks or f'({escape(row.note)})'}"


def _block(block: Block) -> str:
    match block:
        case Paragraph(content=content):
            return _starting(_inlines(content))
        case CodeBlock(text=text):
            return _fenced(clean(text))
        case Table(head=head, rows=rows):
            return _table([[_inlines(cell) for cell in row] for row in (head, *rows)])
        case Listing(items=items):
            return "\n".join(f"- {_inlines(item)}" for item in items)
        case Note(head=head, content=content):
            return f"**{escape(head)}.** {_inlines(content)}"
        case Picture(alt=alt):
            return f"> {escape(alt)}"
        case Steps(rows=rows):
            return "\n".join(f"- {_inlines((row.formula,))}  {_inlines(row.caption)}{f' **{escape(row.points)}**' if row.points else ''}" for row in rows)  # fmt: skip
        case WrongValues(rows=rows):
            return "\n".join(f"- ✗ {escape(row.value)}  {_inlines(row.label)}: {escape(row.credit)}" for row in rows)
        case Quick(head=head, items=items):
            return f"**{escape(head)}**  " + "   ".join(f"{number}: {_inlines(key)}" for number, key in items)
        case Second(blocks=blocks):
            return "\n\n".join(map(_block, blocks))
        case Ticks(items=items):
            return "\n".join(f"- ☐ {f'{escape(weight)}  ' if weight else ''}{_inlines(item)}" for weight, item in items)
    return _answer(block)


def _answer(block: Block) -> str:
    match block:
        case Options(items=items):
            return "\n".join(f"- {letter(place)}. {_inlines(item)}" for place, item in enumerate(items))
        case Boxed(items=items, ask=ask):
            lines = "\n".join(f"- {number}: {_inlines(item)}" for number, item in enumerate(items, 1))
            return f"{lines}\n\n{escape(ask)} {' '.join([SHORT] * len(items))}"
        case Pairs(left=left, right=right):
            rows = [f"- ({number}) {_inlines(item)} {SHORT}" for number, item in enumerate(left, 1)]
            rows += [f"- {letter(place)}. {_inlines(item)}" for place, item in enumerate(right)]
            return "\n".join(rows)
        case Blanks(fields=fields):
            return "\n".join(f"- {_blank(blank)}" for blank in fields) if len(fields) > 1 else _blank(fields[0])
        case Cells(label=label, rows=rows, columns=columns, axes=axes):
            empty = " , ".join([SHORT] * columns)
            shape = f"( {empty} )" + (f"  ({escape(', '.join(axes))})" if axes else "")
            return f"{_inlines(label)} = {shape}" if rows == 1 else _inlines(label) + " =\n\n" + _table([[""] * columns] * (rows + 1))  # fmt: skip
        case Ruled(lines=lines):
            return "<br>\n".join([LINE * 4] * lines)
        case Room():
            return "<br>\n<br>"
    return ""


def _blank(blank: Blank) -> str:
    label = _inlines(blank.label)
    return " ".join(part for part in (f"{label} =" if blank.after or blank.unit or not label.startswith("(") else label, LINE, escape(blank.unit), escape(blank.after)) if part)  # fmt: skip


def _inlines(content: Inlines) -> str:
    return "".join(_inline(content))


def _inline(content: Inlines) -> Iterator[str]:
    for inline in content:
        match inline:
            case Run(text=text):
                yield escape(text)
            case Code(text=text):
                yield _code(clean(text))
            case Formula(latex=latex):
                yield f"${_latex(latex)}$"
            case Gap(name=name, width=width):
                yield LINE_PIECE * width + f"({escape(name)})"
            case Break():
                yield "<br>"
            case Styled(style=style, content=inner):
                mark = "**" if style == "strong" else "*" if style == "emph" else ""
                yield f"{mark}{_inlines(inner)}{mark}"


def _code(text: str) -> str:
    """A code span with more backticks around it than in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks, pad = "`" * (longest + 1), " " if "`" in text[:1] + text[-1:] or not text.strip() else ""
    return f"{ticks}{pad}{' '.join(text.split(chr(10)))}{pad}{ticks}"


def _fenced(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _latex(latex: str) -> str:
    """A formula on one line, without what would end it."""
    return " ".join(clean(latex).replace("$", r"\$ ").split())


def escape(text: str) -> str:
    """``text`` so that Markdown shows it letter for letter."""
    return _SPECIAL.sub(lambda found: "&amp;" if found[0] == "&" else "\\" + found[0], " ".join(clean(text).split("\n")))  # fmt: skip


def _starting(text: str) -> str:
    """A paragraph whose first characters begin no list and no heading."""
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = [[cell.replace("\n", " ") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body)]
    return "\n".join(lines)
