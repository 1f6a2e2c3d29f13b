"""How a database is opened: the pragmas, and a lock taken where a transaction begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from quizcnn.storage.place import Place

BUSY_MS = 5000


def make_engine(place: Place, foreign_keys: bool = True) -> Engine:
    """An engine with this program's pragmas; a transaction that writes takes its lock at the start, so that none fails half way."""
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.exc import ArgumentError

    if place.path is None:
        try:
            return create_engine(place.url)
        except (ArgumentError, ImportError) as error:
            raise UsageError(f"no database can be opened with this URL: {error}", where="database", mend="write sqlite:////path/to/file, or install the driver that the URL names") from None  # fmt: skip
    engine = create_engine(URL.create("sqlite", database=str(place.path)))

    def connected(raw: object, _: object) -> None:
        raw.isolation_level = None  # type: ignore[attr-defined]  # the driver must begin no transaction of its own
        cursor = raw.cursor()  # type: ignore[attr-defined]
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    def began(connection: Connection) -> None:
        writes = connection.get_execution_options().get("quizcnn_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
    return engine
