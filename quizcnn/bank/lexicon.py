"""The lexicon of the bank folders: entries checked by their model, faults with their place, what is sound kept in the cache.

A bank without ``lexicon.yaml`` has none; of several the first that has an id keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quizcnn.bank.cache import BankCache, digest_of
from quizcnn.bank.document import DocumentError, read_document
from quizcnn.bank.entries import LEXICON
from quizcnn.bank.faults import Fault, nearest
from quizcnn.grading.keypoints.lexicon import Entry, Lexicon


def load_lexicon(folders: Sequence[Path], cache: Path | None = None) -> Lexicon:
    """The lexicon of these folders; nothing is read before it is used."""
    return Lexicon(partial(_entries, tuple(folders), cache))


def _entries(folders: Sequence[Path], cache: Path | None) -> Sequence[Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for folder in folders:
        for entry in _of_folder(folder, BankCache(cache, folder)):
            found.setdefault(str(entry["id"]), entry)
    return tuple(found.values())


def _of_folder(folder: Path, cache: BankCache) -> Sequence[Mapping[str, Any]]:
    try:
        content = (folder / LEXICON).read_bytes()
    except OSError:
        return ()
    digest = digest_of(content)
    kept = cache.lexicon(digest)
    if kept is not None:
        return kept
    entries, _ = read_lexicon(content)
    plain = [entry.model_dump(exclude_defaults=True) | {"id": entry.id, "kind": entry.kind} for entry in entries]
    cache.keep_lexicon(digest, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
    return plain


def read_lexicon(content: bytes) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The sound entries of a file, and its faults without the file's name."""
    try:
        document = read_document(content)
    except DocumentError as error:
        return (), (error.fault(""),)
    data = document.data
    if not isinstance(data, list):
        return (), (Fault("", 1, 1, "", "the file must hold a list of concepts ('- {id: ...}')"),)
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for number, item in enumerate(data):
        owner = str(item.get("id", "")) if isinstance(item, dict) else ""
        try:
            entry = Entry.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            path = (number, *(part for part in first["loc"] if isinstance(part, str | int)))
            faults.append(Fault("", *document.place(path), owner, str(first["msg"])))
            continue
        if entry.id in entries:
            faults.append(Fault("", *document.place((number,)), owner, "the concept stands twice"))
        entries.setdefault(entry.id, entry)
    for number, item in enumerate(data):
        if isinstance(item, dict) and str(item.get("id")) in entries:
            entry = entries[str(item["id"])]
            named = (entry.opposite, *entry.rivals, *entry.implies)
            for name in named:
                if name and name not in entries:
                    faults.append(
                        Fault(
                            "",
                            *document.place((number,)),
                            entry.id,
                            f"there is no concept {name!r}{nearest(name, list(entries), 1)}",
                        )
                    )
    return tuple(entries.values()), tuple(faults)
