"""Options: one is right, or several. Every option says why; a wrong one may be somebody's wrong rule."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from quizcnn.grading import wording
from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed, Verdict
from quizcnn.grading.marks import ordinal_list, place_of, split_marks
from quizcnn.grading.reading.normalize import fold
from quizcnn.text import Lang, Text

Credit = Literal["all_or_nothing", "per_option", "right_minus_wrong"]


class Option(BaseModel):
    """One option, why it is right or wrong, and the named mistake that makes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Text
    why: Text
    key: bool
    slug: str = ""


class ChoiceAnswer(AnswerType[tuple[int, ...]]):
    """A choice. With ``multiple`` the credit is

    - all_or_nothing: 1 for exactly the right options, else 0;
    - per_option: the share of options that are rightly chosen or rightly left;
    - right_minus_wrong: (right ones chosen - wrong ones chosen) / right ones, at least 0.
    """

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...]
    multiple: bool = False
    credit: Credit = "all_or_nothing"

    @cached_property
    def _keys(self) -> tuple[int, ...]:
        return tuple(place for place, option in enumerate(self.options) if option.key)

    def read(self, text: str, lang: Lang) -> Parsed[tuple[int, ...]] | Invalid:
        count = len(self.options)
        examples = ("1 3", "a c") if self.multiple else ("2", "b")
        marks = split_marks(text, count)
        if isinstance(marks, Invalid):
            return Invalid(marks.why, examples)
        if not marks:
            return Invalid(Text("nothing is chosen", "还没有选"), examples)
        places = [place_of(mark, count) for mark in marks]
        if None in places:
            by_text = self._by_text(text)
            if by_text is not None:
                return Parsed((by_text,), ordinal_list((by_text,)))
            return Invalid(Text(f"the options are 1 to {count}", f"选项是 1 到 {count}"), examples)
        chosen = tuple(sorted({place for place in places if place is not None}))
        if not self.multiple and len(chosen) > 1:
            return Invalid(Text("one option is asked", "只选一项"), examples)
        return Parsed(chosen, ordinal_list(chosen))

    def _by_text(self, text: str) -> int | None:
        folded = fold(text)
        found = [
            place for place, option in enumerate(self.options) if folded in (fold(option.text.en), fold(option.text.zh))
        ]
        return found[0] if len(found) == 1 else None

    def grade(self, parsed: Parsed[tuple[int, ...]]) -> Grade:
        chosen, keys = set(parsed.value), set(self._keys)
        key = self.shown()
        if chosen == keys:
            whys = tuple(self.options[place].why for place in self._keys)
            return wording.correct(parsed.shown, key, (wording.RIGHT, *whys))
        score = self._score(chosen, keys)
        astray = [self.options[place] for place in sorted(chosen ^ keys)]
        slugs = tuple(dict.fromkeys(option.slug for option in astray if option.slug and not option.key))
        line = wording.wrong_with_key(parsed.shown, key)
        if score:
            line = wording.share_right(len(chosen & keys), len(keys))
        verdict = Verdict.PARTIAL if score else Verdict.WRONG
        return Grade(verdict, score, parsed.shown, key, (line, *self._whys(chosen ^ keys)), slugs)

    def _whys(self, places: set[int]) -> tuple[Text, ...]:
        """Why each of these options is right or wrong, by its number."""
        whys = ((place + 1, self.options[place].why) for place in sorted(places))
        return tuple(Text(f"{number}  {why.en}", f"{number}  {why.zh}") for number, why in whys)

    def _score(self, chosen: set[int], keys: set[int]) -> float:
        if not self.multiple or self.credit == "all_or_nothing":
            return 0.0
        if self.credit == "per_option":
            return round(1 - len(chosen ^ keys) / len(self.options), 6)
        return round(max(0, len(chosen & keys) - len(chosen - keys)) / max(1, len(keys)), 6)

    def typed(self) -> str:
        return ordinal_list(self._keys)

    def shown(self) -> Text:
        return Text.same(ordinal_list(self._keys))

    def hint_of_form(self) -> Text:
        count = len(self.options)
        if self.multiple:
            return Text(f"one or more of 1-{count}, 1 3", f"从 1-{count} 中选一项或多项，如 1 3")
        return Text(f"one of 1-{count}", f"从 1-{count} 中选一项")
