"""A matrix of numbers. The cells that are off are named; a wrong rule's matrix is recognised whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Exact, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.elements import NAMED, Element, fitting_rivals, flat, grade_elements, layout, plain_value, rule_for
from quizcnn.grading.reading.brackets import read_rows
from quizcnn.grading.reading.written import Reading
from quizcnn.grading.rule import NumberRule
from quizcnn.grading.written import decimals_asked, shown_number, typed_number
from quizcnn.solvers.values import Value
from quizcnn.text import Lang, Text

EXAMPLES = ("[[2, 5], [1, 3]]", "2 5; 1 3")
Rows = tuple[tuple[Reading, ...], ...]


class MatrixAnswer(AnswerType[Rows]):
    """A matrix, rows of equal length; ``decimals`` are those asked of real cells, ``tolerance`` is relative."""

    type: Literal["matrix"] = "matrix"
    truth: Exact
    element: Element = "integer"
    decimals: int | None = None
    tolerance: float | None = None
    rivals: tuple[Rival, ...] = ()

    def read(self, text: str, lang: Lang) -> Parsed[Rows] | Invalid:
        rows = read_rows(text, EXAMPLES)
        return rows if isinstance(rows, Invalid) else Parsed(rows, shown_rows(rows))

    def grade(self, parsed: Parsed[Rows]) -> Grade:
        size = (len(parsed.value), len(parsed.value[0]) if parsed.value else 0)
        cells = Parsed(tuple(cell for row in parsed.value for cell in row), parsed.shown)
        truths = flat(self.truth)
        if size == layout(self.truth):
            rivals = [rival for rival in self.rivals if layout(rival.value) == size]
            return grade_elements(cells, truths, rivals, self._rule, self.shown(), self._off)
        fitting = fitting_rivals(
            cells.value, (), [rival for rival in self.rivals if layout(rival.value) == size], self._rule
        )
        named = wording.by_rivals(parsed.shown, self.shown(), fitting)
        return named or Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (self._sizes(size),))

    def typed(self) -> str:
        return _written(self.truth, lambda value: typed_number(value, self.element, self.decimals))

    def shown(self) -> Text:
        decimals = self.decimals if self.element == "real" else None
        return Text.same(_written(self.truth, lambda value: shown_number(value, decimals)))

    def hint_of_form(self) -> Text:
        return Text(
            f"a matrix, row by row{decimals_asked(self.decimals).en}",
            f"矩阵，逐行填写{decimals_asked(self.decimals).zh}",
        )

    def own(self, parsed: Parsed[Rows]) -> Value:
        return tuple(tuple(plain_value(cell) for cell in row) for row in parsed.value)

    def _rule(self, truth: Value) -> NumberRule | None:
        return rule_for(truth, self.element, self.decimals, self.tolerance)

    def _off(self, wrong: Sequence[int]) -> Text:
        if len(wrong) > NAMED:
            return Text(f"{len(wrong)} cells are off.", f"有 {len(wrong)} 个元素不对。")
        width = layout(self.truth)[1]
        cells = [(place // width + 1, place % width + 1) for place in wrong]
        english = wording.listed([f"({row}, {column})" for row, column in cells])
        chinese = wording.listed([f"第 {row} 行第 {column} 列" for row, column in cells], zh=True)
        rest = Text("; the others are right", "，其余都对") if len(cells) == 1 else Text("", "")
        return Text(
            f"Row and column {english} {'is' if len(cells) == 1 else 'are'} off{rest.en}.", f"{chinese}不对{rest.zh}。"
        )

    def _sizes(self, size: tuple[int, int]) -> Text:
        asked = layout(self.truth)
        return Text(
            f"The matrix is {asked[0]} by {asked[1]}, not {size[0]} by {size[1]}.",
            f"矩阵应为 {asked[0]} × {asked[1]}，而不是 {size[0]} × {size[1]}。",
        )


def shown_rows(rows: Rows) -> str:
    return "[" + ", ".join("[" + ", ".join(cell.shown.replace(",", "") for cell in row) + "]" for row in rows) + "]"


def _written(value: Value, write: Callable[[Value], str]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_written(item, write) for item in value) + "]"
    return write(value)
