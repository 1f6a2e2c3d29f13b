"""A home of its own, a clock that stands, and a bank with every kind of question; an opened record is made once and copied."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal_driver import BANK, START

from quizcnn.services.context import Context


def _set_up(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("QUIZCNN_HOME", str(home))
    patch.setenv("QUIZCNN_NOW", START)
    patch.setenv("TZ", "UTC")
    patch.setenv("LANG", "C.UTF-8")
    for name in ("NO_COLOR", "COLORFGBG", "TEXTUAL_ANIMATIONS", "EDITOR", "VISUAL"):
        patch.delenv(name, raising=False)
    patch.setattr("quizcnn.locations.bank_folder", lambda: BANK)
    time.tzset()


@pytest.fixture(scope="session")
def opened_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose record and bank cache are made."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        _set_up(patch, home)
        context = Context(lang="en")
        list(context.catalog.questions())
        context.store.attempts()
    return home


@pytest.fixture(autouse=True)
def home(opened_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    own = tmp_path / "home"
    shutil.copytree(opened_home, own)
    _set_up(monkeypatch, own)
    yield own
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.fixture
def settings_file(home: Path) -> Path:
    """Where settings are written."""
    from quizcnn.locations import settings_file as find

    found = find()
    found.parent.mkdir(parents=True, exist_ok=True)
    return found
