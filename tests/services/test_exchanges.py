"""Typed answers that exchange the two things a question sets against each other: no point is hit, in either language."""

from __future__ import annotations

import pytest

from quizcnn.services.context import Context
from quizcnn.services.presentation import grade_variant
from quizcnn.text import Lang

SE, CE, ROC = "se-gate-versus-bn-gamma", "ce-mse-confidently-wrong", "roc-pr-ten-times-negatives"


def states(question: str, lang: Lang, typed: str) -> list[str]:
    grade = grade_variant(Context(lang=lang).variant(question, 1), typed, lang)
    return [point.state for point in grade.points]


@pytest.mark.parametrize(
    ("question", "lang", "typed"),
    [
        (SE, "en", "the gates are fixed after training, gamma depends on the input image"),
        (SE, "en", "gamma changes with every input, the SE gates stay the same for all images"),
        (SE, "zh", "SE 的门训练后是常数，γ 随输入图像变化"),
        (SE, "zh", "γ 取决于输入，SE 的门对所有图都一样"),
        (CE, "en", "CE gives -0.017 and MSE gives -0.98 since CE has the extra factor of the sigmoid slope"),
        (CE, "en", "the CE gradient is about -0.017, the MSE gradient is about -0.98"),
        (CE, "zh", "交叉熵的梯度约 -0.017，均方误差的梯度约 -0.98"),
        (CE, "zh", "MSE 的梯度大约是 -0.98，交叉熵的梯度大约是 -0.017，因为交叉熵多乘了 sigmoid 的斜率"),
        (ROC, "en", "the PR curve stays the same, the ROC curve gets worse"),
        (ROC, "zh", "PR 曲线不变，ROC 曲线下降"),
    ],
)
def test_exchanging_two_things_hits_nothing(question: str, lang: Lang, typed: str) -> None:
    found = states(question, lang, typed)
    assert "hit" not in found
    assert "contradicted" in found


@pytest.mark.parametrize(
    ("question", "lang", "typed"),
    [
        (SE, "en", "the gates depend on the input image, gamma is fixed after training"),
        (SE, "zh", "SE 的门随输入图像变化，γ 训练后是常数"),
        (
            CE,
            "en",
            "the CE gradient is about -0.98, the MSE gradient is about -0.017 since MSE has the extra factor of the sigmoid slope",
        ),
        (CE, "zh", "交叉熵的梯度约 -0.98，均方误差的梯度约 -0.017，因为均方误差多乘了 sigmoid 的斜率"),
        (CE, "zh", "交叉熵：-0.98，MSE：-0.017，因为 MSE 多乘了 sigmoid 的斜率"),
    ],
)
def test_the_same_words_in_their_places_are_right(question: str, lang: Lang, typed: str) -> None:
    assert set(states(question, lang, typed)) == {"hit"}
