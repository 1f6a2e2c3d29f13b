"""Choice, ordering, matching, recall, words and gaps: the typed forms and their credit."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.grading.base import AnswerType, Grade, Invalid, Rival, Verdict
from quizcnn.grading.choice import ChoiceAnswer, Option
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.word import WordAnswer
from quizcnn.text import Text


def graded(answer: AnswerType[Any], text: str) -> Grade:
    parsed = answer.read(text, "en")
    assert not isinstance(parsed, Invalid), parsed
    return answer.grade(parsed)


def option(text: str, key: bool = False, slug: str = "") -> Option:
    return Option(text=Text(text, text + "（中文）"), why=Text(f"{text} because", f"{text} 因为"), key=key, slug=slug)


def texts(*words: str) -> tuple[Text, ...]:
    return tuple(map(Text.same, words))


SINGLE = ChoiceAnswer(options=(option("more epochs"), option("augment", True), option("drop dropout", slug="less_noise"), option("larger lr")))  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2", "b", "B", "２", "②", " 2 ", "(2)", "2.", "augment", "Augment", "augment（中文）"]
)
def test_ways_to_choose_one(text: str) -> None:
    assert graded(SINGLE, text).is_correct


@pytest.mark.parametrize("text", ["", "5", "0", "e", "1 3", "2 or 3", "two", "2.5", "-1"])
def test_what_is_no_choice(text: str) -> None:
    assert isinstance(SINGLE.read(text, "en"), Invalid)


def test_a_wrong_option_names_its_mistake_and_says_why() -> None:
    grade = graded(SINGLE, "3")
    assert (grade.verdict, grade.score, grade.mistakes) == (Verdict.WRONG, 0.0, ("less_noise",))
    assert [line.en for line in grade.feedback] == ["Not 3. The answer is 2.", "2  augment because", "3  drop dropout because"]  # fmt: skip


def several(credit: str) -> ChoiceAnswer:
    options = (option("a", True), option("b"), option("c", True), option("d"))
    return ChoiceAnswer.model_validate({"options": options, "multiple": True, "credit": credit})


@pytest.mark.parametrize(
    "text", ["1 3", "3 1", "1,3", "a c", "AC", "ac", "13", "1、3", "1；3", "1 and 3", "1和3", "1+3"]
)
def test_ways_to_choose_several(text: str) -> None:
    assert graded(several("all_or_nothing"), text).is_correct


CREDIT = [
    # credit, typed, score: right options are 1 and 3 of four
    ("all_or_nothing", "1", 0.0), ("all_or_nothing", "1 2 3", 0.0), ("all_or_nothing", "1 3", 1.0),
    ("per_option", "1", 0.75), ("per_option", "1 2", 0.5), ("per_option", "2 4", 0.0), ("per_option", "1 2 3 4", 0.5),
    ("right_minus_wrong", "1", 0.5), ("right_minus_wrong", "1 2", 0.0), ("right_minus_wrong", "1 2 3", 0.5), ("right_minus_wrong", "2 4", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("credit", "text", "score"), CREDIT)
def test_credit_policies(credit: str, text: str, score: float) -> None:
    grade = graded(several(credit), text)
    assert grade.score == score
    assert grade.verdict is (Verdict.CORRECT if score == 1 else Verdict.PARTIAL if score else Verdict.WRONG)


ORDER = OrderingAnswer(items=texts("drop", "sort", "repeat", "keep"), order=(2, 4, 1, 3))


@pytest.mark.parametrize("text", ["2 4 1 3", "2,4,1,3", "2413", "2>4>1>3", "2-4-1-3", "2 → 4 → 1 → 3", "b d a c", "bdac", "２４１３", "2；4；1；3"])  # fmt: skip
def test_ways_to_order(text: str) -> None:
    assert graded(ORDER, text).is_correct


ORDER_CREDIT = [
    # of the pairs 2-4, 4-1, 1-3 of the key, those typed as neighbours
    ("2 4 3 1", 1 / 3), ("4 1 3 2", 2 / 3), ("1 3 2 4", 2 / 3), ("3 1 4 2", 0.0), ("4 2 1 3", 1 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "score"), ORDER_CREDIT)
def test_order_earns_its_neighbouring_pairs(text: str, score: float) -> None:
    grade = graded(ORDER, text)
    assert grade.score == pytest.approx(score, abs=1e-6)
    assert grade.verdict is (Verdict.PARTIAL if score else Verdict.WRONG)


@pytest.mark.parametrize(("text", "why"), [("2 4 1", "3 is missing"), ("2 2 1 3", "2 stands twice"), ("2 4 1 3 5", "1 to 4"), ("", "nothing"), ("x", "1 to 4"), ("1 2", "3 and 4 are missing")])  # fmt: skip
def test_what_is_no_order(text: str, why: str) -> None:
    refused = ORDER.read(text, "en")
    assert isinstance(refused, Invalid)
    assert why in refused.why.en


PAIRS = MatchingAnswer(left=texts("precision", "recall", "specificity"), right=texts("TP/(TP+FN)", "TN/(TN+FP)", "TP/(TP+FP)", "FP/N"), pairs=(2, 0, 1))  # fmt: skip


@pytest.mark.parametrize("text", ["c a b", "cab", "C A B", "c,a,b", "1c 2a 3b", "1-c, 2-a, 3-b", "3b 1c 2a", "ｃ ａ ｂ", "c；a；b", "1:c 2:a 3:b"])  # fmt: skip
def test_ways_to_match(text: str) -> None:
    assert graded(PAIRS, text).is_correct


MATCH_CREDIT = [("c b a", 1 / 3), ("c a d", 2 / 3), ("a b c", 0.0), ("c _ _", 1 / 3), ("1c", 1 / 3)]


@pytest.mark.parametrize(("text", "score"), MATCH_CREDIT)
def test_matching_earns_its_rows(text: str, score: float) -> None:
    assert graded(PAIRS, text).score == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("text", ["", "c a", "c a b d", "c a c", "c a z", "1 2 3", "_ _ _"])
def test_what_is_no_matching(text: str) -> None:
    assert isinstance(PAIRS.read(text, "en"), Invalid)


def test_a_side_may_repeat_where_the_question_says_so() -> None:
    answer = PAIRS.model_copy(update={"pairs": (2, 2, 1), "repeat": True})
    assert graded(answer, "c c b").is_correct


RATINGS = [("1", Verdict.WRONG, 0.0), ("2", Verdict.PARTIAL, 0.6), ("3", Verdict.CORRECT, 1.0), ("4", Verdict.CORRECT, 1.0), ("good", Verdict.CORRECT, 1.0), ("重来", Verdict.WRONG, 0.0), ("３", Verdict.CORRECT, 1.0)]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "score"), RATINGS)
def test_a_recall_card_takes_a_rating(text: str, verdict: Verdict, score: float) -> None:
    grade = graded(RecallAnswer(back=texts("a fact")), text)
    assert (grade.verdict, grade.score) == (verdict, score)


@pytest.mark.parametrize("text", ["", "0", "5", "yes", "3.5"])
def test_what_is_no_rating(text: str) -> None:
    assert isinstance(RecallAnswer(back=texts("a fact")).read(text, "en"), Invalid)


ROOFLINE = WordAnswer(truth="compute", rivals=(Rival(slug="ignores_reuse", value="memory", label=Text("ignores reuse", "没有考虑复用"), why=Text("why", "原因")),))  # fmt: skip
YES = WordAnswer(truth="true")
WORDS: list[tuple[WordAnswer, str, Verdict, tuple[str, ...]]] = [
    (ROOFLINE, "compute", Verdict.CORRECT, ()),
    (ROOFLINE, "Compute-bound", Verdict.CORRECT, ()),
    (ROOFLINE, "计算受限", Verdict.CORRECT, ()),
    (ROOFLINE, "memory", Verdict.WRONG, ("ignores_reuse",)),
    (ROOFLINE, "访存", Verdict.WRONG, ("ignores_reuse",)),
    (YES, "true", Verdict.CORRECT, ()),
    (YES, "Yes.", Verdict.CORRECT, ()),
    (YES, "是", Verdict.CORRECT, ()),
    (YES, "no", Verdict.WRONG, ()),
    (YES, "否", Verdict.WRONG, ()),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "verdict", "mistakes"), WORDS)
def test_words(answer: WordAnswer, text: str, verdict: Verdict, mistakes: tuple[str, ...]) -> None:
    grade = graded(answer, text)
    assert (grade.verdict, grade.mistakes) == (verdict, mistakes)


@pytest.mark.parametrize("text", ["", "gpu", "28", "true and false"])
def test_a_word_that_is_not_asked_for_is_not_read(text: str) -> None:
    assert isinstance(YES.read(text, "en"), Invalid)


RUNNING = GapAnswer(accept=("running", "moving average", "移动平均", "滑动平均"))
HALF = GapAnswer(accept=("1/2", "half", "一半", "50%"))
MACRO = GapAnswer(accept=("macro",))
CONV = GapAnswer(accept=("depthwise convolution", "逐通道卷积"))
GAPS = [
    (RUNNING, "running", True), (RUNNING, "Running", True), (RUNNING, " running. ", True), (RUNNING, "the running", True), (RUNNING, "runing", True), (RUNNING, "moving-average", True), (RUNNING, "moving averages", True), (RUNNING, "movingaverage", True),
    (RUNNING, "移动平均", True), (RUNNING, "移動平均", True), (RUNNING, "ｒｕｎｎｉｎｇ", True), (RUNNING, "batch", False), (RUNNING, "ruining it", False), (RUNNING, "移动", False),
    (HALF, "0.5", True), (HALF, "1/2", True), (HALF, "50%", True), (HALF, "half", True), (HALF, "一半", True), (HALF, "2/4", True), (HALF, "halt", False), (HALF, "1/3", False),
    (MACRO, "macro", True), (MACRO, "micro", False), (MACRO, "marco", True),
    (CONV, "depthwise convolution", True), (CONV, "depth-wise convolution", True), (CONV, "depthwise convolutions", True), (CONV, "depthwise convlution", True), (CONV, "pointwise convolution", False), (CONV, "逐通道卷积。", True), (CONV, "逐点卷积", False),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "text", "right"), GAPS)
def test_gaps(answer: GapAnswer, text: str, right: bool) -> None:
    assert graded(answer, text).is_correct is right


def test_a_wrong_gap_shows_the_answer() -> None:
    assert graded(RUNNING, "batch").feedback[0] == Text("Not batch. The answer is running.", "batch 不对，正确答案是 running。")  # fmt: skip
