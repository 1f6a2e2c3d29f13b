"""Items to put in order. Partial credit: of the n - 1 neighbouring pairs of the right order, the share that is typed as neighbours."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.marks import place_of, split_marks
from quizcnn.text import Lang, Text


class OrderingAnswer(AnswerType[tuple[int, ...]]):
    """``items`` as displayed; ``order`` holds their numbers (from 1) in the right order."""

    type: Literal["ordering"] = "ordering"
    items: tuple[Text, ...]
    order: tuple[int, ...]

    def read(self, text: str, lang: Lang) -> Parsed[tuple[int, ...]] | Invalid:
        count = len(self.items)
        examples = (" ".join(map(str, (*range(2, count + 1), 1))),)
        marks = split_marks(text, count)
        if isinstance(marks, Invalid):
            return Invalid(marks.why, examples)
        numbers: list[int] = []
        for mark in marks:
            place = place_of(mark, count)
            if place is None:
                return Invalid(Text(f"the items are 1 to {count}", f"各项的编号是 1 到 {count}"), examples)
            numbers.append(place + 1)
        fault = _fault(numbers, count)
        return Invalid(fault, examples) if fault else Parsed(tuple(numbers), " ".join(map(str, numbers)))

    def grade(self, parsed: Parsed[tuple[int, ...]]) -> Grade:
        key = self.shown()
        if parsed.value == self.order:
            return wording.correct(parsed.shown, key)
        pairs = len(self.order) - 1
        kept = len(set(pairwise(self.order)) & set(pairwise(parsed.value)))
        line = wording.wrong_with_key(parsed.shown, key)
        if not kept:
            return Grade(Verdict.WRONG, 0.0, parsed.shown, key, (line,))
        share = Text(
            f"{kept} of {pairs} neighbouring steps {'is' if kept == 1 else 'are'} in order.",
            f"相邻的 {pairs} 步中有 {kept} 步顺序正确。",
        )
        return Grade(Verdict.PARTIAL, round(kept / pairs, 6), parsed.shown, key, (share,))

    def typed(self) -> str:
        return " ".join(map(str, self.order))

    def shown(self) -> Text:
        return Text.same(self.typed())

    def hint_of_form(self) -> Text:
        shown = " ".join(map(str, (*range(2, len(self.items) + 1), 1)))
        return Text(f"the numbers in order, {shown}", f"按顺序写出编号，如 {shown}")


def _fault(numbers: list[int], count: int) -> Text | None:
    """What is twice, missing or too many."""
    if not numbers:
        return Text("nothing is typed", "还没有作答")
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        names = [str(number) for number in twice]
        stands = "stands" if len(names) == 1 else "stand"
        return Text(f"{wording.listed(names)} {stands} twice", f"{wording.listed(names, zh=True)} 重复了")
    missing = [str(number) for number in range(1, count + 1) if number not in numbers]
    if missing:
        is_ = "is" if len(missing) == 1 else "are"
        return Text(f"{wording.listed(missing)} {is_} missing", f"缺了 {wording.listed(missing, zh=True)}")
    return None
