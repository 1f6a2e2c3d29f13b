"""What a database says when it fails, as one clear line: what happened, which file, what to do, and that nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from quizcnn.errors import StorageError

_SAFE = "all that was saved before is safe"
DAMAGED = "is damaged"
DAMAGED_MEND = "leave it where it is and run `quizcnn db restore BACKUP`, which keeps it beside the restored one"
_BY_CODE = (
    ("SQLITE_FULL", "cannot grow: the disk is full", f"make room and try again; {_SAFE}"),
    ("SQLITE_IOERR", "cannot be written: the disk is full, at its limit, or failing", f"make room and try again; {_SAFE}"),
    ("SQLITE_READONLY", "cannot be written: it or its folder is read-only", f"change its rights, or set QUIZCNN_HOME to a folder of your own; {_SAFE}"),
    ("SQLITE_PERM", "cannot be opened: no right to", f"change its rights; {_SAFE}"),
    ("SQLITE_CANTOPEN", "cannot be opened: it or its folder cannot be written", f"change its rights, or set QUIZCNN_HOME to a folder of your own; {_SAFE}"),
    ("SQLITE_BUSY", "is kept locked by another program", f"close the other one and try again; {_SAFE}"),
    ("SQLITE_LOCKED", "is kept locked by another program", f"close the other one and try again; {_SAFE}"),
    ("SQLITE_CORRUPT", DAMAGED, DAMAGED_MEND),
    ("SQLITE_NOTADB", "is not a database, or is damaged from its first bytes on", DAMAGED_MEND),
)  # fmt: skip


def as_storage_error(error: BaseException, where: str) -> StorageError | None:
    """The error in words, or None where it is a bug and not the disk's or the file's doing."""
    code = getattr(error, "sqlite_errorname", None)
    if isinstance(code, str):
        for start, what, mend in _BY_CODE:
            if code.startswith(start):
                return StorageError(what, where=where, mend=mend)
        return None
    if isinstance(error, OSError):
        return StorageError(f"cannot be read or written: {error.strerror or error}", where=where, mend=_SAFE)
    return None


@contextmanager
def worded(where: str) -> Iterator[None]:
    """Turns what the database or the disk raises into ``StorageError``; bugs pass as they are."""
    from sqlalchemy.exc import DBAPIError, OperationalError

    try:
        yield
    except DBAPIError as error:
        told = as_storage_error(error.orig, where) if error.orig else None
        if told is None and isinstance(error, OperationalError) and not hasattr(error.orig, "sqlite_errorname"):
            told = StorageError(f"the database does not answer: {str(error.orig).splitlines()[0]}", where=where)
        if told is None:
            raise
        raise told from None
    except (sqlite3.Error, OSError) as error:
        raise as_storage_error(error, where) or error from None
