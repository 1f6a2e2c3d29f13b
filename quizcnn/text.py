"""Text in both languages, its width on a terminal, and where its lines may break.

A leaf for every package: imports nothing of quizcnn and nothing outside the standard library. Widths count columns: Chinese
characters two, combining ones none. Lines break by Chinese and Latin rules at once, since most texts mix both.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and Chinese."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  a loaded text takes no third language silently

    en: str
    zh: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def map(self, change: Callable[[str], str]) -> Text:
        """The text with ``change`` applied to both languages."""
        return Text(change(self.en), change(self.zh))

    @staticmethod
    def same(text: str) -> Text:
        """A text that reads alike in both languages (code, names, numbers)."""
        return Text(text, text)


CLOSING_MARKS = frozenset("，。；：？！、…％·）】》」』〉”’" + ",.;:?!%)]}")
"""None of these begins a line."""
OPENING_MARKS = frozenset("（【《「『〈“‘" + "([{")
"""None of these ends a line."""
UNITS = frozenset(
    {
        "px",
        "B",
        "KB",
        "MB",
        "GB",
        "TB",
        "KiB",
        "MiB",
        "GiB",
        "bit",
        "bits",
        "byte",
        "bytes",
        "nats",
        "ms",
        "s",
        "min",
        "h",
        "days",
        "Hz",
    }
    | {
        "params",
        "parameters",
        "pixels",
        "MACs",
        "FLOPs",
        "GFLOPs",
        "GMACs",
        "FPS",
        "fps",
        "epochs",
        "images",
        "cards",
        "M",
        "G",
        "k",
        "K",
    }
)
MEASURES = frozenset("个层张位次倍维秒分天步条项类行列点组轮万亿块组像字年月日时小通批类维元种题卡")
"""First characters of Chinese measure words and units: they stay with the number before them."""
_PIECES = re.compile(r"(`+)[^`].*?\1|[^\s`]|`")


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"} else 1


def display_width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_char_width, text))


def truncate(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns; what is cut off is replaced by one ``…``."""
    if display_width(text) <= width:
        return text
    kept, room = "", width - 1
    for char in text:
        room -= _char_width(char)
        if room < 0:
            break
        kept += char
    return kept.rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int, *, align: Literal["left", "right", "center"] = "left") -> str:
    """``text`` filled with blanks to ``width`` columns; a wider one stays as it is."""
    missing = max(0, width - display_width(text))
    before = {"left": 0, "right": missing, "center": missing // 2}[align]
    return " " * before + text + " " * (missing - before)


def break_lines(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; line ends in it stay, blanks at a break go.

    Breaks at blanks and between Chinese characters; no closing mark comes first, no opening mark last, and a number keeps its
    unit. A word, or code in backticks, is cut only where it alone is wider than a line.
    """
    return [text[start:end] for start, end in break_places(text, width)]


def break_places(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of :func:`break_lines` as ``(start, end)`` in ``text``, for faces that keep styles by position."""
    places: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        places += [(start + a, start + b) for a, b in _break_paragraph(paragraph, max(1, width))]
        start += len(paragraph) + 1
    return places


def _break_paragraph(text: str, width: int) -> Iterator[tuple[int, int]]:
    columns = [0, *accumulate(map(_char_width, text))]
    start = end = 0
    for unit_start, unit_end in _units(text):
        if columns[unit_end] - columns[start] <= width:
            end = unit_end
            continue
        if text[start:end].strip():
            yield start, end
            start = unit_start
        while columns[unit_end] - columns[start] > width:
            cut = _cut(text, start, unit_end, columns, width)
            yield start, cut
            start = cut + len(text[cut:unit_end]) - len(text[cut:unit_end].lstrip(" "))
        end = unit_end
    if text[start:end].strip() or not text.strip():
        yield (start, end) if text.strip() else (0, 0)


def _cut(text: str, start: int, end: int, columns: list[int], width: int) -> int:
    """Where to cut a unit that is wider than a line: at its last blank, else at a character, marks kept where they belong."""
    last = max(start + 1, bisect_right(columns, columns[start] + width, start, end + 1) - 1)
    blank = text.rfind(" ", start + 1, last + 1)
    if blank > start and text[start:blank].strip():
        return blank
    cut = last
    while cut > start + 1 and (
        text[cut] in CLOSING_MARKS or text[cut - 1] in OPENING_MARKS or not _char_width(text[cut])
    ):
        cut -= 1
    return cut if cut > start + 1 else last


def _units(text: str) -> Iterator[tuple[int, int]]:
    """What must stay on one line, in order: ``(start, end)``."""
    start = end = -1
    for match in _PIECES.finditer(text):
        piece = match.start(), match.end()
        if start >= 0 and not _may_break(text, end, *piece):
            end = piece[1]
            continue
        if start >= 0:
            yield start, end
        start, end = piece
    if start >= 0:
        yield start, end


def _may_break(text: str, end: int, start: int, after: int) -> bool:
    """Whether a line may end at ``end`` and the next begin at ``start`` with the piece that ends at ``after``."""
    left, right = text[end - 1], text[start]
    if end < start:
        return not (left.isdecimal() and start - end == 1 and _is_unit(text, start))
    if right in CLOSING_MARKS or left in OPENING_MARKS or not _char_width(right):
        return False
    if left.isdecimal() and right in MEASURES:
        return False
    return _char_width(left) == 2 or _char_width(right) == 2


def _is_unit(text: str, start: int) -> bool:
    if text[start] in MEASURES:
        return True
    word = re.match(r"[A-Za-z]+", text[start:])
    return word is not None and word[0] in UNITS
