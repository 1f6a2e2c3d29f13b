"""The Word writer: a package that opens, elements in the order of the schema, hostile text as text, formulas as Word's own, questions whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import yaml

from quizcnn.generation.variants import draw_variant
from quizcnn.printing.both import merge
from quizcnn.printing.document import Formula, Options, Paper, Paragraph, Run, Sheet, SheetRow, pair_rows
from quizcnn.printing.docx import write_docx
from quizcnn.printing.key import build_key
from quizcnn.printing.layout import Layout
from quizcnn.printing.ooxml import SPACES
from quizcnn.printing.paper import build_paper, draw
from tests.exams.sample_exam import builtin_catalog, sample_exam
from tests.printing.sample_paper import FORMULAS, HIDDEN, HOSTILE, SHOWN, everywhere, formulas, paper, question

DOCX = Layout("docx")
LATEX = yaml.safe_load((Path(__file__).parents[1] / "figures" / "formulas.yaml").read_text(encoding="utf-8"))
W, M = (f"{{{SPACES[prefix]}}}" for prefix in "wm")
PARTS = {"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml"}  # fmt: skip
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b i noProof color sz szCs u lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
    "tblBorders": "top left bottom right insideH insideV",
    "tcPr": "tcW tcBorders vAlign",
    "tcBorders": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "sectPr": "footerReference type pgSz pgMar",
    "style": "name basedOn qFormat pPr",
}
"""The children of an element as ECMA-376 orders them (those that are written here); Word refuses a file that has another order."""
MATH = {
    "f": "fPr num den", "rad": "radPr deg e", "sSub": "e sub", "sSup": "e sup", "sSubSup": "e sub sup", "limLow": "e lim", "limUpp": "e lim",
    "nary": "naryPr sub sup e", "d": "dPr e", "m": "mPr mr", "acc": "accPr e", "bar": "barPr e", "groupChr": "groupChrPr e",
}  # fmt: skip


def _parts(written: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _document(written: bytes) -> Element:
    return fromstring(_parts(written)["word/document.xml"])


def _text(element: Element) -> str:
    """The text of an element: paragraphs, table cells and line ends as blanks."""
    if element.tag in {f"{W}t", f"{M}t"}:
        return element.text or ""
    inner = "".join(map(_text, element))
    return f" {inner} " if element.tag in {f"{W}p", f"{W}br", f"{W}tab"} else inner


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _both() -> Paper:
    exam = sample_exam()
    return merge(*(build_paper(exam, exam.versions[0], lang, form="plain") for lang in ("en", "zh")))


def _papers() -> Iterator[tuple[Paper, Layout]]:
    exam = sample_exam()
    for lang in ("en", "zh"):
        yield build_paper(exam, exam.versions[0], lang), DOCX  # type: ignore[arg-type]
        yield build_key(exam, exam.versions[1], lang), DOCX  # type: ignore[arg-type]
    yield _both(), Layout("docx", large=True, duplex=True)
    yield build_paper(exam, exam.versions[0], "en"), Layout("docx", size="letter", space="tight", duplex=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_everywhere_are_text(text: str) -> None:
    parts = _parts(write_docx(everywhere(text), DOCX))
    assert set(parts) == PARTS
    trees = {name: fromstring(part) for name, part in parts.items()}
    harmless = {element.tag for element in _document(write_docx(everywhere("x"), DOCX)).iter()}
    assert {element.tag for element in trees["word/document.xml"].iter()} <= harmless | {f"{W}br"}
    shown = " ".join(_text(trees["word/document.xml"]).split())
    assert shown.count(" ".join(text.split())) >= 15
    assert " ".join(text.split()) in " ".join("".join(trees["docProps/core.xml"].itertext()).split())


def test_hidden_characters_are_gone() -> None:
    written = "".join(part.decode() for part in _parts(write_docx(everywhere(HIDDEN), DOCX)).values())
    assert SHOWN in written
    assert not set(written) & set("\u202e\u202c\u0007\u000b\ue000\u200f\ufffe\U000e0041")


def test_hostile_formulas_are_formulas_or_text() -> None:
    root = _document(write_docx(formulas(), DOCX))
    assert _text(root).count("(2\u00a0points)") == len(FORMULAS)


def test_nothing_points_outside_and_the_only_fields_are_page_numbers() -> None:
    for document, layout in _papers():
        parts = _parts(write_docx(document, layout))
        for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
            for relation in fromstring(parts[name]):
                assert relation.get("TargetMode") is None
                folder = "" if name == "_rels/.rels" else "word/"
                assert folder + str(relation.get("Target")) in parts
        everything = b"".join(parts.values()).decode()
        assert set(re.findall(r'w:instr="([^"]*)"', everything)) == {" PAGE ", " NUMPAGES "}
        assert "instrText" not in everything
        assert "<w:hyperlink" not in everything


@pytest.mark.parametrize("place", range(6))
def test_elements_stand_in_the_order_of_the_schema(place: int) -> None:
    document, layout = list(_papers())[place]
    parts = _parts(write_docx(document, layout))
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for element in fromstring(parts[name]).iter():
            space, local = element.tag.removeprefix("{").split("}")
            wanted = (ORDER if space == SPACES["w"] else MATH if space == SPACES["m"] else {}).get(local)
            if wanted:
                found = [_local(child) for child in element]
                assert set(found) <= set(wanted.split()), (local, found)
                assert found == sorted(found, key=wanted.split().index), (local, found)


def test_tables_have_as_many_cells_as_columns_and_cells_end_in_a_paragraph() -> None:
    for document, layout in _papers():
        root = _document(write_docx(document, layout))
        for table in root.iter(f"{W}tbl"):
            columns = len(list(table.iter(f"{W}gridCol")))
            assert {len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")} == {columns}
        for cell in root.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p"
        body = root[0]
        for one, other in zip(body, list(body)[1:], strict=False):
            assert (one.tag, other.tag) != (f"{W}tbl", f"{W}tbl"), "Word makes one table of two that touch"


def test_no_table_is_wider_than_the_page() -> None:
    for document, layout in _papers():
        root = _document(write_docx(document, layout))
        size, margins = next(root.iter(f"{W}pgSz")), next(root.iter(f"{W}pgMar"))
        width = int(size.get(f"{W}w", "")) - int(margins.get(f"{W}left", "")) - int(margins.get(f"{W}right", ""))
        for table in root.iter(f"{W}tbl"):
            left = next(table.iter(f"{W}tblInd")).get(f"{W}w", "0")
            assert int(left) + sum(int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")) <= width + 12


def test_a_question_is_held_together_on_its_page() -> None:
    """Every paragraph and row from the number of a question to its end is held to the next one; then one is not."""
    version = sample_exam().versions[0]
    body = _document(write_docx(build_paper(sample_exam(), version, "en"), DOCX))[0]
    starts = [
        place for place, block in enumerate(body) if re.match(r"^\s*\d+\.\s", _text(block)) and block.tag == f"{W}p"
    ]
    assert len(starts) == len(version.items)
    for start in starts:
        block, place = body[start], start
        while any(each.find(f"{W}pPr/{W}keepNext") is not None for each in block.iter(f"{W}p")):
            assert all(each.find(f"{W}pPr/{W}keepNext") is not None for row in block.iter(f"{W}tr") for each in list(row.iter(f"{W}p"))[:1])  # fmt: skip
            place += 1
            block = body[place]
        following = [later for later in starts if later > start]
        assert place + 1 >= (following[0] if following else place) - 1, "but for the heading of the next part"


def test_drawings_have_words_and_numbers_of_their_own() -> None:
    catalog = builtin_catalog()
    pictures = [picture for row in catalog.rows() if (picture := draw(draw_variant(catalog.question(row.id), 7), "zh"))]
    assert len(pictures) >= 10
    root = _document(write_docx(paper(*(question(number, each) for number, each in enumerate(pictures, 1))), DOCX))
    named = [element for element in root.iter() if _local(element) == "docPr"]
    assert [each.get("descr") for each in named] == [picture.alt for picture in pictures]
    numbers = [element.get("id") for element in root.iter() if _local(element) in {"docPr", "cNvPr"}]
    assert len(numbers) == len(set(numbers))
    boxes = [_text(each).strip() for each in root.iter(f"{W}txbxContent")]
    drawn = [text for picture in pictures for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture.svg)]
    assert boxes == [" ".join(text.split()) if text != text.strip() else text for text in drawn]


@pytest.mark.parametrize("entry", LATEX, ids=lambda entry: str(entry["id"]))
def test_formulas_are_those_of_word(entry: dict[str, str]) -> None:
    root = _document(write_docx(paper(question(1, Paragraph((Formula(entry["latex"]),)))), DOCX))
    (formula,) = root.iter(f"{M}oMath")
    for element in formula.iter():
        wanted = MATH.get(_local(element))
        if element.tag.startswith(M) and wanted:
            assert {"e", *wanted.split()} >= {_local(child) for child in element}
    digits = re.sub(r"\D", "", re.sub(r"\\mathbb\{1\}", "", entry["latex"]))
    assert re.sub(r"[^0-9]", "", _text(formula)) == digits
    assert not any(_local(each) == "e" and len(each) == 0 for each in formula.iter()), "Word shows an empty base as a box"  # fmt: skip


@pytest.mark.parametrize(
    ("latex", "shape"),
    [
        (r"\frac{a}{b}", "f(num(r) den(r))"),
        (r"x_i^2", "sSubSup(e(r) sub(r) sup(r))"),
        (r"\sum_{i=1}^{n} x_i", "nary(sub(r r r) sup(r) e(sSub(e(r) sub(r))))"),
        (r"\sqrt{x}", "rad(deg e(r))"),
        (r"\left(\frac{a}{b}\right)", "d(e(f(num(r) den(r))))"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "d(e(m(mr(e(r) e(r)) mr(e(r) e(r)))))"),
    ],
)
def test_shapes_of_formulas(latex: str, shape: str) -> None:
    def shown(element: Element) -> str:
        inner = " ".join(shown(each) for each in element if not _local(each).endswith(("Pr", "t")))
        return f"{_local(element)}({inner})" if inner else _local(element)

    root = _document(write_docx(paper(question(1, Paragraph((Formula(latex),)))), DOCX))
    (formula,) = root.iter(f"{M}oMath")
    assert shown(formula) == f"oMath({shape})"


@pytest.mark.parametrize(("size", "twips"), [("a4", ("11906", "16838")), ("letter", ("12240", "15840"))])
def test_the_size_of_the_page(size: str, twips: tuple[str, str]) -> None:
    root = _document(write_docx(paper(), Layout("docx", size=size)))  # type: ignore[arg-type]
    page = next(root.iter(f"{W}pgSz"))
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == twips


def test_large_print_is_sixteen_points_in_one_column() -> None:
    asked = paper(question(1, Paragraph((Run("x"),)), answer=(Options(((Run("4"),),) * 4, many=False),)))
    written = {large: write_docx(asked, Layout("docx", large=large)) for large in (False, True)}
    columns = {large: len(list(_document(each).iter(f"{W}gridCol"))) for large, each in written.items()}
    assert columns == {False: 4, True: 1}
    sizes = {large: _parts(each)["word/styles.xml"].decode() for large, each in written.items()}
    assert 'w:sz w:val="22"' in sizes[False]
    assert 'w:sz w:val="32"' in sizes[True]


def test_a_double_sided_sheet_begins_on_an_odd_page() -> None:
    document = build_paper(sample_exam(), sample_exam().versions[0], "en")
    kinds = [[each.get(f"{W}val") for each in _document(write_docx(document, Layout("docx", duplex=duplex))).iter(f"{W}type")] for duplex in (False, True)]  # fmt: skip
    assert kinds == [["nextPage"], ["oddPage", "oddPage"]]


def test_short_rows_of_the_answer_sheet_stand_beside_each_other() -> None:
    letters = SheetRow(1, ("A", "B", "C"))
    rows = (letters, replace(letters, number=2), replace(letters, number=3), SheetRow(4, boxes=4), SheetRow(5, note="on the paper"))  # fmt: skip
    assert [[row.number for row in pair] for pair in pair_rows(rows)] == [[1, 2], [3], [4], [5]]
    document = paper(sheet=Sheet("Sheet", rows, "foot"))
    told = {large: [" ".join(_text(row).split()) for row in _document(write_docx(document, Layout("docx", large=large))).iter(f"{W}tr")] for large in (False, True)}  # fmt: skip
    assert told[False] == ["1 (A) (B) (C) 2 (A) (B) (C)", "3 (A) (B) (C)", "4 [ ] [ ] [ ] [ ]", "5 on the paper"]
    assert len(told[True]) == 5


def test_the_key_of_each_version_is_that_of_its_paper() -> None:
    exam = sample_exam()
    for version in exam.versions:
        shown = " ".join(_text(_document(write_docx(build_key(exam, version, "en"), DOCX))).split())
        for item in version.items:
            assert f"{item.number}. {item.id} ·" in shown
            for field in item.variant.fields:
                if item.variant.kind == "numeric" and len(item.variant.fields) > 1:
                    assert field.answer.shown().en in shown
