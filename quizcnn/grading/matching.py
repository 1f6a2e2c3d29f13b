"""Pairs: for every left side, in order, the letter of its right side. Partial credit: the share of rows that are right."""

from __future__ import annotations

import re
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.marks import MAX_LENGTH, letter, place_of, split_marks
from quizcnn.grading.reading.normalize import fold
from quizcnn.text import Lang, Text

BLANK = "_"
_NUMBERED = re.compile(r"(?<![a-z0-9])([0-9]{1,2}) ?[-:=.)]?>? ?([a-z]|_)(?![a-z0-9])")


class MatchingAnswer(AnswerType[tuple[int | None, ...]]):
    """``right`` as displayed, lettered a, b, ...; ``pairs`` holds the place (from 0) of the right side of each left one.

    With ``repeat`` a right side may be used more than once. ``_`` leaves a row open.
    """

    type: Literal["matching"] = "matching"
    left: tuple[Text, ...]
    right: tuple[Text, ...]
    pairs: tuple[int, ...]
    repeat: bool = False

    def read(self, text: str, lang: Lang) -> Parsed[tuple[int | None, ...]] | Invalid:
        examples = (" ".join(letter(place) for place in self._example()),)
        marks = self._marks(text)
        if isinstance(marks, Invalid):
            return Invalid(marks.why, examples)
        rows: list[int | None] = []
        for mark in marks:
            place = None if mark == BLANK else place_of(mark, len(self.right))
            if (place is None and mark != BLANK) or mark.isdigit():
                last = letter(len(self.right) - 1)
                return Invalid(Text(f"the letters are a to {last}", f"字母是 a 到 {last}"), examples)
            rows.append(place)
        fault = self._fault(rows)
        return Invalid(fault, examples) if fault else Parsed(tuple(rows), _typed(rows))

    def _marks(self, text: str) -> list[str] | Invalid:
        """The letters in row order, also typed by number: ``1c 2a``."""
        numbered = _NUMBERED.findall(fold(text)) if len(text) <= MAX_LENGTH else []
        rows = {int(number): mark for number, mark in numbered}
        if len(rows) == len(numbered) > 0 and set(rows) <= set(range(1, len(self.left) + 1)):
            return [rows.get(row, BLANK) for row in range(1, len(self.left) + 1)]
        return split_marks(text, len(self.right))

    def _fault(self, rows: list[int | None]) -> Text | None:
        asked = len(self.left)
        if len(rows) != asked:
            return Text(f"{asked} letters are asked, {len(rows)} given", f"要 {asked} 个字母，写了 {len(rows)} 个")
        used = [place for place in rows if place is not None]
        twice = sorted({place for place in used if used.count(place) > 1})
        if twice and not self.repeat:
            return Text(f"{letter(twice[0])} stands twice", f"{letter(twice[0])} 重复了")
        return None if used else Text("nothing is typed", "还没有作答")

    def grade(self, parsed: Parsed[tuple[int | None, ...]]) -> Grade:
        key = self.shown()
        wrong = [row for row, (typed, right) in enumerate(zip(parsed.value, self.pairs, strict=True)) if typed != right]
        if not wrong:
            return wording.correct(parsed.shown, key)
        right = len(self.pairs) - len(wrong)
        line = wording.share_right(right, len(self.pairs)) if right else wording.wrong_with_key(parsed.shown, key)
        rows = tuple(self._pair(row) for row in wrong)
        verdict = Verdict.PARTIAL if right else Verdict.WRONG
        return Grade(verdict, round(right / len(self.pairs), 6), parsed.shown, key, (line, *rows))

    def _pair(self, row: int) -> Text:
        place = self.pairs[row]
        left, right = self.left[row], self.right[place]
        mark = f"{row + 1} {letter(place)}"
        return Text(f"{mark}  {left.en}: {right.en}", f"{mark}  {left.zh}：{right.zh}")

    def _example(self) -> tuple[int, ...]:
        count = len(self.left)
        return tuple((place + 1) % min(count, len(self.right)) for place in range(count))

    def typed(self) -> str:
        return _typed(self.pairs)

    def shown(self) -> Text:
        return Text.same(self.typed())

    def hint_of_form(self) -> Text:
        shown = " ".join(letter(place) for place in self._example())
        return Text(f"the letters in row order, {shown}", f"按行写出字母，如 {shown}")


def _typed(rows: tuple[int | None, ...] | tuple[int, ...] | list[int | None]) -> str:
    return " ".join(BLANK if place is None else letter(place) for place in rows)
