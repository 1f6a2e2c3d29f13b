"""Sizes and receptive fields by their definition: windows counted one by one, paths followed tap by tap, and sizes beyond any machine."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from quizcnn.errors import InputError
from quizcnn.solvers.base import Outputs, get_family
from quizcnn.solvers.values import to_json

SEEDS = range(100)


def starts(n: int, k: int, s: int, p: int, d: int) -> list[int]:
    """Where a window may start: every s-th pixel from the first padded one, as long as its last tap is on the padded input."""
    padded = set(range(-p, n + p))
    return [start for start in range(-p, n + p, s) if all(start + tap * d in padded for tap in range(k))]


def answer(family: str, **inputs: Any) -> Outputs:
    return get_family(family).answer(inputs)


@pytest.mark.parametrize("seed", SEEDS)
def test_convolution_positions_are_counted(seed: int) -> None:
    rng = random.Random(seed)
    n, m, k, s, p, d = (rng.randint(*bounds) for bounds in ((1, 30), (1, 30), (1, 6), (1, 5), (0, 4), (1, 3)))
    inputs = {"in_height": n, "in_width": m, "kernel_size": k, "stride": s, "padding": p, "dilation": d}
    rows, columns = starts(n, k, s, p, d), starts(m, k, s, p, d)
    if not rows or not columns:
        with pytest.raises(InputError):
            answer("conv2d_output_shape", **inputs)
        return
    found = answer("conv2d_output_shape", **inputs)
    assert (found["out_height"], found["out_width"]) == (len(rows), len(columns))
    read = {(y + i * d, x + j * d) for y, x in product(rows, columns) for i, j in product(range(k), range(k))}
    pixels = set(product(range(n), range(m)))
    assert found["unread_fraction"] == Fraction(len(pixels - read), len(pixels))


@pytest.mark.parametrize("seed", SEEDS)
def test_pooling_windows_are_counted(seed: int) -> None:
    """With ceil_mode a window may hang over the end if it starts on the input or its left padding."""
    rng = random.Random(seed)
    n, k, s, d = (rng.randint(*bounds) for bounds in ((1, 30), (1, 6), (1, 7), (1, 3)))
    p = rng.randint(0, k // 2)
    inputs = {"in_height": n, "in_width": n, "kernel_size": k, "stride": s, "padding": p, "dilation": d}
    whole = starts(n, k, s, p, d)
    if not whole:
        return
    assert answer("pool2d_output_shape", **inputs)["out_height"] == len(whole)
    following = whole[-1] + s
    hangs_over = following < n and whole[-1] + d * (k - 1) < n + p - 1
    assert answer("pool2d_output_shape", **inputs, ceil_mode=True)["out_height"] == len(whole) + hangs_over


@pytest.mark.parametrize("seed", SEEDS)
def test_transposed_convolution_covers_what_its_stamps_cover(seed: int) -> None:
    rng = random.Random(seed)
    n, k, s, d = (rng.randint(*bounds) for bounds in ((1, 20), (1, 6), (1, 5), (1, 4)))
    extra = rng.randint(0, max(s, d) - 1)
    stamped = {o * s + tap * d for o in range(n) for tap in range(k)}
    size = max(stamped) + 1
    p = rng.randint(0, (size + extra - 1) // 2)
    inputs = {
        "in_height": n,
        "in_width": n,
        "kernel_size": k,
        "stride": s,
        "padding": p,
        "output_padding": extra,
        "dilation": d,
    }
    assert answer("conv_transpose2d_output_shape", **inputs)["out_width"] == len(range(p, size + extra - p))


@pytest.mark.parametrize("seed", SEEDS)
def test_transposed_convolution_gives_back_the_size(seed: int) -> None:
    """What a convolution made of n pixels, a transposed one with the same arguments makes n again, up to the rest it adds."""
    rng = random.Random(seed)
    n, k, s, p, d = (rng.randint(*bounds) for bounds in ((8, 40), (1, 4), (1, 5), (0, 2), (1, 2)))
    arguments = {"kernel_size": k, "stride": s, "padding": p, "dilation": d}
    out = answer("conv2d_output_shape", in_height=n, in_width=n, **arguments)["out_height"]
    rest = (n + 2 * p - d * (k - 1) - 1) % s
    back = {"in_height": out, "in_width": out, **arguments, "output_padding": rest}
    if rest < max(s, d):
        assert answer("conv_transpose2d_output_shape", **back)["out_height"] == n


@pytest.mark.parametrize("seed", SEEDS)
def test_same_padding_is_the_least_that_serves_every_stride(seed: int) -> None:
    rng = random.Random(seed)
    n, k, s, d = (rng.randint(*bounds) for bounds in ((1, 40), (1, 9), (1, 6), (1, 4)))
    found = answer("conv2d_same_output", in_size=n, kernel_size=k, stride=s, dilation=d)
    assert found["out_size"] == len(range(0, n, s))
    needed = next(total for total in range(200) if len(starts(n + total, k, s, 0, d)) >= len(range(0, n, s)))
    assert found["pad_total"] == needed
    assert found["pad_before"] + found["pad_after"] == needed
    assert found["pad_after"] - found["pad_before"] in (0, 1)


def random_layers(rng: random.Random) -> list[dict[str, int]]:
    return [
        {
            "kernel_size": rng.randint(1, 5),
            "stride": rng.randint(1, 3),
            "dilation": rng.randint(1, 3),
            "padding": rng.randint(0, 3),
        }
        for _ in range(rng.randint(1, 4))
    ]


def pixels_of(layers: list[dict[str, int]], feature: int) -> set[int]:
    """The input coordinates that a feature of the last layer reads, padding included, followed back tap by tap."""
    seen = {feature}
    for layer in reversed(layers):
        taps = range(0, layer["kernel_size"] * layer["dilation"], layer["dilation"])
        seen = {position * layer["stride"] - layer["padding"] + tap for position in seen for tap in taps}
    return seen


@pytest.mark.parametrize("seed", SEEDS)
def test_receptive_field_is_what_can_be_reached(seed: int) -> None:
    rng = random.Random(seed)
    layers, index = random_layers(rng), rng.randint(0, 5)
    found = answer("receptive_field", layers=layers, index=index)
    pixels, neighbours = pixels_of(layers, index), pixels_of(layers, index + 1)
    assert found["receptive_field"] == max(pixels) - min(pixels) + 1
    assert found["jump"] == min(neighbours) - min(pixels)
    assert found["covered_positions"] == len(pixels)
    assert found["center"] == (min(pixels) + max(pixels)) / 2
    parts = [answer("receptive_field", layers=layers[: count + 1]) for count in range(len(layers))]
    assert found["per_layer"] == tuple({name: part[name] for name in ("receptive_field", "jump")} for part in parts)


@pytest.mark.parametrize("seed", range(40))
def test_receptive_field_by_perturbation(seed: int) -> None:
    """Move one input pixel at a time and see whether the feature moves."""
    rng = random.Random(seed)
    layers = random_layers(rng)
    reach = pixels_of(layers, 0)
    offset = -min(reach)
    length = max(reach) + offset + 1
    quiet = forward(layers, [1] * length)
    moved = [
        place for place in range(length) if forward(layers, [1] * place + [2] + [1] * (length - place - 1)) != quiet
    ]
    found = answer("receptive_field", layers=layers)
    assert moved[-1] - moved[0] + 1 == found["receptive_field"]
    assert len(moved) == found["covered_positions"]


def forward(layers: list[dict[str, int]], line: list[int]) -> int:
    """The first feature of a network of ones without padding."""
    for layer in layers:
        span = (layer["kernel_size"] - 1) * layer["dilation"]
        line = [
            sum(line[start : start + span + 1 : layer["dilation"]])
            for start in range(0, len(line) - span, layer["stride"])
        ]
    return line[0]


def test_a_feature_without_padding_has_its_centre_in_the_middle_of_its_window() -> None:
    assert answer("receptive_field", layers=[{"kernel_size": 4}])["center"] == 1.5


BIG = 10**999


def test_sizes_of_a_thousand_digits_are_exact() -> None:
    shape = answer("conv2d_output_shape", in_height=BIG, in_width=BIG, kernel_size=3, stride=2, padding=1)
    assert shape["out_height"] == 5 * 10**998
    assert shape["unread_fraction"] is None
    assert (
        answer("conv2d_output_shape", in_height=2, in_width=2, kernel_size=2, padding=BIG)["out_width"] == 2 * BIG + 1
    )
    assert (
        answer("pool2d_output_shape", in_height=BIG + 1, in_width=9, kernel_size=2, ceil_mode=True)["out_height"]
        == BIG // 2 + 1
    )
    assert (
        answer("conv_transpose2d_output_shape", in_height=BIG, in_width=1, kernel_size=2, stride=2)["out_height"]
        == 2 * BIG
    )
    assert answer("conv2d_same_output", in_size=BIG + 1, kernel_size=3, stride=10)["out_size"] == BIG // 10 + 1


def test_counts_of_a_thousand_digits_are_exact_and_can_be_written() -> None:
    found = answer("conv2d_parameters", in_channels=BIG, out_channels=BIG, kernel_size=BIG)
    assert found["total"] == 10 ** (4 * 999) + BIG
    sides = {"in_channels": BIG, "out_channels": BIG, "kernel_size": BIG, "out_height": BIG, "out_width": BIG}
    macs = answer("conv2d_macs", **sides)["macs"]
    assert macs == 10 ** (6 * 999)
    assert len(str(macs)) == 6 * 999 + 1
    ratio = answer("stacked_conv_comparison", small_kernel=1, layers=BIG, channels=3)["ratio"]
    assert ratio == BIG
    assert to_json(Fraction(BIG**2 + 1, BIG)) == {"fraction": f"{BIG**2 + 1}/{BIG}", "value": BIG}
    assert answer("depthwise_separable_cost", **sides)["ratio"] == Fraction(1, BIG) + Fraction(1, BIG**2)


def test_a_receptive_field_of_a_thousand_digits_is_exact() -> None:
    found = answer(
        "receptive_field", layers=[{"kernel_size": 3, "stride": BIG}, {"kernel_size": 3, "stride": 1}], index=1
    )
    assert found["receptive_field"] == 3 + 2 * BIG
    assert found["covered_positions"] is None
    assert found["center"] == 1 + 2 * BIG


def test_a_long_stack_is_counted_in_time() -> None:
    layers = [{"kernel_size": 3, "dilation": 1 + place % 7} for place in range(3000)]
    found = answer("receptive_field", layers=layers)
    assert found["receptive_field"] == found["covered_positions"] == 1 + 2 * sum(layer["dilation"] for layer in layers)


@pytest.mark.parametrize("seed", range(100))
def test_parameters_are_counted_one_by_one(seed: int) -> None:
    rng = random.Random(seed)
    groups = rng.randint(1, 3)
    into, out, kh, kw = groups * rng.randint(1, 4), groups * rng.randint(1, 4), rng.randint(1, 3), rng.randint(1, 3)
    of_filter = {f: [c for c in range(into) if c * groups // into == f * groups // out] for f in range(out)}
    weights = [(f, c, y, x) for f in range(out) for c in of_filter[f] for y in range(kh) for x in range(kw)]
    found = answer("conv2d_parameters", in_channels=into, out_channels=out, kernel_size=[kh, kw], groups=groups)
    assert found["weights"] == len(weights)
    assert found["total"] == len(weights) + len(of_filter)
    assert found["kernels"] == len({(f, c) for f, c, _, _ in weights})
    height, width = rng.randint(1, 4), rng.randint(1, 4)
    products = [(weight, place) for weight in weights for place in product(range(height), range(width))]
    sizes = {
        "in_channels": into,
        "out_channels": out,
        "kernel_size": [kh, kw],
        "groups": groups,
        "out_height": height,
        "out_width": width,
    }
    assert answer("conv2d_macs", **sizes) == {"macs": len(products), "flops": 2 * len(products)}
