"""Wrong rules worked out by hand, one line a mistake: what somebody who follows the rule writes down."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from quizcnn.solvers.base import get_family

CONV = {"in_height": 57, "in_width": 30, "kernel_size": [5, 3], "stride": [2, 3], "padding": [1, 2], "dilation": [3, 1]}
# right: floor((57+2-12-1)/2)+1 = 24, floor((30+4-2-1)/3)+1 = 11
SAME = {"in_size": 11, "kernel_size": 4, "stride": 3, "dilation": 2}
# right: out 4, total (4-1)*3+6+1-11 = 5, before 2, after 3
POOL = {"in_height": 14, "in_width": 9, "kernel_size": [3, 2], "padding": [1, 0]}
# right: floor((14+2-3)/3)+1 = 5, floor((9-2)/2)+1 = 4
CEIL = {"in_height": 4, "in_width": 5, "kernel_size": 2, "stride": 5, "padding": 1, "ceil_mode": True}
# ceil((4+2-2)/5)+1 = 2 but 5 >= 4+1: 1; ceil((5+2-2)/5)+1 = 2 and 5 < 5+1: 2
UP = {
    "in_height": 7,
    "in_width": 8,
    "kernel_size": 4,
    "stride": [2, 3],
    "padding": [1, 0],
    "output_padding": [1, 2],
    "dilation": 2,
}
# right: 6*2-2+6+1+1 = 18, 7*3-0+6+2+1 = 30
PARAMETERS = {"in_channels": 12, "out_channels": 20, "kernel_size": [3, 5], "groups": 4}
# right: 20*3*15 = 900 and 20
PRUNED = {**PARAMETERS, "pruned_in_channels": 4, "pruned_out_channels": 8}
# right: 12*2*15 + 12 = 372
MACS = {"in_channels": 8, "out_channels": 6, "kernel_size": 3, "out_height": 10, "out_width": 5, "groups": 2}
# right: 6*4*9 = 216 weights, 50 positions: 10800 and 21600
SEPARABLE = {"in_channels": 8, "out_channels": 20, "kernel_size": 3, "out_height": 10, "out_width": 20}
# right: 72 + 160 = 232, 200 positions: 46400 of 288000
SCALED = {**SEPARABLE, "width_multiplier": 0.5, "resolution_multiplier": 0.2}
# right: 4 and 10 channels, 2 x 4: (36+40)*8 = 608
STACK = {"small_kernel": 3, "layers": 4, "channels": 10}
# right: 9, 3600, 8100, 4/9
FIELD = {
    "layers": [
        {"kernel_size": 7, "stride": 2, "padding": 1},
        {"kernel_size": 3, "dilation": 2, "padding": 1},
        {"kernel_size": 3, "stride": 3},
    ],
    "index": 2,
}
# right: 7, 7+2*2*2 = 15, 15+2*2 = 19; jump 2, 2, 6; centre 2 + (2-1)*2 + 1*2 = 6, then 6+12 = 18

BY_HAND: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("conv2d_output_shape", CONV, "forgets_plus_one", {"out_height": 23, "out_width": 10}),
    ("conv2d_output_shape", CONV, "padding_counted_once", {"out_height": 23, "out_width": 10}),
    ("conv2d_output_shape", CONV, "rounds_up", {"out_height": 24, "out_width": 12}),
    ("conv2d_output_shape", CONV, "ignores_dilation", {"out_height": 28}),
    ("conv2d_output_shape", CONV, "ignores_padding", {"out_height": 23, "out_width": 10}),
    ("conv2d_output_shape", CONV, "swaps_stride_and_padding", {"out_height": 49, "out_width": 17}),
    ("conv2d_output_shape", CONV, "height_and_width_exchanged", {"out_height": 11, "out_width": 24}),
    ("conv2d_output_shape", {**CONV, "padding": [1, 0]}, "swaps_stride_and_padding", {"out_height": 49}),
    ("conv2d_output_shape", {**CONV, "in_channels": 3, "out_channels": 8}, "keeps_in_channels", {"out_shape": (1, 3, 24, 11)}),
    ("conv2d_output_shape", {**CONV, "out_channels": 8, "batch_size": 4}, "other_layout", {"out_shape": (4, 24, 11, 8)}),
    ("conv2d_output_shape", {**CONV, "out_channels": 8, "layout": "NHWC"}, "other_layout", {"out_shape": (1, 8, 24, 11)}),
    ("conv2d_output_shape", {**CONV, "out_channels": 8}, "height_and_width_exchanged", {"out_shape": (1, 8, 11, 24)}),
    ("conv2d_output_shape", {**CONV, "out_channels": 8}, "forgets_plus_one", {"out_shape": (1, 8, 23, 10)}),
    ("conv2d_output_shape", {"in_height": 7, "in_width": 9, "kernel_size": 1, "stride": 3}, "one_axis_only", {"unread_fraction": Fraction(4, 7)}),
    ("conv2d_same_output", SAME, "rounds_down", {"out_size": 3, "pad_total": 2, "pad_before": 1, "pad_after": 1}),
    ("conv2d_same_output", SAME, "uses_symmetric_half_kernel_padding", {"pad_total": 4, "pad_before": 2, "pad_after": 2}),
    ("conv2d_same_output", SAME, "keeps_input_size_whatever_the_stride", {"out_size": 11, "pad_total": 26}),
    ("conv2d_same_output", SAME, "odd_pixel_before", {"pad_before": 3, "pad_after": 2}),
    ("pool2d_output_shape", POOL, "forgets_plus_one", {"out_height": 4, "out_width": 3}),
    ("pool2d_output_shape", POOL, "stride_one_by_default", {"out_height": 14, "out_width": 8}),
    ("pool2d_output_shape", POOL, "ceil_instead_of_floor", {"out_height": 6, "out_width": 5}),
    ("pool2d_output_shape", CEIL, "keeps_window_outside_the_input", {"out_height": 2}),
    ("conv_transpose2d_output_shape", UP, "uses_forward_formula", {"out_height": 2, "out_width": 1}),
    ("conv_transpose2d_output_shape", UP, "adds_padding", {"out_height": 22}),
    ("conv_transpose2d_output_shape", UP, "forgets_output_padding", {"out_height": 17, "out_width": 28}),
    ("conv_transpose2d_output_shape", UP, "multiplies_n_instead_of_n_minus_one", {"out_height": 20, "out_width": 33}),
    ("conv2d_parameters", PARAMETERS, "forgets_bias", {"total": 900, "biases": 0}),
    ("conv2d_parameters", PARAMETERS, "bias_per_input_channel", {"total": 912, "biases": 12}),
    ("conv2d_parameters", PARAMETERS, "forgets_input_channels", {"weights": 300, "total": 320, "kernels": 20}),
    ("conv2d_parameters", PARAMETERS, "ignores_groups", {"weights": 3600, "total": 3620}),
    ("conv2d_parameters", {**PARAMETERS, "bias": False}, "ignores_groups", {"weights": 3600, "total": 3600}),
    ("conv2d_parameters", {**PARAMETERS, "bias": False}, "forgets_input_channels", {"weights": 300, "total": 300}),
    ("conv2d_parameters", PARAMETERS, "in_and_out_exchanged", {"weight_shape": (3, 20, 3, 5)}),
    ("conv2d_parameters", PARAMETERS, "weight_shape_ignores_groups", {"weight_shape": (20, 12, 3, 5)}),
    ("conv2d_parameters", PARAMETERS, "filters_for_inputs", {"filters": 12}),
    ("conv2d_parameters", PARAMETERS, "kernels_ignore_groups", {"kernels": 240}),
    ("conv2d_parameters", PRUNED, "prunes_one_side", {"pruned_total": 552}),
    ("conv2d_parameters", PRUNED, "weights_keep_their_number", {"pruned_total": 920}),
    ("conv2d_parameters", PRUNED, "forgets_bias", {"pruned_total": 360}),
    ("conv2d_macs", MACS, "macs_called_flops", {"flops": 10800}),
    ("conv2d_macs", {**MACS, "bias": True}, "macs_called_flops", {"flops": 11100}),
    ("conv2d_macs", MACS, "forgets_input_channels", {"macs": 2700, "flops": 5400}),
    ("conv2d_macs", MACS, "forgets_map", {"macs": 216, "flops": 432}),
    ("linear_parameters", {"in_features": 30, "out_features": 7}, "forgets_bias", {"total": 210, "biases": 0}),
    ("linear_parameters", {"in_features": 30, "out_features": 7}, "bias_per_input", {"total": 240, "biases": 30}),
    ("flatten_linear_parameters", {"in_channels": 4, "in_height": 3, "in_width": 5, "out_features": 2}, "forgets_channels", {"in_features": 15, "total": 32}),
    ("flatten_linear_parameters", {"in_channels": 4, "in_height": 3, "in_width": 5, "out_features": 2}, "forgets_bias", {"total": 120, "gap_total": 8}),
    ("flatten_linear_parameters", {"in_channels": 4, "in_height": 3, "in_width": 5, "out_features": 2}, "gap_counts_positions", {"gap_total": 122}),
    ("batchnorm_parameters", {"num_features": 64}, "counts_four_per_channel_as_trainable", {"trainable": 256}),
    ("batchnorm_parameters", {"num_features": 64}, "one_pair_for_the_layer", {"trainable": 2}),
    ("depthwise_separable_cost", SEPARABLE, "ratio_uses_in_channels", {"ratio": Fraction(17, 72)}),
    ("depthwise_separable_cost", SEPARABLE, "depthwise_uses_out_channels", {"depthwise_parameters": 180, "parameters": 340, "macs": 68000}),
    ("depthwise_separable_cost", SEPARABLE, "forgets_pointwise", {"parameters": 72, "macs": 14400, "ratio": Fraction(1, 20)}),
    ("depthwise_separable_cost", SCALED, "width_scales_linearly", {"macs": 928}),
    ("depthwise_separable_cost", SCALED, "resolution_scales_linearly", {"macs": 3040}),
    ("stacked_conv_comparison", STACK, "forgets_channels_squared", {"stacked_parameters": 360, "ratio": Fraction(360, 8100)}),
    ("stacked_conv_comparison", STACK, "adds_kernels", {"equivalent_kernel": 12, "single_parameters": 14400, "ratio": Fraction(1, 4)}),
    ("attention_parameters", {"embed_dim": 12, "num_heads": 3}, "multiplies_by_heads", {"parameters": 1872}),
    ("attention_parameters", {"embed_dim": 12, "num_heads": 3}, "forgets_output_projection", {"parameters": 468}),
    ("attention_parameters", {"embed_dim": 12, "num_heads": 3, "bias": False}, "forgets_output_projection", {"parameters": 432}),
    ("receptive_field", FIELD, "adds_kernels", {"receptive_field": 13}),
    ("receptive_field", FIELD, "multiplies_strides_into_own_layer", {"receptive_field": 33}),
    ("receptive_field", FIELD, "ignores_stride", {"receptive_field": 13, "jump": 1}),
    ("receptive_field", FIELD, "ignores_dilation", {"receptive_field": 15}),
    ("receptive_field", FIELD, "forgets_minus_one", {"receptive_field": 26}),
    ("receptive_field", FIELD, "center_is_stride_times_index", {"center": 12}),
    ("receptive_field", FIELD, "center_ignores_padding", {"center": 21}),
    ("receptive_field", {"layers": [{"kernel_size": 3, "dilation": 2}, {"kernel_size": 3, "dilation": 2}]}, "whole_span", {"covered_positions": 9}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "inputs", "slug", "expected"), BY_HAND)
def test_the_wrong_rule_gives_what_it_says(
    name: str, inputs: dict[str, Any], slug: str, expected: dict[str, Any]
) -> None:
    family = get_family(name)
    found = family.wrong_values(family.read(inputs))[slug]
    assert {output: found[output] for output in expected} == expected


NOTHING_THERE: list[tuple[str, dict[str, Any], str]] = [
    ("conv2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "ignores_dilation"),
    ("conv2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "ignores_padding"),
    ("conv2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "padding_counted_once"),
    ("conv2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "swaps_stride_and_padding"),
    ("conv2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "keeps_in_channels"),
    ("conv2d_same_output", {"in_size": 9, "kernel_size": 3}, "odd_pixel_before"),
    ("conv2d_same_output", {"in_size": 9, "kernel_size": 3, "stride": 3}, "rounds_down"),
    ("pool2d_output_shape", {**POOL, "stride": 2}, "stride_one_by_default"),
    ("pool2d_output_shape", {**POOL, "ceil_mode": True}, "ceil_instead_of_floor"),
    ("pool2d_output_shape", POOL, "keeps_window_outside_the_input"),
    ("conv_transpose2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "adds_padding"),
    ("conv_transpose2d_output_shape", {"in_height": 9, "in_width": 9, "kernel_size": 3}, "forgets_output_padding"),
    ("conv2d_parameters", {"in_channels": 3, "out_channels": 8, "kernel_size": 3, "bias": False}, "forgets_bias"),
    ("conv2d_parameters", {"in_channels": 3, "out_channels": 8, "kernel_size": 3}, "ignores_groups"),
    ("conv2d_parameters", {"in_channels": 3, "out_channels": 8, "kernel_size": 3}, "weights_keep_their_number"),
    ("linear_parameters", {"in_features": 3, "out_features": 8, "bias": False}, "bias_per_input"),
    ("depthwise_separable_cost", SEPARABLE, "width_scales_linearly"),
    ("receptive_field", {"layers": [{"kernel_size": 3}]}, "ignores_dilation"),
    ("receptive_field", {"layers": [{"kernel_size": 3}]}, "center_ignores_padding"),
]


@pytest.mark.parametrize(("name", "inputs", "slug"), NOTHING_THERE)
def test_a_rule_that_changes_nothing_gives_nothing(name: str, inputs: dict[str, Any], slug: str) -> None:
    family = get_family(name)
    assert slug not in family.wrong_values(family.read(inputs))


def test_conventions_are_marked() -> None:
    assert get_family("pool2d_output_shape").mistake("ceil_instead_of_floor").convention
    assert get_family("conv2d_macs").mistake("macs_called_flops").convention
    assert not get_family("conv2d_macs").mistake("forgets_map").convention
