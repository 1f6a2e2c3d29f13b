"""Reading a progress file: every fault is named with its line, and nothing is used before all of it was read and found whole."""

from __future__ import annotations

import json
from collections.abc import Container
from typing import BinaryIO, TypeVar

from pydantic import ValidationError

from quizcnn.errors import UsageError
from quizcnn.interop.lines import (
    FORMAT,
    KIND,
    LINE,
    AttemptLine,
    CardLine,
    EndLine,
    FlagLine,
    PolicyLine,
    SessionLine,
    Setting,
    UndoLine,
)
from quizcnn.interop.progress import Progress
from quizcnn.scheduling.card import Suspended
from quizcnn.scheduling.policy import Policy
from quizcnn.settings import Raw, Settings, change
from quizcnn.storage.log import Log, LoggedAttempt, LoggedFlag, LoggedSession, UndoStep

T = TypeVar("T")
U = TypeVar("U")
LONGEST = 8 * 2**20
"""Bytes of one line."""
WRITES_ONE = "`quizcnn export progress -o FILE` writes one; questions come in with `--to FOLDER`"
AGAIN = "export it again; nothing was taken in"


def is_progress(first: bytes) -> bool:
    """Whether a file that begins with this line says that it holds progress."""
    try:
        head = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(head, dict) and head.get("quizcnn") == KIND


def read_progress(file: BinaryIO, where: str) -> Progress:
    """What the file holds. Raises ``UsageError`` with the line where it is foreign, newer, cut off or damaged."""
    _check_head(file.readline(LONGEST), where)
    reading, number = _Reading(), 1
    while raw := file.readline(LONGEST + 1):
        number += 1
        try:
            reading.take(number, raw)
        except UsageError as error:
            what = f"{error.where}: {error.what}" if error.where else error.what
            raise UsageError(what, where=f"{where}:{number}", mend=error.mend) from None
        except ValueError as error:
            raise UsageError(_worded(error), where=f"{where}:{number}", mend=AGAIN) from None
    if not reading.ended:
        raise UsageError("is cut off: its closing line is missing", where=f"{where}:{number}", mend=AGAIN)
    return reading.found()


def _check_head(first: bytes, where: str) -> None:
    if not is_progress(first):
        what = "is no progress file of quizcnn" if first else "is empty"
        raise UsageError(what, where=f"{where}:1" if first else where, mend=WRITES_ONE)
    found = json.loads(first).get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise UsageError(f"{found!r} is no format of progress files", where=f"{where}:1", mend=WRITES_ONE)
    if found > FORMAT:
        raise UsageError(f"was written by a newer quizcnn (format {found}; this one knows {FORMAT})", where=f"{where}:1", mend="upgrade quizcnn; nothing was taken in")  # fmt: skip


def _worded(error: ValueError) -> str:
    """The first fault of a line in words."""
    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors(include_url=False, include_context=False)[0]
    # The first part of the place is the kind of line; without it the line is none, or no JSON.
    place = ".".join(str(part) for part in fault["loc"][1:])
    what = fault["msg"].removeprefix("Value error, ")
    return f"{place}: {what}" if place else what


class _Reading:
    """What was read so far; a line may refer to earlier ones only. All faults are ``ValueError``."""

    def __init__(self) -> None:
        self.ended = False
        self._settings: dict[str, Raw] = {}
        self._policies: dict[int, Policy] = {}
        self._cards: dict[str, Suspended | None] = {}
        self._sessions: dict[str, LoggedSession] = {}
        self._attempts: dict[str, LoggedAttempt] = {}
        self._flags: list[LoggedFlag] = []
        self._steps: dict[str, UndoStep] = {}

    def take(self, number: int, raw: bytes) -> None:
        """Keep what a line says."""
        if len(raw) > LONGEST:
            raise ValueError(f"is longer than {LONGEST} bytes")
        if not raw.endswith(b"\n"):
            raise ValueError("is cut off in the middle of this line")
        if self.ended:
            raise ValueError("stands after the closing line")
        match LINE.validate_json(raw):
            case Setting(name=name, value=value):
                change(Settings(), **{name: value})
                _add(self._settings, name, value, "setting")
            case PolicyLine() as policy:
                _add(self._policies, len(self._policies), policy.value(), "policy")
            case CardLine(id=name, suspended=mark):
                _add(self._cards, name, mark, "card")
            case SessionLine() as session:
                _add(self._sessions, session.id, session.value(), "session")
            case AttemptLine() as attempt:
                self._take_attempt(attempt)
            case FlagLine() as flag:
                self._flags.append(flag.value())
            case UndoLine() as step:
                self._take_step(step.value())
            case EndLine(lines=lines):
                if lines != number:
                    raise ValueError(f"the closing line counts {lines} lines, there are {number}")
                self.ended = True

    def _take_attempt(self, attempt: AttemptLine) -> None:
        _refer(self._policies, attempt.policy, "policy")
        _refer(self._cards, attempt.question_id, "card")
        _add(self._attempts, attempt.id, attempt.value(self._policies[attempt.policy]), "attempt")

    def _take_step(self, step: UndoStep) -> None:
        _refer(self._attempts, step.attempt_id, "attempt")
        if step.session_id is not None:
            _refer(self._sessions, step.session_id, "session")
        _add(self._steps, step.attempt_id, step, "undo step")

    def found(self) -> Progress:
        log = Log(self._cards, self._attempts, self._sessions, tuple(self._flags), tuple(self._steps.values()))
        return Progress(log, self._settings)


def _add(there: dict[T, U], name: T, value: U, what: str) -> None:
    if name in there:
        raise ValueError(f"{what} {name} is there twice")
    there[name] = value


def _refer(there: Container[T], name: T, what: str) -> None:
    if name not in there:
        raise ValueError(f"{what} {name} is in no line before")
