"""Several numbers in brackets: how shapes, lists and matrices are read and their elements judged.

Inside brackets a comma separates and never groups. Rows of a matrix are bracketed, or parted by ``;`` or line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.closeness import number_in
from quizcnn.grading.reading.normalize import normalize
from quizcnn.grading.reading.number import EMPTY, TOO_LONG, Reading, read_number
from quizcnn.grading.rule import NumberRule
from quizcnn.solvers.values import Value
from quizcnn.text import Text

Element = Literal["integer", "real"]
MAX_ELEMENTS = 1_000
MAX_TEXT = 20_000

_WRAPPED = re.compile(r"(?:torch\.Size|Size|shape|tensor|array|np\.array|tuple|list)? ?\((.*)\)", re.IGNORECASE | re.S)
_LABEL = re.compile(r"[A-Za-z][A-Za-z_]{0,11} ?[=:] ?")
_BY = re.compile(r"-?[0-9]+(?: ?[xX*] ?-?[0-9]+)+")
_TIMES = re.compile(r" ?[xX*] ?")
_NESTED = re.compile(r"\] ?,? ?\[|\) ?,? ?\(|\} ?,? ?\{")


def read_elements(text: str, examples: tuple[str, ...]) -> tuple[Reading, ...] | Invalid:
    """A flat row: ``8x64x56x56``, ``(8, 64, 56, 56)``, ``8 64 56 56``, ``N=8, C=64``."""
    if len(text) > MAX_TEXT:
        return Invalid(TOO_LONG, examples)
    inside = unwrapped(normalize(text))
    if inside is None:
        return Invalid(Text("a bracket is not closed", "括号没有配对"), examples)
    if not inside:
        return Invalid(EMPTY, examples)
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


def rule_for(truth: Value, element: Element, decimals: int | None, tolerance: float | None = None) -> NumberRule | None:
    """The rule of one element; None where no value exists."""
    target = number_in(truth)
    if target is None:
        return None
    kind: Literal["integer", "real", "fraction"] = "integer" if element == "integer" else "real"
    return NumberRule(kind, target, isinstance(truth, float), decimals, tolerance)


def is_right(reading: Reading, rule: NumberRule | None) -> bool:
    return reading.value is None if rule is None else rule.right(reading)


def flat(value: Value) -> tuple[Value, ...]:
    """The numbers of a nested value in reading order."""
    if not isinstance(value, tuple):
        return (value,)
    return tuple(item for part in value for item in flat(part))


def layout(value: Value) -> tuple[int, ...]:
    """The lengths along the axes of a nested value."""
    if not isinstance(value, tuple):
        return ()
    return (len(value), *(layout(value[0]) if value else ()))


def grade_elements(
    parsed: Parsed[tuple[Reading, ...]],
    truths: Sequence[Value],
    rivals: Sequence[Rival],
    rule_of: Callable[[Value], NumberRule | None],
    key: Text,
    off: Callable[[Sequence[int]], Text],
) -> Grade:
    """The grade of numbers as many as the key has; ``off`` words which of them (from 0) are wrong."""
    readings = parsed.value
    rules = [rule_of(truth) for truth in truths]
    wrong = [
        place for place, (reading, rule) in enumerate(zip(readings, rules, strict=True)) if not is_right(reading, rule)
    ]
    if not wrong:
        return wording.correct(parsed.shown, key)
    if _all(readings, rules, wrong, NumberRule.too_few):
        decimals = next((rule.decimals for rule in rules if rule), None)
        shown = readings[wrong[0]].text
        line = wording.too_few_digits(shown, 3) if decimals is None else wording.too_few_decimals(shown, decimals)
        return Grade(Verdict.TOO_FEW_DIGITS, 0.0, parsed.shown, key, (line,))
    named = wording.by_rivals(parsed.shown, key, fitting_rivals(readings, truths, rivals, rule_of))
    if named is not None:
        return named
    if _all(readings, rules, range(len(rules)), NumberRule.is_percentage):
        line = wording.percent_for_ratio(parsed.shown)
        return Grade(Verdict.PERCENT_FOR_RATIO, 0.0, parsed.shown, key, (line,))
    powers = {rule.power_off(reading) if rule else 0 for reading, rule in zip(readings, rules, strict=True)}
    if len(powers) == 1 and (exponent := powers.pop()):
        return Grade(Verdict.POWER_OF_TEN, 0.0, parsed.shown, key, (wording.power_of_ten(exponent),))
    return Grade(Verdict.WRONG, 0.0, parsed.shown, key, (off(wrong),))


def _all(
    readings: Sequence[Reading],
    rules: Sequence[NumberRule | None],
    places: Sequence[int],
    holds: Callable[[NumberRule, Reading], bool],
) -> bool:
    return all((rule := rules[place]) is not None and holds(rule, readings[place]) for place in places)


def fitting_rivals(
    readings: Sequence[Reading],
    truths: Sequence[Value],
    rivals: Sequence[Rival],
    rule_of: Callable[[Value], NumberRule | None],
) -> list[Rival]:
    """The mistakes whose whole value is what was typed."""
    return [rival for rival in rivals if _whole(readings, truths, flat(rival.value), rule_of)]


def _whole(
    readings: Sequence[Reading],
    truths: Sequence[Value],
    wrong: Sequence[Value],
    rule_of: Callable[[Value], NumberRule | None],
) -> bool:
    if len(wrong) != len(readings):
        return False
    rules = [rule_of(value) for value in wrong]
    if not all(_gives(reading, rule) for reading, rule in zip(readings, rules, strict=True)):
        return False
    if len(truths) != len(wrong):
        return True
    return not all(_equal(rule, rule_of(truth)) for rule, truth in zip(rules, truths, strict=True))


def _gives(reading: Reading, rule: NumberRule | None) -> bool:
    return is_right(reading, rule) or (rule is not None and reading.digits >= 2 and rule.too_few(reading))


def _equal(rule: NumberRule | None, other: NumberRule | None) -> bool:
    if rule is None or other is None:
        return rule is other
    return other.alike(rule.target, other.target)
