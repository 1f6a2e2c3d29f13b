"""A list of words in order, each one of a few: ``positive, negative, ignore``. The places that are off are named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Rival, Verdict
from quizcnn.grading.elements import NAMED
from quizcnn.grading.reading.normalize import fold
from quizcnn.grading.word import FORMS, SHOWN
from quizcnn.solvers.values import Value, format_value
from quizcnn.text import Lang, Text

MAX_LENGTH = 20_000
_PARTS = re.compile(r"[,，、;；]\s*|\s+")
_AROUND = " .。!\"'`[](){}"


class WordsAnswer(AnswerType[tuple[str, ...]]):
    """Words in order; ``choices`` are all that an element may be (where empty: the words of the key and of its rivals)."""

    type: Literal["words"] = "words"
    truth: tuple[str, ...]
    choices: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Every form that is read, and the word it stands for."""
        rivals = (word for rival in self.rivals for word in _flat(rival.value))
        words = tuple(dict.fromkeys((*self.choices, *self.truth, *rivals)))
        forms = {fold(form): word for word in words for form in FORMS.get(fold(word), ())}
        return forms | {fold(word): word for word in words}

    def read(self, text: str, lang: Lang) -> Parsed[tuple[str, ...]] | Invalid:
        examples = (", ".join(dict.fromkeys(self._words.values())),)
        if len(text) > MAX_LENGTH:
            return Invalid(Text("it is too long for a list of words", "太长，不像一列词"), examples)
        typed = [fold(part).strip(_AROUND) for part in _PARTS.split(text.strip(_AROUND)) if part]
        if not any(typed):
            return Invalid(Text("nothing is typed", "还没有作答"), examples)
        for place, part in enumerate(typed, 1):
            if part not in self._words:
                why = Text(f"word {place} is none of those asked for", f"第 {place} 个不是题目要的词")
                return Invalid(why, examples)
        found = tuple(self._words[part] for part in typed)
        return Parsed(found, "[" + ", ".join(found) + "]")

    def grade(self, parsed: Parsed[tuple[str, ...]]) -> Grade:
        if parsed.value == self.truth:
            return wording.correct(parsed.shown, self.shown())
        rivals = [rival for rival in self.rivals if _flat(rival.value) == parsed.value]
        named = wording.by_rivals(parsed.shown, self.shown(), rivals)
        return named or Grade(Verdict.WRONG, 0.0, parsed.shown, self.shown(), (self._off(parsed),))

    def typed(self) -> str:
        return ", ".join(self.truth)

    def shown(self) -> Text:
        return Text(
            "[" + ", ".join(self.truth) + "]", "[" + ", ".join(SHOWN.get(word, word) for word in self.truth) + "]"
        )

    def hint_of_form(self) -> Text:
        words = tuple(dict.fromkeys(self._words.values()))
        shown = [SHOWN.get(word, word) for word in words]
        return Text(f"{' or '.join(words)}, in order", f"依次写出{'或'.join(shown)}")

    def own(self, parsed: Parsed[tuple[str, ...]]) -> Value:
        return parsed.value

    def _off(self, parsed: Parsed[tuple[str, ...]]) -> Text:
        asked, given = len(self.truth), len(parsed.value)
        if asked != given:
            return Text(
                f"Not {wording.brief(parsed.shown)}: the list has {asked} words, not {given}.",
                f"{wording.brief(parsed.shown)} 不对：应有 {asked} 个词，而不是 {given} 个。",
            )
        places = [
            str(at) for at, pair in enumerate(zip(parsed.value, self.truth, strict=True), 1) if pair[0] != pair[1]
        ]
        if len(places) > NAMED:
            return Text(f"{len(places)} of the words are off.", f"有 {len(places)} 个词不对。")
        verb = "is" if len(places) == 1 else "are"
        noun = "Word" if len(places) == 1 else "Words"
        return Text(f"{noun} {wording.listed(places)} {verb} off.", f"第 {wording.listed(places, zh=True)} 个词不对。")


def _flat(value: Value) -> tuple[str, ...]:
    return tuple(map(format_value, value)) if isinstance(value, tuple) else (format_value(value),)
