"""``quizcnn db`` as one runs it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from record_samples import fill

from quizcnn.cli.db import command
from quizcnn.errors import QuizError
from quizcnn.storage.repositories import open_store
from quizcnn.storage.schema import revisions


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    return tmp_path


def db(*arguments: str, code: int = 0) -> Result:
    """Run it; faults come out as the errors that the program turns into lines and exit codes."""
    result = CliRunner().invoke(command, arguments)
    seen = result.exception.exit_code if isinstance(result.exception, QuizError) else result.exit_code
    assert seen == code, (result.output, result.exception)
    return result


def test_without_a_record_nothing_is_made(home: Path) -> None:
    assert db("path").output == f"{home}/quizcnn.sqlite\n"
    checked = json.loads(db("check", "--json").output)
    assert (checked["ok"], checked["exists"], checked["cards"], checked["attempts"]) == (True, False, 0, 0)
    assert "no record yet" in db("check").output
    assert "no record yet" in db("upgrade").output
    db("rebuild", "--check")
    db("backup", code=2)
    assert list(home.iterdir()) == []


def test_counts_and_condition(home: Path) -> None:
    fill(open_store(), 20)
    open_store().undo(open_store().attempts(limit=1)[0].answer.answered_at)
    checked = json.loads(db("check", "--json").output)
    assert checked["path"] == f"{home}/quizcnn.sqlite"
    assert (checked["ok"], checked["schema"], checked["attempts"], checked["voided"]) == (True, revisions()[-1], 20, 1)
    assert checked["cards"] > 5
    assert "20 attempts (1 undone)\nwhole" in db("check").output
    assert f"{revisions()[-1]} already" in db("upgrade").output


def test_faults_are_exit_code_1_and_what_cannot_be_opened_3(home: Path) -> None:
    fill(open_store(), 20)
    with closing(sqlite3.connect(home / "quizcnn.sqlite")) as raw, raw:
        raw.execute("UPDATE card SET reps = reps + 1")
        raw.execute("DELETE FROM policy")
    assert json.loads(db("check", "--json", code=1).output)["ok"] is False
    assert "refers to a missing policy" in db("check", code=1).output
    os.truncate(home / "quizcnn.sqlite", 3000)
    db("check", code=3)
    db("rebuild", code=3)
    assert db("path").output == f"{home}/quizcnn.sqlite\n"


def test_rebuild_compares_and_mends(home: Path) -> None:
    fill(open_store(), 20)
    assert json.loads(db("rebuild", "--check", "--json").output)["agrees"] is True
    with closing(sqlite3.connect(home / "quizcnn.sqlite")) as raw, raw:
        raw.execute("UPDATE card SET reps = reps + 1")
    assert json.loads(db("rebuild", "--check", "--json", code=1).output)["differing"]
    assert "differed and were written anew" in db("rebuild").output
    db("rebuild", "--check")


def test_backup_and_restore(home: Path) -> None:
    fill(open_store(), 20)
    copy = str(home / "copy.sqlite")
    assert db("backup", copy).output == f"{copy}\n"
    db("backup", copy, code=2)
    db("backup", copy, "--force")
    fill(open_store(), 1, seed=2)
    db("restore", copy, code=2)
    assert json.loads(db("check", "--json").output)["attempts"] == 21
    said = db("restore", copy, "--force").output
    assert said.startswith(f"kept {home}/backups/")
    assert said.endswith(f"{home}/quizcnn.sqlite\n")
    assert json.loads(db("check", "--json").output)["attempts"] == 20
    db("restore", str(home / "nothing"), "--force", code=3)


@pytest.mark.parametrize("name", ["path", "check", "backup", "restore", "upgrade", "rebuild"])
def test_every_help_has_an_example(name: str) -> None:
    assert f"quizcnn db {name}" in db(name, "--help").output
