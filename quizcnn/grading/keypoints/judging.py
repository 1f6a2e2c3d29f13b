"""Placeholder."""

from __future__ import annotations

from quizcnn.grading import wording
from quizcnn.grading.base import Grade
from quizcnn.grading.keypoints.answer import KeypointsAnswer


def judge(answer: KeypointsAnswer, text: str) -> Grade:
    return wording.correct(text, answer.shown())
