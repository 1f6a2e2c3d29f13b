"""Several programs on one record, and programs that are killed."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from record_samples import fill, make_answer, new_store

from quizcnn.storage.backup import back_up, restore

HERE = Path(__file__).parent
KILLS = 220

WRITER = """
import random, sys
from datetime import timedelta
from pathlib import Path
from record_samples import NOW, make_answer, new_store
from quizcnn.scheduling.card import Rating
store, draws = new_store(Path(sys.argv[1])), random.Random(sys.argv[2])
for number in range(int(sys.argv[3])):
    rating = draws.choice(list(Rating))
    made = store.record_answer(make_answer(f"q-{draws.randrange(5)}", rating, NOW + timedelta(hours=number)))
    if number % 10 == 9:
        store.amend_rating(made.attempt.id, Rating.GOOD)
"""


def environment() -> dict[str, str]:
    root = HERE.parent.parent
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(HERE)])}


def test_programs_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    driver = [sys.executable, str(HERE / "kill_driver.py"), str(tmp_path), str(KILLS)]
    done = subprocess.run(driver, env=environment(), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["kills"] >= 200
    assert found["saved"] > found["kills"]
    assert found["inside"] > 20, "too few of the kills fell between handing an answer over and its being saved"


def test_three_programs_write_to_one_record_that_none_of_them_found(tmp_path: Path) -> None:
    each = 60
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name, str(each)],
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    errors = [program.communicate(timeout=120)[1] for program in running]
    assert [program.returncode for program in running] == [0, 0, 0], errors
    store = new_store(tmp_path)
    assert len(store.attempts()) == 3 * each
    assert store.rebuild(check=True).agrees
    assert store.check().ok
    with closing(sqlite3.connect(str(store.path))) as raw:
        counts = raw.execute(
            "SELECT question_id, group_concat(review_count) FROM (SELECT * FROM attempt ORDER BY review_count) GROUP BY 1"
        )
        for question_id, numbers in counts:
            assert [int(number) for number in numbers.split(",")] == list(range(len(numbers.split(",")))), question_id
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_a_drill_goes_on_with_a_record_that_was_restored_meanwhile(tmp_path: Path) -> None:
    open_one = new_store(tmp_path)
    fill(open_one, 10)
    path = tmp_path / "record.sqlite"
    backup = back_up(path, tmp_path / "copy.sqlite")
    fill(open_one, 5, seed=2)
    kept = restore(backup, path)
    assert kept is not None
    assert len(open_one.attempts()) == 10
    open_one.record_answer(make_answer())
    assert new_store(tmp_path).check().attempts == 11
    assert open_one.rebuild(check=True).agrees
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT count(*) FROM attempt").fetchone()[0] == 15


def test_a_copy_is_whole_while_the_log_is_full(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    fill(store, 12)
    assert (tmp_path / "record.sqlite-wal").stat().st_size > 0
    copy = back_up(tmp_path / "record.sqlite", tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT count(*) FROM attempt").fetchone()[0] == 12
