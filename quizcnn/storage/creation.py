"""A new record: made whole beside its place and moved there, so that no half-made file is ever found."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import __version__, clock
from quizcnn.storage import models
from quizcnn.storage.engine import make_engine
from quizcnn.storage.lock import locked
from quizcnn.storage.place import APPLICATION_ID, Place, place_of
from quizcnn.storage.schema import revisions

if TYPE_CHECKING:
    from sqlalchemy import Connection


def create_database(place: Place) -> None:
    """Make the tables of this program's schema. Raises ``OSError`` where the folder cannot be written."""
    if place.path is None:
        _create_elsewhere(place)
        return
    path = place.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        if path.exists():
            return
        spare = path.with_name(f".{path.name}.{os.getpid()}.new")
        spare.unlink(missing_ok=True)
        try:
            _create_file(spare)
            os.replace(spare, path)
        finally:
            for left in (spare, spare.with_name(f"{spare.name}-wal"), spare.with_name(f"{spare.name}-shm")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _create_file(path: Path) -> None:
    engine = make_engine(place_of(f"sqlite:///{path}"))
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA application_id = {APPLICATION_ID}")
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
        with engine.connect().execution_options(quizcnn_write=True) as connection, connection.begin():
            _create_tables(connection)
    finally:
        engine.dispose()


def _create_elsewhere(place: Place) -> None:
    from sqlalchemy import inspect

    engine = make_engine(place)
    try:
        if not inspect(engine).has_table("card"):
            with engine.begin() as connection:
                _create_tables(connection)
    finally:
        engine.dispose()


def _create_tables(connection: Connection) -> None:
    models.metadata.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revisions()[-1]}')")
    facts = {"created_at": clock.now().isoformat(), "created_by": f"quizcnn {__version__}"}
    connection.execute(models.meta.insert(), [{"name": name, "value": value} for name, value in facts.items()])
