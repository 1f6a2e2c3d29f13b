"""Which schema a record has, and which ones this program knows. The revisions are found by the names of the scripts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from quizcnn.errors import StorageError
from quizcnn.locations import migrations_folder
from quizcnn.storage.engine import BUSY_MS, make_engine
from quizcnn.storage.place import Place


def revisions() -> list[str]:
    """The known schema versions, oldest first: ``0001`` for ``versions/0001_first.py``."""
    return sorted(script.name.partition("_")[0] for script in (migrations_folder() / "versions").glob("[0-9]*_*.py"))


def schema_of(place: Place) -> str:
    """The schema version that the database says it has; empty where it says none."""
    if place.path is not None:
        return schema_of_file(place.path)
    from sqlalchemy import inspect

    engine = make_engine(place)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    finally:
        engine.dispose()


def schema_of_file(path: Path) -> str:
    """The same of an SQLite file. Raises ``sqlite3.Error``."""
    with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as raw:
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            return ""
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""


def refuse_newer(found: str, where: str) -> None:
    """Raises ``StorageError`` for a schema version that this program does not know."""
    known = revisions()
    if not found:
        raise StorageError("has no schema version: it is damaged, or not a quizcnn record", where=where, mend="`quizcnn db restore BACKUP` brings a backup back")  # fmt: skip
    if found not in known:
        raise StorageError(f"was written by a newer quizcnn (schema {found}; this one knows {known[-1]})", where=where, mend="upgrade quizcnn; the record was not touched")  # fmt: skip
