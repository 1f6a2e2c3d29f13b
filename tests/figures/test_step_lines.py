"""The worked steps of every family on one line: parsed without fault, all brackets there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizcnn.figures.mathematics import faults, one_line
from quizcnn.solvers.base import family_modules, get_family

GOLDEN = Path(__file__).parents[1] / "golden"
DRAWS = 6


@pytest.mark.parametrize("name", sorted(family_modules()))
def test_worked_steps_read_well(name: str) -> None:
    vectors = GOLDEN / f"{name}.jsonl"
    if not vectors.exists():
        pytest.skip("no vectors to take inputs from")
    family = get_family(name)
    lines = vectors.read_text(encoding="utf-8").splitlines()
    for vector in (json.loads(line) for line in lines[:: max(1, len(lines) // DRAWS)]):
        if "outputs" not in vector:
            continue  # a refused input has no steps
        for step in family.steps(family.read(vector["inputs"])):
            line = one_line(step.latex)
            assert faults(step.latex) == ()
            assert "\\" not in line
            for opening, closing in ("()", "[]", "⌊⌋", "⌈⌉"):
                assert line.count(opening) == line.count(closing), step.latex
