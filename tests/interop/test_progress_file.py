"""Progress out and in again: nothing lost, nothing half, and two machines' logs as one whatever comes first."""

from __future__ import annotations

import io
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from quizcnn import settings as kept_settings
from quizcnn.errors import QuizError, StorageError, UsageError
from quizcnn.interop.progress_reading import read_progress
from quizcnn.interop.transfer import export_progress, import_progress
from quizcnn.scheduling.card import Rating
from quizcnn.settings import Settings
from quizcnn.storage.log import NOTHING, Log, read_log
from quizcnn.storage.records import SessionRecord
from quizcnn.storage.repositories import Store, open_store
from quizcnn.storage.union import together
from tests.storage.record_samples import NOW, after, fill, make_answer

TABLES = (
    "SELECT * FROM card ORDER BY id",
    "SELECT a.*, p.retention, p.parameters AS asked, p.fuzz FROM attempt a JOIN policy p ON p.id = a.policy_id ORDER BY a.id",
    "SELECT * FROM overrule ORDER BY attempt_id",
    "SELECT * FROM session ORDER BY id",
    "SELECT question_id, seed, note, flagged_at, cleared_at FROM flag ORDER BY 1, 2, 3, 4, 5",
    *(f"SELECT * FROM {name} WHERE {first} != 0 ORDER BY 1, 2, 3" for name, first in (
        ("topic_day", "attempts"), ("topic_month", "attempts"), ("mistake_day", "times"), ("mistake_month", "times"), ("recall_day", "reviews"))),
)  # fmt: skip
UNDO = "SELECT attempt_id, suspended, session_id, session_state FROM undo_step ORDER BY number"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def machine(folder: Path, name: str) -> Store:
    return open_store(f"sqlite:///{folder / name / 'record.sqlite'}")


def state(store: Store, *more: str) -> list[list[tuple[object, ...]]]:
    """Every table, row for row; the number of a policy is a matter of the file and stands for what it says."""
    with closing(sqlite3.connect(str(store.path))) as raw:
        raw.row_factory = sqlite3.Row
        return [
            [tuple(row[key] for key in row.keys() if key != "policy_id") for row in raw.execute(query)]  # noqa: SIM118
            for query in (*TABLES, *more)
        ]


def live(store: Store, seed: int, count: int = 60, start: float = 0) -> None:
    """A learner's weeks: answers with sessions, undone, rated anew, overruled; cards set aside; questions flagged and cleared."""
    draws = random.Random(seed)
    for number in range(count):
        at = after(start + number * 0.7, draws.randrange(600))
        rating = draws.choices(list(Rating), (3, 1, 5, 1))[0]
        name = f"topic{draws.randrange(3)}-question-{draws.randrange(6)}"
        session = SessionRecord(f"session-{seed}-{number // 10}", after(start), json.dumps({"at": number}))
        mode = "practice" if draws.random() < 0.1 else "scheduled"
        made = store.record_answer(
            make_answer(name, rating, at, mode=mode, raw=("28", "感受野 “½”\u2028\n")), session=session
        )
        match draws.randrange(12):
            case 0:
                store.undo(at)
            case 1:
                store.amend_rating(made.attempt.id, Rating.HARD)
            case 2:
                store.overrule(made.attempt.id, "correct", 1.0, Rating.GOOD, at)
            case 3:
                store.suspend(name, draws.choice(["learner", None]))
            case 4:
                store.flag(name, at, seed=draws.choice([None, 7]), note="数字 doubtful?")
            case 5:
                store.clear_flags(name, at)


def write(store: Store, file: Path) -> Path:
    file.write_text("".join(export_progress(store)), encoding="utf-8", newline="")
    return file


def log_of(store: Store) -> Log:
    return store.database.read(read_log, NOTHING)


# ---- round trip


@pytest.mark.parametrize("seed", range(4))
def test_round_trip_gives_the_same_rows_of_every_table_and_the_same_bytes(tmp_path: Path, seed: int) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    live(here, seed)
    file = write(here, tmp_path / "progress.jsonl")
    taken = import_progress(there, file)
    assert taken.merged.new == len(here.attempts(voided=True)) == 60
    here.rebuild()
    there.rebuild()
    assert state(there, UNDO) == state(here, UNDO)
    assert there.rebuild(check=True).agrees
    assert there.check().ok
    assert write(there, tmp_path / "again.jsonl").read_bytes() == file.read_bytes()


def test_what_was_brought_can_be_undone(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    fill(here, 12)
    import_progress(there, write(here, tmp_path / "progress.jsonl"))
    for store in (here, there):
        store.undo(after(99))
    assert state(here, UNDO) == state(there, UNDO)


def test_the_same_file_again_changes_nothing_and_makes_no_copy(tmp_path: Path) -> None:
    here = machine(tmp_path, "here")
    live(here, 1)
    file = write(here, tmp_path / "progress.jsonl")
    before = state(here, UNDO)
    taken = import_progress(here, file)
    assert (taken.merged.nothing, taken.merged.known, taken.kept) == (True, 60, None)
    assert state(here, UNDO) == before
    assert not (tmp_path / "here" / "backups").exists()


def test_an_older_file_changes_nothing_that_came_after_it(tmp_path: Path) -> None:
    here = machine(tmp_path, "here")
    live(here, 1, 30)
    file = write(here, tmp_path / "progress.jsonl")
    live(here, 2, 30, start=40)
    before = state(here, UNDO)
    assert import_progress(here, file).merged.nothing
    assert state(here, UNDO) == before


def test_without_a_record_the_file_holds_the_settings_alone_and_makes_none(tmp_path: Path) -> None:
    kept_settings.save_settings(Settings(language="zh", interview_date=date(2026, 12, 1)))
    file = write(machine(tmp_path, "here"), tmp_path / "progress.jsonl")
    assert len(file.read_text().splitlines()) == 4
    there = machine(tmp_path, "there")
    import_progress(there, file)
    assert not there.exists()


# ---- two machines


def two_machines(tmp_path: Path, seed: int) -> tuple[Store, Store]:
    """Both begin alike, then each goes on for itself, over the same days."""
    a, b = machine(tmp_path, "a"), machine(tmp_path, "b")
    live(a, seed, 25)
    import_progress(b, write(a, tmp_path / "begin.jsonl"))
    live(a, seed + 100, 40, start=20)
    live(b, seed + 200, 40, start=20.01)
    return a, b


@pytest.mark.parametrize("seed", range(4))
def test_two_logs_merge_to_the_same_whatever_comes_first(tmp_path: Path, seed: int) -> None:
    a, b = two_machines(tmp_path, seed)
    from_a, from_b = write(a, tmp_path / "a.jsonl"), write(b, tmp_path / "b.jsonl")
    assert import_progress(a, from_b).merged.new == 40
    assert import_progress(b, from_a).merged.new == 40
    assert state(a) == state(b)
    assert a.rebuild(check=True).agrees
    third = machine(tmp_path, "third")
    for file in (from_b, from_a, from_b):
        import_progress(third, file)
    assert state(third) == state(a)
    assert import_progress(a, write(b, tmp_path / "b.jsonl")).merged.nothing


def test_merged_answers_are_as_if_one_machine_had_taken_them(tmp_path: Path) -> None:
    a, b, one = (machine(tmp_path, name) for name in ("a", "b", "one"))
    for number in range(20):
        answer = make_answer("shared", Rating.AGAIN if number % 4 == 3 else Rating.GOOD, after(number))
        (a, b)[number % 2].record_answer(answer)
        one.record_answer(answer)
    import_progress(a, write(b, tmp_path / "b.jsonl"))
    assert replace(a.card("shared"), suspended=None) == replace(one.card("shared"), suspended=None)
    without_id = [replace(each, id="") for each in a.attempts()]
    assert without_id == [replace(each, id="") for each in one.attempts()]


@pytest.mark.parametrize("seed", range(6))
def test_the_union_of_logs_is_commutative_associative_and_idempotent(tmp_path: Path, seed: int) -> None:
    a, b = (log_of(store) for store in two_machines(tmp_path, seed))
    other = machine(tmp_path, "c")
    live(other, seed + 300, 30, start=19.5)
    logs = [replace(log, steps=()) for log in (a, b, log_of(other))]
    x, y, z = logs
    assert together(x, y) == together(y, x)
    assert together(x, x) == x
    assert together(together(x, y), z) == together(x, together(z, y))
    assert together(together(x, y), x) == together(x, y)


def test_an_answer_undone_or_overruled_on_one_machine_is_so_on_both(tmp_path: Path) -> None:
    a, b = machine(tmp_path, "a"), machine(tmp_path, "b")
    undone, overruled, standing = (a.record_answer(make_answer(f"q-{n}", Rating.AGAIN, after(n))) for n in range(3))
    import_progress(b, write(a, tmp_path / "a.jsonl"))
    a.overrule(overruled.attempt.id, "correct", 1.0, Rating.GOOD, after(5))
    b.undo(after(4))
    import_progress(a, write(b, tmp_path / "b.jsonl"))
    import_progress(b, write(a, tmp_path / "a.jsonl"))
    assert state(a) == state(b)
    assert b.attempt(overruled.attempt.id).answer.verdict == "correct"
    assert a.attempt(standing.attempt.id).voided_at == after(4)
    assert a.undo(after(6)).attempt.id == overruled.attempt.id
    assert a.attempt(undone.attempt.id).voided_at is None


# ---- settings


def test_settings_come_where_there_are_none_and_stay_where_there_are(tmp_path: Path) -> None:
    theirs = Settings(language="zh", interview_date=date(2026, 12, 1), desired_retention=0.93, areas=("detection",), keys={"undo": "ctrl+z"})  # fmt: skip
    kept_settings.save_settings(
        replace(theirs, database="sqlite:////elsewhere/x.sqlite", banks=(tmp_path, tmp_path / "gone"))
    )
    here = machine(tmp_path, "here")
    fill(here, 3)
    file = write(here, tmp_path / "progress.jsonl")
    kept_settings.settings_file().unlink()
    taken = import_progress(machine(tmp_path, "there"), file)
    assert kept_settings.stored() == replace(theirs, banks=(tmp_path,))
    assert taken.missing == (tmp_path / "gone",)

    kept_settings.save_settings(Settings(minutes=40, database="sqlite:////mine.sqlite"))
    taken = import_progress(here, file)
    assert kept_settings.stored() == Settings(minutes=40, database="sqlite:////mine.sqlite")
    assert set(taken.settings_kept) == {
        "language",
        "interview_date",
        "minutes",
        "desired_retention",
        "areas",
        "banks",
        "keys",
    }
    import_progress(here, file, settings=True)
    assert kept_settings.stored() == replace(theirs, database="sqlite:////mine.sqlite", banks=(tmp_path,))


def test_check_writes_nothing(tmp_path: Path, home: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    kept_settings.save_settings(Settings(language="zh"))
    fill(here, 5)
    file = write(here, tmp_path / "progress.jsonl")
    kept_settings.settings_file().unlink()
    taken = import_progress(there, file, check=True)
    assert (taken.merged.new, taken.settings_taken) == (5, ("language",))
    assert not there.exists()
    assert not kept_settings.exists()


# ---- faults


def change_line(number: int, change: Callable[[dict[str, object]], object]) -> Callable[[list[bytes]], list[bytes]]:
    def changed(lines: list[bytes]) -> list[bytes]:
        value = json.loads(lines[number])
        return [*lines[:number], json.dumps(change(value)).encode() + b"\n", *lines[number + 1 :]]

    return changed


FAULTS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "empty": (lambda lines: [], "p.jsonl: is empty; `quizcnn export progress -o FILE` writes one; "),
    "foreign text": (lambda lines: [b"dear diary\n"], "p.jsonl:1: is no progress file of quizcnn; "),
    "foreign json": (lambda lines: [b'{"a": 1}\n'], "p.jsonl:1: is no progress file of quizcnn; "),
    "a database": (lambda lines: [b"SQLite format 3\0" * 10], "p.jsonl:1: is no progress file of quizcnn; "),
    "newer": (change_line(0, lambda v: {**v, "format": 2}), "p.jsonl:1: was written by a newer quizcnn (format 2; this one knows 1); upgrade quizcnn; nothing was taken in"),
    "format of letters": (change_line(0, lambda v: {**v, "format": "x"}), "p.jsonl:1: 'x' is no format of progress files; "),
    "cut after a line": (lambda lines: lines[:-3], "p.jsonl:16: is cut off: its closing line is missing; "),
    "cut in a line": (lambda lines: [*lines[:14], lines[14][:40]], "p.jsonl:15: is cut off in the middle of this line; "),
    "a line lost": (lambda lines: [*lines[:14], *lines[15:]], "p.jsonl:18: the closing line counts 19 lines, there are 18; "),
    "more after the end": (lambda lines: [*lines, lines[2]], "p.jsonl:20: stands after the closing line; "),
    "no json": (lambda lines: [*lines[:4], b"{oh\n", *lines[5:]], "p.jsonl:5: Invalid JSON: "),
    "unknown kind": (lambda lines: [*lines[:4], b'{"line": "medal"}\n', *lines[5:]], "p.jsonl:5: Input tag 'medal' found using 'line' does not match any of the expected tags: "),
    "twice": (lambda lines: [*lines[:3], lines[2], *lines[3:]], "p.jsonl:4: card alone is there twice; "),
    "another type": (change_line(12, lambda v: {**v, "hints": "two"}), "p.jsonl:13: hints: Input should be a valid integer"),
    "out of bounds": (change_line(12, lambda v: {**v, "score": 7}), "p.jsonl:13: score: Input should be less than or equal to 1"),
    "no such rating": (change_line(12, lambda v: {**v, "chosen": 9}), "p.jsonl:13: chosen: Input should be 1, 2, 3 or 4"),
    "no time zone": (change_line(12, lambda v: {**v, "answered_at": "2026-11-21T09:00:00"}), "p.jsonl:13: answered_at: Input should have timezone info"),
    "unknown name": (change_line(12, lambda v: {**v, "mood": "good"}), "p.jsonl:13: mood: Extra inputs are not permitted"),
    "broken parameters": (change_line(12, lambda v: {**v, "parameters": "{"}), "p.jsonl:13: parameters: is no JSON text"),
    "no such policy": (change_line(12, lambda v: {**v, "policy": 3}), "p.jsonl:13: policy 3 is in no line before"),
    "no such card": (change_line(12, lambda v: {**v, "question_id": "q"}), "p.jsonl:13: card q is in no line before"),
    "a seed too large": (change_line(12, lambda v: {**v, "seed": 2**63}), "p.jsonl:13: seed: "),
}  # fmt: skip


@pytest.fixture
def lines(tmp_path: Path) -> list[bytes]:
    """Nineteen lines: head, policy, six cards, five answers, five steps and the end."""
    store = machine(tmp_path, "source")
    for number in range(5):
        store.record_answer(make_answer(f"question-{number}", at=after(number)))
    store.suspend("alone")
    return [line.encode() for line in export_progress(store)]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line_and_nothing_is_taken_in(tmp_path: Path, lines: list[bytes], fault: str) -> None:
    spoil, message = FAULTS[fault]
    here = machine(tmp_path, "here")
    fill(here, 4)
    before = state(here, UNDO)
    file = tmp_path / "p.jsonl"
    file.write_bytes(b"".join(spoil(lines)))
    with pytest.raises(UsageError) as caught:
        import_progress(here, file)
    assert str(caught.value).startswith(f"{tmp_path}/{message}")
    assert "\n" not in str(caught.value)
    assert state(here, UNDO) == before


def test_a_setting_of_another_program_version_is_named_with_its_line(tmp_path: Path) -> None:
    text = '{"quizcnn": "progress", "format": 1, "program": "0"}\n{"line": "setting", "name": "minuts", "value": 5}\n'
    with pytest.raises(UsageError, match=r"x:2: no setting is called 'minuts'; did you mean 'minutes'"):
        read_progress(io.BytesIO(text.encode()), "x")
    with pytest.raises(UsageError, match="x:2: minutes: 5000 is not a legal value; legal: a whole number from 1"):
        read_progress(io.BytesIO(text.replace("minuts", "minutes").replace("5}", "5000}").encode()), "x")


def test_a_record_that_cannot_be_written_keeps_record_and_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_settings.save_settings(Settings(language="zh"))
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    fill(here, 5)
    fill(there, 5, seed=2)
    file = write(here, tmp_path / "progress.jsonl")
    kept_settings.save_settings(Settings(minutes=40))
    before = state(there, UNDO)
    monkeypatch.setattr("quizcnn.storage.engine.BUSY_MS", 50)
    with closing(sqlite3.connect(str(there.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is kept locked by another program"):
            import_progress(machine(tmp_path, "there"), file, settings=True)
        other.execute("ROLLBACK")
    assert state(there, UNDO) == before
    assert kept_settings.stored() == Settings(minutes=40)


def test_settings_that_cannot_be_written_keep_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_settings.save_settings(Settings(language="zh"))
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    fill(here, 5)
    fill(there, 5, seed=2)
    file = write(here, tmp_path / "progress.jsonl")
    before = state(there, UNDO)
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("QUIZCNN_HOME", str(blocked))
    with pytest.raises(QuizError, match="settings cannot be"):
        import_progress(there, file, settings=True)
    assert state(there, UNDO) == before


def test_the_copy_holds_the_record_as_it_was(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    fill(here, 5)
    fill(there, 7, seed=2)
    before = state(there, UNDO)
    kept = import_progress(there, write(here, tmp_path / "progress.jsonl")).kept
    assert kept is not None
    assert kept.parent == tmp_path / "there" / "backups"
    assert kept.name.endswith("-before-import.sqlite")
    assert state(open_store(f"sqlite:///{kept}"), UNDO) == before


def test_moments_keep_their_microseconds(tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    at = NOW + timedelta(microseconds=123457)
    here.record_answer(make_answer(at=at))
    import_progress(there, write(here, tmp_path / "progress.jsonl"))
    assert there.attempts()[0].answer.answered_at == at
