"""Typed texts: what is said, denied, turned round, copied or merely listed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quizcnn.errors import UsageError
from quizcnn.grading.base import Verdict
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.keypoints.answer import Belief, Phrases, Point
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.texts import grade_text
from quizcnn.text import Text

EN, ZH = "en", "zh"
POOLING = "What does max pooling do to the map, and what does it cost?"
POOLING_POINTS = ["Pooling makes the feature map smaller.", "It has no parameters.", "It loses exact positions."]
DECAY = "权重衰减有什么效果？"
DECAY_POINTS = ["权重变小。", "它能减轻过拟合。"]
STAGES = "How do one-stage and two-stage detectors differ in speed?"
STAGES_POINTS = ["One-stage detectors are faster than two-stage detectors."]

CASES: list[tuple[str, list[str], str, list[int], list[int], str]] = [
    # said in the words of the point, or in others
    (POOLING, POOLING_POINTS, "It makes the feature map smaller. It has no parameters. Exact positions are lost.", [0, 1, 2], [], EN),
    (POOLING, POOLING_POINTS, "the map shrinks, there are 0 params, and it loses the exact positions", [0, 1, 2], [], EN),
    (POOLING, POOLING_POINTS, "shrinks the feature maps", [0], [], EN),
    (POOLING, POOLING_POINTS, "there are no weights", [1], [], EN),
    # spelling
    (POOLING, POOLING_POINTS, "it looses nothing but exact postions are lost; no paramters", [1, 2], [], EN),
    # direction and negation turned round
    (POOLING, POOLING_POINTS, "Pooling makes the feature map larger.", [], [0], EN),
    (POOLING, POOLING_POINTS, "It does not make the feature map smaller.", [], [0], EN),
    (POOLING, POOLING_POINTS, "It has many parameters.", [], [1], EN),
    (POOLING, POOLING_POINTS, "It is not true that it has parameters.", [1], [], EN),
    (DECAY, DECAY_POINTS, "让权重变小，过拟合会少一些", [0, 1], [], ZH),
    (DECAY, DECAY_POINTS, "权重会变大，过拟合加重", [], [0, 1], ZH),
    (DECAY, DECAY_POINTS, "它不能减轻过拟合", [], [1], ZH),
    (DECAY, DECAY_POINTS, "weights become smaller, less overfitting", [0, 1], [], ZH),
    (DECAY, DECAY_POINTS, "權重變小", [0], [], ZH),
    # a comparison told from the other end, and exchanged
    (STAGES, STAGES_POINTS, "Two-stage detectors are slower than one-stage detectors.", [0], [], EN),
    (STAGES, STAGES_POINTS, "Two-stage detectors are faster than one-stage detectors.", [], [0], EN),
    (STAGES, STAGES_POINTS, "Two-stage models are slower.", [0], [], EN),
    # the last word counts
    (STAGES, STAGES_POINTS, "One-stage detectors are faster. Actually no, one-stage detectors are slower.", [], [0], EN),
    # lists, parrots, other matters
    (POOLING, POOLING_POINTS, "pooling, feature map, smaller, parameters, positions, none", [], [], EN),
    (DECAY, DECAY_POINTS, "权重，变小，减轻，过拟合，参数，惩罚", [], [], ZH),
    (POOLING, POOLING_POINTS, "Max pooling does something to the map and it has a cost.", [], [], EN),
    (DECAY, DECAY_POINTS, "权重衰减有效果，这就是权重衰减的效果。", [], [], ZH),
    (POOLING, POOLING_POINTS, "Cross-entropy compares the predicted distribution with the label.", [], [], EN),
    (POOLING, POOLING_POINTS, "", [], [], EN),
]  # fmt: skip


@pytest.mark.parametrize(("question", "points", "answer", "hit", "contradicted", "lang"), CASES)
def test_points(
    question: str, points: list[str], answer: str, hit: list[int], contradicted: list[int], lang: str, lexicon: Lexicon
) -> None:
    graded = grade_text(question, answer, key_points=points, lang="zh" if lang == ZH else "en", lexicon=lexicon)
    assert (graded["hit"], graded["contradicted"]) == (hit, contradicted)
    assert sorted([*graded["hit"], *graded["missed"], *graded["contradicted"]]) == list(range(len(points)))


def test_evidence_is_the_words_of_the_raw_answer(lexicon: Lexicon) -> None:
    answer = "Ｐｏｏｌｉｎｇ：  the map shrinks; there are NO weights!"
    graded = grade_text(POOLING, answer, key_points=POOLING_POINTS, lexicon=lexicon)
    assert graded["hit"] == [0, 1]
    assert {each["point"] for each in graded["evidence"]} == {0, 1}
    for each in graded["evidence"]:
        start, end = each["span"]
        assert answer[start:end] == each["text"]
    assert any("weights" in each["text"] for each in graded["evidence"])


QUESTION = Text("Why do small batches hurt batch normalisation?", "批量小时批归一化为什么变差？")
BATCH = KeypointsAnswer(
    question=QUESTION,
    points=(
        Point(id="noisy", say=Text("The mean and variance become noisy.", "均值和方差的噪声变大。"), weight=2, accept=Phrases(en=("bad estimate of the statistics",), zh=("统计量估计不准",))),
        Point(id="mismatch", say=Text("They differ from the running statistics used at inference.", "与推理时用的滑动平均有差别。")),
    ),
    wrong=(Belief(match=Phrases(en=("the gradients explode",), zh=("梯度爆炸",)), says=Text("Gradients are not the matter here.", "这里与梯度无关。"), cap=0.3),),
)  # fmt: skip


def score(text: str) -> float:
    parsed = BATCH.read(text, "en")
    return BATCH.grade(parsed).score  # type: ignore[arg-type]


def test_weights_accepted_wordings_and_caps() -> None:
    assert score("the mean and the variance get noisy") == pytest.approx(2 / 3, abs=1e-6)
    assert score("it is a bad estimate of the statistics") == pytest.approx(2 / 3, abs=1e-6)
    assert score("统计量估计不准") == pytest.approx(2 / 3, abs=1e-6)
    assert score("the mean and the variance get noisy, and the gradients explode") == 0.3
    assert score("the gradients explode") == 0


def test_feedback_in_both_languages() -> None:
    partly = BATCH.grade(BATCH.read("the mean and the variance get noisy", "en"))  # type: ignore[arg-type]
    assert partly.verdict is Verdict.PARTIAL
    assert partly.feedback[0] == Text("1 of 2 points.", "答到 1 / 2 点。")
    parrot = BATCH.grade(BATCH.read("small batches hurt batch normalisation", "en"))  # type: ignore[arg-type]
    assert parrot.feedback[0] == Text(
        "This repeats the question; no point is made yet.", "这是在复述题目，还没有答到要点。"
    )
    turned = BATCH.grade(BATCH.read("the mean and variance do not become noisy", "en"))  # type: ignore[arg-type]
    assert [point.state for point in turned.points] == ["contradicted", "missed"]
    assert turned.score == 0
    assert "the point is: The mean" in turned.feedback[1].en
    assert "要点是：均值" in turned.feedback[1].zh


def test_a_contradiction_costs_half_its_weight(lexicon: Lexicon) -> None:
    graded = grade_text(POOLING, "The map shrinks. It has many parameters.", key_points=POOLING_POINTS, lexicon=lexicon)
    assert graded["score"] == pytest.approx(1 / 6, abs=1e-6)


REFERENCE = "Weight sharing reduces the number of parameters, because every position uses the same filter."
REFERENCE_QUESTION = "Why are weights shared in a convolution?"


def test_a_reference_scores_softly() -> None:
    def soft(answer: str) -> float:
        return grade_text(REFERENCE_QUESTION, answer, references=[REFERENCE])["score"]

    full, half = soft(REFERENCE), soft("fewer parameters, the number of parameters is reduced")
    assert full > half > soft("softmax turns logits into probabilities")
    assert full > 0.95
    assert soft("Why are weights shared in a convolution") == 0
    assert soft("") == 0
    assert soft("the number of parameters is not reduced, no position uses the same filter") < full


def test_several_references_take_the_best_and_list_the_points_of_the_first() -> None:
    graded = grade_text(REFERENCE_QUESTION, "translated inputs give translated outputs", references=[REFERENCE, "Translated inputs give translated outputs."])  # fmt: skip
    assert graded["score"] > 0.9
    assert graded["points"] == [
        "Weight sharing reduces the number of parameters",
        "every position uses the same filter",
    ]


def test_a_point_object_of_the_bank() -> None:
    point = {
        "say": {"en": "It loses exact positions.", "zh": "精确位置丢失。"},
        "weight": 2,
        "accept": {"en": ["positions get blurred"]},
    }
    assert grade_text(POOLING, "positions get blurred", key_points=[point])["hit"] == [0]
    assert grade_text(POOLING, "精确位置丢失", key_points=[point], lang="zh")["points"] == ["精确位置丢失。"]


@pytest.mark.parametrize("given", [{}, {"key_points": [3]}, {"key_points": [{"say": 1}]}, {"key_points": [{"say": "x", "weight": "heavy"}]}, {"references": ["x" * 30_000]}])  # fmt: skip
def test_what_cannot_be_graded(given: dict[str, list[object]]) -> None:
    with pytest.raises(UsageError):
        grade_text("q", "a", **given)  # type: ignore[arg-type]


def test_grades_do_not_depend_on_hashing() -> None:
    program = (
        "from quizcnn.grading.keypoints.texts import grade_text\n"
        f"print(grade_text({REFERENCE_QUESTION!r}, 'each filter is used at every position, so fewer weights', references=[{REFERENCE!r}]))\n"
        f"print(grade_text({POOLING!r}, 'the map shrinks; no weights', key_points={POOLING_POINTS!r}))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(runs) == 1
