"""A paper in both languages: the English document with the Chinese one laid into it.

Both are made from the same version, block for block, so they are walked side by side. Text stands below its English, or beside it
where both are short; figures, formulas alone, code and what is written on stand once. What is the same in both is printed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Break,
    Cells,
    Gap,
    Inline,
    Inlines,
    Listing,
    Note,
    Options,
    Pairs,
    Paper,
    Paragraph,
    Picture,
    Question,
    Run,
    ScoreTable,
    Second,
    Section,
    Sheet,
    SheetRow,
    Steps,
    Styled,
    Ticks,
    Words,
    WrongValues,
)
from quizcnn.text import display_width

ONE_LINE = 44
"""Columns that two short texts may take together on one line."""
T = TypeVar("T")


def merge(en: Paper, zh: Paper) -> Paper:
    """One document in both languages, of two in plain form that were made from the same version."""
    return replace(
        en,
        form="both",
        second=(zh.title, zh.facts),
        words=_words(en.words, zh.words),
        score=_score(en.score, zh.score) if en.score and zh.score else None,
        conventions=_note(en.conventions, zh.conventions) if en.conventions and zh.conventions else None,
        sections=tuple(_each(_section, en.sections, zh.sections)),
        sheet=_sheet(en.sheet, zh.sheet) if en.sheet and zh.sheet else None,
    )


def _each(join: Callable[[T, T], T], one: Sequence[T], other: Sequence[T]) -> Iterator[T]:
    return (join(left, right) for left, right in zip(one, other, strict=True))


def _text(en: str, zh: str) -> str:
    return en if en == zh or not zh else f"{en} / {zh}"


def _words(en: Words, zh: Words) -> Words:
    return Words(
        _text(en.name, zh.name),
        _text(en.date, zh.date),
        _text(en.code, zh.code),
        _text(en.page, zh.page),
        _text(en.page_points, zh.page_points),
        _text(en.end, zh.end),
        blank=en.blank,
    )


def _score(en: ScoreTable, zh: ScoreTable) -> ScoreTable:
    heads = tuple(_each(_text, en.heads, zh.heads))
    return ScoreTable((heads[0], heads[1], heads[2]), tuple(_each(_text, en.parts, zh.parts)), en.points)


def _section(en: Section, zh: Section) -> Section:
    second = zh.title + (f"（{zh.rule}）" if zh.rule else "")
    return Section(en.title, en.rule, tuple(_each(_question, en.questions, zh.questions)), second, en.own_page)


def _question(en: Question, zh: Question) -> Question:
    return replace(
        en,
        points=_text(en.points, zh.points),
        stem=_blocks(en.stem, zh.stem) if en.heading else _stem(en.stem, zh.stem),
        answer=_blocks(en.answer, zh.answer),
    )


def _stem(en: tuple[Block, ...], zh: tuple[Block, ...]) -> tuple[Block, ...]:
    """The English stem, below it what the Chinese one says otherwise, then the figure."""
    pictures = tuple(block for block in en if isinstance(block, Picture))
    first = tuple(block for block in en if not isinstance(block, Picture))
    second = tuple(_without_gaps(block) for block in zh if not isinstance(block, Picture) and block not in first)
    return (*first, *((Second(second),) if second else ()), *pictures)


def _without_gaps(block: Block) -> Block:
    """The gaps are there to be filled once; their second mention is a letter in brackets."""
    if not isinstance(block, Paragraph):
        return block
    return Paragraph(
        tuple(Run(f"（{inline.name}）") if isinstance(inline, Gap) else inline for inline in block.content)
    )


def _blocks(en: tuple[Block, ...], zh: tuple[Block, ...]) -> tuple[Block, ...]:
    if [type(block) for block in en] != [type(block) for block in zh]:
        return (*en, Second(zh))
    return tuple(_each(_block, en, zh))


def _block(en: Block, zh: Block) -> Block:
    match en, zh:
        case Paragraph(), Paragraph():
            return Paragraph(_below(en.content, zh.content))
        case Note(), Note():
            return _note(en, zh)
        case Listing(), Listing():
            pairs = len(en.items) == len(zh.items)
            return Listing(_lists(en.items, tuple(map(_without_head, en.items, zh.items)) if pairs else zh.items))
        case Ticks(), Ticks():
            items = zip(en.items, zh.items, strict=True)
            return Ticks(tuple((weight, _below(text, other)) for (weight, text), (_, other) in items))
        case Steps(), Steps():
            rows = zip(en.rows, zh.rows, strict=True)
            return Steps(tuple(replace(row, caption=_below(row.caption, other.caption)) for row, other in rows))
        case WrongValues(), WrongValues() if len(en.rows) == len(zh.rows):
            values = zip(en.rows, zh.rows, strict=True)
            return WrongValues(tuple(replace(row, label=_beside(row.label, other.label)) for row, other in values))
        case WrongValues(), WrongValues():
            return en
    return _answer(en, zh)


def _answer(en: Block, zh: Block) -> Block:
    match en, zh:
        case Options(), Options():
            return Options(_lists(en.items, zh.items), en.many)
        case Blanks(), Blanks():
            return Blanks(tuple(_each(_blank, en.fields, zh.fields)))
        case Cells(), Cells():
            return replace(en, label=_beside(en.label, zh.label))
        case Boxed(), Boxed():
            return Boxed(_lists(en.items, zh.items), _text(en.ask, zh.ask))
        case Pairs(), Pairs():
            return Pairs(_lists(en.left, zh.left), _lists(en.right, zh.right))
    return en


def _lists(en: tuple[Inlines, ...], zh: tuple[Inlines, ...]) -> tuple[Inlines, ...]:
    """Two lists of items as one; of different lengths, the second follows the first."""
    if len(en) != len(zh):
        return (*en, *(_second(item) for item in zh))
    return tuple(_beside(one, other) for one, other in zip(en, zh, strict=True))


def _without_head(en: Inlines, zh: Inlines) -> Inlines:
    """The second text without the letter or number that both begin with."""
    heads = tuple(takewhile(lambda pair: pair[0] == pair[1] and isinstance(pair[0], Styled | Run), zip(en, zh, strict=False)))  # fmt: skip
    return zh[len(heads) :] or zh


def _note(en: Note, zh: Note) -> Note:
    return Note(_text(en.head, zh.head), _below(en.content, zh.content))


def _blank(en: Blank, zh: Blank) -> Blank:
    return Blank(_beside(en.label, zh.label), _text(en.unit, zh.unit), _text(en.after, zh.after))


def _sheet(en: Sheet, zh: Sheet) -> Sheet:
    return Sheet(_text(en.title, zh.title), tuple(_each(_row, en.rows, zh.rows)), _text(en.foot, zh.foot))


def _row(en: SheetRow, zh: SheetRow) -> SheetRow:
    return replace(en, blanks=tuple(_each(_blank, en.blanks, zh.blanks)), note=_text(en.note, zh.note))


def _second(content: Inlines) -> Inlines:
    return (Styled("second", content),) if content else ()


def _beside(en: Inlines, zh: Inlines) -> Inlines:
    """Both on one line where that is short, else one below the other."""
    if _same(en, zh):
        return en
    short = _width(en) + _width(zh) <= ONE_LINE
    return (*en, Run(" / "), *_second(zh)) if short else (*en, Break(), *_second(zh))


def _below(en: Inlines, zh: Inlines) -> Inlines:
    return en if _same(en, zh) else (*en, Break(), *_second(zh))


def _same(en: Inlines, zh: Inlines) -> bool:
    """Whether the second says nothing else; Chinese blanks are blanks."""
    return not zh or list(map(_unspaced, en)) == list(map(_unspaced, zh))


def _unspaced(inline: Inline) -> Inline:
    return Run("".join(inline.text.split())) if isinstance(inline, Run) else inline


def _width(content: Inlines) -> int:
    return sum(map(_inline_width, content))


def _inline_width(inline: Inline) -> int:
    match inline:
        case Styled(content=content):
            return _width(content)
        case Break():
            return 0
        case Gap(width=width):
            return width
    return display_width(getattr(inline, "text", "") or getattr(inline, "latex", ""))
