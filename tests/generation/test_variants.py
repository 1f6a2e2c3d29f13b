"""Variants: pinned over machines and versions, told from the key by their target, and the numbers of the page are those of the key.

The pinned entries are kept beside their variants, so that the bank may change without touching them.
``python -m tests.generation.test_variants`` writes the pins anew, from the first entry of each family.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizcnn.bank.models import QUESTION, Inverse, Numeric, Question
from quizcnn.errors import BankError
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, fix_variant
from quizcnn.locations import bank_folder
from quizcnn.services.context import Context
from quizcnn.services.sweep import faults_of
from quizcnn.solvers.base import family_modules, get_family

PINS = Path(__file__).parent / "pinned_variants.json"
TEN = range(10)


def numeric_questions() -> Iterator[Numeric]:
    catalog = Context(lang="en").catalog
    for row in catalog.rows():
        if row.kind == "numeric":
            question = catalog.question(row.id)
            assert isinstance(question, Numeric)
            yield question


def first_of_each_family() -> dict[str, Numeric]:
    found: dict[str, Numeric] = {}
    for question in numeric_questions():
        if question.network is None:
            found.setdefault(question.family, question)
    return found


def pin(variant: Variant) -> dict[str, Any]:
    keys = [field.answer.typed() for field in variant.fields]
    return {
        "question": variant.question_id,
        "parameters": dict(variant.parameters),
        "target": variant.target,
        "key": keys,
    }


def test_every_family_is_asked() -> None:
    assert set(first_of_each_family()) == set(family_modules())


def test_ten_variants_of_each_family_are_pinned() -> None:
    pinned = json.loads(PINS.read_text(encoding="utf-8"))
    assert set(pinned) == set(family_modules())
    for family, kept in pinned.items():
        question = QUESTION.validate_python(kept["entry"])
        assert len(kept["variants"]) == len(TEN)
        for seed, expected in zip(TEN, kept["variants"], strict=True):
            assert json.loads(json.dumps(pin(draw_variant(question, seed)))) == expected, f"{family} seed {seed}"


def test_the_key_is_that_of_the_numbers_on_the_page() -> None:
    for question in numeric_questions():
        for seed in range(5):
            variant = draw_variant(question, seed)
            for link in variant.chain[:1]:
                outputs = get_family(link.family).answer(link.inputs)
                for field in variant.fields:
                    if field.name in outputs and hasattr(field.answer, "truth"):
                        assert field.answer.truth == outputs[field.name]


def test_key_and_target_grade_as_they_must() -> None:
    """A short sweep; ``make sweep`` is the long one."""
    faults = [
        f"{question.id} {seed}: {fault}"
        for question in numeric_questions()
        for seed in range(8)
        for fault in faults_of(draw_variant(question, seed))
    ]
    assert faults == []


def make(**changes: Any) -> Question:
    entry: dict[str, Any] = {
        "id": "rows", "kind": "numeric", "topic": "conv-output-size", "difficulty": 2, "family": "conv2d_output_shape", "ask": ["out_height"],
        "draw": {"in_height": [28, 32, 56, 64, 96], "kernel_size": [3, 5, 7], "stride": [2, 3], "padding": [1, 2]}, "tie": {"in_width": "in_height"},
        "phrasings": [{"en": "{in_height} {kernel_size} {stride} {padding}", "zh": "{in_height} {kernel_size} {stride} {padding} 行"}],
        "explanation": {"en": "x {out_height}", "zh": "甲 {out_height}"}, **changes,
    }  # fmt: skip
    return QUESTION.validate_python(entry)


def test_a_target_differs_from_the_key_and_from_all_others() -> None:
    question = make()
    family = get_family("conv2d_output_shape")
    targets = set()
    for seed in range(60):
        variant = draw_variant(question, seed)
        inputs = family.read(variant.chain[0].inputs)
        wrong = {
            slug: values["out_height"] for slug, values in family.wrong_values(inputs).items() if "out_height" in values
        }
        key = family.solve(inputs)["out_height"]
        assert variant.target is not None
        assert wrong[variant.target] != key
        assert [slug for slug, value in wrong.items() if value == wrong[variant.target]] == [variant.target]
        targets.add(variant.target)
    assert len(targets) >= 4


def test_targets_may_be_chosen() -> None:
    assert {draw_variant(make(targets=["rounds_up"]), seed).target for seed in range(20)} == {"rounds_up"}


def test_conditions_hold() -> None:
    question = make(where=["out_height > 20", "stride == 2"])
    for seed in range(20):
        variant = draw_variant(question, seed)
        assert variant.parameters["stride"] == 2
        assert int(variant.fields[0].answer.typed()) > 20


def test_the_explanation_knows_the_outputs() -> None:
    variant = draw_variant(make(), 3)
    assert variant.explanation.en == f"x {int(variant.fields[0].answer.typed()):,}"


def test_conditions_that_nothing_meets_are_an_error() -> None:
    with pytest.raises(BankError, match="rows: none of"):
        draw_variant(make(where=["out_height > 5000"]), 0)


def test_options_are_made_by_named_mistakes() -> None:
    variant = draw_variant(make(options=4), 5)
    answer = variant.fields[0].answer
    assert answer.type == "choice"
    assert sum(option.key for option in answer.options) == 1
    slugs = [option.slug for option in answer.options if not option.key]
    assert variant.target in slugs
    assert all(slugs)
    assert [int(option.text.en.replace(",", "")) for option in answer.options] == sorted(
        int(option.text.en.replace(",", "")) for option in answer.options
    )
    assert faults_of(variant) == []


def test_a_convention_is_a_line_of_its_own_unless_stated() -> None:
    assert draw_variant(make(), 0).convention is not None
    assert draw_variant(make(states=["convention"]), 0).convention is None


def test_a_sample_is_drawn_as_it_stands() -> None:
    variant = fix_variant(make(), {"in_height": 80, "kernel_size": 3, "stride": 2, "padding": 4})
    assert variant.fields[0].answer.typed() == "43"


def test_an_inverse_question_has_an_answer() -> None:
    question = make(
        kind="inverse", ask=["padding"], draw={"in_height": [28, 56], "kernel_size": [3, 5, 7]}, tie={"in_width": "in_height"},
        goal={"out_height": "in_height", "out_width": "in_height"}, range={"padding": [0, 5]},
    )  # fmt: skip
    assert isinstance(question, Inverse)
    for seed in range(6):
        variant = draw_variant(question, seed)
        kernel = variant.parameters["kernel_size"]
        assert isinstance(kernel, int)
        assert variant.fields[0].answer.typed() == str((kernel - 1) // 2)


def test_the_bank_of_the_checkout_is_read() -> None:
    assert (bank_folder() / "topics.yaml").is_file()


if __name__ == "__main__":
    chosen = {
        family: {
            "entry": question.model_dump(
                mode="json", exclude_defaults=True, exclude={"hints", "samples", "follow_ups", "covers"}
            ),
            "variants": [pin(draw_variant(question, seed)) for seed in TEN],
        }
        for family, question in sorted(first_of_each_family().items())
    }
    PINS.write_text(json.dumps(chosen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
