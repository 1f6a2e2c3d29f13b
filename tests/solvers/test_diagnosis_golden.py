"""Named mistakes over the golden draws: each can be met and told from the key, and a right answer is never one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from golden_vectors import agree, golden_families, solved

from quizcnn.solvers.base import AnyFamily, get_family
from quizcnn.solvers.values import Value

FAMILIES = golden_families()
ENOUGH = 10
"""Draws of 300 in which a mistake must show; fewer and no question could aim at it."""


@cache
def injections(name: str) -> list[tuple[str, str, Value, Mapping[str, Mapping[str, Value]]]]:
    """Mistake, output, its wrong value where that differs from the key, and what all mistakes give for this draw."""
    family = get_family(name)
    found = []
    for vector in solved(name):
        rivals = family.wrong_values(family.read(vector.inputs))
        for slug, values in rivals.items():
            found += [
                (slug, output, value, rivals)
                for output, value in values.items()
                if not agree(value, vector.outputs[output])
            ]
    return found


def named_by(value: Value, output: str, rivals: Mapping[str, Mapping[str, Value]]) -> set[str]:
    return {slug for slug, values in rivals.items() if output in values and agree(value, values[output])}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_mistake_changes_only_outputs_of_the_family(name: str) -> None:
    family = get_family(name)
    for slug, output, value, _ in injections(name):
        assert output in family.outputs, slug
        assert value is not None, slug


@pytest.mark.parametrize("name", FAMILIES)
def test_every_mistake_shows_in_enough_draws(name: str) -> None:
    shown = Counter(slug for slug, *_ in injections(name))
    rare = {mistake.slug: shown[mistake.slug] for mistake in get_family(name).mistakes if shown[mistake.slug] < ENOUGH}
    assert rare == {}


@pytest.mark.parametrize("name", FAMILIES)
def test_every_mistake_can_be_named_alone(name: str) -> None:
    alone = {slug for slug, output, value, rivals in injections(name) if named_by(value, output, rivals) == {slug}}
    assert {mistake.slug for mistake in get_family(name).mistakes} - alone == set()


@pytest.mark.parametrize("name", FAMILIES)
def test_an_injected_mistake_is_named(name: str) -> None:
    for slug, output, value, rivals in injections(name):
        assert slug in named_by(value, output, rivals)


@pytest.mark.parametrize("name", FAMILIES)
def test_what_a_mistake_says_can_be_filled_in(name: str) -> None:
    family = get_family(name)
    for vector in solved(name)[:20]:
        inputs = family.read(vector.inputs)
        shown: dict[str, Any] = {**inputs.model_dump(), **family.solve_checked(inputs)}
        for slug in family.wrong_values(inputs):
            for text in (family.mistake(slug).why.en, family.mistake(slug).why.zh):
                assert "{" not in text.format(**shown)


@pytest.mark.parametrize("name", FAMILIES)
def test_labels_complete_the_sentence(name: str) -> None:
    """Not 73,856: that <label>. 错法：<label>。"""
    for mistake in get_family(name).mistakes:
        assert mistake.label.en[0].islower(), mistake.slug
        assert mistake.label.en.split()[0].endswith("s"), f"{mistake.slug}: a verb in the third person opens the clause"
        assert mistake.label.en[-1] not in ".:;"
        assert mistake.label.zh[-1] not in "。：；"
        assert mistake.why.en.endswith(".")
        assert mistake.why.zh.endswith("。")


@pytest.mark.parametrize("name", FAMILIES)
def test_an_output_follows_from_the_right_ones_before_it(name: str) -> None:
    """With right earlier outputs follow-through gives the key, and it gives something else after a wrong one."""
    family = get_family(name)
    for output in family.follow:
        moved = False
        for vector in solved(name):
            inputs = family.read(vector.inputs)
            key = family.solve_checked(inputs)
            if key[output] is None:
                continue
            assert agree(family.follow_through(output, inputs, key), key[output]), output
            moved = moved or not agree(family.follow_through(output, inputs, shifted(family, key, output)), key[output])
        assert moved, output


def shifted(family: AnyFamily, key: Mapping[str, Value], output: str) -> dict[str, Value]:
    """The key with every other number too large, each by another amount."""
    return {
        name: larger(value, place) if name != output else value for place, (name, value) in enumerate(key.items(), 1)
    }


def larger(value: Value, by: int) -> Value:
    if isinstance(value, tuple):
        return tuple(larger(item, by) for item in value)
    return value + by if isinstance(value, int | float | Fraction) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("own", [None, "many", (1, 2), 0])
def test_follow_through_of_what_is_no_number_gives_nothing_or_a_value(name: str, own: Value) -> None:
    family = get_family(name)
    inputs = family.read(solved(name)[0].inputs)
    for output in family.outputs:
        family.follow_through(output, inputs, dict.fromkeys(family.outputs, own))
        assert output in family.follow or family.follow_through(output, inputs, {}) is None
