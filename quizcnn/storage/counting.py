"""All roll-ups together: kept in the transaction of each answer, and computed anew from the attempts by the same rules."""

from __future__ import annotations

from sqlalchemy import Connection

from quizcnn.storage import mistakes, recall, tallies
from quizcnn.storage.records import Attempt
from quizcnn.storage.rollup import Rollup, Row

_PARTS = (tallies, mistakes, recall)


def count(connection: Connection, record: Attempt, sign: int = 1) -> None:
    """Add an attempt, or with ``sign`` -1 take it out again; practice and voided ones are nothing."""
    if record.answer.mode == "scheduled" and record.voided_at is None:
        for part in _PARTS:
            part.add(connection, record, sign)


def from_attempts(connection: Connection) -> dict[Rollup, list[Row]]:
    """Every roll-up with the rows that the attempts give."""
    return {rollup: rows for part in _PARTS for rollup, rows in part.from_attempts(connection).items()}


def differing(connection: Connection) -> dict[Rollup, list[Row]]:
    """The roll-ups that do not hold what the attempts give, with the rows that they should hold."""
    return {rollup: rows for rollup, rows in from_attempts(connection).items() if rows != rollup.rows(connection)}
