"""Copies of a record: taken while it is in use, checked before they are brought back, never written over another file unasked."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from quizcnn import clock
from quizcnn.errors import StorageError, UsageError
from quizcnn.storage.engine import BUSY_MS
from quizcnn.storage.faults import DAMAGED_MEND, as_storage_error
from quizcnn.storage.lock import locked
from quizcnn.storage.place import check_header
from quizcnn.storage.schema import refuse_newer, schema_of_file

FOLDER = "backups"
SLEEP_MS = 100
"""Between two looks whether a lock is gone."""


def back_up(source: Path, target: Path | None = None, *, label: str = "backup", force: bool = False) -> Path:
    """Copy the record to ``target`` (else into ``backups`` beside it, named by the moment); the path written.

    Raises ``UsageError`` where the target is there and ``force`` is not given, ``StorageError`` where the record is damaged or the
    target cannot be written.
    """
    made = target or _free_name(source, label)
    if target is not None and made.exists() and not force:
        raise UsageError("is there already", where=str(made), mend="add --force to write over it")
    if made.exists() and source.exists() and made.samefile(source):
        raise UsageError("is the record itself", where=str(made), mend="name another file")
    # Nothing but SQLite may open the record here: to close it again would drop the locks of a transaction that this process has open.
    spare = made.with_name(f".{made.name}.{os.getpid()}.new")
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        copy_database(source, spare)
        os.replace(spare, made)
    except (sqlite3.Error, OSError) as error:
        told = as_storage_error(error, str(made))
        if told is not None and told.mend == DAMAGED_MEND:
            raise StorageError(told.what, where=str(source), mend=told.mend) from None
        raise told or error from None
    finally:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
    return made


def _free_name(source: Path, label: str) -> Path:
    stem = f"{source.stem}-{clock.now():%Y%m%dT%H%M%SZ}-{label}"
    folder, number = source.parent / FOLDER, 1
    made = folder / f"{stem}.sqlite"
    while made.exists():
        number += 1
        made = folder / f"{stem}-{number}.sqlite"
    return made


def copy_database(source: Path, target: Path) -> None:
    """A whole copy, also of what lies in the write-ahead log. Raises ``sqlite3.Error``."""
    with (
        closing(sqlite3.connect(_to_read(source), uri=True, timeout=0)) as old,
        closing(sqlite3.connect(target, timeout=0)) as new,
    ):
        copy_pages(old, new)
        new.execute("PRAGMA journal_mode = DELETE")


def _to_read(path: Path) -> str:
    """The file as an SQLite address. In a folder that cannot be written nobody else writes either, and no log can be made: none is asked for."""
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"


def copy_pages(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Write one database over another in one transaction; a lock on either is waited for as long as anywhere, and not for ever.

    Raises ``sqlite3.Error``.
    """
    waits = 0

    def step(status: int, _: int, __: int) -> None:
        nonlocal waits
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            waits += 1
            if waits * SLEEP_MS > BUSY_MS:
                busy = sqlite3.OperationalError("database is locked")
                busy.sqlite_errorname = "SQLITE_BUSY"
                raise busy

    old.backup(new, progress=step, sleep=SLEEP_MS / 1000)


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of the record; where there was one, it is kept and its new path returned.

    Raises ``StorageError`` where the backup is missing, damaged, not of this program or of a newer one.
    """
    if not backup.is_file():
        raise StorageError(
            "is not there", where=str(backup), mend="`quizcnn db path` shows the folder; backups lie in `backups`"
        )
    check_header(backup)
    try:
        _check_whole(backup)
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            return _replace(backup, path)
    except (sqlite3.Error, OSError) as error:
        raise as_storage_error(error, str(path)) or error from None


def _check_whole(backup: Path) -> None:
    with closing(sqlite3.connect(_to_read(backup), uri=True)) as database:
        if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise StorageError("is damaged", where=str(backup), mend="take another backup")
    refuse_newer(schema_of_file(backup), str(backup))


def _replace(backup: Path, path: Path) -> Path | None:
    """A whole record is written over in one transaction, so that a drill that has it open goes on with the new one."""
    if not path.exists():
        _put_in_place(backup, path)
        return None
    try:
        check_header(path)
        kept = back_up(path, label="replaced")
    except StorageError as error:
        if error.mend != DAMAGED_MEND:
            raise
        kept = _set_aside(path)
        _put_in_place(backup, path)
        return kept
    with (
        closing(sqlite3.connect(_to_read(backup), uri=True, timeout=0)) as old,
        closing(sqlite3.connect(path, timeout=0)) as new,
    ):
        copy_pages(old, new)
    return kept


def _put_in_place(backup: Path, path: Path) -> None:
    """Where there is no record, or only a damaged one that was copied aside: its log must not be read with the new file."""
    spare = path.with_name(f".{path.name}.{os.getpid()}.new")
    copy_database(backup, spare)
    with closing(sqlite3.connect(spare)) as made:
        made.execute("PRAGMA journal_mode = WAL")
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    os.replace(spare, path)


def _set_aside(path: Path) -> Path:
    """Copy a damaged record with its log to ``backups``, byte for byte."""
    kept = _free_name(path, "damaged")
    kept.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            shutil.copyfile(part, kept.with_name(kept.name + ending))
    return kept
