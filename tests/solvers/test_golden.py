"""Every family against its oracle: the vectors replayed, and whether they cover what a family can do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from golden_vectors import GOLDEN, agree, golden_families, make_script, solved, vectors
from pydantic import BaseModel

from quizcnn.errors import InputError
from quizcnn.solvers.base import AREAS, family_modules, get_family
from quizcnn.solvers.values import Value, from_json, to_json

FAMILIES = sorted(family_modules())


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_called_as_its_file(name: str) -> None:
    family = get_family(name)
    assert family.id == name
    assert family_modules()[name].split(".")[2] in AREAS


def test_every_family_has_an_oracle_with_vectors_and_no_other_stands() -> None:
    assert make_script().families() == FAMILIES
    assert golden_families() == FAMILIES


def test_all_vectors_stay_small() -> None:
    assert sum(path.stat().st_size for path in GOLDEN.glob("*.jsonl")) < 15_000_000


@pytest.mark.parametrize("name", FAMILIES)
def test_answers_agree_with_the_oracle(name: str) -> None:
    family = get_family(name)
    wrong = []
    for vector in solved(name):
        found = family.answer(vector.inputs)
        assert found.keys() == vector.outputs.keys() == family.outputs.keys()
        wrong += [
            (vector.inputs, output, found[output], want)
            for output, want in vector.outputs.items()
            if not agree(found[output], want)
        ]
    assert wrong == []


@pytest.mark.parametrize("name", FAMILIES)
def test_what_the_oracle_refuses_is_refused_by_name(name: str) -> None:
    family = get_family(name)
    for vector in vectors(name):
        if vector.outputs is None:
            with pytest.raises(InputError) as refused:
                family.answer(vector.inputs)
            named = {place.split("[")[0].split(".")[0] for place in refused.value.inputs}
            assert named, vector.inputs
            assert named <= family.inputs.model_fields.keys() | vector.inputs.keys()
            assert all(place in str(refused.value) for place in refused.value.inputs)


@pytest.mark.parametrize("name", FAMILIES)
def test_draws_are_distinct_and_leave_every_default(name: str) -> None:
    drawn = solved(name)
    assert len({json.dumps(vector.inputs, sort_keys=True) for vector in drawn}) >= 300
    family = get_family(name)
    off = Counter(place for vector in drawn for place in set(off_default(family.read(vector.inputs))))
    rare = {place: off[place] for place in optional(family.inputs) if off[place] < len(drawn) / 5}
    assert rare == {}


@pytest.mark.parametrize("name", FAMILIES)
def test_draws_repeat(name: str) -> None:
    script = make_script()
    again = [json.loads(script.line(inputs)) for inputs in script.drawn(name, script.load(name))]
    assert again == [vector.inputs for vector in vectors(name)][: len(again)]


@pytest.mark.parametrize("name", FAMILIES)
def test_outputs_are_of_their_declared_kind(name: str) -> None:
    family = get_family(name)
    for vector in solved(name)[:60]:
        for output, value in family.answer(vector.inputs).items():
            assert value is None or is_kind(value, family.outputs[output].kind), (vector.inputs, output, value)
            assert agree(from_json(json.loads(json.dumps(to_json(value), allow_nan=False))), value)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_text_stands_in_both_languages(name: str) -> None:
    family = get_family(name)
    texts = [family.title, family.convention, *(output.label for output in family.outputs.values())]
    texts += [text for mistake in family.mistakes for text in (mistake.label, mistake.why)]
    texts += [step.caption for vector in solved(name)[:20] for step in family.steps(family.read(vector.inputs))]
    for text in texts:
        assert text.en.strip()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.en), text
        assert not set(text.zh) & {";", "?", "!"}, text
    known = family.inputs.model_fields.keys() | family.outputs.keys()
    for mistake in family.mistakes:
        for why in (mistake.why.en, mistake.why.zh):
            why.format(**dict.fromkeys(known, "1"))


def optional(model: type[BaseModel]) -> Iterator[str]:
    """The inputs that have a default, those of layers included (``layers.stride``)."""
    for name, field in model.model_fields.items():
        if not field.is_required():
            yield name
        for inner in models_in(field.annotation):
            yield from (f"{name}.{place}" for place in optional(inner))


def off_default(given: BaseModel) -> Iterator[str]:
    for name, field in type(given).model_fields.items():
        value = getattr(given, name)
        if not field.is_required() and value != field.get_default(call_default_factory=True):
            yield name
        for inner in models_of(value):
            yield from (f"{name}.{place}" for place in off_default(inner))


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from models_in(part)


def models_of(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from models_of(item)


def is_kind(value: Value, kind: str) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return {
        "integer": whole,
        "real": whole or isinstance(value, float),
        "fraction": isinstance(value, Fraction) or whole,
        "word": isinstance(value, str),
        "shape": isinstance(value, tuple),
        "list": isinstance(value, tuple),
        "matrix": isinstance(value, tuple) and all(isinstance(row, tuple) for row in value),
        "table": isinstance(value, tuple) and all(isinstance(row, dict) for row in value),
    }[kind]
