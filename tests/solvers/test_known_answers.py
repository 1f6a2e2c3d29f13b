"""Figures published or worked out elsewhere, reproduced: ``known/<family>.yaml`` lists {id, inputs, output, answer, decimals}.

``answer`` is the figure as it stands in its source, a fraction as text; ``decimals`` are those of a rounded one.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from golden_vectors import agree

from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Value

FOLDER = Path(__file__).parent / "known"


def figures() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, entry)
        for path in sorted(FOLDER.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def value_of(answer: Any) -> Value:
    if isinstance(answer, list):
        return tuple(map(value_of, answer))
    if isinstance(answer, dict):
        return {name: value_of(value) for name, value in answer.items()}
    return Fraction(answer) if isinstance(answer, str) and answer[:1].isdigit() else answer


@pytest.mark.parametrize(("family", "entry"), figures(), ids=lambda value: value["id"] if isinstance(value, dict) else value)  # fmt: skip
def test_a_known_figure_is_reproduced(family: str, entry: dict[str, Any]) -> None:
    found = get_family(family).answer(entry["inputs"])[entry["output"]]
    if "decimals" in entry:
        values = found if isinstance(found, tuple) else (found,)
        answers = entry["answer"] if isinstance(found, tuple) else [entry["answer"]]
        assert all(isinstance(value, int | float | Fraction) for value in values)
        assert [round(float(value), entry["decimals"]) for value in values] == answers  # type: ignore[arg-type]
    else:
        assert agree(found, value_of(entry["answer"]))
