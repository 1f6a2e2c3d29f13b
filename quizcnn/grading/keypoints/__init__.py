"""Typed free text, marked by key points: what was claimed, denied or turned round, with the words that decided it."""

from quizcnn.grading.keypoints.answer import KeypointsAnswer

__all__ = ["KeypointsAnswer"]
