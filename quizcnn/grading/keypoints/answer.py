"""The answer type of typed text: the key points with their wording, and what the bank says about wrong beliefs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from quizcnn.grading.base import AnswerType, Grade, Invalid, Parsed
from quizcnn.grading.keypoints.lexicon import EMPTY, Lexicon
from quizcnn.text import Lang, Text

MAX_LENGTH = 5_000


class Phrases(BaseModel):
    """Wordings: for either language, or for one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.any, *self.en, *self.zh)


class Point(BaseModel):
    """One claim; ``accept`` are other wordings of it, ``contradict`` wordings of its opposite."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    say: Text
    weight: float = 1.0
    accept: Phrases = Phrases()
    contradict: Phrases = Phrases()


class Belief(BaseModel):
    """A wrong belief about the whole question; asserting it caps the score."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: Phrases
    says: Text
    cap: float


class _Phrased(Protocol):
    @property
    def any(self) -> Sequence[str]: ...
    @property
    def en(self) -> Sequence[str]: ...
    @property
    def zh(self) -> Sequence[str]: ...


class _Claim(Protocol):
    """A key point as the bank stores it."""

    @property
    def id(self) -> str: ...
    @property
    def say(self) -> Text: ...
    @property
    def weight(self) -> float: ...
    @property
    def accept(self) -> _Phrased: ...
    @property
    def contradict(self) -> _Phrased: ...


class _Wrong(Protocol):
    @property
    def match(self) -> _Phrased: ...
    @property
    def says(self) -> Text: ...
    @property
    def cap(self) -> float: ...


def _phrases(given: _Phrased) -> Phrases:
    return Phrases(any=tuple(given.any), en=tuple(given.en), zh=tuple(given.zh))


class KeypointsAnswer(AnswerType[str]):
    """Free text; ``threshold`` is the score from which it is right. The lexicon is told by whoever builds it, and never stored."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    type: Literal["keypoints"] = "keypoints"
    question: Text
    points: tuple[Point, ...]
    wrong: tuple[Belief, ...] = ()
    references: tuple[Text, ...] = ()
    threshold: float = 1.0
    lexicon: SkipJsonSchema[Annotated[Lexicon, Field(exclude=True, repr=False)]] = EMPTY

    @staticmethod
    def of(
        *,
        question: Text,
        points: Sequence[_Claim],
        wrong: Sequence[_Wrong] = (),
        reference: Text | None = None,
        lexicon: Lexicon = EMPTY,
    ) -> KeypointsAnswer:
        """The answer from points and beliefs as the bank stores them."""
        return KeypointsAnswer(
            question=question,
            points=tuple(
                Point(
                    id=point.id,
                    say=point.say,
                    weight=point.weight,
                    accept=_phrases(point.accept),
                    contradict=_phrases(point.contradict),
                )
                for point in points
            ),
            wrong=tuple(Belief(match=_phrases(each.match), says=each.says, cap=each.cap) for each in wrong),
            references=(reference,) if reference else (),
            lexicon=lexicon,
        )

    def read(self, text: str, lang: Lang) -> Parsed[str] | Invalid:
        if len(text) > MAX_LENGTH:
            why = Text(f"it is longer than {MAX_LENGTH:,} characters", f"超过了 {MAX_LENGTH:,} 个字符")
            return Invalid(why)
        if not text.strip():
            return Invalid(Text("nothing is typed", "还没有作答"))
        return Parsed(text, text)

    def grade(self, parsed: Parsed[str]) -> Grade:
        from quizcnn.grading.keypoints.marking import judge

        return judge(self, parsed.value)

    def typed(self) -> str:
        return "\n".join(point.say.en for point in self.points)

    def shown(self) -> Text:
        if self.references:
            return self.references[0]
        return Text(" ".join(point.say.en for point in self.points), "".join(point.say.zh for point in self.points))

    def hint_of_form(self) -> Text:
        return Text("in your own words", "用自己的话回答")
