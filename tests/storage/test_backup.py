"""Copies: made, checked, brought back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import fill, make_answer, new_store

from quizcnn.errors import StorageError, UsageError
from quizcnn.storage.backup import back_up, restore
from quizcnn.storage.repositories import open_store


@pytest.fixture
def record(tmp_path: Path) -> Path:
    store = new_store(tmp_path / "home")
    fill(store, 12)
    store.close()
    return tmp_path / "home" / "record.sqlite"


def attempts(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM attempt").fetchone()[0])


def test_a_backup_is_named_by_its_moment_beside_the_record(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:00:00+00:00")
    one, two = back_up(record), back_up(record)
    assert one == record.parent / "backups" / "record-20261121T090000Z-backup.sqlite"
    assert two.name == "record-20261121T090000Z-backup-2.sqlite"
    assert attempts(one) == attempts(two) == 12


def test_a_backup_writes_over_nothing_unasked(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("mine")
    with pytest.raises(UsageError, match="is there already; add --force"):
        back_up(record, target)
    assert target.read_text() == "mine"
    assert attempts(back_up(record, target, force=True)) == 12
    with pytest.raises(UsageError, match="is the record itself"):
        back_up(record, record, force=True)


def test_a_backup_that_fails_leaves_nothing(record: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="a part of its path"):
        back_up(record, tmp_path / "file" / "copy.sqlite")
    os.truncate(record, 5000)
    with pytest.raises(StorageError):
        back_up(record, tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["home", "file"] or len(list(tmp_path.iterdir())) == 2


def test_a_restored_record_is_as_it_was_and_the_replaced_one_is_kept(record: Path, tmp_path: Path) -> None:
    copy = back_up(record, tmp_path / "copy.sqlite")
    store = open_store(f"sqlite:///{record}")
    fill(store, 3, seed=8)
    store.close()
    kept = restore(copy, record)
    assert kept is not None
    assert (attempts(record), attempts(kept)) == (12, 15)
    again = open_store(f"sqlite:///{record}")
    assert again.rebuild(check=True).agrees
    again.record_answer(make_answer())
    with closing(sqlite3.connect(record)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_record_can_be_restored_where_there_was_none(record: Path, tmp_path: Path) -> None:
    copy = back_up(record, tmp_path / "copy.sqlite")
    shutil.rmtree(record.parent)
    assert restore(copy, record) is None
    assert open_store(f"sqlite:///{record}").check().attempts == 12


@pytest.mark.parametrize("size", [0, 50, 5000, 60_000])
def test_a_damaged_record_is_replaced_and_kept_byte_for_byte(record: Path, tmp_path: Path, size: int) -> None:
    copy = back_up(record, tmp_path / "copy.sqlite")
    os.truncate(record, size)
    damaged = record.read_bytes()
    log = record.with_name("record.sqlite-wal")
    log.write_bytes(b"left over")
    kept = restore(copy, record)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"left over"
    store = open_store(f"sqlite:///{record}")
    assert store.check().ok
    assert store.rebuild(check=True).agrees
    assert store.check().attempts == 12


def test_what_is_no_good_backup_is_refused_and_the_record_stays(record: Path, tmp_path: Path) -> None:
    before = record.read_bytes()
    with pytest.raises(StorageError, match="is not there"):
        restore(tmp_path / "nothing.sqlite", record)
    (tmp_path / "text").write_text("dear diary")
    with pytest.raises(StorageError, match="is not a database"):
        restore(tmp_path / "text", record)
    cut = back_up(record, tmp_path / "cut.sqlite")
    os.truncate(cut, cut.stat().st_size - 4096)
    with pytest.raises(StorageError, match="damaged"):
        restore(cut, record)
    newer = back_up(record, tmp_path / "newer.sqlite")
    with closing(sqlite3.connect(newer)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StorageError, match="written by a newer quizcnn"):
        restore(newer, record)
    assert record.read_bytes() == before
