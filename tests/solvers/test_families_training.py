"""Statistics, losses and gradients against their definitions: small steps, pooled values, digits kept where differences are small."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from quizcnn.errors import InputError
from quizcnn.solvers.base import get_family

CASES = 40
STEP = 1e-5


def answer(family: str, **inputs: Any) -> dict[str, Any]:
    return dict(get_family(family).answer(inputs))


def slope(value: Callable[[float], float], at: float) -> float:
    return (value(at + STEP) - value(at - STEP)) / (2 * STEP)


def close(found: float, expected: float) -> bool:
    return found == pytest.approx(expected, rel=1e-5, abs=1e-7)


def test_gradients_of_two_layers_by_small_steps() -> None:
    rng = random.Random("two layers")
    for _ in range(CASES):
        inside, hidden, outside = rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 2)

        def numbers(count: int) -> list[float]:
            return [rng.randint(-15, 15) / 10 + 0.037 for _ in range(count)]

        inputs: dict[str, Any] = {
            "x": numbers(inside),
            "w1": [numbers(inside) for _ in range(hidden)],
            "b1": numbers(hidden),
            "w2": [numbers(hidden) for _ in range(outside)],
            "b2": numbers(outside),
            "target": numbers(outside),
            "activation": rng.choice(["identity", "sigmoid", "tanh", "relu"]),
        }
        found = answer("mlp_backprop", **inputs)
        for name in ("w1", "w2"):
            row, column = rng.randrange(len(inputs[name])), rng.randrange(len(inputs[name][0]))

            def loss(value: float, name: str = name, row: int = row, column: int = column) -> float:
                rows = [list(one) for one in inputs[name]]  # noqa: B023
                rows[row][column] = value
                return float(answer("mlp_backprop", **{**inputs, name: rows})["loss"])  # noqa: B023

            assert close(found[f"grad_{name}"][row][column], slope(loss, inputs[name][row][column]))
        for name in ("b1", "b2"):

            def shifted(value: float, name: str = name) -> float:
                return float(answer("mlp_backprop", **{**inputs, name: [value, *inputs[name][1:]]})["loss"])  # noqa: B023

            assert close(found[f"grad_{name}"][0], slope(shifted, inputs[name][0]))


def test_gradients_through_time_by_small_steps() -> None:
    rng = random.Random("through time")
    for _ in range(CASES):
        inputs = {name: rng.randint(-12, 12) / 10 for name in ("w_x", "w_h", "b", "target")}
        more = {
            "x": [rng.randint(-20, 20) / 10 for _ in range(rng.randint(1, 5))],
            "activation": rng.choice(["tanh", "identity"]),
        }
        found = answer("scalar_rnn", **inputs, **more)
        for name in ("w_x", "w_h", "b"):

            def loss(value: float, name: str = name) -> float:
                return float(answer("scalar_rnn", **{**inputs, name: value}, **more)["loss"])  # noqa: B023

            assert close(found[f"grad_{name}"], slope(loss, inputs[name]))


def test_gradients_of_binary_losses_by_small_steps() -> None:
    rng = random.Random("binary")
    for _ in range(CASES):
        logit, target = rng.randint(-30, 30) / 10, rng.randint(0, 1)

        def probability(z: float) -> float:
            return 1 / (1 + math.exp(-z))

        def cross(z: float) -> float:
            return float(answer("binary_cross_entropy", probability=probability(z), target=target)["loss"])  # noqa: B023

        def squared(z: float) -> float:
            return (probability(z) - target) ** 2 / 2  # noqa: B023

        found = answer("binary_cross_entropy", probability=probability(logit), target=target)
        assert close(found["grad_logit"], slope(cross, logit))
        assert close(found["squared_error_grad_logit"], slope(squared, logit))
        several = answer("bce_with_logits", logits=[logit, 0.3], targets=[target, 1], reduction="sum")
        assert several["loss"] == pytest.approx(cross(logit) + cross_entropy_of(0.3))
        assert several["grad_logits"][0] == pytest.approx(found["grad_logit"])


def cross_entropy_of(logit: float) -> float:
    """For target 1."""
    return math.log1p(math.exp(-logit))


def test_devices_together_are_one_device() -> None:
    rng = random.Random("devices")
    for _ in range(CASES):
        devices = [[rng.randint(-9, 9) for _ in range(rng.randint(1, 4))] for _ in range(rng.randint(1, 4))]
        values = [value for some in devices for value in some]
        sent = {
            "counts": list(map(len, devices)),
            "sums": list(map(sum, devices)),
            "sums_of_squares": [sum(value * value for value in some) for some in devices],
        }
        found, mean = answer("sync_bn_statistics", **sent), sum(values) / len(values)
        assert found["mean"] == pytest.approx(mean)
        assert found["variance"] == pytest.approx(sum((value - mean) ** 2 for value in values) / len(values))


def test_variance_of_sums_keeps_its_digits_and_is_never_negative() -> None:
    near = {"counts": [1, 1], "sums": [1e9, 1e9 + 1], "sums_of_squares": [1e18, 1e18 + 2e9]}
    assert answer("sync_bn_statistics", **near)["variance"] == 0
    # 10^7 and 10^7 + 1: their squares agree in seven digits, their variance is a quarter
    close_by = {"counts": [1, 1], "sums": [1e7, 1e7 + 1], "sums_of_squares": [1e14, 1e14 + 2e7 + 1]}
    assert answer("sync_bn_statistics", **close_by)["variance"] == 0.25
    assert answer("sync_bn_statistics", counts=[2], sums=[200.2], sums_of_squares=[20040.05])["variance"] == 0.015


def test_a_folded_layer_gives_what_the_two_gave() -> None:
    rng = random.Random("folded")
    for _ in range(CASES):
        weights, x = ([rng.randint(-20, 20) / 10 for _ in range(3)] for _ in range(2))
        layer = {name: rng.randint(-20, 20) / 10 for name in ("bias", "gamma", "beta", "running_mean")}
        variance = rng.randint(1, 90) / 10
        found = answer("batch_norm_folding", weights=weights, running_var=variance, eps=0.01, **layer)
        plain = sum(w * v for w, v in zip(weights, x, strict=True)) + layer["bias"]
        both = (plain - layer["running_mean"]) / math.sqrt(variance + 0.01) * layer["gamma"] + layer["beta"]
        assert sum(w * v for w, v in zip(found["weights"], x, strict=True)) + found["bias"] == pytest.approx(both)


def test_a_constant_is_its_own_corrected_average() -> None:
    for beta in (0, 0.3, 0.9, 0.999):
        assert answer("exponential_moving_average", values=[7, 7, 7], beta=beta)["corrected"] == (7, 7, 7)
    far = answer("exponential_moving_average", values=[1, 2], beta=0.9999999999999999, initial=1e300)
    assert far["corrected"] == pytest.approx((1, 1.5))


def test_dropout_keeps_the_expectation_and_huge_counts() -> None:
    found = answer("dropout", units=10**900, drop_probability=0.3)
    assert found["expected_active"] == 7 * 10**899
    assert answer("dropout", units=3, drop_probability=0.9999999999999999)["train_scale"] == 10**16
    for p in (0.1, 0.25, 0.3, 0.9):
        one = answer("dropout", units=1, drop_probability=p)
        assert one["expected_active"] * one["train_scale"] == pytest.approx(1)


def test_small_losses_keep_their_digits() -> None:
    assert answer("binary_cross_entropy", probability=1e-12, target=0)["loss"] == pytest.approx(1e-12, rel=1e-9)
    sure = answer("bce_with_logits", logits=[40], targets=[1])
    assert sure["loss"] == pytest.approx(math.exp(-40), rel=1e-12)
    assert sure["grad_logits"][0] == pytest.approx(-math.exp(-40), rel=1e-12)
    assert answer("bce_with_logits", logits=[-1e4], targets=[1])["loss"] == 1e4
    assert answer("focal_loss", probability=1e-6, target=0, alpha=None)["loss"] == pytest.approx(1e-18, rel=1e-5)
    near = answer("kl_divergence", p=[0.5, 0.5], q=[0.50000001, 0.49999999])
    assert near["kl"] == pytest.approx(2e-16, rel=1e-6)


def test_entropy_splits_into_steps() -> None:
    """Grouping rule: first the group, then the member (Shannon 1948, section 6)."""
    whole = answer("entropy", probabilities=[0.5, 0.3, 0.2])["entropy"]
    first = answer("entropy", probabilities=[0.5, 0.5])["entropy"]
    assert whole == pytest.approx(first + 0.5 * answer("entropy", probabilities=[0.6, 0.4])["entropy"])
    assert answer("entropy", probabilities=[0.5, 0.5], base=2) == answer("entropy", probabilities=[0.5, 0.5], base="2")
    assert answer("entropy", probabilities=[1, 0]) == {"entropy": 0, "gini": 0}


def test_best_constants_by_trying() -> None:
    rng = random.Random("constants")
    for _ in range(CASES):
        target = [rng.randint(-20, 20) for _ in range(rng.randint(1, 6))]
        found = answer("regression_losses", prediction=[0] * len(target), target=target)

        def squares(c: float) -> float:
            return sum((c - y) ** 2 for y in target)  # noqa: B023

        def sizes(c: float) -> float:
            return sum(abs(c - y) for y in target)  # noqa: B023

        tried = [step / 4 for step in range(-90, 91)]
        assert squares(found["mse_constant"]) <= min(map(squares, tried)) + 1e-9
        assert sizes(found["mae_constant"]) <= min(map(sizes, tried)) + 1e-9


def test_smooth_l1_meets_itself_at_the_turn() -> None:
    for delta in (0.25, 1, 3):
        below, above = (
            answer("regression_losses", prediction=[delta + by], target=[0], delta=delta) for by in (-1e-9, 1e-9)
        )
        assert below["smooth_l1"] == pytest.approx(above["smooth_l1"], rel=1e-7)
        assert above["smooth_l1"] == pytest.approx(delta / 2, rel=1e-7)
        assert above["huber"] == pytest.approx(delta * delta / 2, rel=1e-7)


def test_a_cell_that_remembers_all_keeps_its_value() -> None:
    kept = {"x": 3, "h": 0.5, "w_x": [0] * 4, "w_h": [0] * 4, "b": [-500, 500, 0, 0]}
    assert answer("lstm_step", c=0.8, **kept)["c"] == pytest.approx(0.8)
    far = answer("lstm_step", x=1e308, h=1, c=1, w_x=[1e308] * 4, w_h=[0] * 4, b=[0] * 4)
    assert far["c"] == 2
    small = answer("lstm_step", x=1e-30, h=0, c=0, w_x=[0, 0, 1, 0], w_h=[0] * 4, b=[0] * 4)
    assert small["candidate"] == pytest.approx(1e-30, rel=1e-12)


@pytest.mark.parametrize(
    ("family", "inputs", "named"),
    [
        ("running_mean_update", {"running": 1, "batch": 1, "momentum": 2, "convention": "keras"}, {"momentum"}),
        ("sync_bn_statistics", {"counts": [0], "sums": [0], "sums_of_squares": [0]}, {"counts"}),
        ("batch_norm_folding", {"weights": [1], "running_mean": 0, "running_var": 0, "eps": 0}, {"running_var", "eps"}),
        ("conv_fans", {"in_channels": 6, "out_channels": 8, "kernel_size": 1, "groups": 4}, {"groups", "in_channels"}),
        ("kl_divergence", {"p": [0.5, 0.5], "q": [1, 0]}, {"q"}),
        ("kl_divergence", {"p": [0.5, 0.4], "q": [0.5, 0.5]}, {"p"}),
        ("mlp_backprop", {"x": [1], "w1": [[1, 2]], "w2": [[1]], "target": [1], "activation": "relu"}, {"w1", "x"}),
        ("center_loss", {"features": [[1]], "centers": [[1]], "labels": [1]}, {"labels", "centers"}),
        ("chain_gradient", {"weights": [1], "derivatives": [1, 2]}, {"weights", "derivatives"}),
    ],
)
def test_a_refusal_names_what_disagrees(family: str, inputs: dict[str, Any], named: set[str]) -> None:
    with pytest.raises(InputError) as refused:
        get_family(family).answer(inputs)
    assert set(refused.value.inputs) == named
