"""Markdown cards as found questions: ``Q:`` with ``A:``, and ``C:`` with ``[gaps]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizcnn.interop.found import Found, FoundGap, Skipped
from quizcnn.interop.html_reading import without_origin
from quizcnn.interop.markup import clean
from quizcnn.text import Text

_CARD = re.compile(r"^(?=[QC]: ?)", re.M)
_ANSWER = re.compile(r"^A: ?", re.M)
_END = re.compile(r"^---\s*$", re.M)
_GAP = re.compile(r"(`+[^`]+`+|\$[^$]+\$)|(?<!\\)\[((?:\\.|[^\[\]\\])+)(?<!\\)\]")
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.S)


def read_cards(text: str) -> Iterator[Found | Skipped]:
    """The cards of a file; text before the first card is its head."""
    pieces = _CARD.split(_HEAD.sub("", clean(text).replace("\r\n", "\n")))
    for number, piece in enumerate((piece for piece in pieces if piece[:2] in ("Q:", "C:")), 1):
        body = _END.split(piece[2:])[0].strip()
        yield _gaps(body, number) if piece[0] == "C" else _card(body, number)


def _card(body: str, number: int) -> Found | Skipped:
    parts = _ANSWER.split(body, maxsplit=1)
    if len(parts) < 2 or not parts[1].strip():
        return Skipped(f"card {number}", "it has no answer")
    answer, source = without_origin(Text.same(parts[1].strip()))
    return Found(f"card {number}", "recall", Text.same(parts[0].strip()), back=(answer,), source=source)


def _gaps(body: str, number: int) -> Found | Skipped:
    gaps: list[FoundGap] = []

    def take(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        gaps.append(FoundGap(f"g{len(gaps) + 1}", accept=(_plain(match[2]),)))
        return f"[[{gaps[-1].name}]]"

    prompt = _plain(_GAP.sub(take, body))
    if not gaps:
        return Skipped(f"card {number}", "it has no gap")
    return Found(f"card {number}", "cloze", Text.same(prompt), gaps=tuple(gaps))


def _plain(text: str) -> str:
    return re.sub(r"\\([\[\]])", r"\1", text)
