"""A small bank, a home of its own and a clock that stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.services.context import Context

SMALL_BANK = Path(__file__).parent / "small_bank"
START = "2026-11-21T09:00:00+00:00"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZCNN_NOW", START)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("quizcnn.locations.bank_folder", lambda: SMALL_BANK)
    return tmp_path


@pytest.fixture
def open_context(home: Path) -> Callable[[], Context]:
    """A new run of the program on the same home."""
    return lambda: Context(lang="en")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock."""
    return lambda moment: monkeypatch.setenv("QUIZCNN_NOW", moment)
