"""Questions of one and several fields: splitting, unreadable and blank parts, follow-through, verdicts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizcnn.grading.answers import Answer, Field, Follow
from quizcnn.grading.base import Invalid, Rival, Verdict
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.shape import ShapeAnswer
from quizcnn.grading.sheet import grade_texts, grade_typed, key_of, split_typed
from quizcnn.text import Text


def field(name: str, answer: Answer, *, follow: Follow | None = None, weight: float = 1.0) -> Field:
    return Field(name=name, label=Text(name, f"{name} 项"), answer=answer, follow=follow, weight=weight)


def count(truth: int, *slips: tuple[str, int]) -> NumberAnswer:
    rivals = tuple(Rival(slug=slug, value=value, label=Text(f"does {slug}", f"用了 {slug}"), why=Text("why", "原因")) for slug, value in slips)  # fmt: skip
    return NumberAnswer(kind="integer", truth=truth, rivals=rivals)


SPLITS: list[tuple[str, int, list[str] | None]] = [
    ("28; 56", 2, ["28", "56"]),
    ("28；56", 2, ["28", "56"]),
    ("28 | 56", 2, ["28", "56"]),
    ("28;56;", 2, ["28", "56"]),
    ("28;", 2, ["28", ""]),
    (";56", 2, ["", "56"]),
    ("[28, 56]", 2, ["28", "56"]),
    ('["28", "56"]', 2, ["28", "56"]),
    ("[0.50, 1,216]", 3, ["0.50", "1", "216"]),
    ('["1,216", 0.50]', 2, ["1,216", "0.50"]),
    ("[[[2, 5], [1, 3]], 7]", 2, ["[[2, 5], [1, 3]]", "7"]),
    ("[[2,5],[1,3]]; 7", 2, ["[[2,5],[1,3]]", "7"]),
    ("[null, true]", 2, ["none", "true"]),
    ("2 5; 1 3", 1, ["2 5; 1 3"]),
    ('["28"]', 1, ["28"]),
    ("[28]", 1, ["[28]"]),
    ("28", 2, None),
    ("28; 56; 112", 2, None),
    ("[1, 2, 3]", 2, None),
]


@pytest.mark.parametrize(("text", "fields", "parts"), SPLITS)
def test_splitting(text: str, fields: int, parts: list[str] | None) -> None:
    found = split_typed(text, fields)
    assert found == parts if parts is not None else isinstance(found, Invalid)


BOTH = (
    field("height", count(41, ("rounds_up", 42))),
    field("width", count(80, ("rounds_up", 81), ("no_plus_one", 79))),
)


WHOLE: list[tuple[str, Verdict, float, tuple[str, ...]]] = [
    ("41; 80", Verdict.CORRECT, 1.0, ()),
    ("41; 81", Verdict.PARTIAL, 0.5, ("rounds_up",)),
    ("42; 81", Verdict.WRONG, 0.0, ("rounds_up",)),
    ("42; 79", Verdict.WRONG, 0.0, ("rounds_up", "no_plus_one")),
    ("5; 6", Verdict.WRONG, 0.0, ()),
    ("410; 800", Verdict.POWER_OF_TEN, 0.0, ()),
    ("410; 81", Verdict.WRONG, 0.0, ("rounds_up",)),
    ("41; ", Verdict.PARTIAL, 0.5, ()),
    ("; 81", Verdict.WRONG, 0.0, ("rounds_up",)),
    (";", Verdict.BLANK, 0.0, ()),
    ("41; x", Verdict.UNREADABLE, 0.0, ()),
    ("41", Verdict.UNREADABLE, 0.0, ()),
]


@pytest.mark.parametrize(("text", "verdict", "score", "mistakes"), WHOLE)
def test_several_fields(text: str, verdict: Verdict, score: float, mistakes: tuple[str, ...]) -> None:
    grade = grade_typed(BOTH, text, "en")
    assert (grade.verdict, grade.score, grade.mistakes) == (verdict, score, mistakes)
    assert len(grade.parts) == (0 if verdict is Verdict.UNREADABLE else 2)


def test_an_unreadable_part_is_named() -> None:
    grade = grade_texts(BOTH, ["1,21,6", "a"], "zh")
    assert grade.feedback[0] == Text("Not read: height: a comma needs three digits after it.", "没看懂：height 项：逗号后面应有三位数字。")  # fmt: skip
    assert grade.feedback[-1].en.startswith("width: ")


def test_one_field() -> None:
    fields = BOTH[:1]
    assert grade_typed(fields, "41", "en").verdict is Verdict.CORRECT
    assert grade_typed(fields, "  ", "en").verdict is Verdict.BLANK
    unread = grade_typed(fields, "4,1", "en")
    assert unread.verdict is Verdict.UNREADABLE
    assert unread.feedback[0] == Text(
        "Not read: a comma needs three digits after it.", "没看懂：逗号后面应有三位数字。"
    )
    assert unread.feedback[1].en.startswith("For example   73856")


def test_weights_share_the_score() -> None:
    fields = (field("a", count(1), weight=3), field("b", count(2)))
    assert grade_typed(fields, "1; 9", "en").score == 0.75


def test_the_key_shows_all_fields() -> None:
    assert key_of(BOTH) == Text("41; 80", "41；80")


CONV = {"in_height": 56, "in_width": 56, "kernel_size": 3, "padding": 1}
FROM_INPUT = Follow(family="conv2d_output_shape", output="out_height", inputs={**CONV, "stride": 2}, inputs_from={"size": "in_height"})  # fmt: skip
CHAIN = (
    field("size", NumberAnswer(kind="integer", truth=56)),
    field("out_height", count(28, ("forgets_plus_one", 27)), follow=FROM_INPUT),
)


def test_a_later_part_is_also_marked_from_the_own_earlier_value() -> None:
    grade = grade_typed(CHAIN, "58; 29", "en")
    assert (grade.verdict, grade.score) == (Verdict.PARTIAL, 0.5)
    assert [part.score for part in grade.parts] == [0.0, 1.0]
    assert (
        Text("(b) is off only because (a) is; its method counts.", "(b) 只是被 (a) 带错了，方法给分。")
        in grade.feedback
    )


def test_nothing_follows_from_a_right_value_or_a_blank_one() -> None:
    assert grade_typed(CHAIN, "56; 29", "en").parts[1].score == 0.0
    assert grade_typed(CHAIN, "; 29", "en").parts[1].score == 0.0
    assert grade_typed(CHAIN, "58; 28", "en").parts[1].is_correct
    assert grade_typed(CHAIN, "58; 27", "en").parts[1].mistakes == ("forgets_plus_one",)


def test_a_value_that_the_family_refuses_follows_to_nothing() -> None:
    for typed in ("0; 29", "-5; 29", "1.5; 29", "none; 29"):
        assert grade_typed(CHAIN, typed, "en").score == 0.0


def test_other_types_stand_beside_numbers() -> None:
    fields = (
        field("shape", ShapeAnswer(truth=(8, 64, 56, 56))),
        field("map", MatrixAnswer(truth=((2, 5), (1, 3)))),
        field("none", NumberAnswer(kind="real", truth=None, decimals=2)),
    )
    typed = "; ".join(each.answer.typed() for each in fields)
    assert grade_typed(fields, typed, "en").is_correct
    assert grade_typed(fields, "8x64x56x56; [[2,5],[1,4]]; none", "en").score == pytest.approx(2 / 3, abs=1e-6)


@pytest.mark.parametrize("texts", [["41"], [], ["41", "80", "9"]])
def test_missing_texts_are_blank(texts: Sequence[str]) -> None:
    grade = grade_texts(BOTH, texts[:2], "en")
    assert len(grade.parts) == 2
