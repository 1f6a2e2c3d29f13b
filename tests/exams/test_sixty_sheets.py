"""A class hands in: sixty answer files in three spellings and four encodings, and forty sheets with a known mistake on each."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.printing.document import WrongValues
from quizcnn.printing.key import build_key
from quizcnn.services.exams.manifest import Manifest, PrintedPaper, PrintedQuestion, make_manifest, write_manifest
from quizcnn.services.exams.report import grade_files
from quizcnn.solvers.values import format_value
from tests.exams.sample_exam import sample_catalog, sample_exam

ENCODINGS: Mapping[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "chinese": lambda text: text.encode("gb18030"),
    "windows": lambda text: text.replace("\n", "\r\n").encode(),
}
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
VERSIONS = 8
BLANK_FROM = 6
STRANGER = "ZZZZZ-ZZ"


def key_of(question: PrintedQuestion) -> str:
    answer = question.fields[0].answer
    if isinstance(answer, ChoiceAnswer):
        return " ".join("ABCDEFG"[place] for place, option in enumerate(answer.options) if option.key)
    return " | ".join(field.answer.typed() for field in question.fields)


def as_text(code: str, name: str, answers: Mapping[int, str]) -> str:
    return f"paper: {code}\nname: {name}\n" + "".join(f"{number}. {typed}\n" for number, typed in answers.items())


def as_yaml(code: str, name: str, answers: Mapping[int, str]) -> str:
    lines = [f"paper: {code}", f"name: {json.dumps(name, ensure_ascii=False)}", "answers:"]
    return "\n".join([*lines, *(f"  {number}: {json.dumps(typed, ensure_ascii=False)}" for number, typed in answers.items())]) + "\n"  # fmt: skip


def as_csv(code: str, name: str, answers: Mapping[int, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["person", "paper", "question", "answer"])
    writer.writerows([name, code, number, typed] for number, typed in answers.items())
    return out.getvalue()


SPELLINGS = {"txt": as_text, "yaml": as_yaml, "csv": as_csv}
Sheet = tuple[str, dict[int, str]]


def contents(paper: PrintedPaper) -> dict[str, tuple[Sheet, dict[str, int] | None]]:
    """What five people hand in, and how often which state is recorded (nothing for a sheet that is not marked)."""
    full = {question.number: key_of(question) for question in paper.questions}
    first = {number: typed for number, typed in full.items() if number <= BLANK_FROM}
    middle = {number: "不会" if number == BLANK_FROM else typed for number, typed in full.items()}
    wide = {number: typed.translate(WIDE) if isinstance(question.fields[0].answer, NumberAnswer) else typed for number, typed in full.items() for question in paper.questions if question.number == number}  # fmt: skip
    count = len(full)
    return {
        "all": ((paper.code, full), {"right": count}),
        "wide": ((paper.code, wide), {"right": count}),
        "tail": ((paper.code, first), {"right": BLANK_FROM, "not_reached": count - BLANK_FROM}),
        "gap": ((paper.code, middle), {"right": count - 1, "blank": 1}),
        "stranger": ((STRANGER, full), None),
    }


@pytest.fixture
def manifest_file(tmp_path: Path) -> Path:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(manifest()), encoding="utf-8")
    return file


def manifest() -> Manifest:
    return make_manifest(sample_exam(7, VERSIONS), sample_catalog(), {})


def test_sixty_files_have_the_recorded_states_and_points(manifest_file: Path, tmp_path: Path) -> None:
    paper, folder = manifest().papers[0], tmp_path / "sheets"
    folder.mkdir()
    expected: dict[str, dict[str, int]] = {}
    for ending, write in SPELLINGS.items():
        for coding, encode in ENCODINGS.items():
            for what, ((code, answers), states) in contents(paper).items():
                name = f"李 {ending} {coding} {what}"
                (folder / f"{ending}-{coding}-{what}.{ending}").write_bytes(encode(write(code, name, answers)))
                if states is not None:
                    expected[name] = states
    assert len(list(folder.iterdir())) == 60
    report = grade_files(manifest_file, [folder], "en")
    found = {sheet.name: dict(Counter(mark.state for mark in sheet.marks)) for sheet in report.marked}
    assert found == expected
    for sheet in report.marked:
        assert sheet.points == sum(mark.question.points for mark in sheet.marks if mark.state == "right")
    assert len(report.refused) == 12


def test_what_a_reader_may_take_for_two_things_is_left_to_a_person(manifest_file: Path, tmp_path: Path) -> None:
    paper = manifest().papers[0]
    number = next(question.number for question in paper.questions if question.id == "size-dilated")
    for place, lines in enumerate([f"{number}.5", f"{number}. 41\n{number}. 42"]):
        (tmp_path / f"doubt-{place}.txt").write_text(
            f"paper: {paper.code}\nname: P{place}\n{lines}\n", encoding="utf-8"
        )
    for sheet in grade_files(manifest_file, sorted(tmp_path.glob("doubt-*.txt")), "en").marked:
        mark = next(mark for mark in sheet.marks if mark.question.number == number)
        assert (mark.state, mark.points) == ("unreadable", 0)


def test_forty_sheets_with_one_mistake_each_get_the_credit_that_the_key_prints(manifest_file: Path, tmp_path: Path) -> None:  # fmt: skip
    exam, folder = sample_exam(7, VERSIONS), tmp_path / "sheets"
    folder.mkdir()
    wanted: dict[str, tuple[int, str, float]] = {}
    for version, paper in zip(exam.versions, manifest().papers, strict=True):
        for question in paper.questions:
            (field, *others) = question.fields
            if others or not isinstance(field.answer, NumberAnswer):
                continue
            printed = credits_of(build_key(exam, version, "en"), question.number)
            for rival in field.answer.rivals:
                value = format_value(rival.value, field.answer.decimals)
                if value == format_value(field.answer.truth, field.answer.decimals) or value not in printed:
                    continue
                name = f"{paper.letter} {question.number} {rival.slug}"
                (folder / f"{len(wanted)}.txt").write_text(as_text(paper.code, name, {question.number: value}))
                wanted[name] = question.number, rival.slug, printed[value]
    assert len(wanted) >= 40
    for sheet in grade_files(manifest_file, [folder], "en").marked:
        number, slug, credit = wanted.pop(sheet.name)
        mark = next(mark for mark in sheet.marks if mark.question.number == number)
        assert slug in mark.mistakes, sheet.name
        assert mark.points == credit, sheet.name
    assert not wanted


def credits_of(key: object, number: int) -> dict[str, float]:
    """By value, what the key says that a mistake earns."""
    questions = [each for section in key.sections for each in section.questions]  # type: ignore[attr-defined]
    blocks = next(each for each in questions if each.number == number).answer
    rows = [row for block in blocks if isinstance(block, WrongValues) for row in block.rows]
    return {row.value: float(row.credit.lstrip("+")) for row in rows}
