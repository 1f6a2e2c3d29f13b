"""Hostile inputs end in outputs or one clear error; ``python -m tests.fuzz`` is the long run."""

from __future__ import annotations

import pytest

from quizcnn.cli.solve import solve_line
from quizcnn.errors import InputError
from tests.fuzz import main


def test_two_thousand_hostile_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(2000) == 0, capsys.readouterr().out


def test_many_faults_are_told_shortly() -> None:
    with pytest.raises(InputError) as caught:
        solve_line({"family": "roc_auc", "inputs": {"scores": [0.5] * 100, "labels": list(range(100))}})
    assert str(caught.value).endswith("and 92 more")
    assert len(caught.value.inputs) == 98
