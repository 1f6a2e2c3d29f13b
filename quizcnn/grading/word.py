"""One word out of a few: ``compute`` or ``memory``, ``true`` or ``false``, with the forms that people type in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.reading.normalize import fold
from quizcnn.solvers.values import Value, format_value
from quizcnn.text import Lang, Text

MAX_LENGTH = 200
FORMS: Mapping[str, tuple[str, ...]] = {
    "true": ("yes", "y", "t", "是", "对", "真", "正确", "会", "能"),
    "false": ("no", "n", "f", "否", "不", "错", "假", "错误", "不会", "不能", "不是"),
    "compute": ("compute bound", "compute-bound", "计算", "计算受限", "算力", "计算瓶颈"),
    "memory": ("memory bound", "memory-bound", "bandwidth", "内存", "显存", "访存", "带宽", "内存受限", "访存受限", "访存瓶颈"),
    "positive": ("pos", "p", "+", "1", "正", "正样本", "正例"),
    "negative": ("neg", "n", "0", "负", "负样本", "负例"),
    "ignore": ("ignored", "ign", "i", "-1", "忽略", "不参与"),
    "none": ("null", "无", "没有", "不存在"),
}  # fmt: skip
"""Other forms of words that families give."""
SHOWN: Mapping[str, str] = {
    "true": "是",
    "false": "否",
    "compute": "计算受限",
    "memory": "访存受限",
    "positive": "正样本",
    "negative": "负样本",
    "ignore": "忽略",
    "none": "无",
}


class WordAnswer(AnswerType[str]):
    """A word; ``choices`` are all that may be typed (where empty: the key and the words of its rivals)."""

    type: Literal["word"] = "word"
    truth: str
    choices: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Every form that is read, and the word it stands for."""
        words = (*self.choices, self.truth, *(format_value(rival.value) for rival in self.rivals))
        if fold(self.truth) in ("true", "false"):
            words = (*words, "true", "false")
        forms = {fold(form): word for word in words for form in FORMS.get(fold(word), ())}
        return forms | {fold(word): word for word in words}

    def read(self, text: str, lang: Lang) -> Parsed[str] | Invalid:
        examples = tuple(dict.fromkeys(self._words.values()))
        if len(text) > MAX_LENGTH:
            return Invalid(Text("it is too long for a word", "太长，不像一个词"), examples)
        typed = fold(text).strip(" .。!'\"`")
        if not typed:
            return Invalid(Text("nothing is typed", "还没有作答"), examples)
        word = self._words.get(typed)
        if word is not None:
            return Parsed(word, word)
        if len(examples) > 1:
            return Invalid(Text("it is none of the words asked for", "不是题目要的词"), examples)
        return Parsed(typed, typed)

    def grade(self, parsed: Parsed[str]) -> Grade:
        if fold(parsed.value) == fold(self.truth):
            return wording.correct(parsed.shown, self.shown())
        rivals = [rival for rival in self.rivals if fold(format_value(rival.value)) == fold(parsed.value)]
        named = wording.by_rivals(parsed.shown, self.shown(), rivals)
        line = wording.wrong_with_key(parsed.shown, self.shown())
        return named or Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (line,))

    def typed(self) -> str:
        return self.truth

    def shown(self) -> Text:
        return Text(self.truth, SHOWN.get(self.truth, self.truth))

    def hint_of_form(self) -> Text:
        words = tuple(dict.fromkeys(self._words.values()))
        if len(words) < 2:
            return Text("one word", "一个词")
        return Text(" or ".join(words), " 或 ".join(words))

    def own(self, parsed: Parsed[str]) -> Value:
        return {"true": True, "false": False}.get(parsed.value, parsed.value)
