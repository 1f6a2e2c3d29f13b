"""Typed values alone, and which mistakes give a typed value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizcnn.errors import InputError, UsageError
from quizcnn.grading.diagnosis import diagnose, grade_value
from quizcnn.grading.reading_check import check_reading

THIRD = {"fraction": "1/3", "value": 0.3333333333333333}
ACCEPTED: list[tuple[Any, str, str, int | None]] = [
    (1216, "integer", "1,216", None), (1216, "integer", "= 1 216 params", None), (25557032, "integer", "25.6M", None), (25557032, "integer", "约 2560 万", None), (25557032, "integer", "about 25.6 million", None),
    (16, "integer", "16 MB", None), (7 * 10**9, "integer", "7B", None), (7, "integer", "7 B", None), (28, "integer", "28 px", None), (28, "integer", "28像素", None), (8, "integer", "8 bits", None), (36992, "integer", "36992个", None), (4100000000, "integer", "4.1 GFLOPs", None),
    (0.693147, "real", "0.6931", 4), (0.693147, "real", "0.69", None), (0.693147, "real", "0.7", None), (0.693147, "real", "0.6931 nats", 4), (0.75, "real", "75%", None), (0.75, "real", "3/4", None), (200, "real", "202", None), (1e-05, "real", "1e-5", None),
    ({"fraction": "3/4", "value": 0.75}, "fraction", "3/4", None), ({"fraction": "3/4", "value": 0.75}, "fraction", "0.75", None), (THIRD, "fraction", "1/3", None), (THIRD, "fraction", "0.333", None), (THIRD, "fraction", "0.33", 2), (THIRD, "fraction", "2/6", None),
    ([8, 64, 56, 56], "shape", "8x64x56x56", None), ([1, 2, 3], "list", "1 2 3", None), ([0.5, 0.25], "list", "[0.5, 0.2501]", None), ([0.12345, 1.0], "list", "0.1235, 1", 4), ([[1, 2], [3, 4]], "matrix", "[[1,2],[3,4]]", None), ([[0.5, 1.5]], "matrix", "0.5 1.5", 1), (None, "real", "none", None),
]  # fmt: skip
REFUSED: list[tuple[Any, str, str, int | None, str]] = [
    (1216, "integer", "1,21,6", None, "unreadable"), (1216, "integer", "1216 or 1217", None, "unreadable"), (1216, "integer", "not 1216", None, "unreadable"), (1216, "integer", "1215-1217", None, "wrong"), (1216, "integer", "1200~1230", None, "unreadable"), (1216, "integer", "int(1216)", None, "unreadable"), (1216, "integer", "1216q", None, "unreadable"), (1216, "integer", "", None, "unreadable"),
    (1216, "integer", "1217", None, "wrong"), (1216, "integer", "12160", None, "power_of_ten"), (1216, "integer", "1.2k", None, "too_few_digits"),
    (0.693147, "real", "0.69", 4, "too_few_digits"), (0.693147, "real", "0.6932", 4, "wrong"), (0.693147, "real", "0.65", None, "wrong"), (0.75, "real", "75", None, "percent_for_ratio"), (0.75, "real", "none", None, "wrong"),
    (THIRD, "fraction", "33/100", None, "wrong"), (THIRD, "fraction", "0.3", None, "too_few_digits"),
    ([8, 64, 56, 56], "shape", "8x64x56", None, "wrong"), ([1, 2, 3], "list", "1 2 4", None, "wrong"), ([[1, 2], [3, 4]], "matrix", "[[1,2],[3,4]", None, "unreadable"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "kind", "typed", "decimals"), ACCEPTED)
def test_accepted(expected: Any, kind: str, typed: str, decimals: int | None) -> None:
    checked = check_reading(expected, kind, typed, decimals)
    assert checked["accept"]
    assert checked["verdict"] == "correct"
    json.dumps(checked, allow_nan=False)


@pytest.mark.parametrize(("expected", "kind", "typed", "decimals", "verdict"), REFUSED)
def test_not_accepted(expected: Any, kind: str, typed: str, decimals: int | None, verdict: str) -> None:
    checked = check_reading(expected, kind, typed, decimals)
    assert not checked["accept"]
    assert checked["verdict"] == verdict
    assert (checked["value"] is None) == (verdict == "unreadable" or typed == "none")


def test_the_value_is_what_was_read() -> None:
    assert check_reading(1216, "integer", "1,216")["value"] == 1216
    assert check_reading(25557032, "integer", "25.6M")["value"] == 25600000
    assert check_reading(THIRD, "fraction", "0.5")["value"] == {"fraction": "1/2", "value": 0.5}
    assert check_reading(0.5, "real", "1/2")["value"] == 0.5
    assert check_reading([1, 2], "list", "3 4")["value"] == [3, 4]
    assert check_reading([[1, 2]], "matrix", "3 4")["value"] == [[3, 4]]


@pytest.mark.parametrize(("expected", "kind"), [(1, "word"), ("x", "integer"), (True, "integer"), ([1], "integer"), (1, "list"), ([1.5], "shape"), ({"a": 1}, "real"), (["x"], "list")])  # fmt: skip
def test_lines_that_make_no_sense(expected: Any, kind: str) -> None:
    with pytest.raises(UsageError):
        check_reading(expected, kind, "1")


CONV = {"in_height": 56, "in_width": 56, "kernel_size": 3, "stride": 2, "padding": 1}
DIAGNOSED = [
    ("28", "correct", []),
    ("27", "wrong", ["forgets_plus_one", "ignores_padding"]),
    ("29", "wrong", ["rounds_up"]),
    ("280", "power_of_ten", []),
    ("30", "wrong", []),
    ("2,8", "unreadable", []),
    ("none", "wrong", []),
]


@pytest.mark.parametrize(("typed", "verdict", "mistakes"), DIAGNOSED)
def test_diagnosis(typed: str, verdict: str, mistakes: list[str]) -> None:
    assert diagnose("conv2d_output_shape", CONV, "out_height", typed) == {
        "verdict": verdict,
        "mistakes": mistakes,
        "guesses": [],
    }


def test_a_shape_is_diagnosed_whole() -> None:
    inputs = {**CONV, "in_channels": 3, "out_channels": 64}
    assert diagnose("conv2d_output_shape", inputs, "out_shape", "1x3x28x28") == {"verdict": "wrong", "mistakes": ["keeps_in_channels"], "guesses": []}  # fmt: skip


def test_a_shape_with_exchanged_axes_is_guessed_at() -> None:
    inputs = {**CONV, "in_channels": 3, "out_channels": 64}
    assert diagnose("conv2d_output_shape", inputs, "out_shape", "1x28x28x64") == {"verdict": "wrong", "mistakes": ["other_layout"], "guesses": []}  # fmt: skip
    assert diagnose("conv2d_output_shape", inputs, "out_shape", "64x1x28x28") == {"verdict": "wrong", "mistakes": [], "guesses": ["axes_exchanged"]}  # fmt: skip


def test_a_real_agrees_at_the_digits_written_at_least_three() -> None:
    inputs = {"logits": [2.0, 1.0, 0.1]}
    rows = {
        "0.659": "correct",
        "0.6590": "correct",
        "0.65900114": "correct",
        "0.66": "too_few_digits",
        "0.658": "wrong",
    }
    for typed, verdict in rows.items():
        row = f"{typed}, 0.242433, 0.0985659"
        assert diagnose("softmax", inputs, "probabilities", row)["verdict"] == verdict, typed


def test_the_refutation_holds_the_numbers() -> None:
    grade = grade_value("conv2d_output_shape", CONV, "out_height", "27")
    assert any("padding=" in line.en for line in grade.feedback)
    assert not any("{" in line.en + line.zh for line in grade.feedback)


def test_what_does_not_exist() -> None:
    with pytest.raises(UsageError, match="out_height"):
        diagnose("conv2d_output_shape", CONV, "height", "1")
    with pytest.raises(UsageError):
        diagnose("conv2d", CONV, "out_height", "1")
    with pytest.raises(InputError, match="kernel_size"):
        diagnose("conv2d_output_shape", {**CONV, "kernel_size": 99}, "out_height", "1")
