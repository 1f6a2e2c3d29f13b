"""Old records are brought up to date, with a backup, all or nothing; newer ones are left alone."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import fill, make_answer, new_store

from quizcnn.errors import StorageError
from quizcnn.locations import migrations_folder
from quizcnn.storage import migrate, schema
from quizcnn.storage.place import place_of
from quizcnn.storage.repositories import Store, open_store

OLD = sorted((Path(__file__).parent / "databases").glob("v*.sqlite"))
HELD = {
    "v0001": {"card": 14, "attempt": 20, "overrule": 1, "session": 1, "flag": 1},
    "v0002": {"card": 16, "attempt": 60, "overrule": 1, "session": 1, "flag": 1},
}
"""What each committed record held when it was made."""
LAST = schema.revisions()[-1]
NEXT = f"{int(LAST) + 1:04}"

FURTHER = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{NEXT}", "{LAST}", None, None


def upgrade():
    with op.batch_alter_table("card", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(8), server_default="blue"))
    MORE
"""


def layout(path: Path) -> dict[str, object]:
    """Tables with columns, keys, references and indexes, whatever wording made them."""
    with closing(sqlite3.connect(path)) as raw:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        indexes = raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()
        return {
            table: (
                raw.execute(f"PRAGMA table_info({table})").fetchall(),
                sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({table})")),
                sorted(row[1:] for row in raw.execute(f"PRAGMA index_list({table})")),
            )
            for table in tables
        } | {name: raw.execute(f"PRAGMA index_info({name})").fetchall() for (name,) in indexes}


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as raw:
        return {table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in HELD[f"v{LAST}"]}


@pytest.fixture
def with_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the migrations, with one more after them."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_folder(), folder)
    (folder / "versions" / f"{NEXT}_further.py").write_text(FURTHER.replace("MORE", ""))
    for module in (migrate, schema):
        monkeypatch.setattr(module, "migrations_folder", lambda: folder)
    return folder


def old_record(tmp_path: Path) -> Path:
    path = tmp_path / "old" / "record.sqlite"
    path.parent.mkdir()
    shutil.copyfile(OLD[-1], path)
    return path


# ---- the schema


def test_the_scripts_make_what_the_models_say(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.record_answer(make_answer())
    store.close()
    migrated = tmp_path / "migrated.sqlite"
    migrated.touch()
    migrate._run_steps(place_of(f"sqlite:///{migrated}"))
    assert layout(migrated) == layout(tmp_path / "record.sqlite")


def test_there_is_a_committed_record_of_every_schema_version() -> None:
    assert [path.stem.removeprefix("v") for path in OLD] == schema.revisions()
    assert [path.stem for path in OLD] == sorted(HELD)


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_an_old_record_is_brought_up_to_date_with_all_that_it_held(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    shutil.copyfile(old, path)
    store = open_store(f"sqlite:///{path}")
    assert store.rebuild(check=True).agrees
    checked = store.check()
    assert checked.ok
    assert checked.schema == schema.revisions()[-1]
    assert rows(path) == HELD[old.stem]
    assert len(store.attempts()) == HELD[old.stem]["attempt"] - 2
    store.record_answer(make_answer())
    assert store.undo_steps() > 1
    store.close()
    fresh = new_store(tmp_path / "fresh")
    fresh.record_answer(make_answer())
    fresh.close()
    assert layout(path) == layout(tmp_path / "fresh" / "record.sqlite")


# ---- upgrading


def test_an_upgrade_keeps_every_row_and_a_backup(tmp_path: Path, with_further: Path) -> None:
    path = old_record(tmp_path)
    store = open_store(f"sqlite:///{path}")
    assert store.upgrade() == LAST
    assert rows(path) == HELD[f"v{LAST}"]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT DISTINCT colour FROM card").fetchall() == [("blue",)]
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEXT,)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    (backup,) = (path.parent / "backups").iterdir()
    assert rows(backup) == HELD[f"v{LAST}"]
    assert schema.schema_of_file(backup) == LAST
    assert store.upgrade() is None
    assert len(list((path.parent / "backups").iterdir())) == 1
    assert store.rebuild(check=True).agrees


def test_the_first_use_upgrades_too(tmp_path: Path, with_further: Path) -> None:
    path = old_record(tmp_path)
    assert len(open_store(f"sqlite:///{path}").attempts()) == HELD[f"v{LAST}"]["attempt"] - 2
    assert schema.schema_of_file(path) == NEXT


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("raise RuntimeError('the script is broken')", "the script is broken"),
        ("op.execute('DELETE FROM policy')", "refer to missing ones"),
    ],
)
def test_an_upgrade_that_fails_leaves_the_record_as_it_was(
    tmp_path: Path, with_further: Path, more: str, said: str
) -> None:
    (with_further / "versions" / f"{NEXT}_further.py").write_text(FURTHER.replace("MORE", more))
    path = old_record(tmp_path)
    with pytest.raises((RuntimeError, StorageError), match=said):
        open_store(f"sqlite:///{path}").attempts()
    assert rows(path) == HELD[f"v{LAST}"]
    assert schema.schema_of_file(path) == LAST
    assert layout(path) == layout(OLD[-1])
    (with_further / "versions" / f"{NEXT}_further.py").write_text(FURTHER.replace("MORE", ""))
    assert open_store(f"sqlite:///{path}").upgrade() == LAST


KILLED = """
import os, signal, sys
from quizcnn.storage import migrate, schema
from quizcnn.storage.repositories import open_store
from pathlib import Path
migrate.migrations_folder = schema.migrations_folder = lambda: Path(sys.argv[1])
open_store("sqlite:///" + sys.argv[2]).upgrade()
"""


@pytest.mark.parametrize("more", ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_program_killed_in_its_upgrade_leaves_the_old_record(tmp_path: Path, with_further: Path, more: str) -> None:
    (with_further / "versions" / f"{NEXT}_further.py").write_text(FURTHER.replace("MORE", more))
    path = old_record(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(with_further), str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert schema.schema_of_file(path) == LAST
    assert rows(path) == HELD[f"v{LAST}"]
    assert len(list((path.parent / "backups").iterdir())) == 1
    (with_further / "versions" / f"{NEXT}_further.py").write_text(FURTHER.replace("MORE", ""))
    store = open_store(f"sqlite:///{path}")
    assert store.upgrade() == LAST
    assert store.rebuild(check=True).agrees


# ---- newer and foreign


def in_version(path: Path, version: str) -> Store:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", [version])
    return open_store(f"sqlite:///{path}")


def test_a_newer_record_is_refused_with_advice_and_not_touched(tmp_path: Path) -> None:
    path = old_record(tmp_path)
    store = in_version(path, "0999")
    before = path.read_bytes()
    with pytest.raises(
        StorageError, match=r"record.sqlite: was written by a newer quizcnn \(schema 0999; .*upgrade quizcnn"
    ):
        store.attempts()
    with pytest.raises(StorageError, match="newer quizcnn"):
        store.record_answer(make_answer())
    with pytest.raises(StorageError, match="newer quizcnn"):
        store.upgrade()
    assert path.read_bytes() == before
    assert not (path.parent / "backups").exists()


def test_a_record_without_version_is_refused(tmp_path: Path) -> None:
    path = old_record(tmp_path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TABLE alembic_version")
    with pytest.raises(StorageError, match="has no schema version"):
        open_store(f"sqlite:///{path}").attempts()


def test_another_url_is_taken_and_behaves_alike(tmp_path: Path) -> None:
    store = open_store(f"sqlite+pysqlite:///{tmp_path}/other.sqlite")
    assert store.path is None
    assert store.attempts() == []
    fill(store, 10)
    assert store.rebuild(check=True).agrees
    assert open_store(store.database.place.url).check().attempts == 10
