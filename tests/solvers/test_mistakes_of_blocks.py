"""Wrong rules of windows, layouts, heads and blocks worked out by hand: what somebody who follows the rule writes down."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from quizcnn.solvers.base import get_family

UNFOLD = {"in_channels": 2, "in_height": 7, "in_width": 5, "kernel_size": 3, "stride": 2}
# right: 2*9 = 18 rows, 3*2 = 6 columns, 108/70
PYRAMID = {"in_channels": 8, "levels": [1, 2, 4]}
# right: 21 bins, 168
CLIP = {
    "in_depth": 9,
    "in_height": 11,
    "in_width": 12,
    "kernel_size": [3, 5, 2],
    "stride": [2, 3, 5],
    "padding": [1, 0, 2],
}
# right: (9+2-3)/2+1 = 5, (11-5)/3+1 = 3, floor((12+4-2)/5)+1 = 3
SHUFFLE = {"in_channels": 18, "in_height": 4, "in_width": 5, "upscale_factor": 3}
# right: 2, 12, 15
BACK = {"in_channels": 2, "in_height": 12, "in_width": 8, "upscale_factor": 2, "inverse": True}
# right: 8, 6, 4
TENSOR = {"shape": [2, 3, 4], "dims": [1, 2, 0], "index": [2, 1, 1]}
# right: shape 3, 4, 2; strides of the tensor 12, 4, 1, so 4, 1, 12; place 8+1+12 = 21
LAYERS = {"layers": [{"kernel_size": 5, "stride": 3}, {"kernel_size": 2, "stride": 2}, {"kernel_size": 4}]}
# right: 4, 3*2+2 = 8, 7*3+5 = 26
BRANCHES = {
    "branches": [[{"kernel_size": 3, "dilation": 3}], [{"kernel_size": 1}], [{"kernel_size": 3}, {"kernel_size": 3}]]
}
# right: 7, 1 and 5
HEAD = {"anchors": 3, "classes": 80}
# right: 255, 81, 320
MAPS = {"feature_sizes": [5, [2, 7]], "anchors_per_location": 4}
# right: (25+14)*4 = 156
CONCAT = {"channels": [4, 6], "mode": "concat", "out_channels": 5}
# right: 10, 5*10*9+5 = 455
PAIR = {"kernel_size": 5, "in_channels": 4, "out_channels": 6}
# right: 5*24 + 5*36 = 300 of 25*24 = 600
BLOCK = {"channels": 10, "reduced_channels": 4}
# right: 40+144+40 = 224 of 1800
GROUPED = {"channels": 10, "reduced_channels": 4, "out_channels": 6, "kernel_size": 5, "groups": 2}
# right: 40+200+24 = 264 of 25*60+25*36 = 2400
INVERTED = {"in_channels": 3, "out_channels": 5, "expansion": 4}
# right: 12 inside, 36+108+60 = 204
SQUEEZE = {"channels": 30, "reduction": 4, "bias": True}
# right: 7 in the middle, 420+37 = 457
VIDEO = {"in_channels": 4, "out_channels": 6, "mid_channels": 5, "temporal_kernel": 3, "spatial_kernel": 2}
# right: 3*4*24 = 288, 4*4*5+3*5*6 = 170, floor(288/(16+18)) = 8

BY_HAND: list[tuple[str, Mapping[str, Any], str, dict[str, Any]]] = [
    ("same_padding", {"kernel_size": 5, "dilation": 4}, "half_kernel_rounded_up", {"padding": 3}),
    ("same_padding", {"kernel_size": 6, "dilation": 4}, "ignores_dilation", {"padding": 2}),
    ("same_padding", {"kernel_size": 5, "dilation": 4}, "pads_the_total", {"padding": 16}),
    ("effective_kernel_size", {"kernel_size": 5, "dilation": 4}, "multiplies_kernel_by_dilation", {"effective_kernel_size": 20}),
    ("effective_kernel_size", {"kernel_size": 5, "dilation": 4}, "off_by_one_gaps", {"effective_kernel_size": 21}),
    ("effective_kernel_size", {"kernel_size": 5, "dilation": 4}, "ignores_dilation", {"effective_kernel_size": 5}),
    ("im2col_shape", UNFOLD, "transposed", {"rows": 6, "columns": 18}),
    ("im2col_shape", UNFOLD, "forgets_channels", {"rows": 9, "columns": 6, "memory_factor": Fraction(54, 70)}),
    ("im2col_shape", UNFOLD, "one_column_per_pixel", {"rows": 18, "columns": 35, "memory_factor": 9}),
    ("spp_output_length", PYRAMID, "sums_n_instead_of_n_squared", {"length": 56, "bins": 7}),
    ("spp_output_length", PYRAMID, "forgets_channels", {"length": 21}),
    ("spp_output_length", PYRAMID, "finest_level_only", {"length": 128, "bins": 16}),
    ("spp_window", {"in_size": 13, "bins": 5}, "both_floor", {"kernel_size": 2, "out_size": 6}),
    ("spp_window", {"in_size": 13, "bins": 5}, "both_ceil", {"stride": 3, "out_size": 4}),
    ("spp_window", {"in_size": 13, "bins": 5}, "takes_bins_for_windows", {"out_size": 5}),
    ("fc_as_conv_output", {"train_feature_size": 6, "test_feature_size": 10}, "one_by_one_kernel", {"kernel_size": 1, "out_size": 10}),
    ("fc_as_conv_output", {"train_feature_size": 6, "test_feature_size": 10}, "out_size_one", {"out_size": 1}),
    ("fc_as_conv_output", {"train_feature_size": 6, "test_feature_size": 10}, "forgets_plus_one", {"out_size": 4}),
    ("crop_count", {"image_size": 9, "crop_size": 5}, "forgets_mirror", {"distinct_crops": 25, "paper_factor": 16}),
    ("crop_count", {"image_size": 9, "crop_size": 5}, "counts_one_axis", {"distinct_crops": 10, "paper_factor": 8}),
    ("crop_count", {"image_size": 9, "crop_size": 5}, "forgets_plus_one", {"distinct_crops": 32}),
    ("vit_tokens", {"image_size": 32, "patch_size": 4}, "forgets_class_token", {"tokens": 64}),
    ("vit_tokens", {"image_size": 32, "patch_size": 4}, "forgets_square", {"patches": 8, "tokens": 9}),
    ("vit_tokens", {"image_size": 32, "patch_size": 4}, "divides_by_the_side_once", {"patches": 256, "tokens": 257}),
    ("conv3d_output_shape", CLIP, "keeps_depth", {"out_depth": 9}),
    ("conv3d_output_shape", CLIP, "forgets_plus_one", {"out_depth": 4, "out_height": 2, "out_width": 2}),
    ("conv3d_output_shape", CLIP, "ignores_padding", {"out_depth": 4, "out_width": 3}),
    ("pixel_shuffle_shape", SHUFFLE, "factor_not_squared", {"out_channels": 6}),
    ("pixel_shuffle_shape", SHUFFLE, "keeps_channels", {"out_channels": 18}),
    ("pixel_shuffle_shape", SHUFFLE, "squares_the_sides", {"out_height": 36, "out_width": 45}),
    ("pixel_shuffle_shape", BACK, "factor_not_squared", {"out_channels": 4}),
    ("pixel_shuffle_shape", BACK, "squares_the_sides", {"out_height": 3, "out_width": 2}),
    ("pixel_shuffle_shape", {**BACK, "in_height": 6}, "squares_the_sides", {"out_width": 2}),
    ("adaptive_pool_bins", {"in_size": 7, "out_size": 3}, "equal_bins", {"starts": (0, 2, 4), "ends": (2, 4, 6), "sizes": (2, 2, 2)}),
    ("adaptive_pool_bins", {"in_size": 7, "out_size": 3}, "no_overlap", {"starts": (0, 2, 4), "ends": (2, 4, 7), "sizes": (2, 2, 3)}),
    ("tensor_permute", TENSOR, "inverse_permutation", {"out_shape": (4, 2, 3), "strides": (1, 12, 4), "offset": 18}),
    ("tensor_permute", TENSOR, "strides_as_contiguous", {"strides": (8, 2, 1), "offset": 19}),
    ("tensor_permute", TENSOR, "first_axis_fastest", {"strides": (2, 6, 1), "offset": 11}),
    ("receptive_field_backward", LAYERS, "multiplies_rf_by_stride", {"receptive_field": 31, "sizes": (4, 9, 31)}),
    ("receptive_field_backward", LAYERS, "wrong_direction", {"receptive_field": 13, "sizes": (5, 10, 13)}),
    ("receptive_field_backward", LAYERS, "ignores_stride", {"receptive_field": 9, "sizes": (4, 5, 9)}),
    ("receptive_field_branches", BRANCHES, "sums_branches", {"receptive_field": 13}),
    ("receptive_field_branches", BRANCHES, "averages_branches", {"receptive_field": Fraction(13, 3)}),
    ("receptive_field_branches", BRANCHES, "smallest_branch", {"receptive_field": 1}),
    ("receptive_field_branches", BRANCHES, "ignores_dilation", {"receptive_field": 5}),
    ("detection_head_channels", HEAD, "forgets_objectness", {"channels": 252}),
    ("detection_head_channels", HEAD, "forgets_anchors", {"channels": 85}),
    ("detection_head_channels", {**HEAD, "objectness": False}, "forgets_anchors", {"channels": 84}),
    ("detection_head_channels", HEAD, "forgets_box", {"channels": 243}),
    ("detection_head_channels", HEAD, "forgets_background", {"rcnn_scores": 80}),
    ("detection_head_channels", HEAD, "one_box_for_all", {"rcnn_deltas": 4}),
    ("detection_head_channels", HEAD, "box_for_background", {"rcnn_deltas": 324}),
    ("anchor_count", MAPS, "forgets_square", {"anchors": 28}),
    ("anchor_count", MAPS, "one_level_only", {"anchors": 100}),
    ("anchor_count", MAPS, "one_anchor_per_location", {"anchors": 39}),
    ("feature_fusion", CONCAT, "concat_keeps_channels", {"fused_channels": 4, "next_parameters": 185}),
    ("feature_fusion", {**CONCAT, "channels": [4, 4], "mode": "add"}, "add_sums_channels", {"fused_channels": 8, "next_parameters": 365}),
    ("feature_fusion", CONCAT, "forgets_bias", {"next_parameters": 450}),
    ("factorized_conv_parameters", PAIR, "second_conv_keeps_in_channels", {"factorized_parameters": 240, "ratio": Fraction(2, 5)}),
    ("factorized_conv_parameters", PAIR, "forgets_second_conv", {"factorized_parameters": 120, "ratio": Fraction(1, 5)}),
    ("bottleneck_parameters", BLOCK, "forgets_expand", {"bottleneck_parameters": 184, "ratio": Fraction(184, 1800)}),
    ("bottleneck_parameters", BLOCK, "three_by_three_at_full_width", {"bottleneck_parameters": 980, "ratio": Fraction(980, 1800)}),
    ("bottleneck_parameters", BLOCK, "one_plain_convolution", {"basic_parameters": 900, "ratio": Fraction(224, 900)}),
    ("bottleneck_parameters", GROUPED, "ignores_groups", {"bottleneck_parameters": 464, "ratio": Fraction(464, 2400)}),
    ("bottleneck_parameters", GROUPED, "forgets_expand", {"bottleneck_parameters": 240, "ratio": Fraction(1, 10)}),
    ("inverted_residual_parameters", INVERTED, "depthwise_as_full_conv", {"parameters": 36 + 144 * 9 + 60}),
    ("inverted_residual_parameters", INVERTED, "expands_output", {"hidden_channels": 20, "parameters": 60 + 180 + 100}),
    ("inverted_residual_parameters", INVERTED, "forgets_expansion_layer", {"parameters": 168}),
    ("se_block_parameters", SQUEEZE, "one_layer_only", {"parameters": 210}),
    ("se_block_parameters", SQUEEZE, "squares_reduced", {"parameters": 98}),
    ("se_block_parameters", SQUEEZE, "forgets_biases", {"parameters": 420}),
    ("se_block_parameters", SQUEEZE, "ignores_reduction", {"parameters": 1860}),
    ("conv3d_vs_r2plus1d", VIDEO, "forgets_temporal", {"conv3d_parameters": 96}),
    ("conv3d_vs_r2plus1d", VIDEO, "ignores_mid_channels", {"r2plus1d_parameters": 96 + 108}),
    ("conv3d_vs_r2plus1d", VIDEO, "mid_is_out", {"matched_mid_channels": 6}),
    ("conv3d_vs_r2plus1d", VIDEO, "forgets_second_layer", {"r2plus1d_parameters": 80}),
]  # fmt: skip


@pytest.mark.parametrize(("family", "inputs", "slug", "expected"), BY_HAND)
def test_a_mistake_gives_what_its_rule_gives(
    family: str, inputs: Mapping[str, Any], slug: str, expected: dict[str, Any]
) -> None:
    found = get_family(family)
    assert found.mistake(slug).values(found.read(inputs), found.outputs) == expected


@pytest.mark.parametrize("family", sorted({name for name, *_ in BY_HAND}))
def test_every_mistake_is_worked_out_by_hand(family: str) -> None:
    assert {slug for name, _, slug, _ in BY_HAND if name == family} == {
        mistake.slug for mistake in get_family(family).mistakes
    }


RULES_THAT_CHANGE_NOTHING: list[tuple[str, Mapping[str, Any], str]] = [
    ("same_padding", {"kernel_size": 5}, "ignores_dilation"),
    ("spp_window", {"in_size": 12, "bins": 4}, "both_floor"),
    ("crop_count", {"image_size": 9, "crop_size": 5, "mirrored": False}, "forgets_mirror"),
    ("vit_tokens", {"image_size": 32, "patch_size": 4, "class_token": False}, "forgets_class_token"),
    ("adaptive_pool_bins", {"in_size": 3, "out_size": 7}, "equal_bins"),
    ("tensor_permute", {"shape": [2, 3]}, "inverse_permutation"),
    ("detection_head_channels", {"anchors": 3, "classes": 2, "objectness": False}, "forgets_objectness"),
    ("feature_fusion", {**CONCAT, "bias": False}, "forgets_bias"),
    ("feature_fusion", CONCAT, "add_sums_channels"),
    ("factorized_conv_parameters", {"kernel_size": 3, "in_channels": 4, "out_channels": 4}, "second_conv_keeps_in_channels"),
    ("bottleneck_parameters", BLOCK, "ignores_groups"),
    ("inverted_residual_parameters", {**INVERTED, "expansion": 1}, "forgets_expansion_layer"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "inputs", "slug"), RULES_THAT_CHANGE_NOTHING)
def test_a_rule_that_does_not_apply_gives_nothing(family: str, inputs: Mapping[str, Any], slug: str) -> None:
    found = get_family(family)
    assert found.mistake(slug).values(found.read(inputs), found.outputs) == {}


def test_a_block_without_expansion_has_two_layers() -> None:
    found = get_family("inverted_residual_parameters").answer({**INVERTED, "expansion": 1})
    assert found == {"hidden_channels": 3, "parameters": 27 + 15}


def test_null_keeps_the_channels_of_a_bottleneck() -> None:
    family = get_family("bottleneck_parameters")
    assert family.answer({**BLOCK, "out_channels": None}) == family.answer(BLOCK) == family.answer({**BLOCK, "out_channels": 10})  # fmt: skip


def test_counts_hold_at_a_thousand_digits() -> None:
    big = 10**999
    assert get_family("anchor_count").answer({"feature_sizes": [big], "anchors_per_location": 3}) == {
        "anchors": 3 * big**2
    }
    assert get_family("crop_count").answer({"image_size": 2 * big, "crop_size": big})["paper_factor"] == 2 * big**2
    found = get_family("adaptive_pool_bins").answer({"in_size": 3 * big + 1, "out_size": 3})
    assert found["ends"] == (big + 1, 2 * big + 1, 3 * big + 1)
    assert get_family("tensor_permute").answer({"shape": [7, big], "index": [6, 5]})["offset"] == 6 * big + 5
