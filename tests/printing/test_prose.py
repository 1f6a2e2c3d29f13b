"""The Markdown subset of prompts as blocks and inlines."""

from __future__ import annotations

import pytest

from quizcnn.printing.document import Code, CodeBlock, Formula, Gap, Inline, Listing, Paragraph, Run, Styled, Table
from quizcnn.printing.plain import MAX_TEXT, clean
from quizcnn.printing.prose import read_blocks, read_inlines


@pytest.mark.parametrize(
    ("text", "inlines"),
    [
        ("plain", [Run("plain")]),
        ("a `code` b", [Run("a "), Code("code"), Run(" b")]),
        ("``a `b` c``", [Code("a `b` c")]),
        ("**bold** and *soft*", [Styled("strong", (Run("bold"),)), Run(" and "), Styled("emph", (Run("soft"),))]),
        ("**`x` is**", [Styled("strong", (Code("x"), Run(" is")))]),
        ("单元的*保留*概率", [Run("单元的"), Styled("emph", (Run("保留"),)), Run("概率")]),
        ("3*4*5 and 2 * 3 * 4", [Run("3*4*5 and 2 * 3 * 4")]),
        ("**not closed", [Run("**not closed")]),
        ("$a_1$ and \\$5", [Formula("a_1"), Run(" and $5")]),
        ("$$x$$", [Formula("x", display=True)]),
        ("costs $5 or 6", [Run("costs $5 or 6")]),
        ("`$x$` stays", [Code("$x$"), Run(" stays")]),
        ("nn.Conv2d_x snake_case_name", [Run("nn.Conv2d_x snake_case_name")]),
        ("[[1, 2], [3, 4]]", [Run("[[1, 2], [3, 4]]")]),
        ("two\nlines", [Run("two lines")]),
    ],
)
def test_inlines(text: str, inlines: list[Inline]) -> None:
    assert list(read_inlines(text)) == inlines


def test_gaps_stand_alone_and_cut_code() -> None:
    found = read_inlines("`nn.Dropout(p=[[a]])` in [[b]] mode, [[c]]", {"a": 6, "b": 9})
    assert list(found) == [Code("nn.Dropout(p="), Gap("a", 6), Code(")"), Run(" in "), Gap("b", 9), Run(" mode, [[c]]")]


def test_blocks() -> None:
    text = "First\nparagraph.\n\n| `a` | b |\n|---|:-:|\n| 1 | **2** |\n\n- one\n- two\n\n```python\nx = *1*\n\ny\n```\nlast"
    assert list(read_blocks(text)) == [
        Paragraph((Run("First paragraph."),)),
        Table(((Code("a"),), (Run("b"),)), (((Run("1"),), (Styled("strong", (Run("2"),)),)),)),
        Listing(((Run("one"),), (Run("two"),))),
        CodeBlock("x = *1*\n\ny"),
        Paragraph((Run("last"),)),
    ]


def test_a_short_row_of_a_table_is_filled() -> None:
    (table,) = read_blocks("| a | b |\n|---|---|\n| 1 |")
    assert table == Table(((Run("a"),), (Run("b"),)), (((Run("1"),), ()),))


def test_what_must_not_be_printed_is_dropped() -> None:
    assert clean("a\u202eb\u0000c\u200fd\ue123e\ud800f\U000e0041g\t\r\nh") == "abcdefg \nh"
    assert len(clean("中" * (MAX_TEXT + 5))) == MAX_TEXT
    assert clean("naïve 卷积 × 𝟙 −") == "naïve 卷积 × 𝟙 −"


def test_private_characters_cannot_stand_for_what_was_set_aside() -> None:
    assert list(read_inlines("\ue000 `x`")) == [Code("x")]
