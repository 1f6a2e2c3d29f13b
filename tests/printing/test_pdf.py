"""PDF by Typst: the same bytes for the same seed, hostile text as text, no question split, the guards around the process."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizcnn.errors import QuizError, UsageError
from quizcnn.printing import typst as writer
from quizcnn.printing.document import Code, Formula, Gap, Paragraph, Room, Run
from quizcnn.printing.files import file_names, print_exam
from quizcnn.printing.layout import Layout
from quizcnn.printing.press import too_high
from quizcnn.printing.typst import Set, document_data, set_documents
from quizcnn.solvers.values import Json
from tests.exams.sample_exam import sample_exam
from tests.printing.sample_paper import HIDDEN, HOSTILE, SHOWN, everywhere, formulas, paper, question

pytestmark = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the extra pdf is not installed")


def _strings(data: Json) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, list):
        return [text for each in data for text in _strings(each)]
    return [text for each in data.values() for text in _strings(each)] if isinstance(data, dict) else []


def test_hostile_strings_reach_the_template_as_they_are() -> None:
    for text in HOSTILE:
        found = _strings(document_data(everywhere(text)))
        assert found.count(text) >= 15, text


def test_hidden_characters_do_not_reach_the_template() -> None:
    text = json.dumps(document_data(everywhere(HIDDEN)), ensure_ascii=False)
    assert SHOWN in text
    assert not set(text) & set("\u202e\u202c\u0007\u000b\ue000\u200f\ufffe\U000e0041")


def test_hostile_papers_are_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside the caller is not read, though the strings ask for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("TOP SECRET")
    pressed = set_documents([*(everywhere(text) for text in HOSTILE), everywhere(HIDDEN), formulas()], Layout("pdf"))
    assert all(document.pdf.startswith(b"%PDF-") for document in pressed.documents)
    assert all(b"<pdfuaid:part>1</pdfuaid:part>" in document.pdf for document in pressed.documents)
    assert all(document.pages[0] >= 2 for document in pressed.documents[:-1])


@pytest.fixture(scope="module", params=["en", "zh"])
def printed(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    return print_exam(sample_exam(), request.param, Layout("pdf")).files


def test_files_are_pdf_of_the_pages_that_were_counted(printed: Mapping[str, bytes]) -> None:
    assert sorted(printed) == [f"hand-out/all-kinds-{x}.pdf" for x in "AB"] + [
        f"key/all-kinds-{x}-key.pdf" for x in "AB"
    ]
    assert all(content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF") for content in printed.values())


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_question_is_split_and_the_sheet_is_the_last_leaf(lang: str, size: str) -> None:
    result = print_exam(sample_exam(), lang, Layout("pdf", size=size))  # type: ignore[arg-type]
    for pages in result.pages.values():
        assert set(pages) == set(range(16))
        order = [pages[number] for number in range(1, 16)]
        assert order == sorted(order)
        assert order[-1] < pages[0]


def test_a_question_higher_than_the_page_is_set_again_so_that_it_may_break() -> None:
    """Typst lets an unbreakable block run off the sheet without a word; the marks tell."""
    high = question(1, Paragraph((Run("high"),)), answer=(Room(200.0), Room(200.0)))
    (document,) = set_documents([paper(high, question(2, Paragraph((Run("after"),))))], Layout("pdf")).documents
    assert document.pages[2] >= 2
    assert too_high([{"number": 1, "what": "start", "page": 1, "y": 20}, {"number": 1, "what": "end", "page": 1, "y": 500}], 297) == {1}  # fmt: skip
    assert too_high([{"number": 1, "what": "start", "page": 1, "y": 20}, {"number": 1, "what": "end", "page": 1, "y": 200}], 297) == set()  # fmt: skip


def test_less_room_makes_fewer_pages() -> None:
    pages = [print_exam(sample_exam(), "en", Layout("pdf", space=space)).pages["A"][0] for space in ("tight", "normal", "half-page")]  # type: ignore[arg-type]  # fmt: skip
    assert pages == sorted(pages)
    assert pages[0] < pages[-1]


@pytest.mark.parametrize("form", ["md", "pdf"])
@pytest.mark.parametrize("sheet", ["last", "separate", "none"])
def test_where_the_answer_sheet_goes(sheet: str, form: str) -> None:
    layout = Layout(form, sheet=sheet)  # type: ignore[arg-type]
    printed = print_exam(sample_exam(7, 1), "en", layout)
    assert sorted(printed.files) == sorted(file_names("all-kinds", "A", layout))
    sheets = [path for path in printed.files if path.endswith(f"-sheet.{form}")]
    assert len(sheets) == (sheet == "separate")
    if form == "md":
        with_sheet = [path for path, content in printed.files.items() if b"Answer sheet" in content]
        assert with_sheet == {"last": ["hand-out/all-kinds-A.md"], "separate": sheets, "none": []}[sheet]


def test_duplex_pads_to_an_even_number_and_gives_the_sheet_a_leaf() -> None:
    for seed, versions in ((7, 1), (8, 1), (9, 1), (7, 2), (8, 2)):
        single = print_exam(sample_exam(seed, versions), "en", Layout("pdf")).pages
        double = print_exam(sample_exam(seed, versions), "en", Layout("pdf", duplex=True)).pages
        for letter, pages in double.items():
            assert pages[0] % 2 == 0
            last = max(page for number, page in pages.items() if number)
            assert pages[0] == last + last % 2 + 2
            if versions == 1:
                assert last == max(page for number, page in single[letter].items() if number)


SCRIPT = """
import sys
from hashlib import sha256
from pathlib import Path
from quizcnn.bank.catalog import load_catalog
from quizcnn.generation.exam import make_exam
from quizcnn.printing.files import print_exam
from quizcnn.printing.layout import Layout
from quizcnn.services.exams.manifest import make_manifest, write_manifest
from quizcnn.services.exams.shelf import load_file
bank = Path(sys.argv[1])
catalog = load_catalog([bank])
exam = make_exam(load_file(bank / "exams" / "all-kinds.yaml"), catalog, 7, 2)
total = sha256()
for form, lang in (("md", "zh"), ("html", "both"), ("html", "zh"), ("docx", "zh"), ("docx", "both"), ("pdf", "zh"), ("pdf", "both")):
    printed = print_exam(exam, lang, Layout(form, large=lang == "both", seal=lang == "zh"))
    for name, content in printed.files.items():
        total.update(name.encode() + content)
    total.update(write_manifest(make_manifest(exam, catalog, printed.pages, printed.typst)).encode())
print(total.hexdigest())
"""


def test_the_same_bytes_whatever_locale_folder_time_zone_and_hash_seed(tmp_path: Path) -> None:
    bank = Path(__file__).parents[1] / "exams" / "bank"
    root = str(Path(__file__).parents[2])
    seen = set()
    for place, changed in enumerate(
        [
            {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
            {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "99"},
        ]
    ):
        folder = tmp_path / str(place)
        folder.mkdir()
        environment = {**os.environ, "PYTHONPATH": root, "QUIZCNN_HOME": str(folder), **changed}
        done = subprocess.run([sys.executable, "-c", SCRIPT, str(bank)], capture_output=True, text=True, env=environment, cwd=folder, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout)
    assert len(seen) == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'pip install "quizcnn\[pdf\]"'):
        set_documents([paper()], Layout("pdf"))


def test_a_run_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "template.typ"
    endless.write_text("#for i in range(20000) { for j in range(20000) { let x = j } }")
    monkeypatch.setattr(writer, "TEMPLATE", endless)
    monkeypatch.setattr(writer, "SECONDS", 1)
    monkeypatch.setattr(writer, "SECONDS_EACH", 0)
    with pytest.raises(QuizError, match="more than 1 seconds and was stopped"):
        set_documents([paper()], Layout("pdf"))


def test_a_template_that_reads_a_file_or_a_package_gets_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The guards hold even if the template were turned against us."""
    (tmp_path / "secret.txt").write_text("TOP SECRET")
    for source in (f'#read("{tmp_path}/secret.txt")', '#read("../secret.txt")', '#import "@preview/cetz:0.1.0": *'):
        template = tmp_path / "template.typ"
        template.write_text(source)
        monkeypatch.setattr(writer, "TEMPLATE", template)
        with pytest.raises(QuizError, match="could not be set"):
            set_documents([paper()], Layout("pdf"))


def test_a_gap_sticks_to_the_code_around_it_and_a_formula_gets_room_beside_chinese() -> None:
    content = (Code("p="), Gap("a", 6), Code(")"), Run(" 当"), Formula("x"), Run("时"))
    data = document_data(paper(question(1, Paragraph(content))))
    (section,) = data["sections"]  # type: ignore[misc]
    kinds = [inline["t"] for inline in section["questions"][0]["stem"][0]["content"]]  # type: ignore[index,call-overload]
    assert kinds == ["Code", "Join", "Gap", "Join", "Code", "Run", "Thin", "Formula", "Thin", "Run"]


def test_long_code_and_words_may_break() -> None:
    data = document_data(paper(question(1, Paragraph((Code("nn.Conv2d(64, 128, kernel_size=3, padding=1)"), Run("y" * 60))))))  # fmt: skip
    texts = _strings(data)
    assert "nn.Conv2d(" in texts
    assert "y" * 20 + "\u200b" + "y" * 20 + "\u200b" + "y" * 20 in texts


def test_a_set_document_knows_its_pages() -> None:
    (document,) = set_documents([paper(question(1, Paragraph((Run("x"),))))], Layout("pdf", size="letter")).documents
    assert isinstance(document, Set)
    assert document.pages == {0: 1, 1: 1}
