"""A shape: whole numbers by axis. The axes that are off are named; a wrong rule's shape is recognised whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.elements import fitting_rivals, grade_elements, rule_for
from quizcnn.grading.reading.brackets import read_elements
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.rule import NumberRule
from quizcnn.solvers.values import Value
from quizcnn.text import Lang, Text

AXES = {1: ("L",), 2: ("H", "W"), 3: ("C", "H", "W"), 4: ("N", "C", "H", "W"), 5: ("N", "C", "D", "H", "W")}
EXAMPLES = ("8x64x56x56", "(8, 64, 56, 56)")
EXCHANGED = Text("The numbers are right: perhaps axes were exchanged.", "数都对，可能只是轴的顺序弄反了。")


class ShapeAnswer(AnswerType[tuple[Reading, ...]]):
    """A shape; ``axes`` names its axes (by its length where empty)."""

    type: Literal["shape"] = "shape"
    truth: tuple[int, ...]
    axes: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()

    def read(self, text: str, lang: Lang) -> Parsed[tuple[Reading, ...]] | Invalid:
        row = read_elements(text, EXAMPLES)
        if isinstance(row, Invalid):
            return row
        for place, reading in enumerate(row, 1):
            if reading.value is None or reading.value.denominator != 1:
                why = Text(f"number {place} is not whole", f"第 {place} 个数不是整数")
                return Invalid(why, EXAMPLES)
        return Parsed(row, "x".join(reading.shown.replace(",", "") for reading in row))

    def grade(self, parsed: Parsed[tuple[Reading, ...]]) -> Grade:
        if len(parsed.value) == len(self.truth):
            return self._permuted(
                grade_elements(parsed, self.truth, self.rivals, _rule, self.shown(), self._off), parsed
            )
        named = wording.by_rivals(
            parsed.shown, self.shown(), fitting_rivals(parsed.value, self.truth, self.rivals, _rule)
        )
        return named or Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (self._lengths(parsed),))

    def _permuted(self, grade: Grade, parsed: Parsed[tuple[Reading, ...]]) -> Grade:
        """A shape with the right numbers in another order may have its axes exchanged."""
        if grade.verdict is not Verdict.WRONG or grade.mistakes or sorted(self.own_sizes(parsed)) != sorted(self.truth):
            return grade
        return replace(grade, feedback=(*grade.feedback, EXCHANGED), guesses=("axes_exchanged",))

    def own_sizes(self, parsed: Parsed[tuple[Reading, ...]]) -> tuple[int, ...]:
        """The sizes that were typed."""
        return tuple(int(reading.value or 0) for reading in parsed.value)

    def typed(self) -> str:
        return "x".join(map(str, self.truth)) if len(self.truth) > 1 else f"({self.truth[0]},)"

    def shown(self) -> Text:
        return Text.same("(" + ", ".join(map(str, self.truth)) + ("," if len(self.truth) == 1 else "") + ")")

    def hint_of_form(self) -> Text:
        names = " × ".join(self._names)
        return Text(f"the shape, {names}", f"形状，{names}")

    def own(self, parsed: Parsed[tuple[Reading, ...]]) -> Value:
        return self.own_sizes(parsed)

    @property
    def _names(self) -> tuple[str, ...]:
        count = len(self.truth)
        if len(self.axes) == count:
            return self.axes
        return AXES.get(count) or tuple(str(place) for place in range(1, count + 1))

    def _off(self, wrong: Sequence[int]) -> Text:
        off = [name for place, name in enumerate(self._names) if place in wrong]
        right = [name for place, name in enumerate(self._names) if place not in wrong]
        are = "is" if len(off) == 1 else "are"
        first = Text(f"{wording.listed(off)} {are} off", f"{wording.listed(off, zh=True)} 不对")
        if not right:
            return Text(f"{first.en}.", f"{first.zh}。")
        fine = "is" if len(right) == 1 else "are"
        return Text(
            f"{first.en}; {wording.listed(right)} {fine} right.", f"{first.zh}，{wording.listed(right, zh=True)} 对。"
        )

    def _lengths(self, parsed: Parsed[tuple[Reading, ...]]) -> Text:
        names, given = ", ".join(self._names), len(parsed.value)
        return Text(
            f"Not {parsed.shown}: the shape has {len(self.truth)} numbers ({names}), not {given}.",
            f"{parsed.shown} 不对：形状有 {len(self.truth)} 个数（{names}），而不是 {given} 个。",
        )


def _rule(truth: Value) -> NumberRule | None:
    return rule_for(truth, "integer", None)
