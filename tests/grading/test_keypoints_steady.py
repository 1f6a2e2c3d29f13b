"""Grades of typed text are the same on every run, and take time in proportion to the text."""

from __future__ import annotations

import json
import os
import random
import statistics
import string
import subprocess
import sys
import time

import pytest

from quizcnn.errors import UsageError
from quizcnn.grading.keypoints.grammar import PatternError, is_pattern, parse_pattern
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.texts import grade_text

QUESTION = "What does max pooling do to the map, and what does it cost?"
POINTS = ["Pooling makes the feature map smaller.", "It has no parameters.", "It loses exact positions."]
ANSWERS = (
    "the map shrinks; there are no weights, positions get lost",
    "图变小，没有参数，位置会丢失",
    "It does not shrink the map. Actually no, it does: the map gets smaller than before.",
    "many believe it has parameters, which is wrong",
)
LINES = [
    {"id": f"{number}-{kind}", "question": QUESTION, "answer": answer, **given}
    for number, answer in enumerate(ANSWERS)
    for kind, given in (("points", {"key_points": POINTS}), ("reference", {"reference": " ".join(POINTS)}))
]


def graded(lines: list[dict[str, object]], seed: str) -> dict[str, str]:
    """By id the very bytes that a batch in a process of its own answers."""
    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", "grade-text", "--batch"],
        input="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    answered = done.stdout.decode().splitlines()
    return {json.loads(line)["id"]: line for line in answered}


def test_the_same_bytes_whatever_the_seed_order_and_batch() -> None:
    first = graded(LINES, "0")
    assert len(first) == len(LINES)
    assert graded(LINES[::-1], "1") == first
    assert graded(LINES[:3], "77") | graded(LINES[3:], "2") == first


def test_a_short_answer_takes_two_milliseconds(lexicon: Lexicon) -> None:
    grade_text(QUESTION, "first use loads the words", key_points=POINTS, lexicon=lexicon)
    taken = []
    for number in range(60):
        answer = f"{ANSWERS[number % len(ANSWERS)]} {number}"
        started = time.process_time()
        grade_text(QUESTION, answer, key_points=POINTS, lexicon=lexicon)
        taken.append(time.process_time() - started)
    assert statistics.median(taken) < 0.006  # three times what it takes where nothing else runs


@pytest.mark.parametrize(
    "text",
    [
        "the map gets smaller and no weights are needed. ",
        "特征图变小，没有参数；",
        "( a [ b , ; 3 = x ",
        "a, ",
        "than more ",
        "不",
        "更多",
        "权重比卷积更多",
        "全重减小",
    ],
)
def test_time_grows_with_the_length(text: str, lexicon: Lexicon) -> None:
    """Sentences, and one clause without end: its items are not compared with all others."""

    def seconds(length: int) -> float:
        answer = (text * length)[:length]
        started = time.process_time()
        grade_text(QUESTION, answer, key_points=POINTS, lexicon=lexicon)
        return time.process_time() - started

    seconds(500)
    short, long = seconds(2_000), seconds(18_000)
    assert long < 9 * short * 3 + 0.05
    assert long < 3


def test_no_text_breaks_the_reading(lexicon: Lexicon) -> None:
    draw = random.Random(11)
    letters = string.printable + "，。；：（）、权重更少不变比的特征图↑↓×²‖∂…“”" + "\u200b\ufeff\U0001f600"
    for _ in range(300):
        text = "".join(draw.choice(letters) for _ in range(draw.randrange(80)))
        found = grade_text(QUESTION, text, key_points=POINTS, lexicon=lexicon)
        for each in found["evidence"]:
            assert text[slice(*each["span"])] == each["text"]


def test_no_pattern_breaks_the_parser(lexicon: Lexicon) -> None:
    draw = random.Random(5)
    pieces = ["{iou}", "{", "}", "up(", "down(x)", ")", "(", "[", "]", "|", "..", "~3", "num(3)", "num(", "eq(a=b)", "more(a,b,c)", ";", "!", "=", '"', "a", "减少", ",", "not("]  # fmt: skip
    for _ in range(500):
        text = " ".join(draw.choice(pieces) for _ in range(draw.randrange(1, 8)))
        try:
            assert str(parse_pattern(text, lexicon))
        except PatternError as error:
            assert (error.line, error.column >= 1) == (1, True)  # noqa: PT017  what is raised is one of two outcomes


def test_patterns_are_told_from_sentences() -> None:
    assert is_pattern("down({parameter})")
    assert is_pattern("{iou} .. num(0.5)")
    assert not is_pattern("In LR every sample has weight |p - y|.")
    assert not is_pattern("dc_t/dc_{t−1} = f.")


@pytest.mark.parametrize(
    ("text", "read"),
    [("num(7)", "num(7)"), ("num(.5)", "num(0.5)"), ("num(5%)", "num(0.05)"), ("num(0.98..0.99)", "num(0.98..0.99)"), ("num(-1..1)", "num(-1..1)")],
)  # fmt: skip
def test_numbers_and_intervals_of_patterns(lexicon: Lexicon, text: str, read: str) -> None:
    assert str(parse_pattern(text, lexicon)) == read
    assert str(parse_pattern(f"{{parameter}} ~3 {text}", lexicon)).endswith(read)


def test_a_number_with_two_points_is_no_number(lexicon: Lexicon) -> None:
    with pytest.raises(PatternError, match="an interval"):
        parse_pattern("num(1.2.3)", lexicon)


def test_an_unknown_concept_is_named_with_its_place_and_the_nearest(lexicon: Lexicon) -> None:
    with pytest.raises(PatternError, match=r"no concept 'paramter'; did you mean 'parameter'\? \(line 1, column 7"):
        parse_pattern("down({paramter})", lexicon)


def test_a_point_object_with_patterns(lexicon: Lexicon) -> None:
    point = {"say": {"en": "The map shrinks.", "zh": "图变小。"}, "accept": {"any": ["down({feature_map|resolution})"]}}
    assert grade_text(QUESTION, "resolution is halved", key_points=[point], lexicon=lexicon)["hit"] == [0]
    assert grade_text(QUESTION, "the map grows", key_points=[point], lexicon=lexicon)["contradicted"] == [0]
    with pytest.raises(UsageError):
        grade_text(QUESTION, "x", key_points=[{"accept": {"any": ["x"]}}], lexicon=lexicon)
