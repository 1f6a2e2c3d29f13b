"""A self-rated card: what is typed is the rating 1-4. 3 and 4 count as right, 2 as partly, 1 as missed."""

from __future__ import annotations

from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.reading.normalize import fold
from quizcnn.text import Lang, Text

HARD_SHARE = 0.6
_WORDS = {
    "1": ("1", "again", "重来"),
    "2": ("2", "hard", "困难"),
    "3": ("3", "good", "良好"),
    "4": ("4", "easy", "简单"),
}
_RATINGS = {form: int(number) for number, forms in _WORDS.items() for form in forms}
MISSED = Text("Not yet.", "还没有记住。")
PARTLY = Text("Partly.", "记住了一部分。")


class RecallAnswer(AnswerType[int]):
    """``back`` is the list to tick off."""

    type: Literal["recall"] = "recall"
    back: tuple[Text, ...]

    def read(self, text: str, lang: Lang) -> Parsed[int] | Invalid:
        rating = _RATINGS.get(fold(text)) if len(text) <= 40 else None
        if rating is None:
            return Invalid(Text("a rating from 1 to 4 is asked", "填 1 到 4 的评分"), ("1", "3"))
        return Parsed(rating, str(rating))

    def grade(self, parsed: Parsed[int]) -> Grade:
        if parsed.value >= 3:
            return wording.correct(parsed.shown, self.shown())
        if parsed.value == 2:
            return Grade(Verdict.PARTIAL, HARD_SHARE, parsed.shown, self.shown(), (PARTLY,))
        return Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (MISSED,))

    def typed(self) -> str:
        return "3"

    def shown(self) -> Text:
        return Text("\n".join(fact.en for fact in self.back), "\n".join(fact.zh for fact in self.back))

    def hint_of_form(self) -> Text:
        return Text("say it aloud, then rate 1-4", "先说一遍，再评 1-4")
