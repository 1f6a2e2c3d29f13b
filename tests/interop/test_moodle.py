"""Moodle XML, read back by Moodle's own rules as its importer states them: the first answer that fits wins, its list of fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from export_samples import HOSTILE, exported, hostile_items

from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.interop.common import wrong_values
from quizcnn.interop.item import Item
from quizcnn.interop.markup import clean
from quizcnn.interop.moodle import to_moodle
from quizcnn.interop.moodle_marks import in_gap, nearest_fraction

LEGAL = {
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
    0,
}
TYPES = {"category", "numerical", "shortanswer", "multichoice", "matching", "ordering", "essay", "cloze"}
GAP = re.compile(r"\{1:(NUMERICAL|SHORTANSWER):((?:\\.|[^}\\])*)\}")


class Words(HTMLParser):
    """What a reader sees, and the tags that are there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags = "", set[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def questions(content: bytes) -> dict[str, ElementTree.Element]:
    tree = ElementTree.fromstring(content)
    assert tree.tag == "quiz"
    found = [each for each in tree if each.get("type") != "category"]
    assert {each.get("type") for each in tree} <= TYPES
    by_id = {each.findtext("idnumber"): each for each in found}
    assert len(by_id) == len(found)
    return by_id  # type: ignore[return-value]


@pytest.fixture(scope="module")
def english() -> dict[str, ElementTree.Element]:
    return questions(to_moodle(exported().items, ["en"]).content)


def earned(element: ElementTree.Element, typed: Fraction) -> tuple[float, str]:
    """Moodle's rule for numerical questions."""
    for answer in element.findall("answer"):
        if abs(typed - Fraction(answer.findtext("text"))) <= Fraction(answer.findtext("tolerance")):
            return float(answer.get("fraction")), answer.findtext("feedback/text")
    return 0.0, ""


def of_type(kind: str, found: dict[str, ElementTree.Element]) -> list[tuple[Item, ElementTree.Element]]:
    return [(item, found[item.id]) for item in exported().items if found[item.id].get("type") == kind]


def test_every_item_is_there_once_under_its_id_in_the_category_of_its_topic(
    english: dict[str, ElementTree.Element],
) -> None:
    assert english.keys() == {item.id for item in exported().items}
    tree = ElementTree.fromstring(to_moodle(exported().items[:1], ["en"]).content)
    topic = exported().items[0].topic
    assert tree.findtext("question/category/text") == f"$course$/top/quizcnn/{topic.area}/{topic.id}"


def test_keys_of_numbers_earn_all_and_named_mistakes_nothing_but_their_name(
    english: dict[str, ElementTree.Element],
) -> None:
    seen = named = 0
    for item, element in of_type("numerical", english):
        answer = item.variant.fields[0].answer
        assert isinstance(answer, NumberAnswer)
        assert earned(element, Fraction(answer.typed()))[0] == 100, item.id
        seen += 1
        for wrong in wrong_values(answer):
            if isinstance(wrong.value, int | Fraction):
                share, feedback = earned(element, Fraction(wrong.typed.replace(",", "")))
                named += wrong.label.en.split("{")[0][:12] in Words(feedback).text
                assert share == 0 or answer.estimate or answer.approximate, (item.id, wrong)
    assert seen > 90
    assert named > 200


def test_a_count_is_exact_and_a_real_takes_half_a_last_place(english: dict[str, ElementTree.Element]) -> None:
    for item, element in of_type("numerical", english):
        answer = item.variant.fields[0].answer
        if answer.estimate or answer.approximate or answer.tolerance:
            continue
        tolerance = Fraction(element.findtext("answer/tolerance"))
        if isinstance(answer.truth, int):
            assert tolerance == 0
        elif answer.decimals is not None:
            assert tolerance == Fraction(1, 2 * 10**answer.decimals)


def test_the_intervals_of_answers_do_not_overlap(english: dict[str, ElementTree.Element]) -> None:
    for item, element in of_type("numerical", english):
        bounds = sorted(
            (Fraction(each.findtext("text")) - Fraction(each.findtext("tolerance")), Fraction(each.findtext("text")) + Fraction(each.findtext("tolerance")))
            for each in element.findall("answer")
        )  # fmt: skip
        assert all(high < low for (_, high), (low, _) in pairwise(bounds)), item.id


def test_fractions_are_those_that_moodle_takes_and_choices_add_up_to_all(
    english: dict[str, ElementTree.Element],
) -> None:
    seen = 0
    for item, element in of_type("multichoice", english):
        shares = [float(each.get("fraction")) for each in element.findall("answer")]
        assert {abs(share) for share in shares} <= LEGAL
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.01)
        answer = item.variant.fields[0].answer
        assert isinstance(answer, ChoiceAnswer)
        assert element.findtext("single") == ("false" if answer.multiple else "true")
        assert [share > 0 for share in shares] == [option.key for option in answer.options]
        seen += 1
    assert seen == sum(item.variant.kind == "choice" for item in exported().items) > 50


@pytest.mark.parametrize(
    ("share", "taken"), [(100 / 3, 33.33333), (-100 / 3, -33.33333), (100 / 7, 14.28571), (0, 0), (47, 50), (-1, 0)]
)
def test_a_share_goes_to_the_nearest_of_the_list(share: float, taken: float) -> None:
    assert nearest_fraction(share) == taken


def read_gaps(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kind and (mark, answer) pairs of each gap, by Moodle's grammar: ``~`` parts answers, ``#`` begins feedback, ``\\`` guards a sign."""
    found = []
    for gap in GAP.finditer(html):
        answers = []
        for part in re.split(r"(?<!\\)~", gap[2]):
            value = re.split(r"(?<![\\&])#", part)[0]
            mark = re.match(r"=|%0%", value)[0]
            answers.append((mark, re.sub(r"\\(.)", r"\1", value[len(mark) :])))
        found.append((gap[1], answers))
    return found


def test_gaps_hold_the_keys_in_order(english: dict[str, ElementTree.Element]) -> None:
    seen = 0
    for item, element in of_type("cloze", english):
        gaps = read_gaps(element.findtext("questiontext/text"))
        assert len(gaps) == len(item.variant.fields), item.id
        for (kind, answers), field in zip(gaps, item.variant.fields, strict=True):
            mark, right = answers[0]
            assert mark == "="
            if kind == "NUMERICAL":
                value, tolerance = map(Fraction, right.split(":"))
                assert abs(Fraction(field.answer.typed()) - value) <= tolerance, item.id
            else:
                assert Words(right).text in (getattr(field.answer, "accept", None) or [field.answer.typed()])
            seen += 1
    assert seen > 150


def test_pairs_and_orders_stand_as_they_are_right(english: dict[str, ElementTree.Element]) -> None:
    for item, element in of_type("matching", english):
        answer = item.variant.fields[0].answer
        rows = element.findall("subquestion")
        assert len([row for row in rows if row.findtext("text")]) == len(answer.left)
        assert len(rows) - len(answer.left) == len(set(range(len(answer.right))) - set(answer.pairs))
    for item, element in of_type("ordering", english):
        question = item.question
        shown = [Words(each.findtext("text")).text for each in element.findall("answer")]
        assert [each.get("fraction") for each in element.findall("answer")] == [str(n + 1) for n in range(len(shown))]
        plain = [text for text in (each.en for each in question.items) if "$" not in text and "`" not in text]
        assert [text for text in shown if text in plain] == plain


def test_both_languages_stand_in_spans_and_each_gap_once() -> None:
    found = questions(to_moodle(exported().items, ["en", "zh"]).content)
    for item in exported().items:
        html = found[item.id].findtext("questiontext/text")
        assert html.count('<span class="multilang" lang="en">') == html.count('<span class="multilang" lang="zh">') > 0
        if found[item.id].get("type") == "cloze":
            assert len(read_gaps(html)) == len(item.variant.fields)


@pytest.mark.parametrize("text", [r'}#~/"\ ', "a~b#c", "\\"])
def test_signs_of_a_gap_are_guarded(text: str) -> None:
    gap = f"x {{1:SHORTANSWER:={in_gap(text)}~%0%{in_gap('no')}#{in_gap(text)}}} y"
    ((kind, ((_, right), wrong)),) = read_gaps(gap)
    assert (kind, unescape(right), wrong) == ("SHORTANSWER", text, ("%0%", "no"))


def test_hostile_texts_stay_text() -> None:
    items = hostile_items()
    written = to_moodle(items, ["en"])
    found = questions(written.content)
    for item in items:
        element = found[item.id]
        html = element.findtext("questiontext/text")
        words = Words(html)
        text = HOSTILE[int(item.id.rpartition("-")[2])]
        assert words.tags <= {"p", "span", "small", "code", "b", "i", "ul", "li"}, item.id
        seen = re.sub(r"\s+", "", Words(GAP.sub("", html)).text)
        expected = re.sub(r"\s+", "", clean(text).replace(r"\$", "$").replace("`", "").replace("$$z$$", r"\(z\)"))
        assert expected in seen or "$$" in text, item.id
        for answer in element.findall("answer"):
            Words(answer.findtext("text"))


def test_the_same_items_give_the_same_bytes() -> None:
    assert to_moodle(exported().items, ["zh"]).content == to_moodle(exported().items, ["zh"]).content
