"""A gap filled with a word or a short phrase. Case, spaces, hyphens and small slips of spelling do not count."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.reading.chinese import has_han, simplified
from quizcnn.grading.reading.normalize import fold
from quizcnn.grading.reading.number import read_number
from quizcnn.grading.reading.spelling import KNOWN, is_slip
from quizcnn.grading.reading.written import Reading
from quizcnn.text import Lang, Text

MAX_LENGTH = 200
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_JOINTS = re.compile(r"[-_/ ]+")


class GapAnswer(AnswerType[str]):
    """``accept`` holds all right forms in both languages; ``shown_text`` is shown, or the first of them."""

    type: Literal["gap"] = "gap"
    accept: tuple[str, ...]
    shown_text: Text | None = None

    @cached_property
    def _forms(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_words(form) for form in self.accept)

    def read(self, text: str, lang: Lang) -> Parsed[str] | Invalid:
        if len(text) > MAX_LENGTH:
            return Invalid(Text("it is too long for a gap", "太长，一个空填不下"))
        typed = " ".join(text.split())
        return Parsed(typed, typed) if typed else Invalid(Text("nothing is typed", "还没有作答"))

    def grade(self, parsed: Parsed[str]) -> Grade:
        if self._fits(parsed.value):
            return wording.correct(parsed.shown, self.shown())
        line = wording.wrong_with_key(parsed.shown, self.shown())
        return Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (line,))

    def _fits(self, typed: str) -> bool:
        words = _words(typed)
        if any(_same(words, form) for form in self._forms):
            return True
        if has_han(typed) and any(_same(_words(simplified(typed)), form) for form in self._forms):
            return True
        value = _number(typed)
        if value is not None and any(value == _number(form) for form in self.accept):
            return True
        known = KNOWN.union(*self._forms)
        return any(_slipped(words, form, known) for form in self._forms)

    def typed(self) -> str:
        return self.accept[0]

    def shown(self) -> Text:
        return self.shown_text or Text.same(self.accept[0])

    def hint_of_form(self) -> Text:
        return Text("a word or a short phrase", "一个词或短语")


def _words(text: str) -> tuple[str, ...]:
    """The words that count: no case, no article, no mark around them; hyphens part words as spaces do."""
    folded = _ARTICLE.sub("", fold(text).strip(" .,;:!?。\"'`“”‘’()[]"))
    return tuple(word for word in _JOINTS.split(folded) if word)


def _same(words: tuple[str, ...], form: tuple[str, ...]) -> bool:
    if words == form or "".join(words) == "".join(form):
        return bool(words)
    return len(words) == len(form) > 0 and all(_singular(a) == _singular(b) for a, b in zip(words, form, strict=True))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isascii() else word


def _slipped(words: tuple[str, ...], form: tuple[str, ...], known: frozenset[str]) -> bool:
    if len(words) != len(form):
        return is_slip("".join(words), "".join(form), known)
    return all(a == b or is_slip(a, b, known) for a, b in zip(words, form, strict=True))


def _number(text: str) -> object:
    reading = read_number(text)
    return reading.value if isinstance(reading, Reading) else None
