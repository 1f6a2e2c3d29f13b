"""Where blueprints lie: ``exams/*.yaml`` of every bank folder in use, or a file named by its path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizcnn.bank.faults import nearest
from quizcnn.errors import BankError, UsageError
from quizcnn.generation.blueprint import Blueprint, read_blueprint

FOLDER = "exams"
DEFAULT = "cv-45"


def blueprint_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Blueprint name (its file name) to file; the first folder keeps a name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.yaml")):
            found.setdefault(file.stem, file)
    return found


def load_blueprint(folders: Sequence[Path], name: str) -> Blueprint:
    """The blueprint called ``name``, or in the file at that path. ``UsageError`` where there is none, ``BankError`` where it is broken."""
    if name.endswith((".yaml", ".yml")):
        return load_file(Path(name))
    files = blueprint_files(folders)
    if name not in files:
        legal = sorted(files)
        mend = nearest(name, legal, 1).removeprefix("; ") or f"there are {', '.join(legal) or 'none'}"
        raise UsageError(f"no blueprint is called {name[:80]!r}", mend=mend)
    blueprint = load_file(files[name])
    if blueprint.id != name:
        raise BankError(f"its id is {blueprint.id!r} and its file is called {name}.yaml", where=str(files[name]), mend="let them agree")  # fmt: skip
    return blueprint


def load_file(file: Path) -> Blueprint:
    """The blueprint in a file."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(file)) from None
    return read_blueprint(str(file), content)
