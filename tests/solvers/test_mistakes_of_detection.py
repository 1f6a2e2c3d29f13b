"""Metrics over classes, boxes, anchors and votes: keys and mistakes worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from golden_vectors import agree

from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Value

COUNTS = [[1, 1], [0, 2]]
"""Class 0: precision 1, recall 1/2, F1 2/3. Class 1: precision 2/3, recall 1, F1 4/5."""
MACRO = {"confusion": COUNTS, "average": "macro"}
APART = {"a": [0, 0, 2, 2], "b": [3, 0, 5, 2]}
"""A gap of 1 between two squares: union 8, enclosing box 5 by 2, centres 3 apart, squared diagonal 29."""
SHIFTED = {"anchor": [0, 0, 4, 4], "target": [2, 0, 10, 4]}
TALL = {"base_size": 16, "scales": [1], "ratios": [4]}
HALVES = {"boxes": [[0, 0, 10, 10], [0, 0, 10, 5]], "scores": [0.8, 0.6]}
"""Their IoU is 1/2."""
ANCHORS = {"anchors": [[0, 0, 10, 6], [0, 0, 10, 4], [0, 0, 10, 2]], "targets": [[0, 0, 10, 10]]}
"""IoU 0.6, 0.4 and 0.2: none reaches 0.7, the first fits best."""

KEYS = [
    ("multiclass_metrics", MACRO, {"accuracy": 3 / 4, "precision": 5 / 6, "recall": 3 / 4, "f1": 11 / 15}),
    ("multiclass_metrics", MACRO | {"average": "weighted"}, {"precision": 5 / 6, "recall": 3 / 4, "f1": 11 / 15}),
    ("segmentation_metrics", {"confusion": COUNTS}, {"class_iou": (1 / 2, 2 / 3), "mean_iou": 7 / 12, "class_dice": (2 / 3, 4 / 5)}),
    ("box_giou", APART, {"iou": 0, "giou": -1 / 5, "diou": -9 / 29, "ciou": -9 / 29}),
    ("box_encoding", SHIFTED, {"tx": 1, "ty": 0, "tw": math.log(2), "th": 0}),
    ("anchor_boxes", TALL, {"sizes": ((8, 32),)}),
    ("anchor_matching", ANCHORS, {"labels": ("positive", "ignore", "negative")}),
    ("soft_nms", HALVES | {"method": "linear"}, {"order": (0, 1), "scores": (0.8, 0.3)}),
    ("soft_nms", HALVES | {"method": "linear", "iou_threshold": 0.5}, {"order": (0, 1), "scores": (0.8, 0.6)}),
    ("soft_nms", HALVES | {"method": "linear", "score_threshold": 0.4}, {"order": (0,), "scores": (0.8,)}),
    ("soft_nms", HALVES | {"method": "gaussian"}, {"order": (0, 1), "scores": (0.8, 0.6 * math.exp(-0.5))}),
    ("majority_vote", {"models": 3, "accuracy": 0.7}, {"probability": 0.784}),
]  # fmt: skip

MISTAKES = [
    ("multiclass_metrics", MACRO, "rows_as_predictions", {"precision": 3 / 4, "recall": 5 / 6, "f1": 11 / 15}),
    ("multiclass_metrics", MACRO, "f1_of_macro_averages", {"f1": 15 / 19}),
    ("multiclass_metrics", MACRO, "micro_for_macro", {"precision": 3 / 4, "recall": 3 / 4, "f1": 3 / 4}),
    ("segmentation_metrics", {"confusion": COUNTS}, "dice_for_iou", {"class_iou": (2 / 3, 4 / 5), "mean_iou": 11 / 15}),
    ("segmentation_metrics", {"confusion": COUNTS}, "counts_true_positives_twice", {"class_iou": (1 / 3, 2 / 5), "mean_iou": 11 / 30}),
    ("segmentation_metrics", {"confusion": COUNTS}, "recall_for_iou", {"class_iou": (1 / 2, 1), "mean_iou": 3 / 4}),
    ("box_giou", APART, "encloses_with_union", {"giou": 0}),
    ("box_giou", APART, "divides_by_union", {"giou": -1 / 4}),
    ("box_giou", APART, "forgets_square_in_distance", {"diou": -3 / math.sqrt(29), "ciou": -3 / math.sqrt(29)}),
    ("box_encoding", SHIFTED, "corner_offsets", {"tx": 1 / 2, "ty": 0}),
    ("box_encoding", SHIFTED, "forgets_log", {"tw": 2, "th": 1}),
    ("anchor_boxes", TALL, "ratio_inverted", {"sizes": ((32, 8),)}),
    ("anchor_boxes", TALL, "area_changes_with_ratio", {"sizes": ((16, 64),)}),
    ("anchor_matching", ANCHORS, "forgets_best_anchor_rule", {"labels": ("ignore", "ignore", "negative")}),
    ("anchor_matching", ANCHORS, "no_ignore_zone", {"labels": ("positive", "negative", "negative")}),
    ("soft_nms", HALVES | {"method": "linear"}, "hard_suppression", {"order": (0,), "scores": (0.8,)}),
    ("soft_nms", HALVES | {"method": "gaussian"}, "gaussian_without_square", {"order": (0, 1), "scores": (0.8, 0.6 * math.exp(-1))}),
    ("majority_vote", {"models": 3, "accuracy": 0.7}, "averages_accuracy", {"probability": 0.7}),
    ("majority_vote", {"models": 3, "accuracy": 0.7}, "counts_bare_majority", {"probability": 0.441}),
]  # fmt: skip


@pytest.mark.parametrize(("family", "inputs", "expected"), KEYS)
def test_keys_by_hand(family: str, inputs: dict[str, Any], expected: dict[str, Value]) -> None:
    found = get_family(family).answer(inputs)
    assert [name for name, value in expected.items() if not agree(found[name], value)] == []


@pytest.mark.parametrize(("family", "inputs", "slug", "expected"), MISTAKES)
def test_mistakes_by_hand(family: str, inputs: dict[str, Any], slug: str, expected: dict[str, Value]) -> None:
    solved = get_family(family)
    found = solved.wrong_values(solved.read(inputs))[slug]
    assert [name for name, value in expected.items() if not agree(found[name], value)] == []
