"""Every command that touches the record, under every fault of disk and file: one clear line, the right exit code, nothing lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from record_samples import after, fill, make_answer

from quizcnn.cli.main import run
from quizcnn.storage import backup, engine
from quizcnn.storage.repositories import Store, open_store

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ANSWERS = 40
SAFE = "all that was saved before is safe"
FULL = f"cannot be written: the disk is full or at its limit; make room and try again; {SAFE}"
READ_ONLY = f"cannot be written: it or its folder is read-only; change the rights, or set QUIZCNN_HOME to a folder of your own; {SAFE}"
LOCKED = f"is kept locked by another program; close the other one and try again; {SAFE}"
CUT = "is damaged: its end is cut off; leave it where it is and run `quizcnn db restore BACKUP --force`, which keeps a copy of it"
FOREIGN = "is not a database, or is damaged from its first bytes on; leave it where it is and run `quizcnn db restore BACKUP --force`, which keeps a copy of it"
NEWER = (
    r"was written by a newer quizcnn \(schema 0099; this one knows \d+\); upgrade quizcnn; the record was not touched"
)
COMMANDS = ("check", "backup", "backup to", "restore", "upgrade", "rebuild --check", "rebuild", "export", "import")


@dataclass(frozen=True)
class Place:
    """A record in a home of its own, and beside it another one as file and as progress file."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def record(self) -> Path:
        return self.home / "quizcnn.sqlite"

    def command(self, name: str) -> list[str]:
        """The arguments of a command; those that write elsewhere write into the folder."""
        other = self.folder / "other.sqlite"
        arguments = {
            "backup to": ["db", "backup", str(self.folder / "copy.sqlite"), "--force"],
            "restore": ["db", "restore", str(other), "--force"],
            "export": ["export", "progress", "-o", str(self.folder / "out.jsonl"), "--force"],
            "import": ["import", str(self.folder / "other.jsonl")],
        }
        return arguments.get(name) or ["db", *name.split()]

    def left_over(self) -> list[str]:
        """Half-made files."""
        return [path.name for path in self.folder.rglob("*") if path.name.endswith(".new")]


def store_of(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


def rest(path: Path) -> None:
    """Everything in the one file, as after the last program was closed."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = ("card", "attempt", "session", "flag", "undo_step", "topic_day", "mistake_day", "recall_day")
        return {table: raw.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables}


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """Made once; other users can reach it, and it lies in no folder that only the owner can enter."""
    folder = Path(tempfile.mkdtemp())
    place = Place(folder)
    place.home.mkdir()
    for path, seed in ((place.record, 1), (folder / "other.sqlite", 2)):
        store = store_of(path)
        fill(store, ANSWERS, seed=seed, questions=30)
        store.close()
        rest(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZCNN_HOME", str(folder / "elsewhere"))
        patch.setenv("QUIZCNN_DATABASE", f"sqlite:///{folder / 'other.sqlite'}")
        assert run(["export", "progress", "-o", str(folder / "other.jsonl")]) == 0
    for path in folder.rglob("*.lock"):
        path.unlink()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def place(template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(template, folder, dirs_exist_ok=True)
    folder.chmod(0o777)
    monkeypatch.setenv("QUIZCNN_HOME", str(folder / "home"))
    yield Place(folder)
    (folder / "home").chmod(0o755)
    shutil.rmtree(folder)


def drive(place: Place, fault: str, *names: str) -> list[tuple[int, str, str]]:
    """The commands one after the other in a process that has the fault."""
    done = start(place, fault, *names)
    out, err = done.communicate(timeout=120)
    assert done.returncode == 0, err
    return [tuple(each) for each in json.loads(out)]


def start(place: Place, fault: str, *names: str) -> subprocess.Popen[str]:
    commands = json.dumps([place.command(name) for name in names])
    environment = {**os.environ, "QUIZCNN_HOME": str(place.home), "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    return subprocess.Popen([sys.executable, str(HERE / "fault_driver.py"), fault, commands], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip


def here(place: Place, name: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """A command in this process."""
    capsys.readouterr()
    code = run(place.command(name))
    said = capsys.readouterr()
    return code, said.out, said.err


def one_line(said: str, where: Path, message: str) -> None:
    """Exactly one line, which names the file and says what to do."""
    assert re.fullmatch(rf"quizcnn: {re.escape(str(where))}: {message}\n", said), said


# ---- full, read-only


def test_a_full_disk(place: Place) -> None:
    with closing(sqlite3.connect(place.record)) as raw, raw:
        numbers = [(f"wrong-card-{number}",) for number in range(1500)]
        raw.executemany("INSERT INTO card (id, state, reps, lapses) VALUES (?, 2, 5, 0)", numbers)
    rest(place.record)
    before = content(place.record)
    names = ("check", "backup", "backup to", "restore", "upgrade", "rebuild", "export", "import")
    done = dict(zip(names, drive(place, "full:40000", *names), strict=True))
    assert done["check"][0] == done["upgrade"][0] == 0
    for name in ("backup", "backup to", "restore", "rebuild", "import"):
        assert done[name][0] == 3, name
        assert re.fullmatch(rf"quizcnn: {re.escape(str(place.folder))}/[^:]+: {re.escape(FULL)}\n", done[name][2]), done[name]  # fmt: skip
    assert done["export"][0] == 2
    assert "cannot be written: File too large; name another file with -o" in done["export"][2]
    assert content(place.record) == before
    assert place.left_over() == []
    assert not (place.folder / "out.jsonl").exists()
    assert store_of(place.record).rebuild().differing


def test_a_read_only_folder(place: Place) -> None:
    before = place.record.read_bytes()
    place.record.chmod(0o444)
    place.home.chmod(0o555)
    done = dict(zip(COMMANDS, drive(place, "nobody", *COMMANDS), strict=True))
    for name, (code, _, said) in done.items():
        if name == "backup to":
            continue
        assert code == 3, (name, said)
        assert said.count("\n") == 1
        assert said.endswith(READ_ONLY + "\n"), name
    assert done["backup to"][0] == 0, "what can only be read can be copied elsewhere"
    assert content(place.folder / "copy.sqlite") == content(place.record)
    assert place.record.read_bytes() == before
    assert sorted(path.name for path in place.home.iterdir()) == ["quizcnn.sqlite"]


# ---- locked, cut off, foreign, newer


@pytest.mark.parametrize("name", COMMANDS)
def test_a_locked_record(place: Place, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    monkeypatch.setattr(backup, "BUSY_MS", 50)
    before = content(place.record)
    with closing(sqlite3.connect(place.record, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, _, said = here(place, name, capsys)
        other.execute("ROLLBACK")
    if name in ("restore", "rebuild", "import"):
        assert code == 3
        one_line(said, place.record, re.escape(LOCKED))
    else:
        assert (code, said) == (0, ""), "reading goes on beside a writer"
    assert content(place.record) == before
    assert here(place, name, capsys)[0] == 0


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def make_foreign(path: Path) -> None:
    path.write_text("dear diary, " * 1000)


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0099'")
    rest(path)


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut off": (cut, re.escape(CUT)),
    "foreign": (make_foreign, re.escape(FOREIGN)),
    "newer": (make_newer, NEWER),
}


@pytest.mark.parametrize("fault", SPOILT)
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "restore"])
def test_a_record_that_cannot_be_used(place: Place, name: str, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    spoil, message = SPOILT[fault]
    spoil(place.record)
    before = place.record.read_bytes()
    code, _, said = here(place, name, capsys)
    if fault == "newer" and name.startswith("backup"):
        assert code == 0, "a newer record can be copied"
    else:
        assert code == 3
        one_line(said, place.record, message)
    assert place.record.read_bytes() == before
    assert place.left_over() == []


@pytest.mark.parametrize("fault", SPOILT)
def test_a_restore_mends_it_and_keeps_what_was_there(
    place: Place, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    SPOILT[fault][0](place.record)
    before = place.record.read_bytes()
    code, out, _ = here(place, "restore", capsys)
    kept = Path(re.fullmatch(rf"kept (.*)\n{re.escape(str(place.record))}\n", out)[1])
    assert code == 0
    assert kept.read_bytes() == before or (fault == "newer" and content(kept))
    assert content(place.record) == content(place.folder / "other.sqlite")


@pytest.mark.parametrize("fault", SPOILT)
def test_a_restore_from_what_cannot_be_used_touches_nothing(place: Place, fault: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    spoil, message = SPOILT[fault]
    other = place.folder / "other.sqlite"
    spoil(other)
    before = place.record.read_bytes()
    code, _, said = here(place, "restore", capsys)
    assert code == 3
    one_line(said, other, message)
    assert place.record.read_bytes() == before


def test_the_database_of_another_program_is_never_replaced(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.record.unlink()
    with closing(sqlite3.connect(place.record)) as raw, raw:
        raw.execute("CREATE TABLE photos (id)")
    before = place.record.read_bytes()
    for name in COMMANDS:
        code, _, said = here(place, name, capsys)
        assert code == 3, name
        one_line(said, place.record, "belongs to another program; .*")
    assert place.record.read_bytes() == before


# ---- killed


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("upgrade", "quizcnn.storage.migrate:_run_steps"),
        ("upgrade", "alembic.command:upgrade"),
        ("rebuild", "quizcnn.storage.cards:write_many"),
        ("import", "quizcnn.storage.merging:rebuild"),
        ("import", "quizcnn.storage.merging:_write_attempts"),
        ("restore", "quizcnn.storage.backup:_replace"),
        ("backup", "os:replace"),
        ("export", "os:replace"),
    ],
)
def test_a_command_that_is_killed_leaves_the_record_as_it_was(place: Place, name: str, moment: str, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    if name == "upgrade":
        shutil.copyfile(HERE / "databases" / "v0001.sqlite", place.record)
    with closing(sqlite3.connect(place.record)) as raw, raw:
        raw.execute("UPDATE card SET reps = reps + 1 WHERE id = (SELECT min(id) FROM card)")
        before = list(raw.iterdump())
    killed = start(place, f"killed:{moment}", name)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(place.record)) as raw:
        assert list(raw.iterdump()) == before
    assert here(place, name, capsys)[0] == 0
    assert here(place, "rebuild", capsys)[0] == 0
    assert here(place, "check", capsys)[0] == 0


# ---- two writers


def test_an_import_a_rebuild_and_a_drill_at_once(place: Place) -> None:
    writers = [
        start(place, "plain", "import"),
        start(place, "plain", "rebuild"),
        start(place, "plain", "backup", "check"),
    ]
    store = store_of(place.record)
    for number in range(30):
        store.record_answer(make_answer(f"fresh-question-{number % 7}", at=after(200 + number)))
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        assert [code for code, *_ in json.loads(out)] == [0] * len(json.loads(out)), out
    assert len(store.attempts()) == 2 * ANSWERS + 30
    assert store.rebuild(check=True).agrees
    assert store.check().ok


def test_two_imports_of_the_same_file_at_once_take_it_in_once(place: Place) -> None:
    writers = [start(place, "plain", "import") for _ in range(2)]
    said = [json.loads(writer.communicate(timeout=120)[0])[0] for writer in writers]
    assert [code for code, *_ in said] == [0, 0]
    assert sorted(out.split()[0] for _, out, _ in said) == ["0", str(ANSWERS)]
    assert len(store_of(place.record).attempts()) == 2 * ANSWERS
