"""What a database says when it fails, as one clear line: what happened, which file, what to do, and that nothing is lost."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from quizcnn.errors import StorageError

SAFE = "all that was saved before is safe"
SAFE_CHINESE = "之前保存的都还在"
DAMAGED = "is damaged"
DAMAGED_MEND = "leave it where it is and run `quizcnn db restore BACKUP --force`, which keeps a copy of it"
_FULL = (
    "cannot be written: the disk is full or at its limit",
    f"make room and try again; {SAFE}",
    f"写不进去，磁盘已满或到了上限；腾出空间再试，{SAFE_CHINESE}",
)
_READ_ONLY = (
    "cannot be written: it or its folder is read-only",
    f"change the rights, or set QUIZCNN_HOME to a folder of your own; {SAFE}",
    f"写不进去，文件或所在文件夹是只读的；改权限，或用 QUIZCNN_HOME 指定自己的文件夹，{SAFE_CHINESE}",
)
_LOCKED = (
    "is kept locked by another program",
    f"close the other one and try again; {SAFE}",
    f"被另一个程序锁着；关掉那个程序再试，{SAFE_CHINESE}",
)
_NO_PLACE = (
    "cannot be opened: it or its folder is missing, read-only or no folder",
    _READ_ONLY[1],
    f"打不开，文件或所在文件夹不存在、只读或不是文件夹；改权限，或用 QUIZCNN_HOME 指定自己的文件夹，{SAFE_CHINESE}",
)
_ODD_PATH = (
    "cannot be opened: a part of its path is not what it should be",
    _READ_ONLY[1],
    f"打不开，路径中有一段不对；改权限，或用 QUIZCNN_HOME 指定自己的文件夹，{SAFE_CHINESE}",
)
_DAMAGED_CHINESE = "原处不要动，运行 `quizcnn db restore BACKUP --force`，它会另存一份"
_BROKEN = (DAMAGED, DAMAGED_MEND, f"已损坏；{_DAMAGED_CHINESE}")
_NO_DATABASE = (
    "is not a database, or is damaged from its first bytes on",
    DAMAGED_MEND,
    f"不是数据库，或者从头就坏了；{_DAMAGED_CHINESE}",
)
_BY_CODE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": _NO_PLACE,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_NOTADB": _NO_DATABASE,
}
_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _READ_ONLY),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.EISDIR), _ODD_PATH),
}


def as_storage_error(error: BaseException, where: str) -> StorageError | None:
    """The error in words, or None where it is a bug and not the disk's or the file's doing."""
    code = getattr(error, "sqlite_errorname", None)
    if isinstance(code, str):
        found = next((words for start, words in _BY_CODE.items() if code.startswith(start)), None)
    elif isinstance(error, OSError):
        told = error.strerror or error
        found = _BY_ERRNO.get(
            error.errno or 0,
            (f"cannot be read or written: {told}", SAFE, f"读写不了：{told}；{SAFE_CHINESE}"),
        )
    else:
        found = None
    if found is None:
        return None
    what, mend, chinese = found
    return StorageError(what, where=where, mend=mend, chinese=chinese)


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
