"""Width and line breaking of mixed Chinese and Latin text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizcnn.text import CLOSING_MARKS, OPENING_MARKS, Text, break_lines, break_places, display_width, pad, truncate


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("卷积核", 6),
        ("3×3 卷积", 8),
        ("（，）", 6),
        ("μ̂", 1),
        ("e⁻ˣ", 3),
        ("⌊n/s⌋ + 1", 9),
        ("ＡＢ", 4),
        ("a\u200bb", 2),
        ("\x1b[31m", 4),
    ],
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_width_agrees_with_the_terminal_library() -> None:
    for text in [
        "卷积核大小为 3，步幅 2。",
        "√(d_k) ≤ Σᵢ yᵢ log pᵢ",
        "「引号」『』《》【】",
        "│ ┌──┐ → ✓ ✗ ◐ …",
        "D̄ x̂",
        "한국어 かな",
    ]:
        assert display_width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("卷积核的大小", 6, ["卷积核", "的大小"]),
        ("卷积核的大小", 7, ["卷积核", "的大小"]),
        ("卷积核，步幅", 6, ["卷积", "核，步", "幅"]),
        ("卷积（步幅）", 6, ["卷积", "（步", "幅）"]),
        ("他说“不对”。", 8, ["他说“不", "对”。"]),
        ("共有 36 个参数", 7, ["共有", "36 个参", "数"]),
        ("about 4 MB of it", 7, ["about", "4 MB of", "it"]),
        ("use 16 channels now", 6, ["use 16", "channe", "ls now"]),
        ("取 `k = 3` 时", 8, ["取", "`k = 3`", "时"]),
        ("取 `k = 3` 时", 5, ["取", "`k =", "3` 时"]),
        ("输出 nn.Conv2d 的", 9, ["输出", "nn.Conv2d", "的"]),
        ("精确率是 75%。", 8, ["精确率是", "75%。"]),
        ("a\n\nb c", 1, ["a", "", "b", "c"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("trailing   ", 20, ["trailing"]),
        ("", 5, [""]),
        ("步幅……填充", 5, ["步", "幅……", "填充"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("卷", 1, ["卷"]),
    ],
)
def test_break_lines(text: str, width: int, lines: list[str]) -> None:
    assert break_lines(text, width) == lines


MIXED = st.text(st.sampled_from("卷积核步幅，。：（）“”、3 7 56 % ab kernel `nn` MB个层"), max_size=60)


@settings(derandomize=True, max_examples=400)
@given(MIXED, st.integers(8, 40))
@example("（（（（卷", 8)
def test_broken_lines_keep_the_rules(text: str, width: int) -> None:
    lines = break_lines(text, width)
    assert all(display_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if re.search(r"[，。：（）“”、%`]{3}", text):
        return  # a run of marks can be wider than a line
    for (_, end), (start, _) in pairwise(break_places(text, width)):
        if end == start and 0 < start < len(text):
            assert text[start] not in CLOSING_MARKS
            assert text[end - 1] not in OPENING_MARKS


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=80), st.integers(1, 30))
def test_places_are_slices_in_order(text: str, width: int) -> None:
    places = break_places(text, width)
    assert [text[start:end] for start, end in places] == break_lines(text, width)
    flat = [position for place in places for position in place]
    assert flat == sorted(flat)


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("kernel", 6, "kernel"),
        ("kernel", 5, "kern…"),
        ("卷积核", 6, "卷积核"),
        ("卷积核", 5, "卷积…"),
        ("卷积核", 4, "卷…"),
        ("ab cd", 4, "ab…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_truncate(text: str, width: int, cut: str) -> None:
    assert truncate(text, width) == cut
    assert display_width(truncate(text, width)) <= width


def test_pad() -> None:
    assert pad("卷积", 6) == "卷积  "
    assert pad("卷积", 6, align="right") == "  卷积"
    assert pad("卷积", 7, align="center") == " 卷积  "
    assert pad("kernel", 3) == "kernel"


def test_text_of_both_languages() -> None:
    text = Text("stride", "步幅")
    assert (text["en"], text["zh"]) == ("stride", "步幅")
    assert text.map(str.upper) == Text("STRIDE", "步幅")
    assert Text.same("ReLU") == Text("ReLU", "ReLU")
