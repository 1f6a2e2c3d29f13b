"""One database, opened when it is needed, and the two ways into it: reading, and one whole transaction.

Nothing is opened, made or imported before it is needed: reading a record that is not there yet answers without the database library,
and the file is made by the first write. SQLite is the supported store; any other SQLAlchemy URL is taken as it is (experimental).
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from quizcnn.storage.engine import make_engine
from quizcnn.storage.faults import worded
from quizcnn.storage.place import check_header, place_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

T = TypeVar("T")


class Database:
    """A learner's record, at its place."""

    def __init__(self, url: str = "") -> None:
        self.place = place_of(url)
        self._engine: Engine | None = None
        self._lock = RLock()

    def read(self, query: Callable[[Connection], T], empty: T) -> T:
        """What ``query`` finds, or ``empty`` where there is no record yet."""
        if self._engine is None and not self.place.exists():
            return empty
        with worded(self.place.where), self._opened().connect() as connection:
            return query(connection)

    def write(self, change: Callable[[Connection], T]) -> T:
        """Make ``change`` in one transaction: all of it, or none and ``StorageError``."""
        with worded(self.place.where):
            writing = self._opened(create=True).execution_options(quizcnn_write=True)
            with writing.begin() as connection:
                return change(connection)

    def upgrade(self) -> str | None:
        """Bring an older record up to date; the schema that it had, or None where there was nothing to do."""
        from quizcnn.storage.migrate import bring_up_to_date

        if not self.place.exists():
            return None
        with worded(self.place.where):
            if self.place.path is not None:
                check_header(self.place.path)
            return bring_up_to_date(self.place)

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
        if not self.place.exists():
            from quizcnn.storage.creation import create_database

            create_database(self.place)

    def _checked(self) -> Engine:
        """The engine of a record that is ours, whole at first sight and of this program's schema; upgrades an older one."""
        from quizcnn.storage.migrate import bring_up_to_date

        if self.place.path is not None:
            check_header(self.place.path)
        bring_up_to_date(self.place)
        return make_engine(self.place)
