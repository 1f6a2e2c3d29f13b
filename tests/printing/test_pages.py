"""Pages of the shipped blueprints: no question split, no heading alone, no page left nearly empty, versions of as many pages."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from itertools import product

import pytest

from quizcnn.printing.document import (
    Formula,
    Note,
    Paper,
    Paragraph,
    Question,
    Room,
    Ruled,
    Run,
    Section,
    Steps,
    WorkedStep,
)
from quizcnn.printing.layout import Layout
from quizcnn.printing.press import even_out, hardly_filled, left_alone
from quizcnn.printing.typst import set_documents
from tests.printing.page_faults import BLUEPRINTS, LINES_GO_ON, Marker, faults, papers
from tests.printing.pdf_text import page_texts
from tests.printing.sample_paper import paper, question

pytestmark = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the extra pdf is not installed")


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker()


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_shipped_blueprints_have_sound_pages(name: str, marker: Marker) -> None:
    """In large print and two languages a question that is not split may be so high that it leaves a page half empty."""
    for lang, document in papers(name, 11):
        for size, large in product(("a4", "letter"), (False, True)):
            layout = Layout("pdf", size=size, large=large)  # type: ignore[arg-type]
            found = set(faults(marker.marks(document, layout), document, layout))
            found = {fault for fault in found if not fault.startswith(LINES_GO_ON)}
            if large and lang == "both":
                found = {fault for fault in found if not fault.startswith("page filled")}
            assert not found, (lang, layout)


def _two_parts(*second: Question) -> Paper:
    first = paper(question(1, answer=(Room(20.0),)))
    return Paper(**{**{name: getattr(first, name) for name in first.__slots__}, "sections": (*first.sections, Section("Part 2", "", second))})  # fmt: skip


def test_the_faults_are_found() -> None:
    """The measure can fail: marks of a split question, of a heading alone, of a page with little on it."""
    document = paper(*(question(number) for number in (1, 2)))
    marks = [
        {"number": 1, "what": "part", "page": 1, "y": 20.0},
        {"number": 1, "what": "start", "page": 2, "y": 20.0},
        {"number": 1, "what": "end", "page": 2, "y": 90.0},
        {"number": 2, "what": "start", "page": 2, "y": 100.0},
        {"number": 2, "what": "end", "page": 3, "y": 60.0},
        {"number": 0, "what": "last", "page": 5, "y": 60.0},
    ]
    found = sorted(faults(marks, document, Layout("pdf")))
    assert found == [
        "answer sheet on two pages",
        "heading alone before 1",
        "page filled below 60%: 1",
        "page filled below 60%: 2",
        "split or too high: 2",
    ]
    assert left_alone(marks) == {1}


def test_a_question_that_just_misses_its_heading_gets_less_room_and_stays_whole(marker: Marker) -> None:
    """235 mm and a heading do not fit on one page of 259 mm with its margins; with less room they do."""
    for answer in (Room(225.0), Ruled(28)):
        document = _two_parts(question(2, answer=(answer,)))
        marks = marker.marks(document, Layout("pdf"))
        assert left_alone(marks) == set()
        assert not [fault for fault in faults(marks, document, Layout("pdf")) if fault.startswith("split")]


def test_a_page_is_hardly_filled_where_what_is_left_is_no_room_to_write_in() -> None:
    """The edge of 60 % of A4 within its margins is at 18 + 0.6 * 261 = 174.6 mm."""
    document = {"size": "a4", "sections": [{"questions": [{"number": 1, "room": 0.2}, {"number": 2, "room": 1.5}, {"number": 3, "room": 0.2}]}]}  # fmt: skip

    def found(*ends: tuple[int, int, float]) -> set[int]:
        marks = [{"number": 0, "what": "front", "page": 1, "y": 60.0}]
        for number, page, y in ends:
            marks += [{"number": number, "what": what, "page": page, "y": y} for what in ("start", "end")]
        return hardly_filled(marks, document)

    assert found((1, 1, 174.0), (2, 2, 60.0), (3, 3, 60.0)) == {1}, "room is left on page 2, page 3 is the last"
    assert found((1, 1, 175.0), (3, 2, 60.0), (2, 3, 60.0)) == {2}
    assert found((1, 2, 175.0), (2, 3, 60.0)) == {1}, "the head alone"


def test_in_large_print_lines_go_on_overleaf_rather_than_leave_a_page_half_empty(marker: Marker) -> None:
    """Twelve lines of 10.8 mm take 130 mm; after the head and 60 mm of room they do not fit."""
    document = _two_parts(question(2, Paragraph((Run("Why?"),)), answer=(Ruled(18),)))
    ends = {}
    for large in (False, True):
        marks = marker.marks(document, Layout("pdf", large=large))
        ends[large] = [mark["page"] for mark in marks if mark["number"] == 2 and mark["what"] in ("start", "end")]
    assert ends == {False: [1, 1], True: [1, 2]}


def test_a_long_solution_begins_below_its_heading_and_breaks_between_steps() -> None:
    """In a key every step has its formula beside it; forty of them do not fit on a page."""
    rows = tuple(WorkedStep(Formula(r"\frac{1}{2}", display=True), (Run(f"caption{row}"),), "+1") for row in range(40))
    first, long = question(1, answer=(Steps(rows[:1] * 12),)), question(2, Note("Answer", ()), answer=(Steps(rows),))
    whole = replace(
        paper(first), kind="key", sections=(Section("Part 1", "", (first,)), Section("PartTwo", "", (long,)))
    )
    for large in (False, True):
        texts = page_texts(set_documents([whole], Layout("pdf", large=large)).documents[0].pdf)
        assert any("PartTwo" in text and "caption0" in text.split("PartTwo")[1] for text in texts)
        assert sum(text.count("caption") for text in texts) == 52
        assert min(text.count("caption") for text in texts) > 1


def test_versions_get_as_many_pages_by_less_room() -> None:
    """A paper of six pages that has five from a squeeze of 0.7 on, beside one of five; the key is left alone."""
    asked: list[float] = []

    def press(document: dict[str, object]) -> dict[str, object]:
        asked.append(float(str(document["squeeze"])))
        return {"count": 5 if asked[-1] <= 0.7 else 6}

    documents: list[dict[str, object]] = [{"kind": "paper"}, {"kind": "paper"}, {"kind": "key"}]
    found = even_out(documents, [{"count": 5}, {"count": 6}, {"count": 9}], press)
    assert [each["count"] for each in found] == [5, 5, 9]
    assert asked == [0.55, 0.85, 0.7], "the least room tells whether it can be had, then as much as possible"
    asked.clear()
    stubborn = even_out(documents, [{"count": 3}, {"count": 6}, {"count": 9}], press)
    assert [each["count"] for each in stubborn] == [3, 6, 9]
    assert asked == [0.55]
