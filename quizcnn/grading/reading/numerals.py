"""Chinese numerals and the large units 万 and 亿, also mixed with digits: 三万六千, 1亿2000万, 百分之七十五, 四分之三."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from quizcnn.grading.reading.syntax import number_of, simple

_DIGITS = {character: place for place, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ONE = "[0-9]+(?:[.][0-9]+)?|[一二两三四五六七八九]"
_SECTION = re.compile(rf"(?:({_ONE})千)?零?(?:({_ONE})百)?零?(?:({_ONE})?(十))?零?({_ONE}|[零〇])?")
_SHORT = re.compile("(?<=[百千万亿])[一二三四五六七八九]$")
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SHARE = re.compile("(.+)分之(.+)")
_ALLOWED = re.compile("[0-9.〇零一二两三四五六七八九十百千万亿]{1,40}")


class Numeral(NamedTuple):
    """A value, and the place value of its last written part (None where it stands for itself)."""

    value: int | Fraction
    step: int | None


def read_numeral(text: str) -> Numeral | None:
    """The number that ``text`` writes in Chinese, or None where it writes none."""
    if text == "一半":
        return Numeral(Fraction(1, 2), None)
    share = _SHARE.fullmatch(text)
    if share is None:
        return _whole(text)
    top, bottom = _whole(share[2]), _whole("100" if share[1] == "百" else share[1])
    if top is None or bottom is None or not bottom.value:
        return None
    return Numeral(simple(Fraction(top.value) / bottom.value), None)


def _whole(text: str) -> Numeral | None:
    if _ALLOWED.fullmatch(text) is None:
        return None
    if _SHORT.search(text):  # 三万七 is 37,000: the last unit falls by one place
        rest = _whole(text[:-1])
        unit = _UNITS[text[-2]] // 10
        return None if rest is None else Numeral(rest.value + _DIGITS[text[-1]] * unit, unit)
    value = _parted(text, "亿")
    return None if value is None else Numeral(value, _UNITS.get(text[-1], 1))


def _parted(text: str, unit: str) -> int | Fraction | None:
    """The value of what stands before and after the last 亿 or 万."""
    head, found, tail = text.rpartition(unit)
    below = _parted if unit == "亿" else _section
    after = below(tail, "万") if tail else 0
    if not found:
        return after
    before = below(head, "万") if head else None
    return None if before is None or after is None else simple(Fraction(before * _UNITS[unit] + after))


def _section(text: str, unit: str) -> int | Fraction | None:
    """A number below 万: thousands, hundreds, tens, ones."""
    found = _SECTION.fullmatch(text)
    if found is None:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    parts = ((thousands, 1000), (hundreds, 100), (tens or (ten and "一"), 10), (ones, 1))
    return simple(Fraction(sum(_digit(part) * size for part, size in parts if part)))


def _digit(text: str) -> int | Fraction:
    return _DIGITS[text] if text in _DIGITS else number_of(text)
