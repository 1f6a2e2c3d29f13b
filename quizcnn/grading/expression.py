"""A typed formula, compared with the key on seeded points: exact arithmetic, edges included, a counterexample shown.

Equal means equal at every point where both exist, at least 30 of them. Only where a function leaves the fractions do values agree
within 1e-9. What is declared as a symbol may be typed in either case where that is unambiguous, and products need no sign.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.reading.arithmetic import Number, decimal_value
from quizcnn.grading.reading.formula import Formula, read_formula
from quizcnn.grading.reading.syntax import FormulaError, simple
from quizcnn.grading.reading.written import format_exact
from quizcnn.solvers.values import format_number
from quizcnn.text import Lang, Text

POINTS = 200
LEAST_POINTS = 30
TOLERANCE = 1e-9
SEED = 20_241
GRID = 1_024
"""Real domains are sampled at so many places."""


class Domain(BaseModel):
    """The numbers that a symbol may be: whole ones from ``low`` to ``high``, or reals; ``step`` parts them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: float
    high: float
    integer: bool = True
    step: float | None = None

    def at(self, share: Fraction) -> int | Fraction:
        """The number at ``share`` (0..1) of the way."""
        low, high = Fraction(decimal_value(self.low)), Fraction(decimal_value(self.high))
        step = Fraction(decimal_value(self.step)) if self.step else Fraction(1) if self.integer else (high - low) / GRID
        if not step:
            return simple(low)
        return simple(low + int(share * ((high - low) / step) + Fraction(1, 2)) * step)


class WrongExpression(BaseModel):
    """A formula that people write, and the rule behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    expression: str
    label: Text
    why: Text


class ExpressionAnswer(AnswerType[Formula]):
    """``answer`` over ``variables``; ``wrong`` are formulas that are recognised."""

    type: Literal["expression"] = "expression"
    variables: dict[str, Domain]
    answer: str
    wrong: tuple[WrongExpression, ...] = ()

    def read(self, text: str, lang: Lang) -> Parsed[Formula] | Invalid:
        try:
            formula = read_formula(text, tuple(self.variables))
        except FormulaError as error:
            return Invalid(error.why, (self._example(),))
        return Parsed(formula, " ".join(text.split())[:200])

    def _example(self) -> str:
        names = list(self.variables)
        return f"2*{names[0]} + {names[-1]}^2" if names else "2^10"

    def grade(self, parsed: Parsed[Formula]) -> Grade:
        counter = self._counterexample(parsed.value)
        key = self.shown()
        if counter is None:
            return wording.correct(parsed.shown, key)
        fitting = [each for each in self.wrong if self._is(each.expression, parsed.value)]
        lines = list(dict.fromkeys(each.why for each in fitting))
        labels = [each.label for each in fitting]
        line = wording.wrong_by_name(parsed.shown, labels) if fitting else wording.wrong(parsed.shown)
        slugs = tuple(each.slug for each in fitting)
        return Grade(Verdict.WRONG, 0.0, parsed.shown, key, (line, *lines, counter), slugs)

    def typed(self) -> str:
        return self.answer

    def shown(self) -> Text:
        return Text.same(self.answer)

    def hint_of_form(self) -> Text:
        names = ", ".join(self.variables)
        return Text(f"a formula in {names}", f"用 {names} 写的公式")

    @cached_property
    def _key(self) -> Formula:
        return read_formula(self.answer, tuple(self.variables))

    @cached_property
    def _points(self) -> tuple[tuple[Mapping[str, Number], Number], ...]:
        """Points where the key exists, with its value there."""
        found = []
        for point in points_of(self.variables):
            value = self._key.at(point)
            if value is not None:
                found.append((point, value))
        return tuple(found)

    def _counterexample(self, formula: Formula) -> Text | None:
        """The plainest point where the two differ; None where they are equal."""
        good, differing = 0, []
        for point, right in self._points:
            value = formula.at(point)
            if value is None:
                continue
            good += 1
            if not equal(value, right):
                differing.append((point, value, right))
        if differing:
            return _worded(*min(differing, key=lambda found: _plainness(found[0])))
        if good < LEAST_POINTS:
            return Text("It has no value for most of the numbers asked.", "对大部分取值，这个式子没有意义。")
        return None

    def _is(self, expression: str, formula: Formula) -> bool:
        """Whether ``formula`` is the wrong ``expression``, and that is not the key."""
        try:
            wrong = read_formula(expression, tuple(self.variables))
        except FormulaError:
            return False
        values = [(formula.at(point), wrong.at(point), right) for point, right in self._points]
        both = [(value, other, right) for value, other, right in values if value is not None and other is not None]
        return len(both) >= LEAST_POINTS and all(equal(value, other) for value, other, _ in both)


def equal(value: Number, right: Number) -> bool:
    """Exactly, or within the tolerance where a float is among them."""
    if isinstance(value, float) or isinstance(right, float):
        return math.isclose(value, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return value == right


def points_of(variables: Mapping[str, Domain]) -> Iterator[dict[str, int | Fraction]]:
    """The seeded points: all lowest, all highest, each symbol at its ends, small numbers, then all over the domains."""
    bits = random.Random(SEED).getrandbits
    names = tuple(variables)
    low, high = Fraction(0), Fraction(1)
    yield {name: variables[name].at(low) for name in names}
    yield {name: variables[name].at(high) for name in names}
    for end in (low, high):
        for fixed in names:
            yield {name: variables[name].at(end if name == fixed else Fraction(bits(20), 2**20)) for name in names}
    for place in range(POINTS - 2 - 2 * len(names)):
        near = place % 2 == 0
        yield {
            name: _small(variables[name], bits(3)) if near else variables[name].at(Fraction(bits(20), 2**20))
            for name in names
        }


def _small(domain: Domain, number: int) -> int | Fraction:
    """One of the first eight numbers of a domain."""
    if not domain.integer or domain.high - domain.low < 8:
        return domain.at(Fraction(number, 7))
    step = decimal_value(domain.step) if domain.step else 1
    return min(decimal_value(domain.low) + number * step, decimal_value(domain.high))


def _plainness(point: Mapping[str, Number]) -> tuple[int, float]:
    """Points with small whole numbers that are not all alike read best."""
    values = list(point.values())
    dull = sum(value in (0, 1) for value in values) + (len(values) - len(set(values)))
    return dull, math.fsum(math.fabs(value) for value in values)


def _worded(point: Mapping[str, Number], value: Number, right: Number) -> Text:
    where = ", ".join(f"{name}={_shown(number)}" for name, number in point.items())
    chinese = "，".join(f"{name}={_shown(number)}" for name, number in point.items())
    return Text(
        f"For {where} yours gives {_shown(value)}, the key {_shown(right)}.",
        f"例如 {chinese} 时，你的式子得 {_shown(value)}，正确答案得 {_shown(right)}。",
    )


def _shown(value: Number) -> str:
    return format_number(value) if isinstance(value, float) else format_exact(value)
