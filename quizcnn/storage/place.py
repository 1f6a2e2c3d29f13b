"""Where a record is: a file of this program, or another database by its URL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from quizcnn.errors import StorageError
from quizcnn.locations import database_file
from quizcnn.storage.faults import DAMAGED, DAMAGED_MEND

APPLICATION_ID = 0x71434E4E
"""``qCNN`` in the file's header: tells a learner's record from other programs' files."""
_HEADER = b"SQLite format 3\0"
_PREFIX = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is. ``path`` is None where it is no file."""

    path: Path | None
    url: str

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


def place_of(url: str = "") -> Place:
    """The place that a database URL names; without one, the learner's own file."""
    path = _file_of(url) if url else database_file()
    return Place(path, url or f"{_PREFIX}{path}")


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
