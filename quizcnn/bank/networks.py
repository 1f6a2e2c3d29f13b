"""Networks as files: ``networks/NAME.yaml`` of the bank folders, or any other path; errors name file, line and column."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from quizcnn.bank.document import Document, DocumentError, read_document
from quizcnn.errors import BankError, UsageError
from quizcnn.networks.spec import Network, NetworkError, read_network
from quizcnn.networks.trace import Trace, trace

FOLDER = "networks"
SUFFIX = ".yaml"


def find_networks(folders: Sequence[Path]) -> dict[str, Path]:
    """The networks of these bank folders by name, sorted; the first folder that has a name keeps it."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / FOLDER).glob(f"[!.]*{SUFFIX}")):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_trace(name: str, folders: Sequence[Path], size: tuple[int, int, int] | None = None) -> Trace:
    """The network called so, or in the file at this path, with an input of channels, height and width.

    Raises ``UsageError`` where there is none, ``BankError`` with file:line:column where it is no network or a layer does not fit.
    """
    path = _path_of(name, folders)
    document = _read(path)
    try:
        return trace(_network(document), size)
    except NetworkError as error:
        raise BankError(error.what, where=f"{path}:{_place(document, error)}", mend=error.mend) from None


def load_network(path: Path) -> Network:
    """The network in a file. Raises ``BankError`` with file:line:column where it is none."""
    document = _read(path)
    try:
        return _network(document)
    except NetworkError as error:
        raise BankError(error.what, where=f"{path}:{_place(document, error)}", mend=error.mend) from None


def _path_of(name: str, folders: Sequence[Path]) -> Path:
    if os.sep in name or name.endswith((SUFFIX, ".yml")):
        return Path(name)
    known = find_networks(folders)
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    mend = f"did you mean {' or '.join(near)}?" if near else "`quizcnn network` lists them; a file is given by its path"
    raise UsageError(f"no network is called {name!r}", mend=mend)


def _read(path: Path) -> Document:
    try:
        document = read_document(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(path)) from None
    except DocumentError as error:
        raise BankError(error.message, where=f"{path}:{error.place.line}:{error.place.column}") from None
    for repeated in document.repeated:
        raise BankError(repeated.message, where=f"{path}:{repeated.place.line}:{repeated.place.column}")
    return document


def _network(document: Document) -> Network:
    return read_network(document.data)


def _place(document: Document, error: NetworkError) -> str:
    place = document.place(error.path)
    return f"{place.line}:{place.column}"
