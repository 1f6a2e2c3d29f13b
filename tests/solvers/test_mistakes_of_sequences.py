"""Wrong rules worked out by hand for pyramid levels, box decoding, paths, heaps, runs and scaling, and what follows from own values."""

from __future__ import annotations

import math
from typing import Any

import pytest

from quizcnn.solvers.base import get_family

SMALL = {"width": 100, "height": 100}
# right: log2(100/224) = -1.16: 4 - 2 = 2
TINY = {"width": 40, "height": 40}
# right: log2(40/224) = -2.49: 4 - 3 = 1, clamped 2
RAW = {"prediction": [0, 0, 0, 0], "cell_x": 3, "cell_y": 5, "anchor_width": 10, "anchor_height": 20, "stride": 8}
# right: centre (3.5, 5.5)*8 = (28, 44), size 10 x 20, box 23 34 33 54
MODEL = {
    "initial": [0.6, 0.4],
    "transition": [[0.5, 0.5], [0.1, 0.9]],
    "emission": [[0.6, 0.4], [0.4, 0.6]],
    "observations": [1, 0],
}
# right: 0.24 0.24, then max(0.12, 0.024)*0.6 = 0.072 and max(0.12, 0.216)*0.4 = 0.0864: path 1 1
SCALED = {"train": [2, 6], "value": 10}
# right: mean 4, std 2, score 3, min-max 2
ARRAY = {"values": [4, 10, 3, 5, 1, 8, 12], "index": 3}
# right: 12 under index 2, then 4 sinks twice: 12 10 8 5 1 4 3; parent 1, no children
ENSEMBLE = {"bias": 2, "variance": 3, "noise": 1, "models": 4, "correlation": 0.5}
# right: 1.5 + 1.5/4 = 1.875, error 4 + 1.875 + 1

BY_HAND: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("fpn_roi_level", SMALL, "natural_logarithm", {"unclamped": 3, "level": 3}),  # ln: -0.81
    ("fpn_roi_level", SMALL, "forgets_square_root", {"unclamped": 1, "level": 2}),  # -2.33
    ("fpn_roi_level", SMALL, "rounds_to_nearest", {"unclamped": 3, "level": 3}),
    ("fpn_roi_level", TINY, "forgets_clamp", {"level": 1}),
    ("yolo_box_decoding", RAW, "forgets_sigmoid", {"center_x": 24, "center_y": 40, "box": (19, 30, 29, 50)}),
    ("yolo_box_decoding", RAW, "forgets_exponential", {"width": 0, "height": 0, "box": (28, 44, 28, 44)}),
    ("yolo_box_decoding", RAW, "forgets_stride", {"center_x": 3.5, "center_y": 5.5, "box": (-1.5, -4.5, 8.5, 15.5)}),
    ("yolo_box_decoding", RAW, "anchor_in_cells", {"width": 80, "height": 160, "box": (-12, -36, 68, 124)}),
    ("yolo_box_decoding", RAW, "center_as_corner", {"box": (28, 44, 38, 64)}),
    ("viterbi_cost", {"length": 5, "states": 3}, "linear_in_states", {"transitions": 12}),
    ("viterbi_cost", {"length": 5, "states": 3}, "counts_first_step", {"transitions": 45}),
    ("viterbi_cost", {"length": 5, "states": 3}, "base_and_exponent_exchanged", {"brute_force_paths": 125}),
    ("viterbi_path", MODEL, "greedy", {"path": (0, 0)}),
    ("viterbi_path", MODEL, "sums_over_paths", {"probability": 0.2208}),  # 0.144*0.6 + 0.336*0.4
    ("viterbi_path", MODEL, "ignores_transitions", {"path": (1, 0)}),
    ("viterbi_path", MODEL, "best_state_of_each_step", {"path": (0, 1)}),  # 0.12 : 0.1008, then 0.0864 : 0.1344
    ("feature_scaling", SCALED, "unbiased_std", {"std": math.sqrt(8), "z_score": 6 / math.sqrt(8)}),
    ("feature_scaling", SCALED, "divides_by_variance", {"z_score": 1.5}),
    ("feature_scaling", SCALED, "forgets_minimum", {"min_max": 10 / 6}),
    ("feature_scaling", SCALED, "divides_by_maximum", {"min_max": 8 / 6}),
    ("feature_scaling", {"train": [-5, 0], "value": 1}, "forgets_minimum", {}),
    ("binary_heap", ARRAY, "one_based_indices", {"parent": 1, "left": 6, "right": None}),
    ("binary_heap", {"values": [3, 2]}, "one_based_indices", {"parent": 0, "left": 0, "right": 1}),
    ("binary_heap", ARRAY, "sorts", {"heap": (12, 10, 8, 5, 4, 3, 1)}),
    ("binary_heap", ARRAY, "inserts_one_by_one", {"heap": (12, 5, 10, 4, 1, 3, 8)}),
    ("binary_heap", ARRAY, "other_kind", {"heap": (1, 4, 3, 5, 10, 8, 12)}),
    ("binary_heap", ARRAY, "stops_after_one_exchange", {"heap": (12, 10, 4, 5, 1, 8, 3)}),
    ("longest_unique_run", {"sequence": [1, 2, 2, 1, 1, 3]}, "counts_distinct_values", {"length": 3}),
    ("longest_unique_run", {"sequence": [1, 2, 2, 1, 1, 3]}, "start_moves_backwards", {"length": 3, "start": 1}),
    ("longest_unique_run", {"sequence": [1, 2, 3, 2, 4, 5]}, "restarts_at_the_repeat", {"length": 3}),
    ("bias_variance", ENSEMBLE, "bias_not_squared", {"error": 4.875}),
    ("bias_variance", ENSEMBLE, "forgets_noise", {"error": 5.875}),
    ("bias_variance", ENSEMBLE, "ignores_correlation", {"ensemble_variance": 0.75, "error": 5.75}),
    ("bias_variance", ENSEMBLE, "forgets_averaging", {"ensemble_variance": 3, "error": 8}),
    ("one_hot", {"categories": 4, "numeric_features": 3}, "drops_one_category", {"dimensions": 6}),
    ("one_hot", {"categories": 4, "numeric_features": 3}, "forgets_numeric_features", {"dimensions": 4}),
    ("one_hot", {"categories": 4}, "distance_two", {"pair_distance": 2}),
    ("one_hot", {"categories": 4}, "distance_one", {"pair_distance": 1}),
]
FOLLOWED: list[tuple[str, dict[str, Any], str, dict[str, Any], Any]] = [
    ("fpn_roi_level", TINY, "level", {"unclamped": 7}, 5),
    ("yolo_box_decoding", RAW, "box", {"center_x": 30, "center_y": 44.0, "width": 4}, (28, 34, 32, 54)),
    ("viterbi_path", MODEL, "probability", {"path": (0, 0)}, 0.072),
    ("viterbi_path", MODEL, "probability", {"path": (0, 2)}, None),
    ("viterbi_path", MODEL, "probability", {"path": (0,)}, None),
    ("feature_scaling", SCALED, "z_score", {"mean": 5, "std": 2.5}, 2),
    ("bias_variance", ENSEMBLE, "error", {"ensemble_variance": 2}, 7),
]


@pytest.mark.parametrize(("name", "inputs", "slug", "expected"), BY_HAND)
def test_a_wrong_rule_gives_what_its_follower_writes(
    name: str, inputs: dict[str, Any], slug: str, expected: dict[str, Any]
) -> None:
    family = get_family(name)
    found = family.mistake(slug).values(family.read(inputs), family.outputs)
    assert found.keys() == expected.keys()
    for output, value in expected.items():
        assert found[output] == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize(("name", "inputs", "output", "own", "expected"), FOLLOWED)
def test_a_later_output_follows_from_own_earlier_ones(
    name: str, inputs: dict[str, Any], output: str, own: dict[str, Any], expected: Any
) -> None:
    family = get_family(name)
    found = family.follow_through(output, family.read(inputs), own)
    assert found == (expected if expected is None else pytest.approx(expected))


def test_the_smaller_state_wins_ties_from_the_end_backwards() -> None:
    even = {"initial": [0.5, 0.5], "transition": [[0.3, 0.7], [0.7, 0.3]], "emission": [[1], [1]]}
    found = get_family("viterbi_path").answer({**even, "observations": [0, 0, 0]})
    assert found["path"] == (0, 1, 0)  # 1 0 1 is as probable, and ends in the larger state
    assert found["probability"] == pytest.approx(0.245)


def test_levels_change_exactly_at_the_powers_of_two() -> None:
    family = get_family("fpn_roi_level")
    sides = (447.99999999999994, 448, 112, 111.99999999999999)
    assert [family.answer({"width": side, "height": side})["level"] for side in sides] == [4, 5, 3, 2]
    assert family.answer({"width": 56, "height": 896})["level"] == 4
