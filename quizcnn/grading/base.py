"""What an answer type is, and what reading and grading give.

Wrong is not unreadable: ``read`` says :class:`Invalid` (why, and what would be read) or gives a :class:`Parsed` value; only a parsed
value is graded. An answer is a frozen value with its key inside, so that a manifest or an attempt can store it as JSON and
grade years later. Feedback is in both languages; the first line is the verdict without its symbol.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from quizcnn.solvers.values import Value, from_json, to_json
from quizcnn.text import Lang, Text

P = TypeVar("P")


def _value(raw: Any) -> Value:
    return from_json(raw)


if TYPE_CHECKING:
    Exact: TypeAlias = Value
else:
    # The recursive type of values says nothing that the validator does not.
    Exact = Annotated[Any, PlainValidator(_value), PlainSerializer(to_json, return_type=Any)]
"""A solver value inside a model: fractions and nesting survive JSON."""


class Verdict(StrEnum):
    """In order of precedence."""

    UNREADABLE = "unreadable"
    BLANK = "blank"
    CORRECT = "correct"
    PARTIAL = "partial"
    TOO_FEW_DIGITS = "too_few_digits"
    OTHER_CONVENTION = "other_convention"
    PERCENT_FOR_RATIO = "percent_for_ratio"
    POWER_OF_TEN = "power_of_ten"
    WRONG = "wrong"


NEAR = frozenset({Verdict.TOO_FEW_DIGITS, Verdict.OTHER_CONVENTION, Verdict.PERCENT_FOR_RATIO, Verdict.POWER_OF_TEN})
"""Verdicts that score 0 and earn one second try in the same attempt."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """Typed text that cannot be read: why, and examples of what would be."""

    why: Text
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed(Generic[P]):
    """A value that was read, and how it is shown after "read as"."""

    value: P
    shown: str


@dataclass(frozen=True, slots=True)
class PointResult:
    """One key point of a typed answer: hit, near, missed or contradicted, with the spans ``(start, end)`` of the answer that decided it."""

    id: str
    say: Text
    state: str
    weight: float = 1.0
    spans: tuple[tuple[int, int], ...] = ()
    note: Text | None = None
    pattern: str = ""
    """The pattern that decided, as it is written."""
    because: tuple[str, ...] = ()
    """What was read otherwise than it stands: spelling put right, a rival in the place, a denial."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer earned. ``parts`` holds one grade per field where a question has several."""

    verdict: Verdict
    score: float
    read: str
    key: Text
    feedback: tuple[Text, ...] = ()
    mistakes: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    points: tuple[PointResult, ...] = ()
    parts: tuple[Grade, ...] = ()

    @property
    def is_correct(self) -> bool:
        return self.verdict is Verdict.CORRECT

    @property
    def is_near(self) -> bool:
        return self.verdict in NEAR


class Rival(BaseModel):
    """A wrong value with the named mistake that gives it; ``why`` is filled with this variant's numbers."""

    model_config = ConfigDict(frozen=True)

    slug: str
    value: Exact
    label: Text
    why: Text
    convention: bool = False


class AnswerType(BaseModel, Generic[P]):
    """Base of the answer types. Subclasses add ``type: Literal[...]`` and their key, and one line in ``answers.TYPES``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str

    @abstractmethod
    def read(self, text: str, lang: Lang) -> Parsed[P] | Invalid:
        """What ``text`` says, or why it cannot be read. Never raises on any text."""

    @abstractmethod
    def grade(self, parsed: Parsed[P]) -> Grade:
        """The verdict on a value that was read."""

    @abstractmethod
    def typed(self) -> str:
        """The key as one would type it; ``grade(read(typed()))`` is correct."""

    @abstractmethod
    def shown(self) -> Text:
        """The key as it is shown."""

    @abstractmethod
    def hint_of_form(self) -> Text:
        """What to type, in a few words ("a number, 4 decimals", "numbers in order, 2 4 1 3")."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; what was computed from the old fields is not taken along."""
        copied = super().model_copy(update=update, deep=deep)
        for name in [name for name in copied.__dict__ if name not in type(self).model_fields]:
            del copied.__dict__[name]
        return copied

    def own(self, parsed: Parsed[P]) -> Value:
        """The learner's own value as a solver value, for what follows from it; None where nothing can."""
        return None
