"""Wrong rules of running statistics, dropout, initial scale, losses and gradients worked out by hand, one line a mistake."""

from __future__ import annotations

import math
from typing import Any

import pytest
from golden_vectors import agree

from quizcnn.solvers.base import get_family

MEAN = {"running": 2, "batch": 6, "momentum": 0.25, "convention": "pytorch"}
# right: 2 + 4/4 = 3
SYNC = {"counts": [1, 3], "sums": [2, 0], "sums_of_squares": [4, 6]}
# right: mean 2/4, E[x²] 10/4, variance 2.25; the devices alone: means 2 and 0, variances 0 and 2
FOLD = {"weights": [2, -1], "bias": 3, "gamma": 6, "beta": 1, "running_mean": 1, "running_var": 4, "eps": 0}
# right: scale 3, weights 6 and -3, bias 2*3 + 1
EMA = {"values": [4, 8], "beta": 0.75}
# right: 1, 2.75; corrected 4, 2.75/(1 - 9/16); window 4
DROP = {"units": 200, "drop_probability": 0.2}
FANS = {"in_channels": 8, "out_channels": 12, "kernel_size": [3, 5], "groups": 4}
# right: 2*15 and 12*15
SPREAD = {"fan_in": 8, "weight_variance": 0.25, "layers": 3, "input_variance": 2, "activation": "relu"}
# right: gain 1; 4, 4, 4
SURE = {"probability": 0.25, "target": 1}
# right: ln 4, -3/4, -3/4*3/16
TAGS = {"logits": [0, 0, 0], "targets": [1, 0, 0], "threshold": 0.25}
# right: each 1/2, ln 2, (-1/6, 1/6, 1/6), all predicted
FOCAL = {"probability": 0.75, "target": 0}
# right: p_t 1/4, factor 9/16, ln 4, times 3/4
SHARES = {"probabilities": [0.5, 0.25, 0.25]}
# right: 1.5 bits, 1 - 6/16
PAIR = {"p": [0.5, 0.5], "q": [0.25, 0.75]}
# right: (ln 2 + ln 2/3)/2 = ln(4/3)/2
ERRORS = {"prediction": [0, 0, 0], "target": [1, 4, 10], "delta": 2}
# right: squares 117/3, sizes 15/3, Huber (1/2 + 6 + 18)/3, mean 5, median 4
NOISE = {"transition": [[0.75, 0.25], [0.5, 0.5]], "probabilities": [0.5, 0.5], "target": 1}
# right: 5/8, 3/8
CENTER = {"features": [[3, 4], [1, 1]], "centers": [[0, 0], [1, 3]], "labels": [0, 1], "weight": 0.5}
# right: (25 + 4)/4
CHAIN = {"weights": [2, -3], "derivatives": [0.5, 0.25], "upstream": 4}
# right: factors 1 and -3/4: -3, and 4*2*1/4
UNIT = {"x": [2], "w1": [[0]], "w2": [[4]], "target": [1], "activation": "sigmoid"}
# right: h 1/2, error 1, slope 1/4: 4*1/4 for b1, twice that for w1
SQUARE = {"x": [1], "w1": [[1], [1]], "w2": [[1, 2], [3, 4]], "target": [2, 6], "activation": "identity"}
# right: errors 1 and 1 come back along the columns, 4 and 6
STEPS = {"x": [1, 2], "w_x": 1, "w_h": 3, "target": 4, "activation": "identity"}
# right: states 1 and 5, error 1, one step back 3: 2 + 3, 1, 1 + 3
BENT = {"x": [1], "w_x": 1, "w_h": 0, "target": 0}
CELL = {"x": 0, "h": 0, "c": 2, "w_x": [0] * 4, "w_h": [0] * 4, "b": [0, 400, 0, 0]}
# right: gates 1/2, 1, 0, 1/2: c 2
LATE = {**CELL, "b": [0, 400, 0, 400]}
LN2, LN4 = math.log(2), math.log(4)
HALF_SLOPE = math.exp(-0.5) / (1 + math.exp(-0.5)) ** 2
TANH = math.tanh(1)

BY_HAND: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("running_mean_update", MEAN, "other_framework", {"running": 5.0}),
    ("running_mean_update", MEAN, "keeps_the_batch_value", {"running": 6.0}),
    ("sync_bn_statistics", SYNC, "averages_variances", {"variance": 1.0}),
    ("sync_bn_statistics", SYNC, "averages_means_unweighted", {"mean": 1.0, "variance": 1.5}),
    ("sync_bn_statistics", SYNC, "unbiased_variance", {"variance": 3.0}),
    ("batch_norm_folding", FOLD, "bias_not_scaled", {"bias": 1.0}),
    ("batch_norm_folding", FOLD, "divides_by_variance", {"scale": 1.5, "weights": (3.0, -1.5), "bias": 4.0}),
    ("batch_norm_folding", FOLD, "forgets_running_mean", {"bias": 10.0}),
    ("batch_norm_folding", FOLD, "forgets_beta", {"bias": 6.0}),
    ("exponential_moving_average", EMA, "swaps_weights", {"averages": (3.0, 6.75)}),
    ("exponential_moving_average", EMA, "forgets_correction", {"corrected": (1.0, 2.75)}),
    ("exponential_moving_average", EMA, "corrects_without_power", {"corrected": (4.0, 11.0)}),
    ("exponential_moving_average", EMA, "window_squared", {"effective_window": 16.0}),
    ("dropout", DROP, "keep_for_drop", {"expected_active": 40.0}),
    ("dropout", DROP, "scales_by_p", {"train_scale": 5.0}),
    ("dropout", DROP, "shrinks_in_training", {"train_scale": 0.8}),
    ("dropout", DROP, "p_at_test_time", {"test_scale_classic": 0.2}),
    ("conv_fans", FANS, "forgets_kernel_area", {"fan_in": 2}),
    ("conv_fans", FANS, "swaps_fans", {"fan_in": 180, "fan_out": 30}),
    ("conv_fans", FANS, "ignores_groups", {"fan_in": 120}),
    ("conv_fans", FANS, "divides_fan_out_by_groups", {"fan_out": 45}),
    ("variance_propagation", SPREAD, "std_for_variance", {"gain": 2.0, "variances": (8.0, 16.0, 32.0)}),
    ("variance_propagation", SPREAD, "forgets_fan_in", {"gain": 0.125, "variances": (0.5, 0.0625, 0.0078125)}),
    ("variance_propagation", SPREAD, "ignores_relu", {"gain": 2.0, "variances": (4.0, 8.0, 16.0)}),
    ("variance_propagation", SPREAD, "halves_the_first_layer", {"variances": (2.0, 2.0, 2.0)}),
    ("variance_propagation", SPREAD, "twelve_for_three", {"uniform_bound": math.sqrt(3)}),
    ("binary_cross_entropy", SURE, "swaps_classes", {"loss": math.log(4 / 3)}),
    ("binary_cross_entropy", SURE, "log_base_two", {"loss": 2.0}),
    ("binary_cross_entropy", SURE, "forgets_minus", {"loss": -LN4}),
    ("binary_cross_entropy", SURE, "forgets_sigmoid_derivative", {"squared_error_grad_logit": -0.75}),
    ("binary_cross_entropy", SURE, "multiplies_cross_entropy_too", {"grad_logit": -9 / 64}),
    ("bce_with_logits", TAGS, "softmax_over_labels", {"probabilities": (1 / 3, 1 / 3, 1 / 3)}),
    ("bce_with_logits", TAGS, "other_reduction", {"loss": 3 * LN2}),
    ("bce_with_logits", {**TAGS, "reduction": "sum"}, "other_reduction", {"loss": LN2}),
    ("bce_with_logits", TAGS, "forgets_negatives", {"loss": LN2 / 3}),
    ("bce_with_logits", TAGS, "thresholds_logits", {"predicted": (0, 0, 0)}),
    ("bce_with_logits", TAGS, "target_minus_probability", {"grad_logits": (1 / 6, -1 / 6, -1 / 6)}),
    ("focal_loss", FOCAL, "modulates_with_p_not_one_minus_p", {"modulating_factor": 1 / 16, "loss": 3 / 64 * LN4}),
    ("focal_loss", FOCAL, "forgets_alpha", {"loss": 9 / 16 * LN4}),
    ("focal_loss", FOCAL, "alpha_on_the_wrong_class", {"loss": 9 / 64 * LN4}),
    (
        "focal_loss",
        FOCAL,
        "uses_p_for_negatives",
        {
            "p_t": 0.75,
            "modulating_factor": 1 / 16,
            "cross_entropy": math.log(4 / 3),
            "loss": 3 / 64 * math.log(4 / 3),
        },
    ),
    ("focal_loss", FOCAL, "multiplies_by_gamma", {"modulating_factor": 1.5, "loss": 9 / 8 * LN4}),
    ("focal_loss", FOCAL, "forgets_minus", {"cross_entropy": -LN4, "loss": -27 / 64 * LN4}),
    ("entropy", SHARES, "wrong_base", {"entropy": 1.5 * LN2}),
    ("entropy", {**SHARES, "base": "e"}, "wrong_base", {"entropy": 1.5}),
    ("entropy", SHARES, "gini_for_entropy", {"entropy": 0.625}),
    ("entropy", SHARES, "sum_of_squares", {"gini": 0.375}),
    ("entropy", SHARES, "forgets_minus", {"entropy": -1.5}),
    ("kl_divergence", PAIR, "swaps_arguments", {"kl": 0.75 * math.log(1.5) - LN2 / 4}),
    ("kl_divergence", PAIR, "cross_entropy_for_kl", {"kl": math.log(16 / 3) / 2}),
    ("kl_divergence", PAIR, "drops_the_sign", {"kl": -math.log(4 / 3) / 2}),
    ("kl_divergence", PAIR, "entropy_of_q", {"entropy": LN4 / 4 + 0.75 * math.log(4 / 3)}),
    (
        "regression_losses",
        ERRORS,
        "sums_instead_of_mean",
        {"mse": 117.0, "mae": 15.0, "huber": 24.5, "smooth_l1": 12.25},
    ),
    ("regression_losses", ERRORS, "half_mse", {"mse": 19.5}),
    ("regression_losses", ERRORS, "forgets_the_offset", {"huber": 9.5, "smooth_l1": 4.75}),
    ("regression_losses", ERRORS, "huber_for_smooth_l1", {"smooth_l1": 24.5 / 3}),
    ("regression_losses", ERRORS, "mean_for_both", {"mae_constant": 5.0}),
    ("regression_losses", ERRORS, "median_for_both", {"mse_constant": 4.0}),
    ("label_noise_forward", NOISE, "not_transposed", {"noisy": (0.5, 0.5), "loss": LN2}),
    ("label_noise_forward", NOISE, "uncorrected_loss", {"loss": LN2}),
    ("label_noise_forward", NOISE, "diagonal_only", {"noisy": (0.375, 0.25), "loss": LN4}),
    ("center_loss", CENTER, "forgets_half", {"loss": 14.5}),
    ("center_loss", CENTER, "forgets_square", {"loss": 1.75}),
    ("center_loss", CENTER, "mean_over_batch", {"loss": 3.625}),
    ("chain_gradient", CHAIN, "derivative_only", {"plain": 0.5, "residual": 7.5}),
    ("chain_gradient", CHAIN, "weights_only", {"plain": -24.0, "residual": -24.0}),
    ("chain_gradient", CHAIN, "adds_factors", {"plain": 1.0}),
    ("chain_gradient", CHAIN, "one_plus_product", {"residual": 1.0}),
    ("mlp_backprop", UNIT, "forgets_activation_derivative", {"grad_w1": ((8.0,),), "grad_b1": (4.0,)}),
    (
        "mlp_backprop",
        UNIT,
        "sign_of_error",
        {"grad_w1": ((-2.0,),), "grad_b1": (-1.0,), "grad_w2": ((-0.5,),), "grad_b2": (-1.0,)},
    ),
    (
        "mlp_backprop",
        UNIT,
        "derivative_at_the_output",
        {"grad_w1": ((8 * HALF_SLOPE,),), "grad_b1": (4 * HALF_SLOPE,)},
    ),
    ("mlp_backprop", SQUARE, "forgets_transpose", {"grad_w1": ((3.0,), (7.0,)), "grad_b1": (3.0, 7.0)}),
    ("scalar_rnn", STEPS, "last_step_only", {"grad_w_x": 2.0, "grad_w_h": 1.0, "grad_b": 1.0}),
    ("scalar_rnn", STEPS, "averages_steps", {"grad_w_x": 2.5, "grad_w_h": 0.5, "grad_b": 2.0}),
    ("scalar_rnn", BENT, "forgets_activation_derivative", {"grad_w_x": TANH, "grad_w_h": 0.0, "grad_b": TANH}),
    ("scalar_rnn", STEPS, "sign_of_error", {"grad_w_x": -5.0, "grad_w_h": -1.0, "grad_b": -4.0}),
    ("scalar_rnn", STEPS, "forgets_the_state", {"hidden": (1.0, 2.0)}),
    ("scalar_rnn", {**BENT, "x": [1, 0], "w_h": 1}, "passes_the_sum_on", {"hidden": (TANH, TANH)}),
    ("lstm_step", CELL, "swaps_input_and_forget", {"c": 1.0, "h": TANH / 2}),
    ("lstm_step", CELL, "forgets_tanh_of_cell", {"h": 1.0}),
    ("lstm_step", CELL, "candidate_by_sigmoid", {"candidate": 0.5, "c": 2.25, "h": math.tanh(2.25) / 2}),
    (
        "lstm_step",
        LATE,
        "pytorch_order_ignored",
        {"candidate": 1.0, "output_gate": 0.5, "c": 2.5, "h": math.tanh(2.5) / 2},
    ),
]

SILENT: list[tuple[str, dict[str, Any], str]] = [
    ("sync_bn_statistics", {"counts": [0, 2], "sums": [0, 4], "sums_of_squares": [0, 10]}, "averages_variances"),
    ("variance_propagation", {**SPREAD, "activation": "linear"}, "ignores_relu"),
    ("variance_propagation", {**SPREAD, "activation": "linear"}, "halves_the_first_layer"),
    ("focal_loss", {**FOCAL, "alpha": None}, "forgets_alpha"),
    ("focal_loss", {**FOCAL, "alpha": None}, "alpha_on_the_wrong_class"),
    ("focal_loss", {**FOCAL, "target": 1}, "uses_p_for_negatives"),
    ("binary_cross_entropy", {"probability": 1, "target": 1}, "swaps_classes"),
    ("kl_divergence", {"p": [1, 0], "q": [0.5, 0.5]}, "swaps_arguments"),
    ("mlp_backprop", SQUARE, "forgets_activation_derivative"),
    ("mlp_backprop", SQUARE, "derivative_at_the_output"),
    ("mlp_backprop", UNIT, "forgets_transpose"),
    ("scalar_rnn", STEPS, "forgets_activation_derivative"),
    ("scalar_rnn", STEPS, "passes_the_sum_on"),
]

CONVENTIONS = {
    "running_mean_update": {"other_framework"},
    "sync_bn_statistics": {"unbiased_variance"},
    "binary_cross_entropy": {"log_base_two"},
    "bce_with_logits": {"other_reduction"},
    "entropy": {"wrong_base"},
    "regression_losses": {"half_mse"},
    "center_loss": {"mean_over_batch"},
    "lstm_step": {"pytorch_order_ignored"},
}
FAMILIES = sorted({name for name, *_ in BY_HAND})


@pytest.mark.parametrize(("name", "inputs", "slug", "expected"), BY_HAND, ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_the_wrong_rule_gives_what_was_worked_out_here(
    name: str, inputs: dict[str, Any], slug: str, expected: dict[str, Any]
) -> None:
    family = get_family(name)
    found = family.wrong_values(family.read(inputs))[slug]
    assert found.keys() == expected.keys()
    assert all(agree(found[output], expected[output]) for output in expected), found


@pytest.mark.parametrize(("name", "inputs", "slug"), SILENT)
def test_a_rule_that_does_not_apply_here_gives_nothing(name: str, inputs: dict[str, Any], slug: str) -> None:
    family = get_family(name)
    assert slug not in family.wrong_values(family.read(inputs))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_mistake_is_worked_out_and_other_conventions_are_marked(name: str) -> None:
    family = get_family(name)
    assert {mistake.slug for mistake in family.mistakes} == {slug for other, _, slug, _ in BY_HAND if other == name}
    assert {mistake.slug for mistake in family.mistakes if mistake.convention} == CONVENTIONS.get(name, set())


FOLLOWING: list[tuple[str, dict[str, Any], str, dict[str, Any], Any]] = [
    ("sync_bn_statistics", SYNC, "variance", {"mean": 1.0}, 1.5),
    ("batch_norm_folding", FOLD, "weights", {"scale": 2.0}, (4.0, -2.0)),
    ("batch_norm_folding", FOLD, "bias", {"scale": 2.0}, 5.0),
    ("exponential_moving_average", EMA, "corrected", {"averages": (2.0, 7.0)}, (8.0, 16.0)),
    ("bce_with_logits", TAGS, "predicted", {"probabilities": (0.1, 0.25, 0.9)}, (0, 1, 1)),
    ("focal_loss", FOCAL, "loss", {"modulating_factor": 0.5, "cross_entropy": 2.0}, 0.75),
    ("kl_divergence", PAIR, "kl", {"cross_entropy": 0.9, "entropy": 0.6}, 0.3),
    ("regression_losses", ERRORS, "smooth_l1", {"huber": 5.0}, 2.5),
    ("label_noise_forward", NOISE, "loss", {"noisy": (0.5, 0.5)}, LN2),
    ("center_loss", CENTER, "loss", {"distances": (2.0, 4.0)}, 5.0),
    ("mlp_backprop", UNIT, "output", {"hidden": (2.0,)}, (8.0,)),
    ("mlp_backprop", UNIT, "grad_b2", {"hidden": (2.0,)}, (7.0,)),
    ("mlp_backprop", UNIT, "grad_b2", {"hidden": (2.0,), "output": (3.0,)}, (2.0,)),
    ("mlp_backprop", UNIT, "grad_w2", {"grad_b2": (6.0,)}, ((3.0,),)),
    ("mlp_backprop", UNIT, "grad_b1", {"grad_b2": (6.0,)}, (6.0,)),
    ("mlp_backprop", UNIT, "grad_w1", {"grad_b1": (6.0,)}, ((12.0,),)),
    ("lstm_step", CELL, "c", {"input_gate": 0.25, "forget_gate": 0.5, "candidate": 4.0}, 2.0),
    ("lstm_step", CELL, "h", {"c": 1.0}, TANH / 2),
]


@pytest.mark.parametrize(("name", "inputs", "output", "own", "expected"), FOLLOWING)
def test_an_output_follows_from_the_learners_own(
    name: str, inputs: dict[str, Any], output: str, own: dict[str, Any], expected: Any
) -> None:
    family = get_family(name)
    assert agree(family.follow_through(output, family.read(inputs), own), expected)
    assert family.follow_through(output, family.read(inputs), {}) is None
