"""What holds for every answer type: no text breaks it, its key as typed is right, JSON keeps it."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.grading.answers import TYPES, Answer, Field
from quizcnn.grading.base import Grade, Invalid, Parsed
from quizcnn.grading.choice import ChoiceAnswer, Option
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.expression import Domain, ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.keypoints.answer import Belief, Phrases, Point
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.property import Goal, PropertyAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.shape import ShapeAnswer
from quizcnn.grading.sheet import grade_typed
from quizcnn.grading.word import WordAnswer
from quizcnn.grading.words import WordsAnswer
from quizcnn.text import Text


def texts(*words: str) -> tuple[Text, ...]:
    return tuple(map(Text.same, words))


ANSWERS: list[Answer] = [
    NumberAnswer(kind="integer", truth=36992, units=("params",)),
    NumberAnswer(kind="real", truth=0.659, decimals=4),
    NumberAnswer(kind="fraction", truth=Fraction(3, 4)),
    NumberAnswer(kind="real", truth=None),
    NumberAnswer(kind="integer", truth=10**9, estimate=True),
    WordAnswer(truth="compute"),
    WordAnswer(truth="false"),
    WordsAnswer(truth=("positive", "negative", "positive"), choices=("positive", "negative", "ignore")),
    ShapeAnswer(truth=(8, 64, 56, 56)),
    ShapeAnswer(truth=(5,)),
    SequenceAnswer(truth=(1, 2, 3)),
    SequenceAnswer(truth=()),
    SequenceAnswer(truth=(0.25, None), element="real", decimals=2),
    MatrixAnswer(truth=((2, 5), (1, 3))),
    MatrixAnswer(truth=((0.5,),), element="real", decimals=2),
    ChoiceAnswer(options=tuple(Option(text=text, why=text, key=text.en in "bc") for text in texts("a", "b", "c")), multiple=True, credit="per_option"),
    ChoiceAnswer(options=tuple(Option(text=text, why=text, key=text.en == "b") for text in texts("a", "b", "c"))),
    GapAnswer(accept=("running", "移动平均")),
    OrderingAnswer(items=texts("a", "b", "c", "d"), order=(2, 4, 1, 3)),
    MatchingAnswer(left=texts("x", "y"), right=texts("a", "b", "c"), pairs=(2, 0)),
    ExpressionAnswer(variables={"n": Domain(low=1, high=50), "s": Domain(low=1, high=6)}, answer="ceil(n/s)"),
    PropertyAnswer(family="conv2d_output_shape", given={"in_height": 8, "in_width": 8}, asks=("kernel_size", "stride"), goal={"out_height": Goal(equals=4)}, example=(2, 2)),
    KeypointsAnswer(
        question=Text("Why freeze early layers?", "为什么冻结浅层？"),
        points=(Point(id="few", say=Text("Fewer weights are trained.", "要训练的权重更少。")), Point(id="generic", say=Text("They hold generic features such as edges.", "浅层是边缘一类的通用特征。"))),
        wrong=(Belief(match=Phrases(en=("the early layers are random",)), says=Text("They are not.", "并不是。"), cap=0.5),),
    ),
    RecallAnswer(back=texts("a fact")),
]  # fmt: skip


def test_every_type_is_here() -> None:
    assert {answer.type for answer in ANSWERS} == set(TYPES)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.type)
def test_the_key_as_typed_is_right(answer: Answer) -> None:
    grade = grade_typed((Field(name="f", label=Text.same("f"), answer=answer),), answer.typed(), "en")
    assert grade.is_correct, grade
    assert grade.mistakes == ()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.type)
def test_json_keeps_the_field(answer: Answer) -> None:
    field = Field(name="f", label=Text.same("f"), answer=answer)
    again = Field.model_validate_json(field.model_dump_json())
    assert again == field
    assert type(again.answer) is type(answer)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.type)
def test_shown_in_both_languages(answer: Answer) -> None:
    for text in (answer.shown(), answer.hint_of_form()):
        assert text.en
        assert text.zh
    refused = answer.read("", "en")
    if isinstance(refused, Invalid):
        assert refused.why.en
        assert refused.why.zh


PIECES = st.sampled_from(
    [
        "1",
        "28",
        "3.5",
        "1,216",
        "-",
        "+",
        "*",
        "/",
        "^",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ";",
        "；",
        "，",
        ",",
        "|",
        " ",
        "\n",
        "x",
        "×",
        "a",
        "b",
        "c",
        "n",
        "s",
        "none",
        "无",
        "约",
        "万",
        "%",
        "√",
        "⌊",
        "⌉",
        "²",
        "½",
        "=",
        "<",
        "not ",
        "不",
        "fewer ",
        "weights ",
        "权重",
        "更少",
        "edges",
        "e",
        "E9",
        "inf",
        "\\",
        "\x00",
        "\u202e",
        "😀",
        "ﷺ",
    ]
)
TYPED = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(TYPED)
def test_no_text_breaks_any_type(text: str) -> None:
    for answer in ANSWERS:
        for lang in ("en", "zh"):
            parsed = answer.read(text, lang)
            assert isinstance(parsed, Invalid | Parsed)
            if isinstance(parsed, Parsed):
                grade = answer.grade(parsed)
                assert isinstance(grade, Grade)
                assert 0 <= grade.score <= 1
                assert grade.feedback


LONG = ["9" * 10_000, "(" * 5_000, "1," * 5_000, "1 " * 10_000, "a" * 10_000, "[" * 10_000, "a b c " * 3_000, "权重更少，" * 900, "²" * 3_000, "1;" * 5_000, "-" * 4_000, "1/3+" * 2_000]  # fmt: skip


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:3])
def test_no_text_takes_long(text: str) -> None:
    for answer in ANSWERS:
        grade_typed((Field(name="f", label=Text.same("f"), answer=answer),), "1", "en")  # first use loads what it needs
        started = time.process_time()
        grade_typed((Field(name="f", label=Text.same("f"), answer=answer),), text, "en")
        limit = 0.5 if isinstance(answer, KeypointsAnswer) else 0.05
        assert time.process_time() - started < limit, answer.type
