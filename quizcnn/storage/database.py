"""One database: where it is, how it is opened, and the two ways into it, reading and one whole transaction.

Nothing is opened, made or imported before it is needed: reading a record that is not there yet answers without the database library,
and the file is made by the first write. SQLite is the supported store; any other SQLAlchemy URL is taken as it is (experimental).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from quizcnn.errors import StorageError, UsageError
from quizcnn.locations import database_file
from quizcnn.storage.faults import DAMAGED, DAMAGED_MEND, worded

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

T = TypeVar("T")

APPLICATION_ID = 0x71434E4E
"""``qCNN`` in the file's header: tells a learner's record from other programs' files."""
BUSY_MS = 5000
_HEADER = b"SQLite format 3\0"
_PREFIX = "sqlite:///"


class Database:
    """A learner's record. ``path`` is None where it is no file."""

    def __init__(self, url: str = "") -> None:
        self.path = _file_of(url) if url else database_file()
        self.url = url or f"{_PREFIX}{self.path}"
        self._engine: Engine | None = None
        self._lock = RLock()

    @property
    def where(self) -> str:
        """The file, or the URL without its password."""
        if self.path is not None:
            return str(self.path)
        start, at, server = self.url.rpartition("@")
        return f"{start.partition('://')[0]}://...@{server}" if at else self.url

    def exists(self) -> bool:
        """Whether there is a record; a database that is no file counts as one."""
        return self.path is None or os.path.lexists(self.path)

    def read(self, query: Callable[[Connection], T], empty: T) -> T:
        """What ``query`` finds, or ``empty`` where there is no record yet."""
        if self._engine is None and not self.exists():
            return empty
        with worded(self.where), self._opened().connect() as connection:
            return query(connection)

    def write(self, change: Callable[[Connection], T]) -> T:
        """Make ``change`` in one transaction: all of it, or none and ``StorageError``."""
        with worded(self.where):
            writing = self._opened(create=True).execution_options(quizcnn_write=True)
            with writing.begin() as connection:
                return change(connection)

    def upgrade(self) -> str | None:
        """Bring an older record up to date; the schema that it had, or None where there was nothing to do."""
        from quizcnn.storage.migrate import bring_up_to_date

        if not self.exists():
            return None
        with worded(self.where):
            if self.path is not None:
                check_header(self.path)
            return bring_up_to_date(self)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self, create: bool = False) -> Engine:
        with self._lock:
            if self._engine is None:
                if create:
                    self._make()
                self._engine = self._checked()
            return self._engine

    def _make(self) -> None:
        if not self.exists():
            from quizcnn.storage.creation import create_database

            create_database(self)

    def _checked(self) -> Engine:
        """The engine of a record that is ours, whole at first sight and of this program's schema; upgrades an older one."""
        from quizcnn.storage.migrate import bring_up_to_date

        if self.path is not None:
            check_header(self.path)
        bring_up_to_date(self)
        return make_engine(self)


def _file_of(url: str) -> Path | None:
    """The file that a plain SQLite URL names; one with options is taken as any other database."""
    if not url.startswith(_PREFIX) or url == _PREFIX or "?" in url or ":memory:" in url:
        return None
    return Path(url.removeprefix(_PREFIX)).expanduser().absolute()


def check_header(path: Path) -> None:
    """Raises ``StorageError`` where the file is empty, no database, or another program's."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_HEADER) or len(header) < 100:
        what = "is empty" if not header else "is not a database, or is damaged from its first bytes on"
        raise StorageError(what, where=str(path), mend=DAMAGED_MEND)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StorageError(
            "belongs to another program", where=str(path), mend="name another file in the settings (`database`)"
        )
    page = int.from_bytes(header[16:18], "big")
    promised = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    if path.stat().st_size < promised and not _has_log(path):
        raise StorageError(f"{DAMAGED}: its end is cut off", where=str(path), mend=DAMAGED_MEND)


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the file: it may hold the pages that the file lacks."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def make_engine(database: Database, foreign_keys: bool = True) -> Engine:
    """An engine with this program's pragmas; a transaction that writes takes its lock at the start, so that none fails half way."""
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.exc import ArgumentError

    if database.path is None:
        try:
            return create_engine(database.url)
        except (ArgumentError, ImportError) as error:
            raise UsageError(f"no database can be opened with this URL: {error}", where="database", mend="write sqlite:////path/to/file, or install the driver that the URL names") from None  # fmt: skip
    engine = create_engine(URL.create("sqlite", database=str(database.path)))

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
