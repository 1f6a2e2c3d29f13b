"""Where a question stands, as one types it."""

from __future__ import annotations

from pathlib import Path


def here(file: str) -> str:
    """The path from the working folder where that is shorter to type."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
