"""What was read from a bank's files, kept by content hash, so that a bank that did not change is not parsed again.

Plain JSON in the user's cache folder: one index for a bank folder (entries and faults of each file) and one file of question bodies
for each bank file. Everything is checked by pydantic when it is read back; what is missing, corrupt or of another version of the
format counts as not there. A cache that cannot be written is no error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from quizcnn import __version__
from quizcnn.bank.entries import BankFile

Index: TypeAlias = dict[str, tuple[str, BankFile]]
"""By path below the bank folder: the digest of the content, and what it holds."""

Digest: TypeAlias = str


def digest_of(content: bytes) -> Digest:
    """The name under which the bodies of a file with this content are kept."""
    return sha256(content).hexdigest()[:32]


@cache
def format_key() -> str:
    """Changes with the program's version, the Python version and the code that reads and checks a bank."""
    parts = [f"{__version__} {sys.version_info[0]}.{sys.version_info[1]}".encode()]
    for source in sorted(Path(__file__).parent.glob("*.py")):
        parts.append(source.read_bytes())
    return digest_of(b"\0".join(parts))[:16]


@cache
def _adapter() -> TypeAdapter[Index]:
    return TypeAdapter(Index)


@cache
def _lexicon_adapter() -> TypeAdapter[list[dict[str, Any]]]:
    return TypeAdapter(list[dict[str, Any]])


class BankCache:
    """The cache of one bank folder below ``home``; without ``home`` nothing is kept and nothing found."""

    def __init__(self, home: Path | None, folder: Path) -> None:
        owner = digest_of(os.fsencode(folder.absolute()))[:16]
        self.folder = home / f"bank-{format_key()}" / owner if home else None

    def index(self) -> Index:
        """What is known of the folder's files; empty where nothing is."""
        content = self._read("index.json")
        try:
            return _adapter().validate_json(content) if content else {}
        except ValidationError:
            return {}

    def bodies(self, digest: Digest) -> Sequence[bytes]:
        """The bodies of the file with this digest, in the order of its entries; empty where they are not known."""
        content = self._read(f"{digest}.jsonl")
        return content.split(b"\n")[:-1] if content else ()

    def lexicon(self, digest: Digest) -> Sequence[Mapping[str, Any]] | None:
        """The entries of the lexicon with this digest; None where they are not known."""
        content = self._read(f"lexicon-{digest}.json")
        try:
            return _lexicon_adapter().validate_json(content) if content else None
        except ValidationError:
            return None

    def keep_lexicon(self, digest: Digest, entries: str) -> None:
        """Keep a lexicon's entries, as JSON, in place of an older one's."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for known in self.folder.glob("lexicon-*.json"):
                known.unlink(missing_ok=True)
            self._write(f"lexicon-{digest}.json", [entries])
        except OSError:
            return

    def store(self, index: Index, bodies: Mapping[Digest, Sequence[str]]) -> None:
        """Keep the index and the new bodies, and drop the bodies of files that are gone."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for digest, lines in bodies.items():
                self._write(f"{digest}.jsonl", (f"{line}\n" for line in lines))
            self._write("index.json", [json.dumps(index, ensure_ascii=False, separators=(",", ":"))])
            self._sweep({digest for digest, _ in index.values()})
        except OSError:
            return

    def _read(self, name: str) -> bytes:
        if self.folder is None:
            return b""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return b""

    def _write(self, name: str, lines: Iterable[str]) -> None:
        """Written beside and renamed, so that a reader sees the old file or the new one."""
        target = f"{self.folder}/{name}"
        beside = f"{target}.{os.getpid()}"
        with open(beside, "wb") as file:
            file.write("".join(lines).encode("utf-8", "replace"))
        os.replace(beside, target)

    def _sweep(self, wanted: set[Digest]) -> None:
        if self.folder is not None:
            for known in self.folder.glob("*.jsonl"):
                if known.stem not in wanted:
                    known.unlink(missing_ok=True)
