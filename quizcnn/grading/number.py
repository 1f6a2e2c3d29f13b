"""One number: counts exact, reals at the decimals asked, estimates where the question takes them.

The rule: what is exactly equal is right however it is written. Near verdicts and named mistakes are looked for in the order of
:class:`Verdict`; a mistake that gives the key is never named, and where several give what was typed, all are.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Exact, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.closeness import LEAST_DIGITS, Rational, number_in, same, size_of
from quizcnn.grading.reading.number import INTEGER_EXAMPLES, REAL_EXAMPLES, read_number
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.rule import Kind, NumberRule
from quizcnn.grading.slips import (
    CUT_OFF,
    LEAST_GUESSED,
    ROUNDED_EARLY,
    both,
    cut_off,
    generic_slip,
    rounded_early,
    two_slips,
)
from quizcnn.grading.written import shown_number, typed_number
from quizcnn.solvers.values import Value
from quizcnn.text import Lang, Text

ESTIMATE_RIGHT = 0.1
"""Decimal orders by which an estimate may be off and still be right (26 %); its score falls to 0 at one order."""


class NumberAnswer(AnswerType[Reading]):
    """A number. ``truth`` None means that no value exists ("none" is typed); ``tolerance`` is relative."""

    type: Literal["number"] = "number"
    kind: Kind
    truth: Exact
    decimals: int | None = None
    tolerance: float | None = None
    approximate: bool = False
    estimate: bool = False
    units: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @cached_property
    def _rule(self) -> NumberRule | None:
        target = number_in(self.truth)
        if target is None:
            return None
        noisy = isinstance(self.truth, float)
        return NumberRule(self.kind, target, noisy, self.decimals, self.tolerance, self.approximate)

    def read(self, text: str, lang: Lang) -> Parsed[Reading] | Invalid:
        examples = INTEGER_EXAMPLES if self.kind == "integer" else REAL_EXAMPLES
        reading = read_number(text, self.units, examples)
        return reading if isinstance(reading, Invalid) else Parsed(reading, reading.shown)

    def grade(self, parsed: Parsed[Reading]) -> Grade:
        reading, rule = parsed.value, self._rule
        if reading.value is None or rule is None:
            return self._existence(parsed)
        if self.estimate:
            return self._estimated(parsed, reading.value, rule.target)
        if rule.right(reading):
            return wording.correct(parsed.shown, self.shown(), (self._praise(reading, rule),))
        if rule.too_few(reading) and (reading.digits > 1 or not self._fitting(reading, rule)):
            return self._verdict(Verdict.TOO_FEW_DIGITS, parsed, self._asks_more(reading))
        named = wording.by_rivals(parsed.shown, self.shown(), self._fitting(reading, rule))
        return named or self._slipped(parsed, reading.value, rule)

    def typed(self) -> str:
        return typed_number(self.truth, self.kind, self.decimals)

    def shown(self) -> Text:
        return self._key

    @cached_property
    def _key(self) -> Text:
        if self._rule is None:
            return wording.NO_VALUE
        return Text.same(shown_number(self.truth, self.decimals if self.kind != "integer" else None))

    def hint_of_form(self) -> Text:
        if self.estimate:
            return Text(
                "an estimate: right within 26 %, in part within a factor of ten; one minute",
                "估算题：误差 26 % 以内为正确，差不到十倍得部分分；限时一分钟",
            )
        if self.kind == "integer":
            if self.approximate:
                return Text("a number; 3 digits are enough (25.6M)", "一个数，3 位有效数字即可（如 25.6M）")
            return Text("exact integer", "精确整数")
        if self.decimals is not None:
            if self.decimals == 0:
                return Text("a whole number", "取整数")
            return Text("1 decimal" if self.decimals == 1 else f"{self.decimals} decimals", f"{self.decimals} 位小数")
        if self.kind == "fraction":
            return Text("a fraction, or a decimal with 3 digits", "分数，或 3 位有效数字的小数")
        return Text("a number, 3 digits", "一个数，3 位有效数字")

    def own(self, parsed: Parsed[Reading]) -> Value:
        value = parsed.value.value
        if value is None or value.denominator == 1:
            return None if value is None else int(value)
        return value if self.kind == "fraction" else float(value)

    def _praise(self, reading: Reading, rule: NumberRule) -> Text:
        if self.approximate and reading.rough and reading.value != rule.target:
            return wording.agrees(reading.text, self.shown(), max(reading.digits, LEAST_DIGITS))
        return wording.RIGHT

    def _asks_more(self, reading: Reading) -> Text:
        if self.kind == "integer" and not self.approximate:
            return wording.not_exact(reading.text)
        if self.kind != "integer" and self.decimals is not None:
            return wording.too_few_decimals(reading.text, self.decimals)
        return wording.too_few_digits(reading.text, LEAST_DIGITS)

    def _fitting(self, reading: Reading, rule: NumberRule) -> list[Rival]:
        """The mistakes that give what was typed; those that give all its digits go before those that agree with fewer."""
        fitting = [
            (rival, value)
            for rival in self.rivals
            if (value := number_in(rival.value)) is not None and rule.gives(reading, value)
        ]
        return [rival for rival, value in fitting if rule.shows(reading, value)] or [rival for rival, _ in fitting]

    def _slipped(self, parsed: Parsed[Reading], value: Rational, rule: NumberRule) -> Grade:
        typed = parsed.value.text
        if "%" not in self.units and rule.is_percentage(parsed.value):
            return self._verdict(Verdict.PERCENT_FOR_RATIO, parsed, wording.percent_for_ratio(typed))
        if exponent := rule.power_off(parsed.value):
            return self._verdict(Verdict.POWER_OF_TEN, parsed, wording.power_of_ten(exponent))
        read, slip = parsed.shown, self._guess(parsed.value, value, rule)
        line = wording.wrong_without_name(read) if self.rivals else wording.wrong_with_key(read, self.shown())
        feedback, guesses = ((line, slip[1]), (slip[0],)) if slip else ((line,), ())
        return Grade(Verdict.WRONG, 0.0, read, self.shown(), feedback, guesses=guesses)

    def _guess(self, reading: Reading, value: Rational, rule: NumberRule) -> tuple[str, Text] | None:
        """What may be behind a number that no single rule gives; a whole number is guessed at only where chance hardly meets it."""
        wide = rule.gives if reading.digits >= LEAST_DIGITS and self.kind != "integer" else rule.shows

        def fits(number: Rational) -> bool:
            return wide(reading, number)

        if self.kind != "integer" and cut_off(reading, rule.target):
            return "cut_off", CUT_OFF
        if slip := generic_slip(value, rule.target, fits):
            return slip
        if self.kind != "integer" or size_of(value) >= LEAST_GUESSED:
            pair = two_slips(self.rivals, rule.target, fits)
            if pair is not None:
                return both(*pair)
        if self.kind != "integer" and rounded_early(value, rule.target):
            return "rounded_early", ROUNDED_EARLY
        return None

    def _existence(self, parsed: Parsed[Reading]) -> Grade:
        """No value exists, or "none" was typed."""
        value = parsed.value.value
        if value is None and self._rule is None:
            return wording.correct(parsed.shown, self.shown())
        rivals = [rival for rival in self.rivals if _same_value(rival.value, value)]
        if named := wording.by_rivals(parsed.shown, self.shown(), rivals):
            return named
        missing = Text("There is a value here.", "这里是有值的。")
        line = missing if value is None else wording.wrong_with_key(parsed.shown, self.shown())
        return self._verdict(Verdict.WRONG, parsed, line)

    def _estimated(self, parsed: Parsed[Reading], value: Rational, target: Rational) -> Grade:
        try:
            off = abs(math.log10(Fraction(value) / target))
        except (ValueError, ZeroDivisionError, OverflowError):
            off = math.inf
        key = self.shown()
        if off <= ESTIMATE_RIGHT:
            line = Text(f"Right: the exact value is {key.en}.", f"答对了：准确值是 {key.zh}。")
            return wording.correct(parsed.shown, key, (line,))
        score = round(max(0.0, (1 - off) / (1 - ESTIMATE_RIGHT)), 6)
        line = wording.wrong_with_key(parsed.shown, key)
        return Grade(Verdict.PARTIAL if score else Verdict.WRONG, score, parsed.shown, key, (line,))

    def _verdict(self, verdict: Verdict, parsed: Parsed[Reading], line: Text) -> Grade:
        return Grade(verdict, 0.0, parsed.shown, self.shown(), (line,))


def _same_value(rival: Value, value: Rational | None) -> bool:
    number = number_in(rival)
    return rival is None if value is None else number is not None and same(value, number, True)
