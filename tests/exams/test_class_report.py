"""The class report: facility, discrimination and shares worked out from their definitions, over versions and by question id."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from math import isclose, sqrt
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizcnn.cli.main import program, run
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.services.exams.class_lines import class_csv, class_json, class_lines
from quizcnn.services.exams.class_report import ClassReport, QuestionFigures, class_report
from quizcnn.services.exams.manifest import Manifest, PrintedPaper, PrintedQuestion, write_manifest
from quizcnn.services.exams.report import grade_files
from tests.exams.sample_exam import sample_manifest

SIZE = "size-dilated"


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(sample_manifest()), encoding="utf-8")
    return file


def typed(question: PrintedQuestion) -> str:
    answer = question.fields[0].answer
    if isinstance(answer, ChoiceAnswer):
        return " ".join("ABCDEFG"[place] for place, option in enumerate(answer.options) if option.key)
    return " | ".join(field.answer.typed() for field in question.fields)


def sheet(paper: PrintedPaper, name: str, right: set[str], wrong: dict[str, str]) -> str:
    """A sheet with the key of ``right``, these texts for others, and nothing else."""
    lines = [f"paper: {paper.code}", f"name: {name}"]
    for question in paper.questions:
        text = typed(question) if question.id in right else wrong.get(question.id, "-")
        lines.append(f"{question.number}. {text}")
    return "\n".join(lines) + "\n"


def reported(manifest_file: Path, texts: list[str], *, pseudonyms: bool = False) -> ClassReport:
    folder = manifest_file.parent / "sheets"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"sheet{number:02d}.txt").write_text(text, encoding="utf-8")
    return class_report(grade_files(manifest_file, [folder], "en", pseudonyms=pseudonyms))


def figures(report: ClassReport, question_id: str = SIZE) -> QuestionFigures:
    return next(each for each in report.questions if each.id == question_id)


def safe_ids(manifest: Manifest) -> list[str]:
    """Questions whose key earns all points, whatever marks prose."""
    return [each.id for each in manifest.papers[0].questions if each.kind in ("numeric", "choice") and each.id != SIZE]


def pearson(first: list[float], second: list[float]) -> float:
    a, b = sum(first) / len(first), sum(second) / len(second)
    over = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    return over / sqrt(sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in second))


def test_facility_and_discrimination_over_both_versions(manifest_file: Path) -> None:
    manifest = sample_manifest()
    others = safe_ids(manifest)
    points = {each.id: each.points for each in manifest.papers[0].questions}
    rest = manifest.points - points[SIZE]
    texts, scores, rests = [], [], []
    for number in range(12):
        right = set(others[: number % 5])
        good = number % 3 != 0
        texts.append(
            sheet(manifest.papers[number % 2], f"P{number:02d}", right | ({SIZE} if good else set()), {SIZE: "1"})
        )
        scores.append(float(good))
        rests.append(sum(points[each] for each in right) / rest)
    report = reported(manifest_file, texts)
    found = figures(report)
    assert (found.sheets, found.facility) == (12, pytest.approx(8 / 12))
    assert found.discrimination == pytest.approx(pearson(scores, rests))
    assert found.parted is None, "fewer than 30 sheets"
    assert report.by_version == {"A": 6, "B": 6}
    assert isclose(found.by_version["A"], sum(scores[::2]) / 6)
    assert report.mean == pytest.approx(sum(s * points[SIZE] + r * rest for s, r in zip(scores, rests, strict=True)) / 12 / manifest.points)  # fmt: skip


def test_with_few_sheets_no_discrimination_is_made_up(manifest_file: Path) -> None:
    manifest = sample_manifest()
    texts = [sheet(manifest.papers[0], f"P{n}", {SIZE} if n else set(), {}) for n in range(9)]
    report = reported(manifest_file, texts)
    assert figures(report).discrimination is None
    assert "Discrimination needs at least 10 sheets, these are 9." in list(class_lines(report, "en"))


def test_a_question_that_good_sheets_miss_is_told(manifest_file: Path) -> None:
    manifest = sample_manifest()
    others = set(safe_ids(manifest))
    texts = [sheet(manifest.papers[n % 2], f"P{n:02d}", others if n < 8 else {SIZE}, {SIZE: "1"}) for n in range(16)]
    found = figures(reported(manifest_file, texts))
    assert found.discrimination == pytest.approx(-1.0)
    assert any("check the key first" in note.en for note in found.notes)


def test_upper_less_lower_from_thirty_sheets_on(manifest_file: Path) -> None:
    """27 % of 30 are 9 (rounded up): the nine best have it right, of the nine poorest three."""
    manifest = sample_manifest()
    others = safe_ids(manifest)
    texts = []
    for number in range(30):
        level = 0 if number < 9 else 1 if number < 21 else 3
        good = number >= 21 or number < 3
        texts.append(sheet(manifest.papers[0], f"P{number:02d}", set(others[: 2 * level]) | ({SIZE} if good else set()), {SIZE: "1"}))  # fmt: skip
    found = figures(reported(manifest_file, texts))
    assert found.parted == pytest.approx(1 - 3 / 9)


def test_named_mistakes_and_options_go_by_what_they_are_not_by_letter(manifest_file: Path) -> None:
    manifest = sample_manifest()
    rival = {
        paper.letter: next(each for each in paper.questions if each.id == SIZE).fields[0].answer.rivals[0]
        for paper in manifest.papers
    }  # type: ignore[union-attr]
    assert rival["A"].slug == rival["B"].slug or rival["A"].value != rival["B"].value
    choice = next(
        each for each in manifest.papers[0].questions if each.kind == "choice" and not each.fields[0].answer.multiple
    )  # type: ignore[union-attr]
    wrong = next(option.text for option in choice.fields[0].answer.options if not option.key)  # type: ignore[union-attr]
    texts = []
    for number, paper in enumerate([*manifest.papers, *manifest.papers]):
        own = next(each for each in paper.questions if each.id == choice.id)
        place = next(at for at, option in enumerate(own.fields[0].answer.options) if option.text == wrong)  # type: ignore[union-attr]
        texts.append(sheet(paper, f"P{number}", set(), {SIZE: str(rival[paper.letter].value), choice.id: "ABCDEF"[place]}))  # fmt: skip
    report = reported(manifest_file, texts)
    slugs = {each.slug: (each.count, each.share) for each in figures(report).mistakes}
    assert slugs[rival["A"].slug][0] == (4 if rival["A"].slug == rival["B"].slug else 2)
    taken = {each.label: each.share for each in figures(report, choice.id).options}
    assert taken[wrong] == 1.0
    assert sum(taken.values()) == 1.0


def test_blank_not_reached_and_unreadable_are_kept_apart(manifest_file: Path) -> None:
    manifest = sample_manifest()
    paper = manifest.papers[0]
    last = paper.questions[-1].id
    texts = [
        sheet(paper, "blank", set(safe_ids(manifest)), {}),
        sheet(paper, "unreadable", set(safe_ids(manifest)), {SIZE: "1,21,6"}),
    ]
    report = reported(manifest_file, texts)
    found = figures(report)
    assert (found.blank + found.not_reached, found.unreadable, found.sheets, found.facility) == (1, 1, 1, 0.0)
    assert report.unsettled == 1
    others = figures(report, last)
    assert others.blank + others.not_reached == 2


def test_people_by_points_and_pseudonyms(manifest_file: Path) -> None:
    manifest = sample_manifest()
    texts = [sheet(manifest.papers[0], "=cmd|' /C calc'!A0", {SIZE}, {}), sheet(manifest.papers[0], "Han Meimei", set(safe_ids(manifest)), {})]  # fmt: skip
    assert [each.name for each in reported(manifest_file, texts).people] == ["Han Meimei", "=cmd|' /C calc'!A0"]
    assert {each.name for each in reported(manifest_file, texts, pseudonyms=True).people} == {"01", "02"}


def test_csv_has_a_line_for_every_question_and_no_formula(manifest_file: Path) -> None:
    report = reported(manifest_file, [sheet(sample_manifest().papers[0], "P", {SIZE}, {})])
    rows = list(csv.reader(io.StringIO(class_csv(report, "en"))))
    assert [row[0] for row in rows[1:]] == [each.id for each in report.questions]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_command_in_both_languages_and_as_json(manifest_file: Path) -> None:
    reported(manifest_file, [sheet(sample_manifest().papers[0], "李雷", {SIZE}, {})])
    folder = manifest_file.parent / "sheets"

    def told(*more: str) -> str:
        return CliRunner().invoke(program, ["exam", "report", str(manifest_file), str(folder), *more], catch_exceptions=False, standalone_mode=False).stdout  # fmt: skip

    assert "1 sheet (A 1)" in told()
    assert "1 份答卷（A 1）" in told("--lang", "zh")
    found = json.loads(told("--json"))
    assert [each["id"] for each in found["questions"]] == [each.id for each in sample_manifest().papers[0].questions]
    assert found == json.loads(json.dumps(class_json(class_report(grade_files(manifest_file, [folder], "en")), "en")))
    page = manifest_file.parent / "class.html"
    told("--html", str(page), "--lang", "zh")
    shown = page.read_text(encoding="utf-8")
    assert "李雷" in shown
    assert shown.count("<tr>") == 2 + len(found["questions"]) + 1
    table = manifest_file.parent / "questions.csv"
    told("--csv", str(table))
    assert table.read_text(encoding="utf-8").startswith("id,")
    assert run(["exam", "report", str(manifest_file), str(folder), "--csv", str(table)]) == 2


def test_names_are_text_in_the_page_which_asks_for_nothing(manifest_file: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    reported(manifest_file, [sheet(sample_manifest().papers[0], hostile, {SIZE}, {})])
    page = manifest_file.parent / "class.html"
    assert run(["exam", "report", str(manifest_file), str(manifest_file.parent / "sheets"), "--html", str(page)]) == 0
    shown = page.read_text(encoding="utf-8")
    assert html.escape(hostile) in shown
    assert "default-src 'none'" in html.unescape(shown)
    assert not re.search(r"<(?:script|img|link|iframe)|\son\w+=\"|https?://", shown)
    assert run(["exam", "report", str(manifest_file), str(manifest_file.parent / "sheets"), "--html", str(page)]) == 2
