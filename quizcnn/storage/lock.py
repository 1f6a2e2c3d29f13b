"""One process at a time where a record is made, upgraded or replaced."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from quizcnn.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_SECONDS = 30


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from making, upgrading or replacing the same file meanwhile."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(str(path.with_name(f"{path.name}.lock")), timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise StorageError("is being made or upgraded by another program", where=str(path), mend="try again when it is done") from None  # fmt: skip
