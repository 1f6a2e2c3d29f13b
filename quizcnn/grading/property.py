"""Inverse and design questions: any numbers with the asked property are right. The solver judges; what fails is named with its value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from quizcnn.errors import InputError
from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Exact, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.closeness import number_in, same
from quizcnn.grading.reading.brackets import unwrapped
from quizcnn.grading.reading.normalize import normalize
from quizcnn.grading.reading.number import read_number
from quizcnn.grading.reading.refusals import EMPTY, TOO_LONG
from quizcnn.solvers.base import Outputs, get_family
from quizcnn.solvers.values import Value, format_value
from quizcnn.text import Lang, Text

MAX_LENGTH = 2_000
FORM_NUMBERS = (3, 8, 2, 5, 12)
"""Numbers that show how an answer is written."""
_LABEL = re.compile(r"([A-Za-z_]+) ?[=:] ?")


class Goal(BaseModel):
    """What an output must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    equals: Exact = None
    at_least: Exact = None
    at_most: Exact = None

    def holds(self, value: Value) -> bool:
        number = number_in(value)
        if number is None:
            return self.equals is not None and value == self.equals
        if self.equals is not None:
            equals = number_in(self.equals)
            if equals is None or not same(number, equals, isinstance(value, float)):
                return False
        least, most = number_in(self.at_least), number_in(self.at_most)
        return (least is None or number >= least) and (most is None or number <= most)

    def shown(self) -> Text:
        """``= 56``, ``at least 3``."""
        parts = [
            (Text("", ""), self.equals),
            (Text("at least ", "至少 "), self.at_least),
            (Text("at most ", "至多 "), self.at_most),
        ]
        wanted = [(word, format_value(bound)) for word, bound in parts if bound is not None]
        return Text(
            " and ".join(word.en + bound for word, bound in wanted),
            "，".join(word.zh + bound for word, bound in wanted),
        )


class PropertyAnswer(AnswerType[tuple[Value, ...]]):
    """``asks`` are the inputs that are typed, all in one field; ``given`` are the others; ``example`` is one solution."""

    type: Literal["property"] = "property"
    family: str
    given: dict[str, Exact]
    asks: tuple[str, ...]
    goal: dict[str, Goal]
    ranges: Mapping[str, tuple[int, int]] = Field(default_factory=dict)
    example: tuple[Exact, ...]
    note: Text | None = None

    def read(self, text: str, lang: Lang) -> Parsed[tuple[Value, ...]] | Invalid:
        examples = self._forms()
        if len(text) > MAX_LENGTH:
            return Invalid(TOO_LONG, examples)
        parts = self._parts(normalize(text))
        if isinstance(parts, Invalid):
            return Invalid(parts.why, examples)
        values: list[Value] = []
        for name, part in zip(self.asks, parts, strict=True):
            reading = read_number(part)
            if isinstance(reading, Invalid):
                return Invalid(Text(f"{name}: {reading.why.en}", f"{name}：{reading.why.zh}"), examples)
            value = reading.value
            if value is None:
                return Invalid(Text(f"{name}: a number is asked", f"{name}：要填数"), examples)
            values.append(int(value) if value.denominator == 1 else float(value))
        return Parsed(tuple(values), self._shown_values(values))

    def _forms(self) -> tuple[str, ...]:
        """How an answer is written, in numbers that do not answer the question: a solution would give it away."""
        count = len(self.asks)
        drawn = ((FORM_NUMBERS * count)[start : start + count] for start in range(len(FORM_NUMBERS)))
        wrong = next((numbers for numbers in drawn if not self.holds(numbers)), None)
        return ("; ".join(map(str, wrong)),) if wrong is not None else ()

    def _parts(self, text: str) -> list[str] | Invalid:
        """What is typed for each of the asked inputs, in their order; also by name."""
        inside = unwrapped(text)
        if not inside:
            return Invalid(EMPTY)
        labels = [found[1] for found in _LABEL.finditer(inside)]
        body = _LABEL.sub(" ", inside).strip() if set(labels) <= set(self.asks) else inside
        if len(self.asks) == 1:
            return [body]
        separator = next((mark for mark in (";", "|", ",") if mark in body), None)
        parts = [part.strip() for part in body.split(separator)] if separator else body.split()
        if len(parts) != len(self.asks):
            asked = len(self.asks)
            return Invalid(
                Text(f"{asked} numbers are asked, {len(parts)} given", f"要 {asked} 个数，写了 {len(parts)} 个")
            )
        if len(labels) == len(parts) and sorted(labels) == sorted(self.asks):
            by_name = dict(zip(labels, parts, strict=True))
            return [by_name[name] for name in self.asks]
        return parts

    def holds(self, values: Sequence[Value]) -> bool:
        """Whether these values have every asked property."""
        if any(self._is_outside(name, value) for name, value in zip(self.asks, values, strict=True)):
            return False
        return self.reaches(values)

    def reaches(self, values: Sequence[Value]) -> bool:
        """Whether these values, known to lie in their ranges, meet the goal."""
        outputs = self._outputs(values)
        return not isinstance(outputs, Text) and all(goal.holds(outputs.get(name)) for name, goal in self.goal.items())

    def _is_outside(self, name: str, value: Value) -> bool:
        low, high = self.ranges.get(name, (None, None))
        number = number_in(value)
        return number is not None and low is not None and high is not None and not low <= number <= high

    def _fault(self, values: Sequence[Value]) -> Text | None:
        """The first thing that is not as asked."""
        for name, value in zip(self.asks, values, strict=True):
            if self._is_outside(name, value):
                low, high = self.ranges[name]
                shown = format_value(value)
                return Text(
                    f"{name} must lie from {low} to {high}, not {shown}.",
                    f"{name} 要在 {low} 到 {high} 之间，{shown} 不行。",
                )
        outputs = self._outputs(values)
        if isinstance(outputs, Text):
            return outputs
        for name, goal in self.goal.items():
            if not goal.holds(outputs.get(name)):
                return self._missed(name, outputs.get(name), goal)
        return None

    def _outputs(self, values: Sequence[Value]) -> Outputs | Text:
        inputs: Mapping[str, Value] = {**self.given, **dict(zip(self.asks, values, strict=True))}
        try:
            return get_family(self.family).answer(inputs)
        except InputError as error:
            return Text(f"These numbers do not work: {error}.", f"这组数不成立：{error}。")

    def _missed(self, name: str, value: Value, goal: Goal) -> Text:
        label = get_family(self.family).outputs[name].label
        shown, wanted = format_value(value), goal.shown()
        return Text(
            f"That gives {label.en} {shown}; asked is {wanted.en}.", f"这样{label.zh}是 {shown}，题目要求{wanted.zh}。"
        )

    def grade(self, parsed: Parsed[tuple[Value, ...]]) -> Grade:
        fault = self._fault(parsed.value)
        key = self.shown()
        if fault is None:
            return wording.correct(parsed.shown, key)
        return Grade(Verdict.WRONG, 0.0, parsed.shown, key, (fault, *((self.note,) if self.note else ())))

    def typed(self) -> str:
        return "; ".join(format_value(value).replace(",", "").replace("−", "-") for value in self.example)

    def shown(self) -> Text:
        shown = self._shown_values(self.example)
        return Text(f"for example {shown}", f"例如 {shown}")

    def _shown_values(self, values: Sequence[Value]) -> str:
        return ", ".join(f"{name}={format_value(value)}" for name, value in zip(self.asks, values, strict=False))

    def hint_of_form(self) -> Text:
        names = "; ".join(self.asks)
        return Text(f"{names}, in this order", f"按顺序填 {names}") if len(self.asks) > 1 else Text.same(names)

    def own(self, parsed: Parsed[tuple[Value, ...]]) -> Value:
        return parsed.value
