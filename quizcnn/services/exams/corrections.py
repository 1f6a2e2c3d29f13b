"""What a person decided against the program: one line each in ``corrections.jsonl`` beside the answers, appended, never overwritten.

A correction holds for a question of one exam on every sheet, or for one person's answer alone. A later one goes before an earlier
one; ``withdraw`` takes one back and leaves it to be read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from quizcnn.errors import QuizError, UsageError
from quizcnn.services.exams.manifest import Manifest

FILE = "corrections.jsonl"
MOST_BYTES = 4 * 1024 * 1024


class Correction(BaseModel):
    """``accept``: another answer is right too. ``set-key``: it is the only right one. ``give``, ``drop``: the question is void, all
    get its points or it leaves the total of those whom that helps. ``points``: what one person's answer earns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exam: str
    """The code of the exam's first paper."""
    question: str = ""
    action: Literal["accept", "set-key", "give", "drop", "points", "withdraw"]
    values: dict[str, str] = {}
    """By version, what is to be typed for it to be right."""
    points: float | None = None
    person: str = ""
    withdraws: int | None = None
    """The number of the line, from 1, that is taken back."""
    reason: str = ""
    at: datetime


def folder_of(paths: Sequence[Path]) -> Path:
    """Where the corrections of these answers lie: in the first folder named, or beside the first file."""
    first = paths[0]
    return first if first.is_dir() else first.parent


def read_corrections(manifest: Manifest, paths: Sequence[Path]) -> tuple[Correction, ...]:
    """What stands of the corrections beside these answers; ``UsageError`` where a file of them is damaged."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    return tuple(each for folder in folders for _, each in standing(exam_of(manifest), read_lines(folder / FILE)))


def exam_of(manifest: Manifest) -> str:
    """What corrections call the exam."""
    return manifest.papers[0].code


def standing(exam: str, lines: Sequence[Correction]) -> list[tuple[int, Correction]]:
    """The corrections of an exam that were not taken back, with the numbers of their lines."""
    back = {line.withdraws for line in lines if line.exam == exam and line.action == "withdraw"}
    return [(number, line) for number, line in enumerate(lines, 1) if line.exam == exam and line.action != "withdraw" and number not in back]  # fmt: skip


def read_lines(file: Path) -> list[Correction]:
    """Every line of a file of corrections, none where there is no file."""
    try:
        content = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(file)) from None
    if len(content) > MOST_BYTES:
        raise UsageError(f"has {len(content):,} bytes; these are no corrections", where=str(file))
    return [_line(file, number, line) for number, line in enumerate(content.splitlines(), 1)]


def _line(file: Path, number: int, line: bytes) -> Correction:
    try:
        return Correction.model_validate(json.loads(line))
    except (ValueError, ValidationError):
        raise UsageError("is no correction", where=f"{file}:{number}", mend="restore the line; `quizcnn exam correct` writes them") from None  # fmt: skip


def append(file: Path, corrections: Iterable[Correction]) -> None:
    """Add lines, made fast before this returns. ``QuizError`` where that fails."""
    text = "".join(each.model_dump_json(exclude_defaults=True) + "\n" for each in corrections)
    try:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise QuizError(f"cannot be written: {error.strerror or error}", where=str(file), mend="nothing was corrected") from None  # fmt: skip
