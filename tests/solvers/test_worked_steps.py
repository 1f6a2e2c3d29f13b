"""Worked solutions: every line re-evaluates, and the last line of an output ends in its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from golden_vectors import agree, is_number, solved
from latex_evaluator import chain, faults_of, holds

from quizcnn.solvers.base import AnyFamily, Step, family_modules, get_family
from quizcnn.solvers.inputs import Inputs
from quizcnn.solvers.values import Value, exact

SAMPLE = 30


def sample(name: str) -> list[tuple[AnyFamily, Inputs, dict[str, Value], list[Step]]]:
    """Every tenth vector, worked."""
    family = get_family(name)
    found = []
    for vector in solved(name)[:: max(1, len(solved(name)) // SAMPLE)]:
        inputs = family.read(vector.inputs)
        found.append((family, inputs, family.solve_checked(inputs), list(family.steps(inputs))))
    return found


def is_given(value: Value, inputs: Inputs) -> bool:
    """Whether a line may state ``value`` without arithmetic: it stands in the question, or nothing or one is counted."""
    return value in (0, 1) or value in numbers_in(inputs.model_dump().values())


def numbers_in(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict):
            yield from numbers_in(value.values())
        elif isinstance(value, list | tuple):
            yield from numbers_in(value)
        else:
            yield value


@pytest.mark.parametrize("name", sorted(family_modules()))
def test_every_line_holds(name: str) -> None:
    for family, inputs, _, steps in sample(name):
        for step in steps:
            faults, compared, last = faults_of(step.latex)
            assert faults == [], family.id
            if is_number(step.value):
                assert compared > 0 or is_given(step.value, inputs), f"nothing to compare in {step.latex}"
                assert last is not None, step.latex
                relation, side = chain(step.latex)[-1]
                value = step.value if isinstance(step.value, float) else exact(step.value)
                assert holds(value, relation or "=", last, side), step


@pytest.mark.parametrize("name", sorted(family_modules()))
def test_the_last_line_of_an_output_ends_in_its_value(name: str) -> None:
    for family, _, outputs, steps in sample(name):
        for output, value in outputs.items():
            leading = [step for step in steps if step.output in ("", output)]
            assert value is None or leading, f"{family.id}: no line leads to {output}"
            if leading and value is not None:
                assert agree(leading[-1].value, value), (output, leading[-1], value)


@pytest.mark.parametrize("name", sorted(family_modules()))
def test_only_the_lines_asked_for_are_shown(name: str) -> None:
    for family, inputs, outputs, _ in sample(name):
        for output, value in outputs.items():
            shown = family.steps_to(inputs, [output])
            assert {step.output for step in shown} <= {"", output}
            assert value is None or agree(shown[-1].value, value)
        every = [step.latex for step in family.steps_to(inputs, list(outputs))]
        assert len(every) <= len(list(family.steps(inputs)))
