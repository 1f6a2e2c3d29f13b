"""A typed answer graded on the command line: one line for every point, in the learner's language."""

from __future__ import annotations

import pytest

from quizcnn.generation.variant import Variant
from quizcnn.services.context import Context
from quizcnn.services.presentation import grade_lines, grade_variant
from quizcnn.text import Lang


@pytest.fixture(scope="module")
def variant() -> Variant:
    return Context(lang="en").variant("pooling-saves-what", 1)


def told(variant: Variant, typed: str, lang: Lang) -> list[str]:
    return list(grade_lines(grade_variant(variant, typed, lang), lang))


def test_a_point_is_hit_by_words_missing_or_said_the_other_way(variant: Variant) -> None:
    assert told(variant, "it saves parameters, and positions get lost", "en") == [
        "◐ 1 of 3 points.",
        "  Point 1, the other way: You wrote “saves parameters”; the point is: The parameters of the next convolution stay the same.",
        "  Point 2, nearly: It saves computation and memory. You name “saves” but not what happens to it.",
        '  Point 3, by "positions get lost".',
    ]


def test_the_lines_speak_chinese(variant: Variant) -> None:
    assert told(variant, "权重不变，位置会丢", "zh") == [
        "◐ 答到 2 / 3 点。",
        "  第 1 点，见“权重不变”。",
        "  第 2 点没有答到：省下的是计算量和显存。",
        "  第 3 点，见“位置会丢”。",
    ]


def test_a_right_answer_tells_what_earned_it(variant: Variant) -> None:
    lines = told(variant, "fewer MACs and less memory, the weights stay the same, positions get lost", "en")
    assert [line.split(",")[0] for line in lines] == ["✓ Right.", "  Point 1", "  Point 2", "  Point 3"]
