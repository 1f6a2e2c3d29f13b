"""One paper in both languages: everything is there twice but what is the same, and what is written on stands once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from quizcnn.generation.exam import Exam, make_exam
from quizcnn.printing.both import merge
from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Cells,
    Code,
    Formula,
    Gap,
    Inlines,
    Options,
    Pairs,
    Paper,
    Paragraph,
    Picture,
    Question,
    Room,
    Ruled,
    Run,
    Second,
    Styled,
)
from quizcnn.printing.key import build_key
from quizcnn.printing.markdown import write_markdown
from quizcnn.printing.paper import build_paper
from quizcnn.services.exams.shelf import load_blueprint
from tests.exams.sample_exam import builtin_catalog

NAMES = ("cv-45", "dl-90", "numbers-15")
SEEDS = (7, 8)
LENGTH = re.compile(r"about\s\d+\swords|约\s\d+\s字")


@cache
def _exam(name: str, seed: int = 7) -> Exam:
    catalog = builtin_catalog()
    return make_exam(load_blueprint(catalog.folders, name), catalog, seed, 1)


def _papers(exam: Exam) -> tuple[Paper, Paper, Paper]:
    en, zh = (build_paper(exam, exam.versions[0], lang, form="plain") for lang in ("en", "zh"))
    return en, zh, merge(en, zh)


def _questions(paper: Paper) -> Iterator[Question]:
    return (question for section in paper.sections for question in section.questions)


def _words(content: Inlines) -> str:
    return "".join(_words(each.content) if isinstance(each, Styled) else getattr(each, "text", "") for each in content)


def _text(block: Block) -> str:
    match block:
        case Paragraph(content=content):
            return _words(content)
        case Second(blocks=blocks):
            return " ".join(map(_text, blocks))
    return ""


def _codes(blocks: tuple[Block, ...]) -> list[str]:
    inlines = [each for block in blocks if isinstance(block, Paragraph) for each in block.content]
    return sorted(each.text for each in inlines if isinstance(each, Code))


def _numbers(blocks: tuple[Block, ...]) -> list[str]:
    """Numbers of two digits or more, in any order; smaller ones are often words in one language."""
    shown = LENGTH.sub("", " ".join(map(_text, blocks)))
    found = re.findall(r"(?<![A-Za-z\d.])\d[\d,.]*\d", shown)
    return sorted({each.replace(",", "") for each in found})


@pytest.mark.parametrize("name", NAMES)
def test_both_stems_are_there_and_the_english_one_first(name: str) -> None:
    en, zh, both = _papers(_exam(name))
    for one, other, question in zip(_questions(en), _questions(zh), _questions(both), strict=True):
        assert (question.id, question.number) == (one.id, one.number)
        shown = [block for block in question.stem if not isinstance(block, Second)]
        assert shown == list(one.stem)
        second = [block for block in question.stem if isinstance(block, Second)]
        assert len(second) == 1
        texts = [_text(block) for block in other.stem if isinstance(block, Paragraph)]
        gapless = re.sub(r"（[a-z]）", "", _text(second[0]))
        assert " ".join(texts) == gapless


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_on_and_drawn_stands_once(name: str) -> None:
    en, _, both = _papers(_exam(name))
    once = (Blanks, Boxed, Cells, Options, Pairs, Picture, Room, Ruled)
    for one, question in zip(_questions(en), _questions(both), strict=True):
        blocks = [type(block) for block in (*question.stem, *question.answer) if isinstance(block, once)]
        assert blocks == [type(block) for block in (*one.stem, *one.answer) if isinstance(block, once)]
        gaps = [each.name for block in one.stem if isinstance(block, Paragraph) for each in block.content if isinstance(each, Gap)]  # fmt: skip
        second = [block for block in question.stem if isinstance(block, Second)]
        assert not any(isinstance(each, Gap) for part in second for block in part.blocks if isinstance(block, Paragraph) for each in block.content)  # fmt: skip
        assert all(f"（{gap}）" in _text(second[0]) for gap in gaps)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", NAMES)
def test_code_and_numbers_are_those_of_the_other_language(name: str, seed: int) -> None:
    en, zh, _ = _papers(_exam(name, seed))
    for one, other in zip(_questions(en), _questions(zh), strict=True):
        assert set(_codes(one.stem)) == set(_codes(other.stem)), one.id
        told, also = set(_numbers(one.stem)), set(_numbers(other.stem))
        assert told <= also, one.id
        assert also - told <= {"10"}, f"{one.id}: but for a ten in words, as in a billion or ten times"


def test_the_key_tells_both() -> None:
    exam = _exam("cv-45")
    en, zh = (build_key(exam, exam.versions[0], lang, form="plain") for lang in ("en", "zh"))
    written = write_markdown(merge(en, zh))
    for item in exam.versions[0].items:
        assert written.count(f" {item.id} ·") == 1
    assert written.count("**Why / 理由.**") >= 3
    assert written.count("**Keep / 一句话.**") == written.count("Keep")


def test_short_texts_stand_beside_each_other_and_equal_ones_once() -> None:
    def asked(label: str, *options: str) -> Paper:
        from tests.printing.sample_paper import paper, question

        blanks = Blanks((Blank((Run(label),), "px"),))
        return paper(question(1, Paragraph((Run(label), Formula("x"))), answer=(blanks, Options(tuple((Run(each),) for each in options), many=False))))  # fmt: skip

    long = "a long option that does not fit on one line"
    (question,) = _questions(merge(asked("side", "train", "4", long), asked("边长", "训练", "4", "一个很长的选项")))
    blanks, options = question.answer
    assert isinstance(blanks, Blanks)
    assert isinstance(options, Options)
    assert _words(blanks.fields[0].label) == "side / 边长"
    assert blanks.fields[0].unit == "px"
    assert [_words(item) for item in options.items] == ["train / 训练", "4", f"{long}一个很长的选项"]
    assert len(options.items[2]) == 3, "with a line end between"
