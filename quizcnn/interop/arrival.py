"""A file of another program into a bank folder of its own: told by what is in it, all or nothing, nothing written over unasked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from quizcnn.errors import QuizError, UsageError
from quizcnn.interop.draft import INBOX, Draft, to_drafts
from quizcnn.interop.found import MOST_BYTES, Found, Skipped

TOPICS = "topics.yaml"
IN_A_FILE = 200
"""Questions; the bank reads no file of more than 2 MiB."""
_INBOX: Draft = {"id": INBOX, "title": {"en": "Inbox", "zh": "收件箱"}, "area": INBOX, "difficulty": 3, "interview_frequency": 1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrived:
    """The files that were written, how many drafts, and a line for each thing that did not come."""

    files: tuple[Path, ...]
    drafts: int
    lines: tuple[str, ...]


def first_line(file: Path) -> bytes:
    """What a file begins with, to tell what it is. Raises ``UsageError`` where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.readline(4096)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(file), mend="name another file") from None


def bring_in(file: Path, folder: Path, topics: Iterable[str], *, force: bool) -> Arrived:
    """Write the questions of ``file`` as drafts into ``folder``; ``topics`` are those of the bank.

    Raises ``UsageError`` where the file is none that is known, is damaged or too large, or a file stands in the way.
    """
    drafts = to_drafts(_found(file), frozenset(topics))
    if not drafts.questions:
        reason = f": {drafts.lines[0]}" if drafts.lines else ""
        raise UsageError(f"holds no question that can be brought{reason}", where=str(file))
    parts = dict(_parts(folder, file.stem, drafts.questions))
    if drafts.needs_inbox and not (folder / TOPICS).exists():
        parts[folder / TOPICS] = [_INBOX]
    there = [path for path in parts if path.exists()]
    if there and not force:
        raise UsageError("is there already", where=str(there[0]), mend="name another folder with --to, or add --force to write over it")  # fmt: skip
    _write(parts)
    return Arrived(tuple(parts), len(drafts.questions), drafts.lines)


def _parts(folder: Path, stem: str, questions: Sequence[Draft]) -> Iterator[tuple[Path, list[Draft]]]:
    """Files of a size that the bank reads."""
    starts = range(0, len(questions), IN_A_FILE)
    for number, start in enumerate(starts, 1):
        name = f"{stem}-{number}.yaml" if len(starts) > 1 else f"{stem}.yaml"
        yield folder / name, list(questions[start : start + IN_A_FILE])


def _found(file: Path) -> Iterator[Found | Skipped]:
    where, content = str(file), _content(file)
    start = content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK"):
        from quizcnn.interop.apkg_reading import read_package

        return read_package(content, where)
    if start.startswith(b"<"):
        from quizcnn.interop.moodle_reading import read_moodle

        return read_moodle(content, where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("is neither UTF-8 nor an Anki package", where=where, mend="save it as UTF-8") from None
    if file.suffix.lower() in (".md", ".markdown") or start[:2] in (b"Q:", b"C:"):
        from quizcnn.interop.hashcards_reading import read_cards

        return read_cards(text)
    from quizcnn.interop.sheet_reading import read_csv

    return read_csv(text, where)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"is larger than {MOST_BYTES // 2**20} MiB", where=str(file), mend="cut it in parts")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(file), mend="name another file") from None


def _write(parts: dict[Path, list[Draft]]) -> None:
    """All files beside their places first, then moved there."""
    spares = {path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in parts}
    try:
        for path, questions in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            spares[path].write_text(yaml.safe_dump(questions, allow_unicode=True, sort_keys=False, width=150), encoding="utf-8")  # fmt: skip
        for path, spare in spares.items():
            os.replace(spare, path)
    except OSError as error:
        raise QuizError(f"cannot be written: {error.strerror or error}", where=str(error.filename or ""), mend="choose another folder with --to") from None  # fmt: skip
    finally:
        for spare in spares.values():
            with suppress(OSError):
                spare.unlink(missing_ok=True)
