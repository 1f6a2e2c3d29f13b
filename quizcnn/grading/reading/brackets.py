"""Several numbers in brackets: shapes, lists and matrices as they are typed.

Inside brackets a comma separates and never groups. Rows of a matrix are bracketed, or parted by ``;``, ``|`` or line breaks.
"""

from __future__ import annotations

import re

from quizcnn.grading.base import Invalid
from quizcnn.grading.reading.normalize import normalize
from quizcnn.grading.reading.number import read_number
from quizcnn.grading.reading.refusals import EMPTY, TOO_LONG
from quizcnn.grading.reading.written import Reading
from quizcnn.text import Text

MAX_ELEMENTS = 1_000
MAX_TEXT = 20_000

_WRAPPED = re.compile(r"(?:torch\.Size|Size|shape|tensor|array|np\.array|tuple|list)? ?\((.*)\)", re.IGNORECASE | re.S)
_LABEL = re.compile(r"[A-Za-z][A-Za-z_]{0,11} ?[=:] ?")
_BY = re.compile(r"-?[0-9]+(?: ?[xX*] ?-?[0-9]+)+")
_TIMES = re.compile(r" ?[xX*] ?")
_NESTED = re.compile(r"\] ?,? ?\[|\) ?,? ?\(|\} ?,? ?\{")


def read_elements(text: str, examples: tuple[str, ...]) -> tuple[Reading, ...] | Invalid:
    """A flat row: ``8x64x56x56``, ``(8, 64, 56, 56)``, ``8 64 56 56``, ``8; 64; 56; 56``, ``N=8, C=64``."""
    if len(text) > MAX_TEXT:
        return Invalid(TOO_LONG, examples)
    inside = unwrapped(normalize(text))
    if inside is None:
        return Invalid(Text("a bracket is not closed", "括号没有配对"), examples)
    if not inside:
        return Invalid(EMPTY, examples)
    if "," not in inside:
        inside = inside.replace(";", ",").strip(" ,")
    return read_row(inside, examples)


def unwrapped(text: str) -> str | None:
    """The text inside one pair of brackets, or without any; None where they do not match."""
    if (found := _WRAPPED.fullmatch(text)) is not None:
        text = found[1].strip()
    for opening, closing in ("[]", "()", "{}"):
        if text.startswith(opening) or text.endswith(closing):
            if not (text.startswith(opening) and text.endswith(closing)):
                return None
            return text[1:-1].strip(" ,")
    return text.strip(" ,")


def read_row(text: str, examples: tuple[str, ...]) -> tuple[Reading, ...] | Invalid:
    """Numbers parted by commas or spaces, or all of them by ``x`` or ``*``."""
    text = _LABEL.sub("", text)
    if _BY.fullmatch(text):
        text = _TIMES.sub(",", text)
    parts = [part.strip() for part in text.split(",")] if "," in text else text.split()
    if len(parts) > MAX_ELEMENTS:
        return Invalid(TOO_LONG, examples)
    row: list[Reading] = []
    for place, part in enumerate(parts, 1):
        reading = read_number(part, (), examples) if part else Invalid(EMPTY, examples)
        if isinstance(reading, Invalid):
            why = reading.why
            return Invalid(Text(f"number {place}: {why.en}", f"第 {place} 个数：{why.zh}"), examples)
        row.append(reading)
    return tuple(row)


def read_rows(text: str, examples: tuple[str, ...]) -> tuple[tuple[Reading, ...], ...] | Invalid:
    """A matrix: ``[[2,5],[1,3]]``, or rows parted by ``;`` or line breaks."""
    if len(text) > MAX_TEXT:
        return Invalid(TOO_LONG, examples)
    lines = [line for line in text.strip().splitlines() if line.strip()]
    body = normalize(";".join(lines) if len(lines) > 1 and "[" not in text else text)
    inside = unwrapped(body) if body.startswith(("[[", "[ [", "((", "( (", "tensor", "array", "np.", "{{")) else body
    if inside is None or any(body.count(opening) != body.count(closing) for opening, closing in ("[]", "()", "{}")):
        return Invalid(Text("a bracket is not closed", "括号没有配对"), examples)
    inside = inside.replace("|", ";")
    if not inside.strip("; []"):
        return Invalid(EMPTY, examples)
    parts = _NESTED.sub(";", inside).strip("; ").split(";")
    if len(parts) > MAX_ELEMENTS:
        return Invalid(TOO_LONG, examples)
    rows: list[tuple[Reading, ...]] = []
    for place, line in enumerate(parts, 1):
        row = read_row(line.strip("[](){} ,"), examples) if line.strip() else Invalid(EMPTY, examples)
        if isinstance(row, Invalid):
            return Invalid(Text(f"row {place}, {row.why.en}", f"第 {place} 行{row.why.zh}"), examples)
        rows.append(row)
    if len({len(row) for row in rows}) > 1:
        return Invalid(Text("the rows have different lengths", "各行的长度不一样"), examples)
    return tuple(rows)
