"""Pages of the shipped blueprints: no question split, no heading alone, no page left nearly empty, versions of as many pages."""

from __future__ import annotations

import importlib.util
from itertools import product

import pytest

from quizcnn.printing.document import Paper, Question, Room, Ruled, Section
from quizcnn.printing.layout import Layout
from quizcnn.printing.press import even_out, left_alone
from tests.printing.page_faults import BLUEPRINTS, Marker, faults, papers
from tests.printing.sample_paper import paper, question

pytestmark = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the extra pdf is not installed")


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker()


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_shipped_blueprints_have_sound_pages(name: str, marker: Marker) -> None:
    """Where print is large or in two languages, a question that is not split may leave a page half empty."""
    for lang, document in papers(name, 11):
        for size, large in product(("a4", "letter"), (False, True)):
            layout = Layout("pdf", size=size, large=large)  # type: ignore[arg-type]
            found = set(faults(marker.marks(document, layout), document, layout))
            if large or lang == "both":
                found = {fault for fault in found if not fault.startswith(("page filled", "answer sheet"))}
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
