"""Exams taken at the terminal: saved at every answer, the clock of the start, marks by the manifest, plain lines."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizcnn.cli.plain_exam import PlainExam
from quizcnn.errors import StorageError, UsageError
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services.context import Context
from quizcnn.services.exams.feeding import feed_sitting
from quizcnn.services.exams.shelf import load_blueprint
from quizcnn.services.exams.sitting import Desk, Sitting, begin, take

START = "2026-11-21T09:00:00+00:00"
AT_START = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZCNN_NOW", START)
    return Context(lang="en")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "sittings")


def sitting(context: Context, name: str = "numbers-15", *, minutes: float | None = 15) -> Sitting:
    return begin(load_blueprint(context.catalog.folders, name), context.catalog, 3, minutes=minutes)


def one_number_first(context: Context) -> Sitting:
    """A sitting whose first and third question ask for one number each."""
    plan = load_blueprint(context.catalog.folders, "numbers-15")
    sittings = (begin(plan, context.catalog, seed, minutes=15) for seed in range(60))
    return next(found for found in sittings if asks_a_number(found, 1) and asks_a_number(found, 3))


def asks_a_number(found: Sitting, number: int) -> bool:
    fields = found.question(number).fields
    return len(fields) == 1 and isinstance(fields[0].answer, NumberAnswer)


def answered_right(found: Sitting) -> Sitting:
    for question in found.paper.questions:
        if isinstance(question.fields[0].answer, RecallAnswer):
            found = found.answered(question.number, ["said aloud"]).rated(question.number, 4)
        else:
            found = found.answered(question.number, [field.answer.typed() for field in question.fields])
    return found


@pytest.mark.parametrize("name", ["numbers-15", "cv-45", "dl-90"])
def test_every_key_earns_all_points(context: Context, name: str) -> None:
    marked = answered_right(sitting(context, name)).marked("en")
    assert marked.points == sum(mark.question.points for mark in marked.marks if mark.counts)
    assert {mark.state for mark in marked.marks} == {"right"}


def test_an_answer_of_ones_own_is_marked_only_by_the_learner(context: Context) -> None:
    found = sitting(context, "cv-45")
    number = next(q.number for q in found.paper.questions if isinstance(q.fields[0].answer, RecallAnswer))
    found = found.answered(number, ["it keeps the gradient"])
    state = {mark.question.number: (mark.state, mark.points) for mark in found.marked("en").marks}
    assert state[number] == ("unreadable", 0.0)
    assert found.rated(number, 3).texts(number) == ("it keeps the gradient",)
    points = found.question(number).points
    assert found.rated(number, 3).marked("en").points == points
    assert found.rated(number, 1).marked("en").points == 0


def test_the_clock_is_that_of_the_start(context: Context) -> None:
    found = sitting(context)
    assert found.seconds_left(AT_START + timedelta(minutes=5)) == 600
    assert not found.is_time_up(AT_START + timedelta(minutes=14, seconds=59))
    assert found.is_time_up(AT_START + timedelta(minutes=15))
    assert sitting(context, minutes=None).seconds_left() is None


def test_what_was_saved_is_what_is_read(context: Context, desk: Desk) -> None:
    found = desk.save(sitting(context, "cv-45"))
    found = desk.save(found.answered(2, ["1", "2"]).flag_turned(2).moved(3))
    again = desk.open()
    assert again == found
    assert again is not None
    assert (again.at, again.flagged, again.texts(2)) == (3, (2,), ("1", "2"))
    assert desk.save(again.handed_in(AT_START)).handed_in_at == AT_START
    assert desk.open() is None
    assert len(desk.all()) == 1


def test_a_second_program_cannot_write_over_what_the_first_went_on_with(context: Context, desk: Desk) -> None:
    first = desk.save(sitting(context))
    second = desk.open()
    assert second is not None
    kept = desk.save(first.answered(1, ["7"]))
    with pytest.raises(StorageError, match="another program went on"):
        desk.save(second.answered(1, ["8"]))
    assert desk.open() == kept


def test_a_file_that_cannot_be_read_hides_no_other(context: Context, desk: Desk) -> None:
    desk.save(sitting(context))
    (desk.folder / "broken.json").write_text("{", encoding="utf-8")
    assert len(desk.all()) == 1
    with pytest.raises(StorageError, match="no exam"):
        desk.read(desk.folder / "broken.json")


def test_a_folder_that_cannot_be_written_is_said(context: Context, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be saved"):
        Desk(tmp_path / "file" / "sittings").save(sitting(context))


def test_questions_and_versions_that_are_not_there_are_named(context: Context) -> None:
    found = sitting(context)
    with pytest.raises(UsageError, match="no question 7"):
        found.moved(7)
    with pytest.raises(UsageError, match="no version 'B'"):
        take(found.manifest, "B", minutes=None)


def type_exam(desk: Desk, found: Sitting, *lines: str) -> str:
    out = io.StringIO()
    PlainExam(desk, found, "en", io.StringIO("\n".join(lines) + "\n" if lines else ""), out).run()
    return out.getvalue()


def test_plain_lines_lead_through_the_exam_and_on_after_a_break(context: Context, desk: Desk) -> None:
    found = desk.save(one_number_first(context))
    key = found.question(1).fields[0].answer.typed()
    told = type_exam(desk, found, key, ":q")
    assert "Question 2 of 6, 1 point, 15 minutes left." in told
    assert told.endswith("Saved. `quizcnn exam take --plain` goes on here; the clock runs on.\n")
    again = desk.open()
    assert again is not None
    assert (again.at, again.texts(1)) == (2, (key,))
    told = type_exam(desk, again, ":g 9", ":e", ":e")
    assert "there is no question 9; they are 1 to 6" in told
    assert "5 empty: 2, 3, 4, 5, 6. Enter goes to 2; :e again hands in as it is." in told
    assert "1 of 6 points.\n" in told
    assert desk.open() is None


def test_time_up_hands_in_what_is_there(context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = desk.save(one_number_first(context))
    found = desk.save(found.answered(1, [found.question(1).fields[0].answer.typed()]).moved(3))
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:15:01+00:00")
    told = type_exam(desk, found, "1")
    assert "Time is up: 2 answers handed in, 4 empty." in told
    handed = desk.all()[0]
    assert handed.handed_in_at == datetime(2026, 11, 21, 9, 15, 1, tzinfo=UTC)


def test_an_answer_that_cannot_be_read_is_told_and_kept(context: Context, desk: Desk) -> None:
    found = desk.save(one_number_first(context))
    told = type_exam(desk, found, "1,21,6", ":q")
    assert "Cannot be read as it stands:" in told
    assert desk.all()[0].texts(1) == ("1,21,6",)


def test_plain_lines_ask_whether_the_schedule_is_to_hear_of_it(context: Context, desk: Desk) -> None:
    found = desk.save(answered_right(sitting(context)))
    out = io.StringIO()

    def run(found: Sitting, *lines: str) -> str:
        PlainExam(desk, found, "en", io.StringIO("\n".join(lines) + "\n"), out, lambda each: feed_sitting(context, each).line("en")).run()  # fmt: skip
        return out.getvalue()

    told = run(found, ":e", ":e", "")
    assert told.endswith(":k counts it in the schedule, Enter leaves it: ")
    assert context.store.attempts() == []
    told = run(desk.all()[0], ":k")
    count = len(found.paper.questions)
    assert told.endswith(f"The schedule heard of {count} answers.\n")
    assert len(context.store.attempts()) == count
    assert desk.all()[0].fed
    assert not run(desk.all()[0], ":k").endswith(": "), "it is not asked again"
