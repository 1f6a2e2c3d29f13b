"""Wrong rules of the families of values worked out by hand, one line a mistake, and where they do not apply."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from quizcnn.solvers.base import get_family

F = Fraction
IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
CONV = {"image": IMAGE, "kernel": [[1, 0], [0, 2]], "stride": 2, "padding": 1}
# right: windows at -1 and 1: [0 0; 0 1] -> 2, [0 0; 2 3] -> 6, [0 4; 0 7] -> 14, [5 6; 8 9] -> 23
POOL = {"image": IMAGE, "kernel_size": 2, "stride": 2, "padding": 1, "mode": "avg"}
# right: 1/4, 5/4, 11/4, 28/4
BELOW = {"image": [[-1, -2], [-3, -4]], "kernel_size": 2, "padding": 1, "mode": "max"}
SOFT = {"logits": [1, 3]}
NORM = {"values": [1, 3, 8], "gamma": 2, "beta": 1, "eps": 0}
# right: mean 4, variance (9+1+16)/3 = 26/3
STATS = {"batch_size": 4, "channels": 6, "height": 5, "width": 2}
SURE = {"logits": [0, 0], "target": 1}
# right: ln 2, gradient (1/2, -1/2)
SMOOTH = {"logits": [0, 0, 0, 0, 0], "target": 0, "label_smoothing": 0.4}
FACE = {"logits": [0.5, 0.25], "target": 0, "margin": 0.5, "scale": 8}
# right: scores 0 and 2
XAVIER = {"scheme": "xavier_uniform", "fan_in": 4, "fan_out": 46}
# right: sqrt(2/50) = 0.2, bound 0.2 sqrt 3
HE = {"scheme": "kaiming_uniform", "fan_in": 50, "fan_out": 200}
DEFAULT = {"scheme": "pytorch_default", "fan_in": 600, "fan_out": 7}
ADAM = {"weight": 1, "gradient": 2, "step": 1, "beta1": 0.5, "beta2": 0.75, "learning_rate": 0.1, "eps": 0}
# right: m 1, v 1, corrected 2 and 4: 1 - 0.1*2/2
TABLE = {"tp": 6, "fp": 2, "fn": 4, "tn": 8, "beta": 2}
# right: P 3/4, R 3/5, F2 = 5*9/20/(3+3/5) = 5/8, F1 2/3
RANKING = {"scores": [5, 4, 3, 2], "labels": [1, 0, 1, 0], "positives": 4}
# right: recalls 1/4 1/4 1/2 1/2, precisions 1 1/2 2/3 1/2; (1 + 2/3)/4
TIES = {"scores": [1, 1, 2, 0], "labels": [1, 0, 1, 0]}
# right: pairs 1>0, 1=1, 2>0, 2>1: 3.5/4
BOXES = {"a": [0, 0, 4, 4], "b": [2, 1, 6, 3]}
# right: 4 of 16 + 8 - 4 = 20
APART = {"a": [0, 0, 2, 2], "b": [5, 6, 7, 7]}
CORNER = {"a": [1, 1, 4, 3], "b": [2, 2, 6, 8], "format": "xywh"}
CHAIN = {"boxes": [[4, 0, 14, 10], [0, 0, 10, 10], [2, 0, 12, 10]], "scores": [7, 9, 8], "iou_threshold": 0.5}
# IoU of neighbours 80/120, of the outer two 60/140: 1 stays, 2 goes, 0 stays
LOG2 = math.log(2)

BY_HAND: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("conv2d_forward", CONV, "flips_kernel", {"output": ((1, 3), (7, 19))}),
    ("conv2d_forward", {**CONV, "flip_kernel": True}, "forgets_flip", {"output": ((2, 6), (14, 23))}),
    ("conv2d_forward", {**CONV, "padding": 0}, "forgets_stride", {"output": ((11, 14), (20, 23))}),
    ("conv2d_forward", CONV, "ignores_padding", {"output": ((11,),)}),
    ("pool2d_forward", POOL, "other_mode", {"output": ((1, 3), (7, 9))}),
    ("pool2d_forward", {**POOL, "mode": "max"}, "other_mode", {"output": ((0.25, 1.25), (2.75, 7))}),
    ("pool2d_forward", POOL, "sums_instead_of_mean", {"output": ((1, 5), (11, 28))}),
    ("pool2d_forward", POOL, "other_divisor", {"output": ((1, 2.5), (5.5, 7))}),
    ("pool2d_forward", {**POOL, "count_include_pad": False}, "other_divisor", {"output": ((0.25, 1.25), (2.75, 7))}),
    ("pool2d_forward", BELOW, "pads_max_with_zero", {"output": ((0, 0), (0, 0))}),
    ("pool2d_forward", {"image": IMAGE, "kernel_size": 2, "mode": "max"}, "stride_one_by_default", {"output": ((5, 6), (8, 9))}),
    ("softmax", SOFT, "normalizes_logits_without_exp", {"probabilities": (0.25, 0.75)}),
    ("softmax", SOFT, "normalizes_logits_without_exp", {"log_probabilities": (math.log(0.25), math.log(0.75))}),
    ("softmax", {"logits": [-1, 4]}, "divides_by_max", {"probabilities": (-0.25, 1)}),
    ("softmax", {"logits": [0, LOG2], "temperature": 0.5}, "multiplies_by_temperature", {"probabilities": (1 / (1 + 2**0.5), 2**0.5 / (1 + 2**0.5))}),
    ("softmax", {"logits": [7, 7]}, "forgets_to_add_maximum", {"logsumexp": LOG2}),
    ("batch_norm_forward", NORM, "unbiased_variance", {"variance": 13}),
    ("batch_norm_forward", NORM, "unbiased_variance", {"output": (1 - 6 / 13**0.5, 1 - 2 / 13**0.5, 1 + 8 / 13**0.5)}),
    ("batch_norm_forward", NORM, "divides_by_variance", {"output": (1 - 18 / 26, 1 - 6 / 26, 1 + 24 / 26)}),
    ("batch_norm_forward", NORM, "forgets_affine", {"output": tuple(x / (26 / 3) ** 0.5 for x in (-3, -1, 4))}),
    ("normalization_statistics", {"kind": "batch", **STATS}, "batch_kind_per_position", {"statistics": 60, "elements_per_statistic": 4, "statistics_shape": (6, 5, 2)}),
    ("normalization_statistics", {"kind": "layer", **STATS}, "layer_per_channel", {"statistics": 24, "elements_per_statistic": 10, "statistics_shape": (4, 6)}),
    ("normalization_statistics", {"kind": "instance", **STATS}, "instance_forgets_batch", {"statistics": 6, "elements_per_statistic": 40}),
    ("normalization_statistics", {"kind": "group", **STATS, "groups": 3}, "group_forgets_batch", {"statistics": 3, "elements_per_statistic": 80}),
    ("cross_entropy", SURE, "log_base_two", {"loss": 1}),
    ("cross_entropy", {**SURE, "logits": [0, 3]}, "forgets_softmax", {"loss": -3}),
    ("cross_entropy", SURE, "forgets_minus", {"loss": -LOG2}),
    ("cross_entropy", SURE, "target_minus_probability", {"grad_logits": (-0.5, 0.5)}),
    ("cross_entropy", SURE, "multiplies_by_softmax_derivative", {"grad_logits": (0.125, -0.125)}),
    ("cross_entropy", SMOOTH, "smooths_other_classes_only", {"smoothed_targets": (0.6, 0.1, 0.1, 0.1, 0.1), "grad_logits": (-0.4, 0.1, 0.1, 0.1, 0.1), "loss": math.log(5)}),
    ("cross_entropy", FACE, "margin_after_scaling", {"loss": math.log(1 + math.exp(-1.5))}),
    ("cross_entropy", FACE, "adds_margin", {"loss": math.log(1 + math.exp(-6))}),
    ("cross_entropy", FACE, "margin_on_every_class", {"loss": math.log(1 + math.exp(-2))}),
    ("cross_entropy", FACE, "forgets_softmax", {"loss": 0}),
    ("init_scale", HE, "forgets_gain", {"std": math.sqrt(1 / 50), "bound": math.sqrt(3 / 50)}),
    ("init_scale", XAVIER, "fan_in_only_xavier", {"std": 0.5, "bound": math.sqrt(3) / 2}),
    ("init_scale", XAVIER, "std_for_bound", {"bound": 0.2}),
    ("init_scale", XAVIER, "variance_for_std", {"std": 0.04, "bound": 0.04 * math.sqrt(3)}),
    ("init_scale", {**HE, "negative_slope": 1}, "ignores_negative_slope", {"std": 0.2}),
    ("init_scale", HE, "uses_the_other_fan", {"std": 0.1}),
    ("init_scale", DEFAULT, "he_for_the_default", {"bound": 0.1}),
    ("init_scale", DEFAULT, "variance_for_std", {"std": 1 / 1800}),
    ("adam_step", ADAM, "forgets_bias_correction", {"weight": 0.9}),
    ("adam_step", ADAM, "forgets_square_root", {"weight": 0.95}),
    ("adam_step", ADAM, "stores_corrected_moments", {"m": 2, "v": 4}),
    ("adam_step", ADAM, "swaps_betas", {"m": 0.5, "v": 2}),
    ("binary_metrics", TABLE, "swaps_precision_and_recall", {"precision": F(3, 5), "recall": F(3, 4), "f_beta": F(45, 63)}),
    ("binary_metrics", TABLE, "arithmetic_mean_for_f1", {"f1": F(27, 40)}),
    ("binary_metrics", TABLE, "f_beta_without_brackets", {"f_beta": F(27, 20)}),
    ("binary_metrics", TABLE, "accuracy_for_precision", {"precision": F(7, 10), "f1": F(42, 65)}),
    ("binary_metrics", TABLE, "beta_not_squared", {"f_beta": F(9, 14)}),
    ("binary_metrics", {"tp": 6, "fp": 9, "fn": 4, "tn": 1}, "majority_of_predictions", {"majority_accuracy": F(3, 4)}),
    ("binary_metrics", TABLE, "false_discovery_for_fpr", {"fpr": F(1, 4)}),
    ("binary_metrics", TABLE, "predictive_value_for_specificity", {"specificity": F(2, 3), "balanced_accuracy": F(19, 30)}),
    ("binary_metrics", TABLE, "forgets_true_negatives", {"accuracy": F(3, 10)}),
    ("binary_metrics", {"tp": 1, "fp": 0, "fn": 1, "tn": 8}, "accuracy_for_balanced_accuracy", {"balanced_accuracy": F(9, 10)}),
    ("binary_metrics", {"tp": 2, "fp": 0, "fn": 0, "tn": 2}, "forgets_root_in_mcc", {"mcc": 0.25}),
    ("average_precision", {**RANKING, "method": "step"}, "trapezoid", {"ap": (1 + 7 / 12) / 4}),
    ("average_precision", {**RANKING, "method": "all_points"}, "forgets_missed_ground_truth", {"ap": (1 + 2 / 3) / 2}),
    ("average_precision", {"scores": [3, 2, 1], "labels": [0, 1, 1], "method": "all_points"}, "no_interpolation", {"ap": (1 / 2 + 2 / 3) / 2}),
    ("average_precision", {**RANKING, "method": "all_points"}, "uses_eleven_points", {"ap": (3 + 3 * 2 / 3) / 11}),
    ("average_precision", {**RANKING, "method": "11_points"}, "uses_all_points", {"ap": (1 + 2 / 3) / 4}),
    ("roc_auc", TIES, "ignores_ties", {"auc": 0.75}),
    ("roc_auc", TIES, "ties_count_full", {"auc": 1}),
    ("roc_auc", TIES, "inverts_order", {"auc": 0.125}),
    ("box_iou", BOXES, "union_double_counts", {"union": 24, "iou": 4 / 24, "distance": 20 / 24}),
    ("box_iou", BOXES, "pixel_plus_one", {"intersection": 9, "union": 31, "iou": 9 / 31, "dice": 18 / 40}),
    ("box_iou", APART, "negative_overlap_multiplied", {"intersection": 12, "union": -6, "iou": -2}),
    ("box_iou", CORNER, "xywh_as_xyxy", {"intersection": 2, "union": 28, "iou": 2 / 28}),
    ("box_iou", {**CORNER, "format": "cxcywh"}, "center_as_corner", {"intersection": 6, "union": 54}),
    ("box_iou", BOXES, "smaller_box_denominator", {"iou": 0.5, "distance": 0.5}),
    ("box_iou", BOXES, "dice_forgets_two", {"dice": 4 / 24}),
    ("box_iou", BOXES, "iou_for_dice", {"dice": 0.2}),
    ("box_iou", BOXES, "iou_for_distance", {"distance": 0.2}),
    ("nms", CHAIN, "suppressed_boxes_suppress", {"kept": (1,)}),
    ("nms", CHAIN, "keeps_input_order", {"kept": (0, 1)}),
    ("nms", {"boxes": [[0, 0, 2, 2], [0, 0, 2, 1]], "scores": [2, 1], "iou_threshold": 0.5}, "at_or_above_threshold", {"kept": (0,)}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "inputs", "slug", "expected"), BY_HAND)
def test_the_wrong_rule_gives_what_was_worked_out(
    name: str, inputs: dict[str, Any], slug: str, expected: dict[str, Any]
) -> None:
    family = get_family(name)
    found = family.wrong_values(family.read(inputs))[slug]
    for output, value in expected.items():
        if value and isinstance(value, tuple) and isinstance(value[0], tuple):
            assert [list(row) for row in found[output]] == [pytest.approx(row) for row in value]  # type: ignore[union-attr]
        else:
            assert found[output] == (value if isinstance(value, Fraction) else pytest.approx(value, abs=1e-15))


NOTHING_THERE: list[tuple[str, dict[str, Any], str]] = [
    ("conv2d_forward", {**CONV, "flip_kernel": True}, "flips_kernel"),
    ("conv2d_forward", CONV, "forgets_flip"),
    ("conv2d_forward", {**CONV, "stride": 1}, "forgets_stride"),
    ("conv2d_forward", {**CONV, "padding": 0}, "ignores_padding"),
    ("conv2d_forward", {"image": [[1]], "kernel": [[1, 1]], "padding": 1}, "ignores_padding"),
    ("conv2d_forward", {"image": [[1]], "kernel": [[1]], "padding": 10**9, "stride": 10**9}, "forgets_stride"),
    ("pool2d_forward", {**POOL, "mode": "max"}, "sums_instead_of_mean"),
    ("pool2d_forward", {**POOL, "mode": "max"}, "other_divisor"),
    ("pool2d_forward", {**POOL, "padding": 0}, "other_divisor"),
    ("pool2d_forward", POOL, "pads_max_with_zero"),
    ("pool2d_forward", POOL, "stride_one_by_default"),
    ("softmax", {"logits": [1, -1]}, "normalizes_logits_without_exp"),
    ("softmax", {"logits": [1, 2], "temperature": 2}, "normalizes_logits_without_exp"),
    ("softmax", {"logits": [-1, 0]}, "divides_by_max"),
    ("softmax", SOFT, "multiplies_by_temperature"),
    ("batch_norm_forward", {"values": [3]}, "unbiased_variance"),
    ("batch_norm_forward", {"values": [3, 4]}, "forgets_affine"),
    ("normalization_statistics", {"kind": "group", **STATS}, "batch_kind_per_position"),
    ("cross_entropy", SURE, "smooths_other_classes_only"),
    ("cross_entropy", {"logits": [3], "target": 0, "label_smoothing": 0.5}, "smooths_other_classes_only"),
    ("cross_entropy", SURE, "adds_margin"),
    ("cross_entropy", {**FACE, "scale": 1}, "margin_after_scaling"),
    ("init_scale", XAVIER, "forgets_gain"),
    ("init_scale", HE, "fan_in_only_xavier"),
    ("init_scale", HE, "ignores_negative_slope"),
    ("init_scale", HE, "he_for_the_default"),
    ("init_scale", {**HE, "scheme": "kaiming_normal"}, "std_for_bound"),
    ("adam_step", {**ADAM, "beta1": 0.75}, "swaps_betas"),
    ("binary_metrics", {"tp": 0, "fp": 1, "fn": 2, "tn": 3}, "f_beta_without_brackets"),
    ("binary_metrics", {**TABLE, "beta": 0}, "f_beta_without_brackets"),
    ("average_precision", {**RANKING, "positives": 2, "method": "step"}, "forgets_missed_ground_truth"),
    ("average_precision", {**RANKING, "labels": [0, 0, 0, 0], "method": "step"}, "forgets_missed_ground_truth"),
    ("average_precision", {**RANKING, "method": "11_points"}, "no_interpolation"),
    ("roc_auc", {"scores": [1, 2], "labels": [0, 1]}, "ignores_ties"),
    ("box_iou", BOXES, "negative_overlap_multiplied"),
    ("box_iou", BOXES, "xywh_as_xyxy"),
    ("box_iou", {"a": [5, 5, 4, 6], "b": [0, 0, 1, 1], "format": "xywh"}, "xywh_as_xyxy"),
    ("box_iou", {"a": [0, 0, 0, 0], "b": [0, 0, 1, 1]}, "smaller_box_denominator"),
]


@pytest.mark.parametrize(("name", "inputs", "slug"), NOTHING_THERE)
def test_a_rule_that_does_not_apply_gives_nothing(name: str, inputs: dict[str, Any], slug: str) -> None:
    family = get_family(name)
    assert slug not in family.wrong_values(family.read(inputs))


CONVENTIONS = {
    "batch_norm_forward": {"unbiased_variance"},
    "cross_entropy": {"log_base_two"},
    "average_precision": {"no_interpolation", "uses_eleven_points", "uses_all_points"},
    "box_iou": {"pixel_plus_one"},
}


@pytest.mark.parametrize("name", sorted({name for name, *_ in BY_HAND}))
def test_values_of_another_convention_are_marked(name: str) -> None:
    found = {mistake.slug for mistake in get_family(name).mistakes if mistake.convention}
    assert found == CONVENTIONS.get(name, set())


def test_every_mistake_was_worked_out() -> None:
    for name in {name for name, *_ in BY_HAND}:
        worked = {slug for family, _, slug, _ in BY_HAND if family == name}
        assert worked == {mistake.slug for mistake in get_family(name).mistakes}, name


FOLLOWED: list[tuple[str, dict[str, Any], str, dict[str, Any], Any]] = [
    ("box_iou", BOXES, "union", {"intersection": 6}, 18),
    ("box_iou", BOXES, "iou", {"intersection": 6, "union": 24}, 0.25),
    ("box_iou", BOXES, "iou", {"intersection": 6}, 1 / 3),
    ("box_iou", BOXES, "dice", {"intersection": 6}, 0.5),
    ("box_iou", BOXES, "distance", {"iou": 0.25}, 0.75),
    ("binary_metrics", TABLE, "f1", {"precision": F(1, 2), "recall": F(1, 2)}, F(1, 2)),
    ("binary_metrics", TABLE, "f1", {"precision": 0.5}, F(6, 11)),
    ("binary_metrics", TABLE, "f_beta", {"precision": F(1, 2), "recall": F(1, 4)}, F(5, 18)),
    ("binary_metrics", TABLE, "balanced_accuracy", {"recall": 1}, F(9, 10)),
    ("binary_metrics", TABLE, "fpr", {"specificity": F(3, 4)}, F(1, 4)),
    ("batch_norm_forward", NORM, "variance", {"mean": 3}, 29 / 3),
    ("batch_norm_forward", NORM, "output", {"mean": 3, "variance": 4}, (-1, 1, 6)),
    ("normalization_statistics", {"kind": "layer", **STATS}, "elements_per_statistic", {"statistics": 24}, 10),
    ("cross_entropy", SURE, "grad_logits", {"smoothed_targets": (0.25, 0.75)}, (0.25, -0.25)),
    ("init_scale", XAVIER, "bound", {"std": 1}, math.sqrt(3)),
    ("adam_step", ADAM, "weight", {"m": 0.5, "v": 1}, 0.95),
]


@pytest.mark.parametrize(("name", "inputs", "output", "own", "expected"), FOLLOWED)
def test_a_later_output_follows_from_the_learners_own(
    name: str, inputs: dict[str, Any], output: str, own: dict[str, Any], expected: Any
) -> None:
    family = get_family(name)
    found = family.follow_through(output, family.read(inputs), own)
    assert found == (expected if isinstance(expected, Fraction) else pytest.approx(expected))
