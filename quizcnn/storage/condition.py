"""Whether a record is whole: pages, references, schema, and what it holds."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from quizcnn.storage.models import attempt, card, flag, session
from quizcnn.storage.records import Checked

SHOWN = 5


def check(connection: Connection, where: str) -> Checked:
    """Counts and faults; the slow, whole test of every page and index."""
    faults: list[str] = []
    if connection.dialect.name == "sqlite":
        pages = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        faults += [f"damaged: {line}" for line in pages if line != "ok"][:SHOWN]
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        faults += [f"{row[0]}: row {row[1]} refers to a missing {row[2]}" for row in broken][:SHOWN]
    return Checked(
        path=where,
        schema=str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""),
        cards=_count(connection, card),
        attempts=_count(connection, attempt),
        voided=connection.scalar(select(func.count()).select_from(attempt).where(attempt.c.voided_at.is_not(None)))
        or 0,
        sessions=_count(connection, session),
        flags=connection.scalar(select(func.count()).select_from(flag).where(flag.c.cleared_at.is_(None))) or 0,
        faults=tuple(faults),
    )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
