"""The lines of a progress file, one JSON object each: what may stand in them, and the values of the record that they carry.

``FORMAT`` goes up with every change that an older program would misread; the reader of every format stays.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from quizcnn.scheduling.card import Rating, State, Suspended
from quizcnn.scheduling.policy import Policy
from quizcnn.storage.log import LoggedAttempt, LoggedFlag, LoggedSession, Overruled, UndoStep
from quizcnn.storage.records import Answer, Attempt, Mode
from quizcnn.text import Lang

KIND = "progress"
FORMAT = 1


def _json_text(text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("is no JSON text") from error
    return text


Name = Annotated[str, Field(min_length=1, max_length=200)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
JsonText = Annotated[str, AfterValidator(_json_text)]
Number = Annotated[int, Field(ge=0, lt=2**31)]
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Share = Annotated[float, Field(ge=0, le=1)]


class Line(BaseModel):
    """What all lines have in common: nothing else may stand in them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Head(Line):
    """The first line."""

    quizcnn: Literal["progress"] = "progress"
    format: int = FORMAT
    program: str


class Setting(Line):
    """A setting that is not the default, as TOML would have it."""

    line: Literal["setting"] = "setting"
    name: Name
    value: JsonValue


class PolicyLine(Line):
    """A policy; attempts name it by its number, the policies of the file counted from 0."""

    line: Literal["policy"] = "policy"
    retention: Annotated[float, Field(gt=0, lt=1)]
    parameters: tuple[float, ...] = ()
    fuzz: bool

    def value(self) -> Policy:
        return Policy(self.retention, self.parameters, self.fuzz)


class CardLine(Line):
    """A card, and whether it is set aside."""

    line: Literal["card"] = "card"
    id: Name
    suspended: Suspended | None = None


class SessionLine(Line):
    line: Literal["session"] = "session"
    id: Name
    started_at: Moment
    updated_at: Moment
    finished_at: Moment | None = None
    state: JsonText

    def value(self) -> LoggedSession:
        return LoggedSession(self.id, self.started_at, self.updated_at, self.finished_at, self.state)


class OverruledPart(Line):
    at: Moment
    verdict: Name
    score: Share
    mistakes: tuple[str, ...] = ()


class AttemptLine(Line):
    """An attempt; the names are those of the record (docs/database.md)."""

    line: Literal["attempt"] = "attempt"
    id: Name
    question_id: Name
    revision: Number
    topic: str
    kind: Name
    lang: Lang
    seed: Seed
    k: Number
    parameters: JsonText
    key: JsonText
    raw: tuple[str, ...]
    verdict: Name
    score: Share
    mistakes: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    hints: Number
    tries: Number
    duration_ms: Number
    proposed: Rating
    chosen: Rating
    answered_at: Moment
    day: date
    mode: Mode
    policy: Number
    review_count: Number
    state_before: State
    voided_at: Moment | None = None
    predicted: Number | None = None
    overruled: OverruledPart | None = None

    def value(self, policy: Policy) -> LoggedAttempt:
        answer = Answer(**{field.name: getattr(self, field.name) for field in fields(Answer)})
        attempt = Attempt(self.id, answer, self.review_count, self.state_before, self.voided_at, self.predicted)
        grader = self.overruled
        return LoggedAttempt(
            attempt, policy, Overruled(grader.at, grader.verdict, grader.score, grader.mistakes) if grader else None
        )


class FlagLine(Line):
    line: Literal["flag"] = "flag"
    question_id: Name
    seed: Seed | None = None
    note: str = ""
    flagged_at: Moment
    cleared_at: Moment | None = None

    def value(self) -> LoggedFlag:
        return LoggedFlag(self.question_id, self.seed, self.note, self.flagged_at, self.cleared_at)


class UndoLine(Line):
    """An answer that can be undone; the last of them first."""

    line: Literal["undo"] = "undo"
    attempt_id: Name
    suspended: Suspended | None = None
    session_id: Name | None = None
    session_state: JsonText | None = None

    def value(self) -> UndoStep:
        return UndoStep(self.attempt_id, self.suspended, self.session_id, self.session_state)


class EndLine(Line):
    """The last line: how many lines the file has, this one too. A file without it was cut off."""

    line: Literal["end"] = "end"
    lines: int


AnyLine = Setting | PolicyLine | CardLine | SessionLine | AttemptLine | FlagLine | UndoLine | EndLine
LINE: TypeAdapter[AnyLine] = TypeAdapter(Annotated[AnyLine, Field(discriminator="line")])
