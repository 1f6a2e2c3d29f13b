"""A report as one HTML file that holds everything: a title, some lines, tables. No script, nothing from outside, every cell is text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizcnn.printing.html import LANGUAGES, POLICY
from quizcnn.printing.markup import Html, tag, text
from quizcnn.text import Lang

STYLE = """
body { max-width: 64em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff; font: 11pt/1.45 Georgia, "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
:lang(zh) body, body:lang(zh) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 1.6em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: .5pt solid #999; padding: .25em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { border-bottom: 1pt solid #000; } td.number, th.number { text-align: right; white-space: nowrap; }
tr { break-inside: avoid; } thead { display: table-header-group; }
@media print { body { max-width: none; margin: 0; font-size: 9pt; } }
"""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under a title; the columns whose number is in ``figures`` (from 0) stand at the right."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


def write_report(title: str, lines: Sequence[str], grids: Sequence[Grid], lang: Lang) -> str:
    """The whole file."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", text(title)),
        tag("style", Html(STYLE)),
    )
    told = (tag("p", text(line)) for line in lines)
    body = tag("body", tag("main", tag("h1", text(title)), *told, *map(_grid, grids)))
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang=LANGUAGES[lang]) + "\n"


def _grid(grid: Grid) -> Html:
    def cells(element: str, row: Sequence[str]) -> Html:
        shown = (tag(element, text(cell), class_="number" if at in grid.figures else None) for at, cell in enumerate(row))  # fmt: skip
        return tag("tr", *shown)

    head = tag("thead", cells("th", grid.head))
    rows = tag("tbody", *(cells("td", row) for row in grid.rows))
    return tag("section", tag("h2", text(grid.title)), tag("table", head, rows))
