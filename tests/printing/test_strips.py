"""Key strips: every key at the height of its row on the answer sheet, values of named mistakes, one column for each version."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.generation.lettering import key_on_paper
from quizcnn.printing.layout import Layout, PaperLang
from quizcnn.printing.paper import build_paper
from quizcnn.printing.strips import _lines, _sheet, _strips, print_strips, strip_rows
from quizcnn.printing.typst import set_documents
from quizcnn.services.exams.manifest import write_manifest
from quizcnn.services.exams.reprinting import versions_of
from quizcnn.text import display_width
from tests.exams.sample_exam import ALL_KINDS, BANK, sample_exam, sample_manifest

pytestmark = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the extra pdf is not installed")
VERSIONS = versions_of(sample_manifest())


def test_the_manifest_gives_the_same_rows_as_the_exam_it_was_made_from() -> None:
    for made, read in zip(sample_exam().versions, VERSIONS, strict=True):
        assert (made.letter, made.code) == (read.letter, read.code)
        assert strip_rows(made, "en") == strip_rows(read, "en")


def test_every_question_has_its_key_and_only_values_that_are_wrong() -> None:
    for version in VERSIONS:
        rows = strip_rows(version, "en")
        assert [row.number for row in rows] == [item.number for item in version.items]
        for row, item in zip(rows, version.items, strict=True):
            answer = item.variant.fields[0].answer
            assert row.points == str(item.points)
            if item.variant.kind == "numeric" and len(item.variant.fields) == 1:
                assert row.key == key_on_paper(answer, "en")
                shown = {mistake.split(" ")[0] for mistake in row.mistakes}
                assert row.key.split(" ")[0] not in shown
            if item.variant.kind in ("short_answer", "recall"):
                assert row.key == "see key"


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_rows_of_the_sheet_alone_stand_where_those_of_the_last_leaf_do(size: str) -> None:
    """The strip is set from the sheet alone, and laid beside the last leaf of the paper."""
    layout = Layout("pdf", size=size)  # type: ignore[arg-type]
    exam, title = sample_exam(), sample_manifest().title
    whole = set_documents([build_paper(exam, version, "en") for version in exam.versions], layout).documents
    alone = set_documents([_sheet(title, version, "en", layout) for version in exam.versions], layout).documents
    for paper, sheet in zip(whole, alone, strict=True):
        last = paper.pages[0]
        assert {page for page, _ in paper.rows.values()} == {last}
        assert {number: round(y, 1) for number, (_, y) in paper.rows.items()} == {number: round(y, 1) for number, (_, y) in sheet.rows.items()}  # fmt: skip


def test_rows_follow_each_other_down_the_strip_and_none_reaches_into_the_next() -> None:
    layout = Layout("pdf")
    version = VERSIONS[0]
    (sheet,) = set_documents([_sheet(sample_manifest().title, version, "en", layout)], layout).documents
    (strip,) = _strips(version, sheet, "en", 297.0)
    rows = strip["rows"]  # type: ignore[call-overload, index]
    for above, below in pairwise(rows):
        assert above["y"] + above["height"] <= below["y"] + 1e-6
    numbers = [int(cell["number"]) for row in rows for cell in row["cells"]]
    assert numbers == [item.number for item in version.items]


def test_mistakes_fill_the_lines_that_there_are_and_are_cut_to_them() -> None:
    mistakes = ("40 forgets the one", "39 counts the padding once", "42 rounds up where it should round down")
    assert _lines(mistakes, [0]) == [""]
    found = _lines(mistakes, [20, 40])
    assert found[0] == "40 forgets the one"
    assert found[1].startswith("39 counts the padding once")
    assert all(display_width(line) <= width for line, width in zip(found, [20, 40], strict=True))


@pytest.mark.parametrize(
    ("lang", "layout"),
    [
        ("en", Layout("pdf")),
        ("zh", Layout("pdf", seal=True)),
        ("both", Layout("pdf")),
        ("en", Layout("pdf", size="letter", large=True)),
    ],
)
def test_a_strip_for_every_version_in_every_language_and_size(lang: PaperLang, layout: Layout, tmp_path: Path) -> None:
    pdf = print_strips(sample_manifest().title, VERSIONS, lang, layout)
    assert pdf.startswith(b"%PDF-")
    assert pdf == print_strips(sample_manifest().title, VERSIONS, lang, layout), "the same bytes twice"
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here to read it back")
    (tmp_path / "s.pdf").write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", str(tmp_path / "s.pdf"), "-"], capture_output=True, text=True, check=True).stdout  # fmt: skip
    for version in VERSIONS:
        assert version.code in text
    assert ("do not hand out" if lang != "zh" else "请勿外传") in text


def test_the_command_writes_beside_the_manifest(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(write_manifest(sample_manifest()), encoding="utf-8")
    told = CliRunner().invoke(program, ["exam", "strips", str(file)], catch_exceptions=False, standalone_mode=False)
    assert told.stdout.split() == [str(tmp_path / "strips.pdf")]
    assert (tmp_path / "strips.pdf").read_bytes().startswith(b"%PDF-")


def test_a_new_exam_writes_them_beside_its_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)
    new = ["exam", "new", str(ALL_KINDS), "--seed", "7", "-o"]
    told = CliRunner().invoke(program, [*new, str(tmp_path / "one"), "--strips"], catch_exceptions=False, standalone_mode=False)  # fmt: skip
    strips = tmp_path / "one" / "key" / "strips.pdf"
    assert str(strips) in told.stdout.split()
    CliRunner().invoke(program, ["exam", "strips", str(tmp_path / "one/key/manifest.json"), "-o", str(tmp_path / "again.pdf")], catch_exceptions=False, standalone_mode=False)  # fmt: skip
    assert strips.read_bytes() == (tmp_path / "again.pdf").read_bytes(), "as from the manifest"
    assert run([*new, str(tmp_path / "two"), "--strips", "--format", "md"]) == 2
    assert not (tmp_path / "two").exists()
