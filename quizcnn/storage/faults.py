"""What a database says when it fails, as one clear line: what happened, which file, what to do, and that nothing is lost."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from quizcnn.errors import StorageError

SAFE = "all that was saved before is safe"
DAMAGED = "is damaged"
DAMAGED_MEND = "leave it where it is and run `quizcnn db restore BACKUP --force`, which keeps a copy of it"
_FULL = ("cannot be written: the disk is full or at its limit", f"make room and try again; {SAFE}")
_READ_ONLY = (
    "cannot be written: it or its folder is read-only",
    f"change the rights, or set QUIZCNN_HOME to a folder of your own; {SAFE}",
)
_LOCKED = ("is kept locked by another program", f"close the other one and try again; {SAFE}")
_BY_CODE = (
    ("SQLITE_FULL", *_FULL),
    ("SQLITE_IOERR", *_FULL),
    ("SQLITE_READONLY", *_READ_ONLY),
    ("SQLITE_PERM", *_READ_ONLY),
    ("SQLITE_CANTOPEN", "cannot be opened: it or its folder is missing, read-only or no folder", _READ_ONLY[1]),
    ("SQLITE_BUSY", *_LOCKED),
    ("SQLITE_LOCKED", *_LOCKED),
    ("SQLITE_CORRUPT", DAMAGED, DAMAGED_MEND),
    ("SQLITE_NOTADB", "is not a database, or is damaged from its first bytes on", DAMAGED_MEND),
)
_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _READ_ONLY),
    **dict.fromkeys(
        (errno.ENOTDIR, errno.EEXIST, errno.EISDIR),
        ("cannot be opened: a part of its path is not what it should be", _READ_ONLY[1]),
    ),
}


def as_storage_error(error: BaseException, where: str) -> StorageError | None:
    """The error in words, or None where it is a bug and not the disk's or the file's doing."""
    code = getattr(error, "sqlite_errorname", None)
    if isinstance(code, str):
        for start, what, mend in _BY_CODE:
            if code.startswith(start):
                return StorageError(what, where=where, mend=mend)
        return None
    if isinstance(error, OSError):
        what, mend = _BY_ERRNO.get(error.errno or 0, (f"cannot be read or written: {error.strerror or error}", SAFE))
        return StorageError(what, where=where, mend=mend)
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
