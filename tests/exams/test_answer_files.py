"""Answer files: the three spellings, what is tolerated, and what is doubtful, as one table of lines and one of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.errors import UsageError
from quizcnn.services.exams.decoding import decode
from quizcnn.services.exams.forms import csv_form, text_form, yaml_form
from quizcnn.services.exams.plain_sheet import PlainReader
from quizcnn.services.exams.sheets import RawSheet
from quizcnn.services.exams.table_sheet import read_table
from quizcnn.services.exams.yaml_sheet import read_yaml
from tests.exams.sample_exam import sample_manifest

NUMBERS = frozenset(range(1, 16))
IDS = frozenset({"conv-size-dilated", "why-residual-works"})


def _read(text: str) -> RawSheet:
    return PlainReader("sheet.txt", NUMBERS, IDS).read(text)


def _flat(sheet: RawSheet) -> dict[str, str]:
    return {f"{key}{part}": typed.text for key, parts in sheet.answers.items() for part, typed in parts.items()}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1. A", {"1": "A"}),
        ("1.A", {"1": "A"}),
        ("2) C", {"2": "C"}),
        ("2）C", {"2": "C"}),
        ("3．41", {"3": "41"}),
        ("３． ４１", {"3": "４１"}),
        ("3、41", {"3": "41"}),
        ("3。41", {"3": "41"}),
        ("3: 41", {"3": "41"}),
        ("3：41", {"3": "41"}),
        ("3\t41", {"3": "41"}),
        ("3. 5", {"3": "5"}),
        ("3. 3.5", {"3": "3.5"}),
        ("3. .5", {"3": ".5"}),
        ("3.-5", {"3": "-5"}),
        ("  4. 2400 | 10400 | 0.2308", {"4": "2400 | 10400 | 0.2308"}),
        ("第7题 3 1 2 5 4", {"7": "3 1 2 5 4"}),
        ("第 7 题：3 1 2", {"7": "3 1 2"}),
        ("7题 3 1 2", {"7": "3 1 2"}),
        ("【7】3 1 2", {"7": "3 1 2"}),
        ("Q7 3 1 2", {"7": "3 1 2"}),
        ("q7. 3 1 2", {"7": "3 1 2"}),
        ("Question 7: 3 1 2", {"7": "3 1 2"}),
        ("4a: 2400\n4b: 10400", {"4a": "2400", "4b": "10400"}),
        ("4 (a) 2400\n4(b) 10400", {"4a": "2400", "4b": "10400"}),
        ("4a) 2400", {"4a": "2400"}),
        ("4. (a) 2400 (b) 10400", {"4": "(a) 2400 (b) 10400"}),
        ("conv-size-dilated: 41", {"conv-size-dilated": "41"}),
        ("9. a long answer\nthat goes on\n\nand on", {"9": "a long answer\nthat goes on\n\nand on"}),
        ("9. two:\n(1) first\n(2) second", {"9": "two:\n(1) first\n(2) second"}),
        ("9. half is 0.5\n0.5 it is", {"9": "half is 0.5\n0.5 it is"}),
        ("# 1. a remark\n1. A\n  # 2. B", {"1": "A"}),
        ("1.\n2. B", {"1": "", "2": "B"}),
        ("1. A\n1. A", {"1": "A"}),
        ("1.\n1. A", {"1": "A"}),
        ("5. 2 5\n1 3", {"5": "2 5\n1 3"}),
        ("9. 3 parts\n10 channels each\n10. B", {"9": "3 parts\n10 channels each", "10": "B"}),
        ("1. 25.6M\n2. 2560万", {"1": "25.6M", "2": "2560万"}),
        ("12. A\r\n13. B\r\n", {"12": "A", "13": "B"}),
    ],
)
def test_lines_that_are_read(text: str, answers: dict[str, str]) -> None:
    sheet = _read(text)
    assert _flat(sheet) == answers
    assert sheet.doubts == ()


@pytest.mark.parametrize(
    ("text", "keys", "advice", "left"),
    [
        ("1. A\n2. B\n3.5", (3,), 'write "3. 5"', {"1": "A", "2": "B"}),
        ("1.36992", (1,), 'write "1. 36992"', {}),
        ("4. A\n5.64*56", (5,), 'write "5. 64*56"', {"4": "A"}),
        ("1. A\n9. 0.25\n1.5", (9,), 'write "1. 5"', {"1": "A", "9": "0.25"}),
        ("9. 0.25\n3.5", (3, 9), 'write "3. 5"', {"9": "0.25"}),
        ("9. text\n10 41", (10,), 'write "10. 41"', {"9": "text"}),
        ("1 A", (1,), 'write "1. A"', {}),
        ("1. A\n2B", (2,), 'write "2. B"', {"1": "A"}),
        ("3. 41\n3. 42", (3,), "keep one", {"3": "41"}),
        ("4a: 1\n4a: 2", (4,), "keep one", {"4a": "1"}),
    ],
)
def test_lines_that_may_be_two_things(text: str, keys: tuple[int, ...], advice: str, left: dict[str, str]) -> None:
    sheet = _read(text)
    assert [doubt.keys for doubt in sheet.doubts] == [keys]
    assert advice in sheet.doubts[0].why.en
    assert _flat(sheet) == left


def test_a_doubt_names_both_lines_of_a_double_answer() -> None:
    assert _read("3. 41\n\n3. 42").doubts[0].place == "line 1, line 3"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("99. x", "there is no question 99"),
        ("hello\n1. A", "belongs to no question"),
        ("1. A\n3.5\nmore", "follows a line that is not clear"),
    ],
)
def test_nothing_is_dropped_without_a_word(text: str, note: str) -> None:
    assert any(note in each.en for each in _read(text).notes)


@pytest.mark.parametrize(
    "text",
    [
        "paper: K7QF-2M\nname: Li Lei\nversion: B\n1. A",
        "试卷编号：K7QF-2M\n姓名：Li Lei\n版本：B\n1. A",
        "Paper: K7QF-2M\nNAME = Li Lei\nversion：B\ndate: 2026-01-01\n1. A",
    ],
)
def test_the_head(text: str) -> None:
    sheet = _read(text)
    assert (sheet.code, sheet.name, sheet.letter) == ("K7QF-2M", "Li Lei", "B")
    assert _flat(sheet) == {"1": "A"}


def test_encodings() -> None:
    text = "姓名: 李雷\n1. 卷积"
    assert decode(text.encode("utf-8"), "f") == (text, ())
    assert decode(b"\xef\xbb\xbf" + text.encode(), "f") == (text, ())
    read, notes = decode(text.encode("gb18030"), "f")
    assert read == text
    assert "GB 18030" in notes[0].en
    with pytest.raises(UsageError, match="UTF-16"):
        decode(text.encode("utf-16"), "f")
    with pytest.raises(UsageError, match="neither"):
        decode(b"\xff\x00\xff", "f")


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (
            "paper: K7QF-2M\nname: Li Lei\nanswers: {1: A, 4: [2400, 10400, 0.2300]}",
            {"1": "A", "4": "[2400, 10400, 0.2300]"},
        ),
        ("answers:\n  4: {a: 2400, b: 10400}", {"4a": "2400", "4b": "10400"}),
        ("answers:\n  4a: 2400\n  第5题: B\n  Q6: C", {"4a": "2400", "5": "B", "6": "C"}),
        ("answers:\n  conv-size-dilated: 41", {"conv-size-dilated": "41"}),
        ("answers:\n  7: [[2, 5], [1, 3]]", {"7": "[[2, 5], [1, 3]]"}),
        ("答案:\n  1: no\n  2: 0.2300\n  3: 1_000", {"1": "no", "2": "0.2300", "3": "1_000"}),
        ("answers:\n  9: |\n    two\n    lines", {"9": "two\nlines"}),
        ("answers:\n  1:\n  2: ''", {"1": "", "2": ""}),
    ],
)
def test_yaml(text: str, answers: dict[str, str]) -> None:
    assert _flat(read_yaml("sheet.yaml", text)[0]) == answers


def test_yaml_of_several_people_and_double_keys() -> None:
    sheets = read_yaml("s.yaml", "- {name: A, answers: {1: A}}\n- {name: B, answers: {1: B}}")
    assert [(sheet.name, _flat(sheet)) for sheet in sheets] == [("A", {"1": "A"}), ("B", {"1": "B"})]
    twice = read_yaml("s.yaml", "answers:\n  3: A\n  3: B")[0]
    assert twice.doubts[0].keys == (3,)


@pytest.mark.parametrize("text", ["answers: [", "a: &x 1\nb: *x", "- 1", "[" * 100])
def test_yaml_that_is_none(text: str) -> None:
    with pytest.raises(UsageError, match=r"sheet\.yaml"):
        read_yaml("sheet.yaml", text)


IDS_OF = {("B", 1): "conv-size-dilated", ("K7QF-2M", 1): "conv-size-dilated"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            'person,version,1,2,4a,4b,9\nLi Lei,B,A,C,2400,10400,"a, b"\nHan Mei,A,B,,,,\n',
            [("Li Lei", "B", {"1": "A", "2": "C", "4a": "2400", "4b": "10400", "9": "a, b"}), ("Han Mei", "A", {"1": "B", "2": "", "4a": "", "4b": "", "9": ""})],
        ),
        ("姓名;版本;第1题;第2题\n李雷;B;A;C", [("李雷", "B", {"1": "A", "2": "C"})]),
        ("person\tversion\t1\nLi\tB\t0,5", [("Li", "B", {"1": "0,5"})]),
        ("person,version,conv-size-dilated\nLi,B,41", [("Li", "B", {"conv-size-dilated": "41"})]),
        ("person,version,question,part,answer\nLi,B,1,,A\nLi,B,4,a,2400", [("Li", "B", {"1": "A", "4a": "2400"})]),
        ("person,version,id,answer\nLi,B,conv-size-dilated,41", [("Li", "B", {"conv-size-dilated": "41"})]),
        ("# a remark\nperson,version,1\n\nLi,B,A", [("Li", "B", {"1": "A"})]),
    ],
)  # fmt: skip
def test_tables(text: str, people: list[tuple[str, str, dict[str, str]]]) -> None:
    sheets = read_table("t.csv", text, IDS_OF)
    assert [(sheet.name, sheet.letter, _flat(sheet)) for sheet in sheets] == people


def test_a_table_whose_id_and_number_disagree() -> None:
    sheet = read_table("t.csv", "version,question,id,answer\nB,1,why-residual-works,x", IDS_OF)[0]
    assert "question 1 of this paper is conv-size-dilated" in sheet.doubts[0].why.en


def test_a_row_that_is_too_long_is_named() -> None:
    sheet = read_table("t.csv", "person,version,1\nLi,B,1,216", IDS_OF)[0]
    assert "in quotes" in sheet.notes[0].en
    assert _flat(sheet) == {}


def test_a_table_without_a_head() -> None:
    with pytest.raises(UsageError, match="no line of column names"):
        read_table("t.csv", "Li Lei,B,A", IDS_OF)


def test_the_empty_forms_are_read_as_empty(tmp_path: Path) -> None:
    manifest = sample_manifest()
    paper = manifest.papers[0]
    numbers = frozenset(question.number for question in paper.questions)
    for lang in ("en", "zh"):
        plain = PlainReader("f", numbers, frozenset()).read(text_form(manifest, paper, lang))
        (yaml,) = read_yaml("f", yaml_form(manifest, paper, lang))
        for sheet in (plain, yaml):
            assert sheet.code == paper.code
            assert set(sheet.answers) == numbers
            assert not any(text for text in _flat(sheet).values())
            assert sheet.doubts == sheet.notes == ()
    (table,) = read_table("f", csv_form(paper), {})
    assert table.code == paper.code
    assert set(table.answers) == numbers
    for question in paper.questions:
        assert question.id in text_form(manifest, paper, "en")
        assert question.id in yaml_form(manifest, paper, "en")
        assert question.id in csv_form(paper)


def test_what_steers_a_terminal_is_dropped_and_the_rest_is_as_it_was_typed() -> None:
    assert decode("name: a\x1b[2Jb\x07\u202ec\r\n1.\t3\n".encode(), "x") == ("name: a[2Jbc\r\n1.\t3\n", ())
    assert decode("姓名：李\x1b雷".encode("gb18030"), "x")[0] == "姓名：李雷"
