"""What may be wrong with disk and file: each is one clear line, and nothing that was saved is lost."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import fill, make_answer, new_store

from quizcnn.errors import StorageError
from quizcnn.storage import engine
from quizcnn.storage.faults import as_storage_error
from quizcnn.storage.repositories import Store, open_store

HERE = Path(__file__).parent
FULL_DISK = """
import resource, sys
from pathlib import Path
from record_samples import make_answer, new_store
from quizcnn.errors import StorageError
store = new_store(Path(sys.argv[1]))
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
saved = 0
try:
    for number in range(10_000):
        store.record_answer(make_answer(f"q-{number}", raw=("x" * 500,)))
        saved += 1
except StorageError as error:
    print(f"{saved}\\t{error}")
"""
READER = """
import os, sys
from record_samples import make_answer, NOW
from quizcnn.errors import StorageError
from quizcnn.storage.repositories import open_store
import quizcnn.storage.journal, quizcnn.storage.creation, filelock, fsrs, sqlalchemy.dialects.sqlite
store = open_store("sqlite:///" + sys.argv[1])
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    store.record_answer(make_answer())
    print("written")
except StorageError as error:
    print(error)
"""


def run(code: str, *arguments: str) -> str:
    root = HERE.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(HERE)]), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def one_line(error: StorageError, path: Path) -> str:
    """The message; it must be one line that begins with the file and says what to do."""
    text = str(error)
    assert "\n" not in text
    assert text.startswith(f"{path}: ")
    assert "; " in text
    assert error.exit_code == 3
    return text


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of 25 answers, closed."""
    store = new_store(tmp_path)
    fill(store, 25)
    store.close()
    return tmp_path / "record.sqlite"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def what_check_says(path: Path) -> str:
    """The faults that a check finds, or why there can be none."""
    try:
        return " ".join(opened(path).check().faults)
    except StorageError as error:
        return one_line(error, path)


def opened(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


def test_a_full_disk_loses_nothing_that_was_saved(record: Path) -> None:
    saved, _, message = run(FULL_DISK, str(record.parent), str(record.stat().st_size + 1_500_000)).partition("\t")
    assert int(saved) > 20
    assert message.startswith(
        f"{record}: cannot be written: the disk is full or at its limit; make room and try again;"
    )
    store = opened(record)
    assert len(store.attempts()) == 25 + int(saved)
    assert store.check().ok
    assert store.rebuild(check=True).agrees
    store.record_answer(make_answer())
    assert len(store.attempts()) == 26 + int(saved)


def test_a_disk_too_full_for_a_new_record_is_said_and_leaves_nothing_half(tmp_path: Path) -> None:
    saved, _, message = run(FULL_DISK, str(tmp_path), "20000").partition("\t")
    assert saved == "0"
    assert "record.sqlite: cannot be written: the disk is full or at its limit" in message
    assert not [path for path in tmp_path.iterdir() if path.name != "record.sqlite.lock"]
    new_store(tmp_path).record_answer(make_answer())


def test_a_read_only_folder_is_said_and_the_record_stays_as_it_was(open_folder: Path) -> None:
    fill(new_store(open_folder), 5)
    path = open_folder / "record.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for part in (f"{path}-wal", f"{path}-shm"):
        Path(part).unlink(missing_ok=True)
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    message = run(READER, str(path))
    assert message.startswith(f"{path}: cannot be ")
    assert "read-only" in message
    assert "set QUIZCNN_HOME to a folder of your own; all that was saved before is safe" in message
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    message = run(READER, str(open_folder / "home" / "record.sqlite"))
    assert message.startswith(f"{open_folder}/home/record.sqlite: cannot be written: it or its folder is read-only; ")
    assert list(open_folder.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    path = tmp_path / "home" / "record.sqlite"
    with pytest.raises(StorageError) as caught:
        opened(path).record_answer(make_answer())
    assert "cannot be opened: a part of its path is not what it should be" in one_line(caught.value, path)


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.mkdir()
    with pytest.raises(StorageError) as caught:
        opened(path).attempts()
    assert "a part of its path is not what it should be" in one_line(caught.value, path)


def test_a_foreign_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.write_text("dear diary, " * 100)
    before = path.read_bytes()
    for use in (lambda store: store.attempts(), lambda store: store.record_answer(make_answer())):
        with pytest.raises(StorageError) as caught:
            use(opened(path))
        assert "is not a database" in one_line(caught.value, path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE card (id TEXT, due TEXT)")
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        opened(path).record_answer(make_answer())
    assert "belongs to another program" in one_line(caught.value, path)
    assert path.read_bytes() == before


def test_an_empty_file_is_not_taken_for_a_new_record(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.touch()
    with pytest.raises(StorageError) as caught:
        opened(path).record_answer(make_answer())
    assert "is empty" in one_line(caught.value, path)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_said_and_not_touched(record: Path, share: float) -> None:
    os.truncate(record, int(record.stat().st_size * share))
    before = record.read_bytes()
    for use in (lambda store: store.attempts(), lambda store: store.record_answer(make_answer())):
        with pytest.raises(StorageError) as caught:
            use(opened(record))
        assert "damaged" in one_line(caught.value, record)
        assert "`quizcnn db restore BACKUP --force`" in str(caught.value)
    assert record.read_bytes() == before


def test_damage_inside_is_said(record: Path) -> None:
    whole = record.read_bytes()
    for page in range(1, len(whole) // 4096):
        record.write_bytes(whole[: page * 4096] + b"\x5a" * 4096 + whole[(page + 1) * 4096 :])
        assert "damaged" in what_check_says(record), page


def test_a_locked_record_is_said_and_free_again_later(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    store = opened(record)
    with closing(sqlite3.connect(record, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.attempts()) == 25
        with pytest.raises(StorageError) as caught:
            store.record_answer(make_answer())
        assert "is kept locked by another program" in one_line(caught.value, record)
        other.execute("COMMIT")
    store.record_answer(make_answer())
    assert len(store.attempts()) == 26


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY", "SQLITE_CORRUPT", "SQLITE_NOTADB"])  # fmt: skip
def test_what_the_database_says_is_told_in_both_languages(name: str) -> None:
    raised = sqlite3.OperationalError("disk I/O error")
    raised.sqlite_errorname = name
    told_in_both(as_storage_error(raised, "here"))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOTDIR, errno.EIO])
def test_what_the_disk_says_is_told_in_both_languages(number: int) -> None:
    told_in_both(as_storage_error(OSError(number, os.strerror(number)), "here"))


def told_in_both(error: StorageError | None) -> None:
    assert error is not None
    assert error.said("en") == str(error)
    assert re.search("[\u4e00-\u9fff]", error.said("zh"))
    assert error.said("zh").startswith("here：")


def test_a_bug_keeps_its_traceback(record: Path) -> None:
    from sqlalchemy.exc import IntegrityError

    store = opened(record)
    with pytest.raises(IntegrityError):
        store.record_answer(make_answer(kind=None))
    assert len(store.attempts()) == 25
