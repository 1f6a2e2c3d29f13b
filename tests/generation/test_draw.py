"""The draw forms: every value they may give, and none beside."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from quizcnn.bank.draws import DrawSpec
from quizcnn.errors import BankError
from quizcnn.generation.draw import draw_all, draw_one
from quizcnn.generation.seeds import Source

SPEC: TypeAdapter[Any] = TypeAdapter(DrawSpec)


def draws(form: Any, count: int = 400) -> list[Any]:
    spec = SPEC.validate_python(form)
    return [draw_one(spec, Source("draw", seed), {}) for seed in range(count)]


def test_a_list_picks_one() -> None:
    assert set(draws([3, 5, 7])) == {3, 5, 7}


def test_a_picked_list_stays_a_list() -> None:
    assert draws([[3, 5]], 1) == [[3, 5]]


def test_a_range_holds_both_ends() -> None:
    assert set(draws({"range": [2, 8, 3]})) == {2, 5, 8}
    assert set(draws({"range": [-1, 1]})) == {-1, 0, 1}


def test_a_real_lies_on_its_grid() -> None:
    assert set(draws({"real": [0.1, 0.5], "places": 1, "step": 2})) == {0.1, 0.3, 0.5}


def test_a_list_has_its_length_and_order() -> None:
    for values in draws({"list": {"range": [1, 9]}, "length": [2, 4], "distinct": True, "sort": "down"}):
        assert 2 <= len(values) <= 4
        assert values == sorted(set(values), reverse=True)


def test_a_list_may_be_as_long_as_another() -> None:
    specs = {
        "scores": SPEC.validate_python({"list": [0.5], "length": [3, 6]}),
        "labels": SPEC.validate_python({"labels": "scores", "positives": [1, 2]}),
    }
    for seed in range(50):
        drawn = draw_all(specs, Source(seed))
        assert len(drawn["scores"]) == len(drawn["labels"])  # type: ignore[arg-type]
        assert sum(drawn["labels"]) in (1, 2)  # type: ignore[arg-type]


def test_a_box_stays_inside_and_on_its_grid() -> None:
    for x1, y1, x2, y2 in draws({"box": [0, 240], "step": 20, "side": [40, 120]}):
        assert 0 <= x1 < x2 <= 240
        assert 0 <= y1 < y2 <= 240
        assert all(corner % 20 == 0 for corner in (x1, y1, x2, y2))
        assert 40 <= x2 - x1 <= 120


def test_a_matrix_is_no_ragged_list() -> None:
    for rows in draws({"matrix": [0, 1], "rows": [2, 3], "columns": 4}, 50):
        assert {len(row) for row in rows} == {4}


def test_a_record_names_its_values() -> None:
    assert draws({"record": {"kernel_size": [3], "stride": [2]}}, 1) == [{"kernel_size": 3, "stride": 2}]


def test_a_shuffle_keeps_every_value() -> None:
    assert all(sorted(order) == [1, 2, 3] for order in draws({"shuffle": [1, 2, 3]}, 20))


def test_too_few_distinct_values_say_so() -> None:
    with pytest.raises(BankError, match="3 distinct"):
        draws({"list": [1, 2], "length": 3, "distinct": True}, 1)
