"""A learner's progress and settings as a text file: JSON lines, the first says what it is, the last how many there are.

The same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields

from quizcnn import __version__
from quizcnn.interop.lines import (
    AttemptLine,
    CardLine,
    EndLine,
    FlagLine,
    Head,
    Line,
    OverruledPart,
    PolicyLine,
    SessionLine,
    Setting,
    UndoLine,
)
from quizcnn.scheduling.policy import Policy
from quizcnn.settings import Raw
from quizcnn.storage.log import Log, LoggedAttempt


@dataclass(frozen=True, slots=True)
class Progress:
    """What a file holds."""

    log: Log
    settings: Mapping[str, Raw]


def write_progress(progress: Progress) -> Iterator[str]:
    """The lines, each with its end."""
    written = 0
    for line in _lines(progress):
        yield line.model_dump_json(exclude_none=True) + "\n"
        written += 1
    yield EndLine(lines=written + 1).model_dump_json() + "\n"


def _lines(progress: Progress) -> Iterator[Line]:
    log = progress.log
    policies = _policies(log.attempts.values())
    yield Head(program=__version__)
    for name, value in progress.settings.items():
        yield Setting.model_validate({"name": name, "value": value})
    for policy in policies:
        yield PolicyLine(**asdict(policy))
    for name, mark in log.cards.items():
        yield CardLine(id=name, suspended=mark)
    for session in log.sessions.values():
        yield SessionLine(**asdict(session))
    for each in log.attempts.values():
        yield _attempt_line(each, policies[each.policy])
    for flag in log.flags:
        yield FlagLine(**asdict(flag))
    for step in log.steps:
        yield UndoLine(**asdict(step))


def _policies(attempts: Iterable[LoggedAttempt]) -> dict[Policy, int]:
    """Numbered by their values."""
    found = {each.policy for each in attempts}
    return {
        policy: number
        for number, policy in enumerate(sorted(found, key=lambda each: (each.retention, each.parameters, each.fuzz)))
    }


def _attempt_line(each: LoggedAttempt, policy: int) -> AttemptLine:
    """Not checked again: a record may hold a hundred thousand of them, and all come out of it."""
    answer, attempt, grader = each.attempt.answer, each.attempt, each.overruled
    return AttemptLine.model_construct(
        **{field.name: getattr(answer, field.name) for field in fields(answer)},
        id=attempt.id,
        policy=policy,
        review_count=attempt.review_count,
        state_before=attempt.state_before,
        voided_at=attempt.voided_at,
        predicted=attempt.predicted,
        overruled=OverruledPart(**asdict(grader)) if grader else None,
    )
