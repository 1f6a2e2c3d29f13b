"""Questions that the learner doubts: each mark with its note, its time and where the question is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcnn.clock import now
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Source
    from quizcnn.services.context import Context
    from quizcnn.storage.records import Flag


@dataclass(frozen=True, slots=True)
class Doubt:
    """One mark, and where its question stands; None where the bank has it no more."""

    flag: Flag
    source: Source | None


def read_doubts(context: Context) -> list[Doubt]:
    """The marks that stand, in the order of the files, those of questions that are gone last."""
    catalog = context.catalog
    doubts = [
        Doubt(flag, catalog.source(flag.question_id) if flag.question_id in catalog else None)
        for flag in context.store.flags()
    ]
    return sorted(doubts, key=lambda doubt: _place(doubt.source))


def _place(source: Source | None) -> tuple[bool, str, int]:
    return (True, "", 0) if source is None else (False, str(source.file), source.place.line)


def clear_doubts(context: Context, question_id: str) -> int:
    """Take the marks off a question; how many there were. Raises ``UsageError`` with the nearest ids where it has none."""
    from difflib import get_close_matches

    flagged = sorted({flag.question_id for flag in context.store.flags()})
    if question_id not in flagged:
        near = get_close_matches(question_id, flagged, n=3)
        mend = f"did you mean {' or '.join(near)}?" if near else "`quizcnn bank flags` lists what is flagged"
        raise UsageError(f"nothing is flagged as {question_id[:80]!r}", where="--clear", mend=mend)
    return context.store.clear_flags(question_id, now())
