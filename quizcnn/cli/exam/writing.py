"""Writing the files of a run: nothing that is there is overwritten unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from quizcnn.errors import QuizError, UsageError


def refuse_existing(folder: Path, names: Sequence[str], force: bool) -> None:
    there = [name for name in names if (folder / name).exists()]
    if there and not force:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise UsageError(f"{folder / there[0]} is there already{more}", mend="choose another folder with -o, or overwrite with --force")  # fmt: skip


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise QuizError(f"cannot be written: {error.strerror or error}", where=str(error.filename or folder), mend="choose another folder with -o") from None  # fmt: skip
