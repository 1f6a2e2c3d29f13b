"""The Markdown writer: what came from a bank or a person is text for a reader of Markdown, letter for letter."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from quizcnn.printing.key import build_key, split_keep
from quizcnn.printing.markdown import escape, write_markdown
from quizcnn.printing.paper import build_paper
from tests.exams.sample_exam import sample_exam
from tests.printing.sample_paper import FORMULAS, HIDDEN, HOSTILE, SHOWN, everywhere, formulas


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def _rendered(markdown: str) -> _Texts:
    texts = _Texts()
    texts.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    return texts


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_stay_text(text: str) -> None:
    shown = _rendered(escape(text))
    assert shown.text.strip() == " ".join(text.split("\n"))
    assert shown.tags <= {"p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_everywhere_make_no_other_elements(text: str) -> None:
    harmless, hostile = _rendered(write_markdown(everywhere("x"))), _rendered(write_markdown(everywhere(text)))
    assert hostile.tags - {"br"} <= harmless.tags
    assert "script" not in hostile.tags
    flat = " ".join(text.split())
    assert " ".join(hostile.text.split()).count(flat) >= 15


def test_hidden_characters_are_gone() -> None:
    written = write_markdown(everywhere(HIDDEN))
    assert SHOWN in written
    assert not set(written) & set("\u202e\u202c\u0007\u000b\ue000\u200f\ufffe\U000e0041")


def test_hostile_formulas_end_where_they_end() -> None:
    written = write_markdown(formulas())
    spans = re.findall(r"(?<!\\)\$(.*?)(?<!\\)\$", written)
    assert len(spans) == len(FORMULAS)
    assert written.count("(2 points)") == len(FORMULAS)


def test_a_paper_has_its_parts() -> None:
    paper = write_markdown(build_paper(sample_exam(), sample_exam().versions[0], "en"))
    assert paper.startswith("# All kinds of questions\n")
    assert [line for line in paper.split("\n") if line.startswith("## ")] == ["## Part 1. Choose and fill in", "## Part 2. Compute", "## Part 3. Explain", "## Answer sheet"]  # fmt: skip
    assert "| Points | 12 | 32 | 10 | 54 |" in paper
    assert [int(number) for number in re.findall(r"^\*\*(\d+)\.\*\*", paper, re.M)] == list(range(1, 16))
    assert paper.count(sample_exam().versions[0].code) == 3


def test_points_stand_at_a_question_or_once_in_the_heading() -> None:
    paper = write_markdown(build_paper(sample_exam(), sample_exam().versions[0], "en"))
    first, second = paper.split("## Part 2")[0], paper.split("## Part 2")[1].split("## Part 3")[0]
    assert first.count("(2 points)") == 3
    assert "4 points each" in second
    assert "(4 points)" not in second


def test_the_key_is_that_of_the_paper() -> None:
    exam = sample_exam()
    for version in exam.versions:
        key = write_markdown(build_key(exam, version, "en"))
        assert "do not hand out" in key
        for item in version.items:
            entry = key.split(f"**{item.number}.** {item.id}")[1].split("\n**", 1)
            assert entry
            for field in item.variant.fields:
                if item.variant.kind == "numeric" and len(item.variant.fields) > 1:
                    assert f"**{field.answer.shown().en}" in key
        assert key.count("+0.5**") + key.count("+1**") > 5
        assert "leaves out the + 1: 2" in key


def test_the_line_to_keep() -> None:
    assert split_keep("Because. Keep: first this.", "en") == ("Because.", "first this.")
    assert split_keep("因为如此。一句话：先这样。", "zh") == ("因为如此。", "先这样。")
    assert split_keep("Nothing to hold.", "en") == ("Nothing to hold.", "")


def test_each_convention_once_with_its_questions() -> None:
    paper = build_paper(sample_exam(), sample_exam().versions[0], "en")
    assert paper.conventions is not None
    words = "".join(getattr(inline, "text", "") for inline in paper.conventions.content)
    sentences = [item.variant.convention.en for item in sample_exam().versions[0].items if item.variant.convention]
    assert all(words.count(sentence) == 1 for sentence in set(sentences))
    assert len(set(sentences)) < len(sentences)


def test_the_chinese_paper_is_chinese() -> None:
    paper = write_markdown(build_paper(sample_exam(), sample_exam().versions[0], "zh"))
    assert "## 二、计算\n\n*（本题共 8 小题，每小题 4 分，共 32 分。写出必要的步骤）*" in paper
    assert "| 题号 | 一 | 二 | 三 | 总分 |" in paper
    assert not re.search(r"\b(points|Part|Version|each|Name|Date)\b", paper)
