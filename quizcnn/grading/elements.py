"""How the elements of shapes, lists and matrices are judged, and a wrong rule's value recognised whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import Grade, Parsed, Rival, Verdict
from quizcnn.grading.closeness import number_in
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.rule import NumberRule
from quizcnn.solvers.values import Value
from quizcnn.text import Text

Element = Literal["integer", "real"]
NAMED = 4
"""At most so many places are named one by one."""


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


def plain_value(reading: Reading) -> Value:
    """What was read as a solver value."""
    if reading.value is None:
        return None
    return int(reading.value) if reading.value.denominator == 1 else float(reading.value)
