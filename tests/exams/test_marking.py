"""Marking by the manifest alone: perfect, empty and wrong sheets of every kind, the paper's policy, and the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from quizcnn.errors import UsageError
from quizcnn.generation.exam import make_exam
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.services.exams.manifest import (
    Manifest,
    PrintedPaper,
    PrintedQuestion,
    make_manifest,
    read_manifest,
    write_manifest,
)
from quizcnn.services.exams.marks import Mark, Marked
from quizcnn.services.exams.report import Report, by_section, by_topic, grade_files, report_json, report_lines, to_drill
from quizcnn.solvers.values import format_value
from quizcnn.text import LANGS
from tests.exams.sample_exam import blueprint, builtin_catalog, sample_manifest


def _typed(question: PrintedQuestion) -> str:
    typed = [field.answer.typed() for field in question.fields]
    return " | ".join(typed) if len(typed) > 1 else typed[0]


def _sheet(paper: PrintedPaper, answers: dict[int, str], name: str = "Li Lei") -> str:
    return f"paper: {paper.code}\nname: {name}\n" + "".join(f"{number}. {text}\n" for number, text in answers.items())


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(sample_manifest()), encoding="utf-8")
    return file


def _grade(manifest_file: Path, *texts: str, ending: str = "txt", latest: bool = False) -> Report:
    files = []
    for number, text in enumerate(texts):
        file = manifest_file.parent / f"sheet{number}.{ending}"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return grade_files(manifest_file, files, "en", latest=latest)


def _one(manifest_file: Path, text: str, ending: str = "txt") -> Marked:
    (sheet,) = _grade(manifest_file, text, ending=ending).marked
    return sheet


def _mark(sheet: Marked, question_id: str) -> Mark:
    return next(mark for mark in sheet.marks if mark.question.id == question_id)


def _number(paper: PrintedPaper, question_id: str) -> int:
    return next(question.number for question in paper.questions if question.id == question_id)


@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_perfect_sheet_has_every_point(manifest_file: Path, letter: str) -> None:
    paper = sample_manifest().paper(letter=letter)
    assert paper is not None
    sheet = _one(manifest_file, _sheet(paper, {question.number: _typed(question) for question in paper.questions}))
    assert [mark.question.id for mark in sheet.marks if mark.state != "right"] == []
    assert sheet.points == sample_manifest().points == 54
    assert all(tally.points == tally.out_of for tally in (*by_topic(sheet), *by_section(sample_manifest(), sheet)))
    assert to_drill(sheet) == ()


def test_an_empty_sheet_has_none_and_blanks_after_the_last_answer_were_not_reached(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    answers = dict(zip(range(1, 9), ("", "-", "—", "空", "不会", "?", "？", "x"), strict=True))
    sheet = _one(manifest_file, _sheet(paper, answers))
    assert [mark.state for mark in sheet.marks[:7]] == ["blank"] * 7
    assert {mark.state for mark in sheet.marks[8:]} == {"not_reached"}
    assert sheet.points == 0


def test_blank_unreadable_and_wrong_are_told_apart(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    size, choice = _number(paper, "size-dilated"), _number(paper, "bn-eval-statistics")
    cloze = _number(paper, "dropout-gaps")
    sheet = _one(manifest_file, _sheet(paper, {choice: "A or B", size: "1,21,6", cloze: "-"}))
    assert _mark(sheet, "bn-eval-statistics").state == "unreadable"
    assert _mark(sheet, "size-dilated").state == "unreadable"
    assert _mark(sheet, "dropout-gaps").state == "blank"
    assert sheet.unsettled == 2
    wrong = _one(manifest_file, _sheet(paper, {size: "999"}))
    assert _mark(wrong, "size-dilated").state == "wrong"
    assert _mark(wrong, "size-dilated").read == "999"


def test_every_named_mistake_is_named_and_earns_what_the_key_prints(manifest_file: Path) -> None:
    """The blueprint says ``mistake: 0.5``: a rival's value typed into a question of one field earns half of its points."""
    tried = 0
    for paper in sample_manifest().papers:
        for question in paper.questions:
            answer = question.fields[0].answer
            right = format_value(getattr(answer, "truth", None), getattr(answer, "decimals", None))
            for rival in getattr(answer, "rivals", ()) if len(question.fields) == 1 else ():
                value = format_value(rival.value, getattr(answer, "decimals", None))
                if value == right:
                    continue
                mark = _mark(_one(manifest_file, _sheet(paper, {question.number: value})), question.id)
                assert rival.slug in mark.mistakes, (question.id, rival.slug, value)
                assert mark.points == 2.0
                tried += 1
    assert tried >= 20


def test_a_wrong_formula_is_named(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    mark = _mark(_one(manifest_file, _sheet(paper, {_number(paper, "size-formula"): "n + 2p - k"})), "size-formula")
    assert (mark.state, mark.mistakes, mark.points) == ("mistake", ("forgets_plus_one",), 2.0)


def test_a_near_miss_earns_the_papers_share(manifest_file: Path) -> None:
    """``near: 0.25``: probabilities with too few digits."""
    paper = sample_manifest().papers[0]
    number = _number(paper, "softmax-of-three")
    truth = next(question for question in paper.questions if question.number == number).fields[0].answer.truth  # type: ignore[union-attr]
    short = ", ".join(f"{value:.1f}" for value in truth)
    mark = _mark(_one(manifest_file, _sheet(paper, {number: short})), "softmax-of-three")
    assert mark.points == (1.0 if mark.state == "near" else 0.0)


def test_parts_earn_their_shares_and_follow_through(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    question = next(question for question in paper.questions if question.id == "conv-weights-and-biases")
    weights, biases, total = (int(field.answer.typed()) for field in question.fields)
    mark = _mark(
        _one(manifest_file, _sheet(paper, {question.number: f"{weights} | {biases} | {total + 7}"})), question.id
    )
    assert (mark.state, mark.points) == ("partial", 2.67)
    with_gap = _mark(_one(manifest_file, _sheet(paper, {question.number: f"{weights} | - | {total}"})), question.id)
    assert (with_gap.state, with_gap.points) == ("partial", 2.67)


@pytest.mark.parametrize(
    "form",
    ["{a} | {b} | {c}", "{a}; {b}; {c}", "{a} ； {b} ； {c}", "(a) {a} (b) {b} (c) {c}", "a. {a}, b. {b}, c. {c}", "{a}\n{b}\n{c}", "[{a}, {b}, {c}]"],
)  # fmt: skip
def test_the_spellings_of_several_parts(manifest_file: Path, form: str) -> None:
    paper = sample_manifest().papers[0]
    question = next(question for question in paper.questions if question.id == "conv-weights-and-biases")
    a, b, c = (field.answer.typed() for field in question.fields)
    mark = _mark(_one(manifest_file, _sheet(paper, {question.number: form.format(a=a, b=b, c=c)})), question.id)
    assert mark.state == "right", mark


def test_parts_by_letter_and_a_letter_that_is_none(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    question = next(question for question in paper.questions if question.id == "conv-weights-and-biases")
    a, b, c = (field.answer.typed() for field in question.fields)
    n = question.number
    head = f"paper: {paper.code}\nname: X\n"
    assert _mark(_one(manifest_file, f"{head}{n}a: {a}\n{n}(b) {b}\n{n}c) {c}"), question.id).state == "right"
    astray = _mark(_one(manifest_file, f"{head}{n}a: {a}\n{n}d: {b}"), question.id)
    assert astray.state == "unreadable"
    assert "there is no part d" in astray.feedback[0].en
    both = _mark(_one(manifest_file, f"{head}{n}. {a} | {b} | {c}\n{n}a: {a}"), question.id)
    assert both.state == "unreadable"


@pytest.mark.parametrize(("chosen", "points"), [("key", 2.0), ("half", 1.0), ("all", 0.0), ("wrong", 0.0)])
def test_all_or_half(manifest_file: Path, chosen: str, points: float) -> None:
    paper = sample_manifest().papers[0]
    question = next(question for question in paper.questions if question.id == "dropout-true-sentences")
    answer = question.fields[0].answer
    assert isinstance(answer, ChoiceAnswer)
    letters = {
        key: [chr(65 + place) for place, option in enumerate(answer.options) if option.key is key]
        for key in (True, False)
    }
    typed = {
        "key": letters[True],
        "half": letters[True][:1],
        "all": letters[True] + letters[False],
        "wrong": letters[False][:1],
    }[chosen]
    mark = _mark(_one(manifest_file, _sheet(paper, {question.number: " ".join(typed)})), question.id)
    assert mark.points == points
    assert mark.read == " ".join(sorted(typed))
    assert mark.key == " ".join(letters[True])


@pytest.mark.parametrize(
    "form", ["{a:g} {b:g}\n{c:g} {d:g}", "{a:g} {b:g}; {c:g} {d:g}", "[[{a:g}, {b:g}], [{c:g}, {d:g}]]"]
)
def test_a_matrix_may_be_typed_row_by_row(manifest_file: Path, form: str) -> None:
    paper = sample_manifest().papers[1]
    question = next(question for question in paper.questions if question.id == "max-pool-by-hand")
    (a, b), (c, d) = question.fields[0].answer.truth  # type: ignore[union-attr]
    assert c != question.number + 1
    mark = _mark(_one(manifest_file, _sheet(paper, {question.number: form.format(a=a, b=b, c=c, d=d)})), question.id)
    assert mark.state == "right"


def test_a_row_that_begins_with_the_next_number_is_settled_by_a_person(manifest_file: Path) -> None:
    """Of a matrix whose second row begins with the number of the next question neither of the two is marked on a guess."""
    for seed in range(200):
        paper = sample_manifest(seed).papers[0]
        question = next(question for question in paper.questions if question.id == "max-pool-by-hand")
        (a, b), (c, d) = question.fields[0].answer.truth  # type: ignore[union-attr]
        if c == question.number + 1:
            break
    manifest_file.write_text(write_manifest(sample_manifest(seed)), encoding="utf-8")
    number = question.number
    assert c == number + 1
    sheet = _one(manifest_file, _sheet(paper, {number: f"{a} {b}\n{c} {d}", number + 2: "1 | 2 | 3"}))
    assert [sheet.marks[number - 1].state, sheet.marks[number].state] == ["unreadable", "unreadable"]


def test_a_short_answer_goes_on_over_lines(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    question = next(question for question in paper.questions if question.id == "why-residual-works")
    answer = question.fields[0].answer
    assert isinstance(answer, KeypointsAnswer)
    text = "\n".join(point.say.en for point in answer.points)
    assert _mark(_one(manifest_file, _sheet(paper, {question.number: text})), question.id).state == "right"


def test_yaml_and_csv_mark_like_text(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    answers = {question.number: _typed(question).replace("\n", " ") for question in paper.questions}
    plain = _one(manifest_file, _sheet(paper, answers))
    yaml = f"paper: {paper.code}\nname: Li Lei\nanswers:\n" + "".join(
        f"  {number}: {json.dumps(text)}\n" for number, text in answers.items()
    )
    rows = "".join(f'Li Lei,{paper.code},{number},,"{text}"\n' for number, text in answers.items())
    table = "person,paper,question,part,answer\n" + rows
    for sheet in (_one(manifest_file, yaml, "yaml"), _one(manifest_file, table, "csv")):
        assert [(mark.question.id, mark.points) for mark in sheet.marks] == [
            (mark.question.id, mark.points) for mark in plain.marks
        ]


def test_ids_in_place_of_numbers(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    size = next(question for question in paper.questions if question.id == "size-dilated")
    text = f"paper: {paper.code}\nname: X\nsize-dilated: {_typed(size)}\n"
    assert _mark(_one(manifest_file, text), "size-dilated").state == "right"
    both = _mark(_one(manifest_file, text + f"{size.number}. 1\n"), "size-dilated")
    assert both.state == "unreadable"


def _refusals(report: Report) -> Sequence[str]:
    return [refused.why.en for refused in report.refused]


def test_whose_sheet_of_which_paper(manifest_file: Path) -> None:
    a, b = sample_manifest().papers
    wrong = a.code[:-1] + ("0" if a.code[-1] != "0" else "1")
    report = _grade(
        manifest_file,
        f"paper: {wrong}\nname: A\n1. A",
        f"paper: {a.code}\nversion: B\nname: B\n1. A",
        "version: C\nname: C\n1. A",
        "name: D\n1. A",
        f"paper: {b.code}\n1. A",
        "version: b\nname: F\n1. A",
        f"paper: {b.code}\nname:\n1.\n2.\n",
    )
    assert [(sheet.name, sheet.paper.letter) for sheet in report.marked] == [("sheet4", "B"), ("F", "B")]
    reasons = _refusals(report)
    assert "is no paper code" in reasons[0]
    assert "is version A, and the sheet says B" in reasons[1]
    assert "there is no version C; there are A, B" in reasons[2]
    assert "no paper code and no version" in reasons[3]
    assert "an empty form" in reasons[4]


def test_a_sheet_of_another_exam_is_listed_not_marked(manifest_file: Path) -> None:
    other = sample_manifest(8).papers[0]
    report = _grade(manifest_file, _sheet(other, {1: "A"}))
    assert report.marked == ()
    assert "is another paper than those of this manifest" in _refusals(report)[0]


def test_twice_the_same_person_and_paper(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    one, two = _sheet(paper, {1: "A"}), _sheet(paper, {1: "B"}, "li lei")
    report = _grade(manifest_file, one, two)
    assert report.marked == ()
    assert len(report.refused) == 2
    assert all("sheet0.txt" in why or "sheet1.txt" in why for why in _refusals(report))
    import os

    os.utime(manifest_file.parent / "sheet0.txt", (1, 1))
    (kept,) = grade_files(
        manifest_file, [manifest_file.parent / "sheet0.txt", manifest_file.parent / "sheet1.txt"], "en", latest=True
    ).marked
    assert kept.file.endswith("sheet1.txt")


def test_one_bad_file_stops_none_and_a_folder_is_read(manifest_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "a.txt").write_text(_sheet(sample_manifest().papers[0], {1: "A"}))
    (folder / "b.yaml").write_text("answers: [")
    (folder / "c.txt").write_bytes(b"\xff\x00\xff")
    (folder / "notes.docx").write_bytes(b"x")
    report = grade_files(manifest_file, [folder], "en")
    assert len(report.marked) == 1
    assert [Path(refused.file).name for refused in report.refused] == ["b.yaml", "c.txt"]
    with pytest.raises(UsageError, match="there is no"):
        grade_files(manifest_file, [tmp_path / "none"], "en")


def test_the_best_few_of_a_section_count(tmp_path: Path) -> None:
    manifest = sample_manifest()
    section = manifest.sections[1].model_copy(update={"choose": 3, "points": 12})
    changed = manifest.model_copy(
        update={"sections": (manifest.sections[0], section, manifest.sections[2]), "points": 34}
    )
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(changed))
    paper = changed.papers[0]
    sheet = _one(file, _sheet(paper, {question.number: _typed(question) for question in paper.questions}))
    assert sheet.points == 34
    assert sum(not mark.counts for mark in sheet.marks) == 5


def test_the_report_says_points_by_topic_mistakes_and_what_to_drill(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    report = _grade(manifest_file, _sheet(paper, {_number(paper, "size-formula"): "n + 2p - k"}))
    lines = "\n".join(report_lines(report, "en"))
    assert "Li Lei · version A" in lines
    assert "2 of 54 points, 4 %" in lines
    assert "2/16" in lines
    assert "leaves out the + 1" in lines
    assert "quizcnn drill --topic" in lines
    chinese = "\n".join(report_lines(report, "zh"))
    assert "漏了 + 1" in chinese
    assert "2/54 分，4%" in chinese
    person = report_json(report, "en")["people"][0]
    assert person["points"] == 2
    assert {question["state"] for question in person["questions"]} >= {"mistake", "not_reached"}
    assert json.loads(json.dumps(person)) == person


def test_a_name_is_data(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    report = _grade(manifest_file, _sheet(paper, {1: "A"}, "../../x; rm -rf *"))
    assert report.marked[0].name == "../../x; rm -rf *"


def test_what_cannot_be_read_is_settled_one_by_one(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    size = next(question for question in paper.questions if question.id == "size-dilated")
    file = manifest_file.parent / "sheet.txt"
    file.write_text(_sheet(paper, {size.number: "1,21,6"}))
    asked: list[tuple[str, int]] = []
    replies = iter(["still unreadable!", _typed(size)])

    def settle(name: str, mark: Mark) -> str | None:
        asked.append((name, mark.question.number))
        return next(replies)

    (sheet,) = grade_files(manifest_file, [file], "en", settle=settle).marked
    assert asked == [("Li Lei", size.number)] * 2
    assert _mark(sheet, "size-dilated").state == "right"
    (left,) = grade_files(manifest_file, [file], "en", settle=lambda name, mark: None).marked
    assert _mark(left, "size-dilated").state == "unreadable"


def test_pseudonyms_hide_names_and_files(manifest_file: Path) -> None:
    paper = sample_manifest().papers[0]
    _grade(manifest_file, _sheet(paper, {1: "A"}, "Wang Fang"), _sheet(paper, {1: "A"}, "Li Lei"), "name: Zhao\n1. A")
    files = sorted(manifest_file.parent.glob("sheet*.txt"))
    report = grade_files(manifest_file, files, "en", pseudonyms=True)
    told = json.dumps(report_json(report, "en")) + "\n".join(report_lines(report, "en"))
    assert [sheet.name for sheet in report.marked] == ["02", "01"]
    assert not any(name in told for name in ("Wang", "Li Lei", "Zhao", "sheet0", "sheet1", "sheet2"))


def test_other_reading_rules_are_said(manifest_file: Path) -> None:
    data = json.loads(manifest_file.read_text())
    data["rules"] = 99
    manifest_file.write_text(json.dumps(data))
    report = _grade(manifest_file, _sheet(sample_manifest().papers[0], {1: "A"}))
    assert "made under reading rules 99" in next(iter(report_lines(report, "en")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no JSON"),
        (b"[]", "is no manifest"),
        (b'{"format": 99}', "use a newer quizcnn"),
        (b'{"format": 1}', "is damaged at"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_manifests_that_are_none(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_manifest(file)
    with pytest.raises(UsageError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")


def test_a_manifest_survives_writing_and_reading(manifest_file: Path) -> None:
    again: Manifest = read_manifest(manifest_file)
    assert write_manifest(again) == manifest_file.read_text(encoding="utf-8")
    keys = list(json.loads(manifest_file.read_text(encoding="utf-8")))
    assert keys == sorted(keys)


def test_prose_is_read_by_the_words_that_were_frozen_with_the_paper(tmp_path: Path) -> None:
    """Every model answer of the shipped bank earns from the manifest what it earns from the bank."""
    catalog = builtin_catalog()
    plan = blueprint(
        "sections:\n  - title: {en: A, zh: 甲}\n    pick: [{count: 25, kinds: [short_answer], points: 4}]\n"
    )
    exam = make_exam(plan, catalog, 3, 1)
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(make_manifest(exam, catalog, {})), encoding="utf-8")
    read = read_manifest(file)
    assert read == make_manifest(exam, catalog, {})
    for item, question in zip(exam.versions[0].items, read.papers[0].questions, strict=True):
        made, frozen = item.variant.fields[0].answer, question.fields[0].answer
        assert isinstance(made, KeypointsAnswer)
        for reference in made.references:
            for lang in LANGS:
                scores = [answer.grade(answer.read(reference[lang], lang)).score for answer in (made, frozen)]  # type: ignore[arg-type, union-attr]
                assert scores[0] == scores[1], (item.id, lang)
