"""Key strips: one narrow column for each version, its rows at the height of the rows of the answer sheet.

Laid beside a sheet, upper edge on upper edge, a strip marks it row by row: number, key, points, and the values of named mistakes. The
heights are those of the very sheet, which is set first. A row shows as many mistakes as it has room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from quizcnn.figures.mathematics import one_line
from quizcnn.generation.exam import Item, Version
from quizcnn.generation.lettering import key_on_paper
from quizcnn.grading.answers import Answer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.property import PropertyAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.printing import chinese, words
from quizcnn.printing.both import merge
from quizcnn.printing.document import Code, Formula, Inlines, Paper, Run, Styled
from quizcnn.printing.layout import SIZES, Layout, PaperLang
from quizcnn.printing.paper import build_sheet, frame
from quizcnn.printing.plain import clean
from quizcnn.printing.prose import read_inlines
from quizcnn.printing.typst import SIZES as TYPST_SIZES
from quizcnn.printing.typst import Set, press, set_documents
from quizcnn.solvers.values import Json, format_value
from quizcnn.text import LANGS, Lang, Text, display_width, truncate

TEMPLATE = Path(__file__).with_name("strips.typ")
WIDTH, GAP, EDGE = 40.0, 4.0, 10.0
"""Millimetres: a strip, between two, and at the edge of the sheet."""
FOOT = 15.0
LINE = 2.5
"""Millimetres from one line of mistakes to the next."""
COLUMNS = 37
"""So many columns of text a line of mistakes holds."""
KEY_COLUMNS = 21
KEY_LINE, MOST_ROOM = 3.6, 24.0
"""Millimetres: the line of number and key, and the highest row."""
SMALL = 2
"""A long key is set small, over so many lines as high as one."""
OTHERS = 4
"""Of the columns of two keys on one line, those that the second number takes."""
LEAST = 14
"""A mistake is cut to no fewer columns than these."""
WIDER = 1.7
"""By so much a letter of the key is wider than one of the mistakes."""
DO_NOT = Text("Key strips: do not hand out", "答案条，请勿外传")
LAY = Text("lay it edge on edge with the answer sheet", "上缘对齐答题卡上缘")
FOR_EXAMPLE = Text("e.g. ", "如 ")
BY_KEY = Text("see key", "见答案")


@dataclass(frozen=True, slots=True)
class StripRow:
    """One question: number, key, points, and mistakes as ``value label``, the shortest first."""

    number: int
    key: str
    points: str
    mistakes: tuple[str, ...]


def strip_rows(version: Version, lang: Lang) -> tuple[StripRow, ...]:
    """The rows of a version's strip, by printed number."""
    return tuple(
        StripRow(item.number, _key(item, lang), words.amount(float(item.points)), tuple(_mistakes(item, lang)))
        for item in version.items
    )


def _key(item: Item, lang: Lang) -> str:
    fields = item.variant.fields
    if isinstance(fields[0].answer, KeypointsAnswer | RecallAnswer):
        return BY_KEY[lang]
    shown = " | ".join(_plain(key_on_paper(field.answer, lang)) for field in fields)
    return f"{FOR_EXAMPLE[lang]}{shown}" if isinstance(fields[0].answer, PropertyAnswer) else shown


def _mistakes(item: Item, lang: Lang) -> Iterator[str]:
    """Values that differ from the key, each once, with the part where there are several."""
    fields = item.variant.fields
    seen: set[tuple[int, str]] = set()
    for place, field in enumerate(fields):
        part = f"{chr(ord('a') + place)} " if len(fields) > 1 else ""
        for value, label in _wrong(field.answer, lang):
            if (place, value) not in seen:
                seen.add((place, value))
                yield f"{part}{value} {_plain(label)}"


def _wrong(answer: Answer, lang: Lang) -> Iterator[tuple[str, str]]:
    if isinstance(answer, ExpressionAnswer):
        yield from ((each.expression, each.label[lang]) for each in answer.wrong)
        return
    decimals = getattr(answer, "decimals", None)
    right = format_value(getattr(answer, "truth", None), decimals)
    for rival in getattr(answer, "rivals", ()):
        value = format_value(rival.value, decimals)
        if value != right:
            yield value, rival.label[lang]


def print_strips(title: Text, versions: Sequence[Version], lang: PaperLang, layout: Layout) -> bytes:
    """The strips of all versions as one PDF; ``UsageError`` where the extra ``pdf`` is missing."""
    sheets = set_documents([_sheet(title, version, lang, layout) for version in versions], layout).documents
    first: Lang = "zh" if lang == "zh" else "en"
    strips = [
        strip
        for version, sheet in zip(versions, sheets, strict=True)
        for strip in _strips(version, sheet, first, SIZES[layout.size][1])
    ]
    data: dict[str, Json] = {
        "kind": "key",
        "lang": first,
        "size": TYPST_SIZES[layout.size],
        "duplex": False,
        "title": clean(title[first]),
        "foot": DO_NOT[first],
        "lay": LAY[first],
        "width": WIDTH,
        "gap": GAP,
        "edge": EDGE,
        "strips": strips,
    }
    return press([data], TEMPLATE).documents[0].pdf


def _sheet(title: Text, version: Version, lang: PaperLang, layout: Layout) -> Paper:
    """The answer sheet as the last leaf of the paper, without the paper."""
    if lang == "both":
        en, zh = (_sheet(title, version, each, layout) for each in LANGS)
        return merge(en, zh)
    return Paper(
        kind="sheet",
        lang=lang,
        title=title[lang],
        facts="",
        code=version.code,
        letter=version.letter,
        version=words.PAPER[lang].format(letter=version.letter),
        words=frame(lang, words.PAGE_POINTS, words.END),
        score=None,
        conventions=None,
        sections=(),
        sheet=build_sheet(version, lang),
        form="chinese" if lang == "zh" else "plain",
        seal=chinese.SEAL if layout.seal else None,
    )


def _strips(version: Version, sheet: Set, lang: Lang, height: float) -> Iterator[Json]:
    """A strip for each page of the version's sheet."""
    rows = {row.number: row for row in strip_rows(version, lang)}
    pages = sorted({page for page, _ in sheet.rows.values()})
    for page in pages:
        heights = sorted({y for own, y in sheet.rows.values() if own == page})
        below = dict(zip(heights, [*heights[1:], height - FOOT], strict=True))
        yield {
            "letter": clean(version.letter),
            "code": clean(version.code),
            "page": f"{page}/{len(pages)}" if len(pages) > 1 else "",
            "rows": list(_page(rows, sheet.rows, page, below)),
        }


def _page(
    rows: Mapping[int, StripRow], places: Mapping[int, tuple[int, float]], page: int, below: Mapping[float, float]
) -> Iterator[Json]:
    """The rows of a page; those that share a line of the sheet stand on one line, half as wide."""
    for y, end in below.items():
        numbers = [number for number, place in places.items() if place == (page, y)]
        room = min(end - y, MOST_ROOM)
        lines = max(0, int((room - KEY_LINE) / LINE))
        columns = KEY_COLUMNS if len(numbers) == 1 else (KEY_COLUMNS - OTHERS) // len(numbers)
        shown = [rows[number] for number in numbers]
        yield {
            "y": y,
            "height": room,
            "cells": [_cell(row, columns, lines if len(shown) == 1 else -1) for row in shown],
        }


def _cell(row: StripRow, columns: int, lines: int) -> Json:
    """A question; mistakes begin beside a short key, and go on over so many lines (-1: none at all)."""
    small = display_width(row.key) > columns or row.key in (BY_KEY.en, BY_KEY.zh)
    key = truncate(row.key, SMALL * 2 * columns if small else columns)
    beside = 0 if small or lines < 0 else COLUMNS - ceil(WIDER * display_width(key)) - 2
    told = _lines(row.mistakes, [max(0, beside), *[COLUMNS] * max(0, lines)])
    return {
        "number": str(row.number),
        "key": clean(key),
        "small": small,
        "points": clean(row.points),
        "beside": clean(told[0]),
        "mistakes": [clean(line) for line in told[1:] if line],
    }


def _lines(mistakes: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The mistakes over lines of these widths, as many on one as there is room for, each cut where it is too long for a line."""
    found = [""] * len(widths)
    at = 0
    for mistake in mistakes:
        while at < len(widths):
            gap = " · " if found[at] else ""
            room = widths[at] - display_width(found[at]) - len(gap)
            if room >= min(display_width(mistake), LEAST):
                found[at] += gap + truncate(mistake, room)
                break
            at += 1
    return found


def _plain(text: str) -> str:
    """A text of the bank without its marks."""
    return "".join(_words(read_inlines(text)))


def _words(content: Inlines) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Run | Code):
            yield inline.text
        elif isinstance(inline, Formula):
            yield one_line(inline.latex)
        elif isinstance(inline, Styled):
            yield from _words(inline.content)
