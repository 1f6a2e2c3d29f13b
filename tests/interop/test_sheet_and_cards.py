"""CSV and Markdown cards: all is there in both languages, no cell is a formula, no text begins a card of its own."""

from __future__ import annotations

import csv
import io
import re

import pytest
from export_samples import exported, hostile_items

from quizcnn.interop.hashcards import to_markdown
from quizcnn.interop.loss import WORDS, Loss, as_json, table
from quizcnn.interop.markup import clean
from quizcnn.interop.sheet import COLUMNS, guarded, to_csv, unguarded


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_for_each_item_with_its_texts_in_both_languages() -> None:
    found = rows(to_csv(exported().items)[0])
    assert [row["id"] for row in found] == [item.id for item in exported().items]
    for row, item in zip(found, exported().items, strict=True):
        assert tuple(row) == COLUMNS
        for lang in ("en", "zh"):
            assert unguarded(row[f"prompt_{lang}"]) == item.prompt[lang]
            assert unguarded(row[f"explanation_{lang}"]) == item.variant.explanation[lang]
            assert row[f"key_{lang}"]
        assert row["topic"] == item.topic.id


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "@cmd", "-x", "\tx", "-3", "+0.5", "36", "'quoted", "", "a=b"])
def test_a_formula_is_guarded_and_a_number_is_not(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell).startswith("'") == (cell[:1] in ("=", "+", "@", "-", "\t", "'") and cell not in ("-3", "+0.5"))


def test_no_cell_of_hostile_texts_is_a_formula_and_all_come_back() -> None:
    found = rows(to_csv(hostile_items())[0])
    for row, item in zip(found, hostile_items(), strict=True):
        assert not [
            cell for cell in row.values() if cell[:1] in tuple("=+-@") and not re.fullmatch(r"[+-][0-9.]+", cell)
        ]
        assert unguarded(row["prompt_en"]) == clean(item.prompt.en)


def cards(text: str) -> list[list[str]]:
    """The cards as their marks part them."""
    return [re.findall(r"^([QAC]): ", part, re.M) for part in re.split(r"^---$", text, flags=re.M)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_card_has_its_question_and_answer_or_its_gaps(lang: str) -> None:
    text, _ = to_markdown(exported().items, lang)
    found = cards(text)
    assert len(found) == len(exported().items)
    for marks, item in zip(found, exported().items, strict=True):
        assert marks == (["C"] if item.variant.kind == "cloze" else ["Q", "A"])


def test_hostile_texts_begin_no_card() -> None:
    items = hostile_items()
    found = cards(to_markdown(items, "en")[0])
    assert found == [["C"] if item.variant.kind == "cloze" else ["Q", "A"] for item in items]


def test_gaps_stand_in_brackets_and_brackets_of_the_text_are_no_gaps() -> None:
    item = next(item for item in hostile_items() if item.id == "hostile-cloze-9")
    card = to_markdown([item], "en")[0]
    assert r"\[x\] | \[ \]" in card
    assert len(re.findall(r"(?<!\\)\[", card)) == 2


def test_what_was_lost_is_counted_by_kind_and_told_for_each_question() -> None:
    lost = [Loss("a", "numeric", "fresh_numbers"), Loss("b", "numeric", "fresh_numbers"), Loss("c", "choice", "why")]
    assert table(lost) == [f"choice      1  {WORDS['why']}", f"numeric     2  {WORDS['fresh_numbers']}"]
    assert as_json(lost)[0] == {"id": "a", "kind": "numeric", "lost": "fresh_numbers", "words": WORDS["fresh_numbers"]}
    with pytest.raises(KeyError):
        Loss("a", "numeric", "nothing of the kind")


def test_variants_are_numbered_differ_and_are_the_same_on_every_run() -> None:
    drawn = [item for item in exported().items if item.variant.is_drawn]
    assert {item.id.rpartition("~")[2] for item in drawn} == {"1", "2"}
    assert len({(item.question.id, item.variant.identity) for item in drawn}) == len(drawn)
    first = next(item for item in drawn if item.id == "conv-size-dilation-stride-numbers~1")
    assert first.origin == "quizcnn conv-size-dilation-stride-numbers revision 1 seed " + str(first.variant.seed)
