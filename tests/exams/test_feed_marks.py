"""Marks of a paper in the schedule: one attempt a question however often it is fed, at the exam's date, the learner's sheet alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.errors import UsageError
from quizcnn.scheduling.card import Rating
from quizcnn.services.context import Context
from quizcnn.services.exams.feeding import attempt_id, feed_sheets, own_sheets
from quizcnn.services.exams.manifest import Manifest, write_manifest
from quizcnn.services.exams.report import Report, grade_files
from quizcnn.storage.records import Fed
from tests.exams.sample_exam import BANK, sample_manifest

FIRST = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUIZCNN_NOW", FIRST.isoformat())
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(sample_manifest()), encoding="utf-8")
    return file


def wide(manifest: Manifest, name: str = "Li Lei", letter: str = "A", **typed: str) -> str:
    """A sheet of the version with the key of every question, but for those in ``typed`` (ids with _ for -)."""
    paper = manifest.paper(letter=letter)
    assert paper is not None
    given = {key.replace("_", "-"): text for key, text in typed.items()}
    lines = [f"paper: {paper.code}", f"name: {name}"]
    for question in paper.questions:
        right = " | ".join(field.answer.typed() for field in question.fields)
        right = " ".join("ABCDEFG"[int(digit) - 1] for digit in right.split()) if question.kind == "choice" else right
        lines.append(f"{question.number}. {given.get(question.id, right)}")
    return "\n".join(lines) + "\n"


def graded(manifest_file: Path, *texts: str) -> Report:
    files = []
    for number, text in enumerate(texts):
        files.append(manifest_file.parent / f"answers-{number}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return grade_files(manifest_file, files, "en")


def test_each_question_is_one_attempt_however_often_it_is_fed(manifest_file: Path) -> None:
    manifest, context = sample_manifest(), Context(lang="en")
    report = graded(manifest_file, wide(manifest))
    count = len(manifest.papers[0].questions)
    assert feed_sheets(context, report.marked).fed == Fed(new=count)
    before = context.store.attempts(), [context.store.card(each.id) for each in manifest.papers[0].questions]
    assert feed_sheets(context, report.marked).fed == Fed(unchanged=count)
    assert (context.store.attempts(), [context.store.card(each.id) for each in manifest.papers[0].questions]) == before
    assert context.store.rebuild(check=True).agrees
    assert {each.answer.tries for each in before[0]} == {1}
    assert {each.answer.duration_ms for each in before[0]} == {0}


def test_an_attempt_has_the_numbers_of_the_paper_and_names_the_mistake(manifest_file: Path) -> None:
    manifest, context = sample_manifest(), Context(lang="en")
    name = next(each.id for each in manifest.papers[0].questions if each.kind == "numeric" and len(each.fields) == 1 and getattr(each.fields[0].answer, "rivals", ()))  # fmt: skip
    question = next(each for each in manifest.papers[0].questions if each.id == name)
    rival = question.fields[0].answer.rivals[0]  # type: ignore[union-attr]
    feed_sheets(context, graded(manifest_file, wide(manifest, **{name.replace("-", "_"): str(rival.value)})).marked)
    attempt = context.store.attempt(attempt_id(manifest.papers[0].code, "li lei", name))
    assert json.loads(attempt.answer.parameters) == dict(question.parameters)
    assert attempt.answer.mistakes == (rival.slug,)
    assert attempt.answer.chosen is Rating.AGAIN
    assert context.store.card(name).last_mistake == rival.slug


def test_blank_counts_as_not_known_and_the_rest_of_the_paper_says_nothing(manifest_file: Path) -> None:
    manifest, context = sample_manifest(), Context(lang="en")
    paper = manifest.papers[0]
    first, second, third = paper.questions[:3]
    text = f"paper: {paper.code}\n{second.number}. -\n{third.number}. {'; '.join(field.answer.typed() for field in third.fields)}\n"
    feed_sheets(context, graded(manifest_file, text).marked)
    verdicts = {each.answer.question_id: (each.answer.verdict, each.answer.chosen) for each in context.store.attempts()}
    assert verdicts[first.id] == verdicts[second.id] == ("blank", Rating.AGAIN)
    assert set(verdicts) <= {first.id, second.id, third.id}


def test_another_mark_replaces_the_first_and_one_that_cannot_be_read_takes_it_back(manifest_file: Path) -> None:
    manifest, context = sample_manifest(), Context(lang="en")
    name = "size-dilated"
    key = name.replace("-", "_")
    count = len(manifest.papers[0].questions)
    feed_sheets(context, graded(manifest_file, wide(manifest, **{key: "1234567"})).marked)
    assert context.store.card(name).lapses == 0
    assert context.store.attempts(question_id=name)[0].answer.chosen is Rating.AGAIN
    again = feed_sheets(context, graded(manifest_file, wide(manifest)).marked).fed
    assert again == Fed(replaced=1, unchanged=count - 1)
    (attempt,) = context.store.attempts(question_id=name)
    assert attempt.answer.chosen is Rating.GOOD
    taken_back = feed_sheets(context, graded(manifest_file, wide(manifest, **{key: "1,21,6"})).marked).fed
    assert taken_back == Fed(withdrawn=1, unchanged=count - 1)
    assert context.store.attempts(question_id=name) == []
    assert context.store.rebuild(check=True).agrees


def test_the_date_of_the_exam_is_that_of_the_attempts(manifest_file: Path) -> None:
    context = Context(lang="en")
    report = graded(manifest_file, wide(sample_manifest()))
    feed_sheets(context, report.marked)
    assert {each.answer.answered_at for each in context.store.attempts()} == {FIRST}
    feed_sheets(context, report.marked, date(2026, 11, 14))
    assert {each.answer.day for each in context.store.attempts()} == {date(2026, 11, 14)}
    feed_sheets(context, report.marked)
    assert {each.answer.day for each in context.store.attempts()} == {date(2026, 11, 14)}, "the date once said stays"


def test_questions_that_the_bank_no_longer_has_are_left_out_and_told(
    manifest_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/topics.yaml").write_bytes((BANK / "topics.yaml").read_bytes())
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: tmp_path / "empty")
    context = Context(lang="en")
    heard = feed_sheets(context, graded(manifest_file, wide(sample_manifest())).marked)
    assert heard.fed == Fed()
    assert len(heard.left_out) == len(sample_manifest().papers[0].questions)
    assert "no longer in the bank" in heard.line("en")
    assert context.store.attempts() == []


def test_only_the_learners_own_sheet_is_fed(manifest_file: Path) -> None:
    manifest = sample_manifest()
    report = graded(manifest_file, wide(manifest, "Li Lei"), wide(manifest, "Han Meimei", "B"))
    with pytest.raises(UsageError, match=r"2 people .*--as"):
        own_sheets(report.marked, None)
    with pytest.raises(UsageError, match="Han Meimei"):
        own_sheets(report.marked, "Lucy")
    assert [sheet.name for sheet in own_sheets(report.marked, "han meimei")] == ["Han Meimei"]


def grade(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["exam", "grade", *arguments], catch_exceptions=False, standalone_mode=False)


def test_the_command_feeds_only_where_it_is_told_to(manifest_file: Path) -> None:
    sheet = manifest_file.parent / "mine.txt"
    sheet.write_text(wide(sample_manifest()), encoding="utf-8")
    grade(str(manifest_file), str(sheet))
    assert not Context().store.exists()
    count = len(sample_manifest().papers[0].questions)
    told = grade(str(manifest_file), str(sheet), "--feed", "--date", "2026-11-14").stdout
    assert told.splitlines()[-1] == f"The schedule heard of {count} answers."
    assert grade(str(manifest_file), str(sheet), "--feed").stdout.splitlines()[-1].startswith("The schedule heard of it before")  # fmt: skip
    told = json.loads(grade(str(manifest_file), str(sheet), "--feed", "--json").stdout)
    assert told["fed"] == {"new": 0, "replaced": 0, "unchanged": count, "withdrawn": 0, "left_out": []}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--as", "Li"], "add --feed"),
        (["--feed", "--pseudonyms"], "leave out --pseudonyms"),
        (["--feed", "--date", "2026-11-23"], "lies ahead"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    manifest_file: Path, more: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    sheet = manifest_file.parent / "mine.txt"
    sheet.write_text(wide(sample_manifest()), encoding="utf-8")
    assert run(["exam", "grade", str(manifest_file), str(sheet), *more]) == 2
    assert message in capfd.readouterr().err
    assert not Context().store.exists()
