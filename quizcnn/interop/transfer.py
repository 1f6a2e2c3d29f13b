"""Progress and settings out of this machine and into it. Taking in is all or nothing, and a copy of the record is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path

from quizcnn import settings as kept_settings
from quizcnn.errors import UsageError
from quizcnn.interop.progress import Progress, write_progress
from quizcnn.interop.progress_reading import read_progress
from quizcnn.locations import settings_file
from quizcnn.settings import Raw, Settings
from quizcnn.storage.backup import back_up
from quizcnn.storage.log import Merged
from quizcnn.storage.repositories import Store

OF_THE_MACHINE = frozenset({"database"})
"""Settings that say where something lies on this machine: they stay."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: to the record, where the copy of it is, and which settings changed or differ but were kept."""

    merged: Merged
    kept: Path | None
    settings_taken: tuple[str, ...] = ()
    settings_kept: tuple[str, ...] = ()
    missing: tuple[Path, ...] = ()
    """Bank folders of the settings that are not on this machine: left out."""


def export_progress(store: Store) -> Iterator[str]:
    """The lines of a progress file. Raises as reading the record and the settings does."""
    stored = kept_settings.values_of(kept_settings.stored())
    settings = {name: value for name, value in stored.items() if name not in OF_THE_MACHINE}
    return write_progress(Progress(store.log(), settings))


def import_progress(store: Store, file: Path, *, settings: bool | None = None, check: bool = False) -> Taken:
    """Merge a progress file into the record.

    Its settings are taken with ``settings``, or where that is None and there are none here yet. With ``check`` nothing is written.
    Raises ``UsageError`` for a file that is none or not whole, ``StorageError`` and ``QuizError`` where something cannot be written.
    """
    progress = _read(file)
    mine = kept_settings.stored()
    theirs, missing = _for_here(progress.settings, mine)
    differ = tuple(each.name for each in fields(Settings) if getattr(theirs, each.name) != getattr(mine, each.name))
    take = not kept_settings.exists() if settings is None else settings
    merged, kept = (store.foresee(progress.log), None) if check else _take(store, progress, theirs if take and differ else None)  # fmt: skip
    if take:
        return Taken(merged, kept, settings_taken=differ, missing=missing)
    return Taken(merged, kept, settings_kept=differ)


def _read(file: Path) -> Progress:
    try:
        with file.open("rb") as lines:
            return read_progress(lines, str(file))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(file), mend="name another file") from None


def _for_here(given: Mapping[str, Raw], mine: Settings) -> tuple[Settings, tuple[Path, ...]]:
    """The given settings with what is this machine's own, and the bank folders that it does not have."""
    theirs = replace(
        kept_settings.change(Settings(), **given), **{name: getattr(mine, name) for name in OF_THE_MACHINE}
    )
    missing = tuple(folder for folder in theirs.banks if not folder.is_dir())
    return replace(theirs, banks=tuple(folder for folder in theirs.banks if folder not in missing)), missing


def _take(store: Store, progress: Progress, settings: Settings | None) -> tuple[Merged, Path | None]:
    """Record and settings together: where one cannot be written, the other is as it was."""
    there = store.exists()
    copies: list[Path] = []

    def keep() -> None:
        if there and store.path is not None:
            copies.append(back_up(store.path, label="before-import"))

    with _saving(settings) as save:
        merged = store.take_in(progress.log, before=keep, then=save)
    return merged, copies[0] if copies else None


@contextmanager
def _saving(settings: Settings | None) -> Iterator[Callable[[], None]]:
    """What saves the settings, where there are any; they are put back when what follows fails."""
    file, saved = settings_file(), False
    before = file.read_bytes() if file.is_file() else None

    def save() -> None:
        nonlocal saved
        if settings is not None:
            kept_settings.save_settings(settings)
            saved = True

    try:
        yield save
    except BaseException:
        if saved and before is None:
            file.unlink()
        elif saved and before is not None:
            file.write_bytes(before)
        raise
