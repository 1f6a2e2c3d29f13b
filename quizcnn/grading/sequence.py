"""A list of numbers in order. The places that are off are named; a wrong rule's list is recognised whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Exact, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.elements import NAMED, Element, fitting_rivals, flat, grade_elements, plain_value, rule_for
from quizcnn.grading.reading.brackets import read_elements
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.rule import NumberRule
from quizcnn.grading.written import decimals_asked, shown_number, typed_number
from quizcnn.solvers.values import Value
from quizcnn.text import Lang, Text

EXAMPLES = ("0.2, 0.5, 0.3", "[0.2, 0.5, 0.3]")


class SequenceAnswer(AnswerType[tuple[Reading, ...]]):
    """A list; ``decimals`` are those asked of real elements, ``tolerance`` is relative."""

    type: Literal["list"] = "list"
    truth: Exact
    element: Element = "integer"
    decimals: int | None = None
    tolerance: float | None = None
    rivals: tuple[Rival, ...] = ()

    def read(self, text: str, lang: Lang) -> Parsed[tuple[Reading, ...]] | Invalid:
        if _is_empty(text, often=not flat(self.truth)):
            return Parsed((), "[]")
        row = read_elements(text, EXAMPLES)
        if isinstance(row, Invalid):
            return row
        return Parsed(row, "[" + ", ".join(reading.shown.replace(",", "") for reading in row) + "]")

    def grade(self, parsed: Parsed[tuple[Reading, ...]]) -> Grade:
        truths = flat(self.truth)
        if len(parsed.value) == len(truths):
            return grade_elements(parsed, truths, self.rivals, self._rule, self.shown(), self._off)
        fitting = fitting_rivals(parsed.value, truths, self.rivals, self._rule)
        named = wording.by_rivals(parsed.shown, self.shown(), fitting)
        return named or Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (self._lengths(parsed),))

    def typed(self) -> str:
        numbers = (typed_number(value, self.element, self.decimals) for value in flat(self.truth))
        return "[" + ", ".join(numbers) + "]"

    def shown(self) -> Text:
        decimals = self.decimals if self.element == "real" else None
        return Text.same("[" + ", ".join(shown_number(value, decimals) for value in flat(self.truth)) + "]")

    def hint_of_form(self) -> Text:
        return Text(
            f"numbers in order{decimals_asked(self.decimals).en}", f"依次写出各数{decimals_asked(self.decimals).zh}"
        )

    def own(self, parsed: Parsed[tuple[Reading, ...]]) -> Value:
        return tuple(plain_value(reading) for reading in parsed.value)

    def _rule(self, truth: Value) -> NumberRule | None:
        return rule_for(truth, self.element, self.decimals, self.tolerance)

    def _off(self, wrong: Sequence[int]) -> Text:
        if len(wrong) > NAMED:
            return Text(f"{len(wrong)} of the numbers are off.", f"有 {len(wrong)} 个数不对。")
        names = [str(place + 1) for place in wrong]
        if len(names) == 1:
            return Text(f"Number {names[0]} is off; the others are right.", f"第 {names[0]} 个数不对，其余都对。")
        return Text(f"Numbers {wording.listed(names)} are off.", f"第 {wording.listed(names, zh=True)} 个数不对。")

    def _lengths(self, parsed: Parsed[tuple[Reading, ...]]) -> Text:
        asked, given = len(flat(self.truth)), len(parsed.value)
        return Text(
            f"Not {wording.brief(parsed.shown)}: the list has {asked} numbers, not {given}.",
            f"{wording.brief(parsed.shown)} 不对：应有 {asked} 个数，而不是 {given} 个。",
        )


def _is_empty(text: str, *, often: bool) -> bool:
    """Whether the empty list is typed; in words only where the key may be one (boxes that are kept)."""
    typed = "".join(text.split()).casefold()
    return typed in ("[]", "()", "{}") or (often and typed in ("none", "empty", "无", "空"))
