"""Which mistakes the draws of an entry tell apart, on entries whose answer is plain by hand."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.bank.models import QUESTION, Numeric
from quizcnn.errors import UsageError
from quizcnn.services.context import Context
from quizcnn.services.separation import KEY, measure, read_apart


def linear(**changes: Any) -> Numeric:
    question = {
        "id": "linear", "kind": "numeric", "topic": "fc-params-cost", "difficulty": 1, "family": "linear_parameters", "ask": ["total"],
        "draw": {"in_features": [3, 8], "out_features": [8]}, "phrasings": [{"en": "Parameters?", "zh": "参数量？"}],
        "explanation": {"en": "in times out plus out", "zh": "输入乘输出，再加输出"},
    } | changes  # fmt: skip
    found = QUESTION.validate_python(question)
    assert isinstance(found, Numeric)
    return found


def test_shares_by_hand() -> None:
    """One bias per input is wrong where inputs and outputs differ in number: with 3 inputs, not with 8."""
    found = measure(linear(), 200)
    assert found.draws == 200
    share = found.often[("bias_per_input", KEY)]
    assert 0.5 <= share < 0.65
    assert found.whole == pytest.approx(1 - share)
    assert found.values["in_features"][0] == (3, 1.0)
    assert found.values["in_features"][-1] == (8, 0.0)
    assert found.never == ()


def test_what_never_differs_is_told() -> None:
    found = measure(linear(draw={"in_features": [8], "out_features": [8]}), 20)
    assert found.never == (("bias_per_input", KEY),)
    assert found.whole == 0


def test_by_id_by_family_or_all() -> None:
    context = Context(lang="en")
    assert [each.id for each in read_apart(context, "conv-params-numbers", 5)] == ["conv-params-numbers"]
    assert {each.family for each in read_apart(context, "conv2d_parameters", 5)} == {"conv2d_parameters"}
    with pytest.raises(UsageError, match="conv-params-number"):
        list(read_apart(context, "conv-params-number", 5))
