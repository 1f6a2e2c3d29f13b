"""Figures published or worked out elsewhere, reproduced: ``known/<family>.yaml`` lists {id, inputs, output, answer, decimals}.

``answer`` is the figure as it stands in its source, a fraction as text; ``decimals`` are those of a rounded one. ``output`` is a name, a
place in an output (``kernel[1][1]``, ``per_layer[0].jump``), ``len(name)``, or arithmetic over names where a source gives another form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from golden_vectors import agree

from quizcnn.grading.reading.arithmetic import evaluate
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


def found_by(output: str, outputs: Mapping[str, Any]) -> Any:
    """What ``output`` says: a name, a place in an output, its length, or arithmetic."""
    if output in outputs:
        return outputs[output]
    if counted := re.fullmatch(r"len\((\w+)\)", output):
        return len(outputs[counted[1]])
    place = r"\w+(?:\[\d+\]|\.\w+)+"
    places: dict[str, Any] = {}

    def name(match: re.Match[str]) -> str:
        value: Any = outputs
        for part in re.findall(r"\w+", match[0]):
            value = value[int(part)] if part.isdigit() else value[part]
        places[f"place_{len(places)}"] = value
        return f"place_{len(places) - 1}"

    text = re.sub(place, name, output)
    if text in places:
        return places[text]
    return evaluate(text, {**outputs, **places})


@pytest.mark.parametrize(("family", "entry"), figures(), ids=lambda value: value["id"] if isinstance(value, dict) else value)  # fmt: skip
def test_a_known_figure_is_reproduced(family: str, entry: dict[str, Any]) -> None:
    found = found_by(entry["output"], get_family(family).answer(entry["inputs"]))
    if "decimals" in entry:
        values = found if isinstance(found, tuple) else (found,)
        answers = entry["answer"] if isinstance(found, tuple) else [entry["answer"]]
        assert all(isinstance(value, int | float | Fraction) for value in values)
        assert [round(float(value), entry["decimals"]) for value in values] == answers
    else:
        assert agree(found, value_of(entry["answer"]))
