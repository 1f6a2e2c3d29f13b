"""The Markdown of the bank as blocks and inlines: paragraphs, fenced code, pipe tables, dashes as lists, and inside them code spans,
formulas, bold, emphasis and the ``[[a]]`` gaps of a cloze.

A subset on purpose: what is not recognised stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizcnn.figures.mathematics import SPANS
from quizcnn.printing.document import (
    Block,
    Code,
    CodeBlock,
    Formula,
    Gap,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Run,
    Styled,
    Table,
)
from quizcnn.printing.plain import clean

_FENCE = re.compile(r"```[^\n]*\n(.*?)\n?```", re.DOTALL)
_STYLES = re.compile(r"\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*|(?<![A-Za-z0-9_*])\*(?=[^\s*])(?P<emph>[^*\n]+?)(?<=\S)\*(?![A-Za-z0-9_*])", re.DOTALL)  # fmt: skip
_GAP = re.compile(r"\[\[([a-z0-9]{1,8})\]\]")
_ITEM = re.compile(r"[-*] +")
_HELD = re.compile("[\ue000-\uf8ff]")
_FIRST_HELD = 0xE000
_MOST_HELD = 6_000


def read_blocks(markdown: str, gaps: Mapping[str, int] | None = None) -> tuple[Block, ...]:
    """The blocks of a text; ``gaps`` gives each gap's width in letters."""
    return tuple(_blocks(clean(markdown), gaps or {}))


def read_inlines(markdown: str, gaps: Mapping[str, int] | None = None) -> Inlines:
    """A text of one paragraph."""
    return _Line(gaps or {}).read(" ".join(clean(markdown).split("\n")).strip())


def _blocks(text: str, gaps: Mapping[str, int]) -> Iterator[Block]:
    start = 0
    for fence in _FENCE.finditer(text):
        yield from _paragraphs(text[start : fence.start()], gaps)
        yield CodeBlock(fence[1])
        start = fence.end()
    yield from _paragraphs(text[start:], gaps)


def _paragraphs(text: str, gaps: Mapping[str, int]) -> Iterator[Block]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if not lines:
            continue
        if len(lines) >= 2 and all(line.startswith("|") for line in lines) and set(lines[1]) <= set("|-: "):
            yield _table(lines, gaps)
        elif all(_ITEM.match(line) for line in lines):
            yield Listing(tuple(_Line(gaps).read(_ITEM.sub("", line, count=1)) for line in lines))
        else:
            yield Paragraph(_Line(gaps).read(" ".join(lines)))


def _table(lines: list[str], gaps: Mapping[str, int]) -> Table:
    rows = [
        tuple(_Line(gaps).read(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))
        for line in lines
    ]
    head, body = rows[0], rows[2:]
    width = len(head)
    return Table(head, tuple((*row[:width], *((),) * (width - len(row))) for row in body))


class _Line:
    """Reads one paragraph. Code, formulas and gaps are set aside first (as private characters, which no clean text holds)."""

    def __init__(self, gaps: Mapping[str, int]) -> None:
        self.gaps = gaps
        self.held: list[Inline] = []

    def read(self, text: str) -> Inlines:
        return self._styled(SPANS.sub(self._span, _GAP.sub(self._gap, text)))

    def _hold(self, inline: Inline, source: str) -> str:
        if len(self.held) >= _MOST_HELD:
            return source
        self.held.append(inline)
        return chr(_FIRST_HELD + len(self.held) - 1)

    def _gap(self, match: re.Match[str]) -> str:
        width = self.gaps.get(match[1])
        return match[0] if width is None else self._hold(Gap(match[1], width), match[0])

    def _span(self, match: re.Match[str]) -> str:
        if match["escaped"]:
            return "$"
        if match["code"]:
            return self._code(match)
        if match["display"]:
            return self._hold(Formula(self._raw(match["display"]).strip(), display=True), match[0])
        return self._hold(Formula(self._raw(match["inline"]).strip()), match[0])

    def _code(self, match: re.Match[str]) -> str:
        """A code span; gaps inside it cut it into pieces."""
        content = match["code"].strip("`")
        if not _HELD.search(content):
            return self._hold(Code(content.strip() or content), match[0])
        pieces = re.split(f"({_HELD.pattern})", content)
        return "".join(
            piece if _HELD.fullmatch(piece) else self._hold(Code(piece), piece) for piece in pieces if piece
        )  # fmt: skip

    def _raw(self, text: str) -> str:
        """A formula holds no gaps: those that were set aside are written out again."""
        return _HELD.sub(lambda held: f"[[{self._at(held[0]).name}]]" if isinstance(self._at(held[0]), Gap) else "", text)  # type: ignore[union-attr]  # fmt: skip

    def _at(self, char: str) -> Inline:
        return self.held[ord(char) - _FIRST_HELD]

    def _styled(self, text: str) -> Inlines:
        found: list[Inline] = []
        start = 0
        for match in _STYLES.finditer(text):
            found += self._plain(text[start : match.start()])
            if match["strong"]:
                found.append(Styled("strong", self._styled(match["strong"])))
            else:
                found.append(Styled("emph", self._styled(match["emph"])))
            start = match.end()
        return (*found, *self._plain(text[start:]))

    def _plain(self, text: str) -> list[Inline]:
        """Text with what was set aside in its places."""
        pieces = re.split(f"({_HELD.pattern})", text)
        return [self._at(piece) if _HELD.fullmatch(piece) else Run(piece) for piece in pieces if piece]
