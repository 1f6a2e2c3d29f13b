"""Writing what is exported: whole or not at all, over nothing that is there unasked; the path is echoed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from quizcnn.errors import QuizError, UsageError


def write_file(file: Path | None, parts: Iterable[bytes], *, force: bool) -> None:
    """Write the parts to a file, else to stdout. Raises ``QuizError`` where it is there already or cannot be written."""
    if file is None:
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    if file.exists() and not force:
        raise UsageError("is there already", where=str(file), mend="name another file, or add --force to write over it")
    spare = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with spare.open("wb") as out:
            out.writelines(parts)
        os.replace(spare, file)
    except OSError as error:
        raise QuizError(f"cannot be written: {error.strerror or error}", where=str(file), mend="name another file with -o") from None  # fmt: skip
    finally:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
    click.echo(str(file))
