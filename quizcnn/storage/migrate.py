"""From an older schema to this program's: a backup first, then all steps in one transaction, then every reference checked.

A record of a newer program is refused and not touched. The revisions are found by the names of the scripts.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from quizcnn.errors import StorageError
from quizcnn.locations import migrations_folder
from quizcnn.storage.database import BUSY_MS, Database, make_engine


def revisions() -> list[str]:
    """The known schema versions, oldest first: ``0001`` for ``versions/0001_first.py``."""
    return sorted(script.name.partition("_")[0] for script in (migrations_folder() / "versions").glob("[0-9]*_*.py"))


def schema_of(database: Database) -> str:
    """The schema version that the database says it has; empty where it says none."""
    if database.path is not None:
        return schema_of_file(database.path)
    from sqlalchemy import inspect

    engine = make_engine(database)
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


def bring_up_to_date(database: Database) -> str | None:
    """Upgrade an older record; the version that it had, or None where there was nothing to do.

    Raises ``StorageError`` for a newer record, one without version, and where the upgrade fails (the record is then as before).
    """
    found = schema_of(database)
    if found == revisions()[-1]:
        return None
    if database.path is None and not found:
        from quizcnn.storage.creation import create_database

        create_database(database)
        return None
    refuse_newer(found, database.where)
    return upgrade(database)


def refuse_newer(found: str, where: str) -> None:
    """Raises ``StorageError`` for a schema version that this program does not know."""
    known = revisions()
    if not found:
        raise StorageError("has no schema version: it is damaged, or not a quizcnn record", where=where, mend="`quizcnn db restore BACKUP` brings a backup back")  # fmt: skip
    if found not in known:
        raise StorageError(f"was written by a newer quizcnn (schema {found}; this one knows {known[-1]})", where=where, mend="upgrade quizcnn; the record was not touched")  # fmt: skip


def upgrade(database: Database) -> str | None:
    """Run the steps that are missing, after a backup; the version before, or None where another process was quicker."""
    if database.path is None:
        before = schema_of(database)
        _run_steps(database)
        return before
    from quizcnn.storage.backup import back_up
    from quizcnn.storage.creation import locked

    with locked(database.path):
        before = schema_of(database)
        if before == revisions()[-1]:
            return None
        back_up(database.path, label=f"before-upgrade-from-{before}")
        _run_steps(database)
    return before


def _run_steps(database: Database, folder: Path | None = None) -> None:
    """All steps in one transaction. Foreign keys are off before it begins: rebuilding a table would empty those that refer to it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder or migrations_folder()).replace("%", "%%"))
    engine = make_engine(database, foreign_keys=False)
    try:
        with engine.connect().execution_options(quizcnn_write=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() if database.path else []
            if broken:
                raise StorageError(f"cannot be upgraded: {len(broken)} rows refer to missing ones", where=database.where, mend="the record is as before; `quizcnn db check` says more")  # fmt: skip
    finally:
        engine.dispose()
