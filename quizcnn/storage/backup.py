"""Copies of a record: taken while it is in use, checked before they are brought back, never written over another file unasked."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from quizcnn import clock
from quizcnn.errors import StorageError, UsageError
from quizcnn.storage.database import check_header
from quizcnn.storage.faults import as_storage_error

FOLDER = "backups"


def back_up(source: Path, target: Path | None = None, *, label: str = "backup", force: bool = False) -> Path:
    """Copy the record to ``target`` (else into ``backups`` beside it, named by the moment); the path written.

    Raises ``UsageError`` where the target is there and ``force`` is not given, ``StorageError`` where it cannot be written.
    """
    made = target or _free_name(source, label)
    if target is not None and made.exists() and not force:
        raise UsageError("is there already", where=str(made), mend="add --force to write over it")
    if made.exists() and source.exists() and made.samefile(source):
        raise UsageError("is the record itself", where=str(made), mend="name another file")
    spare = made.with_name(f".{made.name}.{os.getpid()}.new")
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        copy_database(source, spare)
        os.replace(spare, made)
    except (sqlite3.Error, OSError) as error:
        raise as_storage_error(error, str(made)) or error from None
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
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of the record; where there was one, it is kept and its new path returned.

    Raises ``StorageError`` where the backup is missing, damaged, not of this program or of a newer one.
    """
    from quizcnn.storage.creation import locked

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
    from quizcnn.storage.migrate import refuse_newer, schema_of_file

    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as database:
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
    except (StorageError, sqlite3.Error):
        kept = _set_aside(path)
        _put_in_place(backup, path)
        return kept
    with closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
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
