"""Where things lie: the learner's folders, and what is shipped, in a checkout and in a built package."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn import locations
from quizcnn.errors import QuizError

ROOT = Path(__file__).parent.parent


def test_one_variable_stands_in_for_all_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    assert locations.data_folder() == locations.config_folder() == tmp_path
    assert locations.cache_folder() == tmp_path / "cache"
    assert locations.database_file() == tmp_path / "quizcnn.sqlite"
    assert locations.settings_file() == tmp_path / "settings.toml"
    assert list(tmp_path.iterdir()) == []


def test_without_it_they_are_those_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUIZCNN_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    folders = [locations.data_folder(), locations.config_folder(), locations.cache_folder()]
    assert len(set(folders)) >= 2
    assert all("quizcnn" in folder.parts for folder in folders)


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZCNN_HOME", "here")
    assert locations.data_folder() == tmp_path / "here"


def test_a_checkout_uses_its_own_folders() -> None:
    assert locations.bank_folder() == ROOT / "question_bank"
    assert locations.migrations_folder() == ROOT / "migrations"


def test_a_built_package_uses_its_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "quizcnn"
    for name in ("_question_bank", "_migrations"):
        (package / name).mkdir(parents=True)
    monkeypatch.setattr(locations, "_PACKAGE", package)
    assert locations.bank_folder() == package / "_question_bank"
    assert locations.migrations_folder() == package / "_migrations"


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path / "quizcnn")
    with pytest.raises(QuizError, match="question_bank is missing from this installation; install quizcnn again"):
        locations.bank_folder()
