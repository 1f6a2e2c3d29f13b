"""Hostile inputs end in outputs or one clear error; ``python -m tests.fuzz`` is the long run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quizcnn.cli.solve import solve_line
from quizcnn.errors import InputError


def test_two_thousand_hostile_lines() -> None:
    """In a process of its own, whose peak memory is that of the lines alone."""
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "2000"], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_many_faults_are_told_shortly() -> None:
    with pytest.raises(InputError) as caught:
        solve_line({"family": "roc_auc", "inputs": {"scores": [0.5] * 100, "labels": list(range(100))}})
    assert str(caught.value).endswith("and 92 more")
    assert len(caught.value.inputs) == 98
