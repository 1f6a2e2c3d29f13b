"""Corrections: kept beside the answers, nobody loses but by another key, reports and the schedule follow, and they can be taken back."""

from __future__ import annotations

import json
import random
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.errors import UsageError
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.services.context import Context
from quizcnn.services.exams.correcting import is_same
from quizcnn.services.exams.corrections import FILE, read_corrections, read_lines
from quizcnn.services.exams.feeding import feed_sheets
from quizcnn.services.exams.manifest import Manifest, PrintedQuestion, write_manifest
from quizcnn.services.exams.marks import Marked
from quizcnn.services.exams.report import by_section, grade_files, report_json, report_lines
from quizcnn.storage.records import Fed
from tests.exams.sample_exam import BANK, sample_manifest

SIZE = "size-dilated"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:00:00+00:00")
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(sample_manifest()), encoding="utf-8")
    return file


def key_of(question: PrintedQuestion) -> str:
    answer = question.fields[0].answer
    if isinstance(answer, ChoiceAnswer):
        return " ".join("ABCDEFG"[place] for place, option in enumerate(answer.options) if option.key)
    return " | ".join(field.answer.typed() for field in question.fields)


def single_choice(manifest: Manifest, letter: str = "A") -> PrintedQuestion:
    paper = manifest.paper(letter=letter)
    assert paper is not None
    return next(each for each in paper.questions if isinstance(each.fields[0].answer, ChoiceAnswer) and not each.fields[0].answer.multiple)  # fmt: skip


def written(folder: Path, name: str, letter: str, answers: dict[str, str], manifest: Manifest | None = None) -> None:
    """A sheet with these answers by id."""
    paper = (manifest or sample_manifest()).paper(letter=letter)
    assert paper is not None
    lines = [f"paper: {paper.code}", f"name: {name}"]
    lines += [f"{each.number}. {answers[each.id]}" for each in paper.questions if each.id in answers]
    folder.mkdir(exist_ok=True)
    (folder / f"{name.replace(' ', '-')}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """30 sheets over both versions, every question right, wrong or blank by chance."""
    manifest, folder, draws = sample_manifest(), tmp_path / "sheets", random.Random(3)
    for number in range(30):
        paper = manifest.papers[number % 2]
        answers = {}
        for question in paper.questions:
            how = draws.random()
            wrong = "ABC"[draws.randrange(3)] if isinstance(question.fields[0].answer, ChoiceAnswer) else "1234567"
            if how > 0.1:
                answers[question.id] = key_of(question) if how > 0.5 else wrong
        written(folder, f"Student {number:02d}", paper.letter, answers)
    return folder


def correct(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["exam", "correct", *map(str, arguments)], catch_exceptions=False, standalone_mode=False)  # fmt: skip


def marked(manifest_file: Path, folder: Path) -> dict[str, Marked]:
    return {sheet.name: sheet for sheet in grade_files(manifest_file, [folder], "en").marked}


def share(sheet: Marked) -> float:
    return sheet.points / sheet.out_of


def wrong_letter(question: PrintedQuestion) -> str:
    answer = question.fields[0].answer
    assert isinstance(answer, ChoiceAnswer)
    return "ABCDEFG"[next(place for place, option in enumerate(answer.options) if not option.key)]


@pytest.mark.parametrize("action", [("--void", "give"), ("--void", "drop"), ("--accept",)])
def test_nobody_loses_by_accept_or_void(manifest_file: Path, sheets: Path, action: tuple[str, ...]) -> None:
    question = single_choice(sample_manifest())
    before = marked(manifest_file, sheets)
    arguments = (*action, wrong_letter(question), "--version", "A") if action == ("--accept",) else action
    correct(manifest_file, sheets, "--question", question.id, *arguments)
    after = marked(manifest_file, sheets)
    assert all(share(after[name]) >= share(sheet) - 1e-12 for name, sheet in before.items())
    assert any(share(after[name]) > share(sheet) for name, sheet in before.items())


def test_who_loses_by_another_key_is_listed_and_asked_about(manifest_file: Path, sheets: Path) -> None:
    question = single_choice(sample_manifest())
    before = marked(manifest_file, sheets)
    arguments = (manifest_file, sheets, "--question", question.id, "--version", "A", "--set-key", wrong_letter(question))  # fmt: skip
    with pytest.raises(click.Abort):
        CliRunner().invoke(program, ["exam", "correct", *map(str, arguments)], input="n\n", catch_exceptions=False, standalone_mode=False)  # fmt: skip
    assert not (sheets / FILE).exists()
    assert marked(manifest_file, sheets) == before
    told = correct(*arguments, "--yes", "--json")
    changed = {each["name"]: (each["was"], each["points"]) for each in json.loads(told.stdout)["changed"]}
    after = marked(manifest_file, sheets)
    differ = {name for name, sheet in before.items() if sheet.points != after[name].points}
    assert set(changed) == differ
    had_the_key = {name for name, sheet in before.items() if next(each for each in sheet.marks if each.question.id == question.id).state == "right"}  # fmt: skip
    assert had_the_key == {name for name, (was, now) in changed.items() if now < was}
    assert {was - now for was, now in changed.values() if now < was} == {float(question.points)}


def test_an_accepted_option_keeps_what_it_says_on_every_version(manifest_file: Path, tmp_path: Path) -> None:
    manifest, folder = sample_manifest(), tmp_path / "two"
    on_a, on_b = (single_choice(manifest, letter) for letter in "AB")
    said = on_a.fields[0].answer.options["ABCDEFG".index(wrong_letter(on_a))].text  # type: ignore[union-attr]
    same = "ABCDEFG"[next(place for place, option in enumerate(on_b.fields[0].answer.options) if option.text == said)]  # type: ignore[union-attr]
    written(folder, "Ann", "A", {on_a.id: wrong_letter(on_a)})
    written(folder, "Bob", "B", {on_b.id: same})
    correct(manifest_file, folder, "--question", on_a.number, "--version", "A", "--accept", wrong_letter(on_a), "--reason", "holds too")  # fmt: skip
    found = marked(manifest_file, folder)
    assert found["Ann"].points == found["Bob"].points == on_a.points
    mark = next(each for each in found["Bob"].marks if each.question.id == on_a.id)
    assert (mark.state, mark.was, mark.reasons) == ("right", 0.0, ("holds too",))


def test_a_number_accepted_on_one_version_means_nothing_on_another(manifest_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "two"
    for name, letter in (("Ann", "A"), ("Bob", "B")):
        written(folder, name, letter, {SIZE: "1234567"})
    with pytest.raises(UsageError, match="--version"):
        correct(manifest_file, folder, "--question", SIZE, "--accept", "1234567")
    correct(manifest_file, folder, "--question", SIZE, "--version", "B", "--accept", "1,234,567")
    found = marked(manifest_file, folder)
    assert found["Ann"].points == 0
    assert found["Bob"].points > 0


def test_one_persons_points_hold_for_that_person_and_the_last_word_counts(manifest_file: Path, sheets: Path) -> None:
    before = marked(manifest_file, sheets)
    name = "Student 04"
    mark = next(each for each in before[name].marks if each.question.kind == "short_answer")
    points = mark.question.points
    for given in (points, 1):
        correct(manifest_file, sheets, "--question", mark.question.id, "--person", name.upper(), "--points", given)
    after = marked(manifest_file, sheets)
    assert {other for other in after if after[other] != before[other]} <= {name}
    assert after[name].points == pytest.approx(before[name].points - mark.points + 1)


def test_a_dropped_question_leaves_the_total_and_the_parts_follow(manifest_file: Path, tmp_path: Path) -> None:
    folder, manifest = tmp_path / "one", sample_manifest()
    question = next(each for each in manifest.papers[0].questions if each.id == SIZE)
    right = single_choice(manifest)
    written(folder, "Ann", "A", {SIZE: "1", right.id: key_of(right)})
    correct(manifest_file, folder, "--question", SIZE, "--void", "drop", "--reason", "misprint")
    (report,) = [grade_files(manifest_file, [folder], "en")]
    (sheet,) = report.marked
    assert sheet.out_of == manifest.points - question.points
    assert sum(part.out_of for part in by_section(manifest, sheet)) == sheet.out_of
    lines = "\n".join(report_lines(report, "en"))
    assert f"of {sheet.out_of:g} points" in lines
    assert "out of the total: misprint" in lines
    assert report_json(report, "en")["people"][0]["was"] == {"points": float(right.points), "out_of": float(manifest.points)}  # fmt: skip


def test_nothing_is_overwritten_and_what_is_withdrawn_counts_no_more(manifest_file: Path, sheets: Path) -> None:
    before = marked(manifest_file, sheets)
    correct(manifest_file, sheets, "--question", SIZE, "--void", "give")
    first = (sheets / FILE).read_bytes()
    assert "  1  2026-11-21  size-dilated  give" in correct(manifest_file, sheets).stdout
    told = correct(manifest_file, sheets, "--withdraw", 1, "--reason", "the key was right").stdout
    assert told.strip() == "no corrections"
    assert (sheets / FILE).read_bytes().startswith(first)
    assert marked(manifest_file, sheets) == before
    with pytest.raises(UsageError, match="no correction 1 stands"):
        correct(manifest_file, sheets, "--withdraw", 1)


def test_corrections_of_another_exam_in_the_same_folder_are_left_alone(manifest_file: Path, sheets: Path) -> None:
    correct(manifest_file, sheets, "--question", SIZE, "--void", "give")
    assert len(read_corrections(sample_manifest(), [sheets])) == 1
    assert read_corrections(sample_manifest(8), [sheets]) == ()


@pytest.mark.parametrize("line", ["{", "[]", '{"exam": "x"}', '{"exam": "x", "action": "delete", "at": "2026-11-21"}', "\ufeff{}"])  # fmt: skip
def test_a_damaged_line_is_named(manifest_file: Path, sheets: Path, line: str) -> None:
    (sheets / FILE).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"corrections.jsonl:1: is no correction"):
        read_lines(sheets / FILE)
    with pytest.raises(UsageError, match="is no correction"):
        grade_files(manifest_file, [sheets], "en")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--void", "give"], "no question is named"),
        (["--question", SIZE, "--void", "give", "--accept", "1"], "different corrections"),
        (["--question", SIZE, "--points", "1"], "--person"),
        (["--question", SIZE, "--points", "99", "--person", "Student 01"], "is worth"),
        (["--question", SIZE, "--points", "1", "--person", "Nobody"], "no sheet is 'Nobody'"),
        (["--question", "nosuch", "--void", "give"], "no question of the exam"),
        (["--question", "99", "--version", "A", "--void", "give"], "has no question 99"),
        (["--question", "1", "--void", "give"], "--version"),
        (["--question", SIZE, "--version", "A", "--accept", "1,21,6"], "is no answer to size-dilated"),
        (["--question", SIZE, "--version", "Q", "--accept", "1"], "there is no version"),
        (["--withdraw", "1"], "no correction 1 stands"),
    ],
)
def test_bad_use_exits_with_2_and_writes_nothing(
    manifest_file: Path, sheets: Path, more: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["exam", "correct", str(manifest_file), str(sheets), *more]) == 2
    assert message in capfd.readouterr().err
    assert not (sheets / FILE).exists()


def test_the_schedule_follows_a_correction_with_one_attempt_a_question(manifest_file: Path, tmp_path: Path) -> None:
    manifest, folder, context = sample_manifest(), tmp_path / "mine", Context(lang="en")
    answers = {each.id: key_of(each) for each in manifest.papers[0].questions}
    written(folder, "Me", "A", {**answers, SIZE: "1234567"})
    count = len(answers)

    def fed() -> Fed:
        return feed_sheets(context, grade_files(manifest_file, [folder], "en").marked).fed

    assert fed() == Fed(new=count)
    assert fed() == Fed(unchanged=count)
    correct(manifest_file, folder, "--question", SIZE, "--version", "A", "--accept", "1234567")
    assert fed() == Fed(replaced=1, unchanged=count - 1)
    assert [each.answer.verdict for each in context.store.attempts(question_id=SIZE)] == ["correct"]
    correct(manifest_file, folder, "--question", SIZE, "--void", "give")
    again = fed()
    assert (again.new, again.withdrawn + again.unchanged) == (0, count)
    assert len(context.store.attempts()) <= count
    assert context.store.rebuild(check=True).agrees


def test_the_same_value_is_recognised_however_it_is_written() -> None:
    question = next(each for each in sample_manifest().papers[0].questions if each.id == SIZE)
    assert is_same(question, ["1,024"], "1024", "en")
    assert is_same(question, ["２^10"], "1024", "en")
    assert not is_same(question, ["1023"], "1024", "en")
    assert not is_same(question, [""], "1024", "en")
