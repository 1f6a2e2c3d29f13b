"""Questions on real networks: drawn layers, tables that follow the learner's own rows, changed layers, totals and estimates."""

from __future__ import annotations

import pytest

from quizcnn.bank.models import Numeric
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, fix_variant
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.sheet import grade_typed
from quizcnn.services.context import Context


def question(question_id: str) -> Numeric:
    found = Context(lang="en").catalog.question(question_id)
    assert isinstance(found, Numeric)
    return found


def graded(variant: Variant, typed: str) -> Grade:
    return grade_typed(variant.fields, typed, "en")


def test_a_drawn_layer_is_a_layer_of_that_network() -> None:
    variant = fix_variant(question("real-conv-layer-parameters"), {"of": "resnet50", "layer": "layer2.block1.conv2"})
    shown = variant.parameters
    assert [
        shown[name]
        for name in ("in_channels", "out_channels", "kernel_size", "stride", "in_height", "out_height", "bias")
    ] == [128, 128, 3, 2, 56, 28, False]
    assert "layer2.block1.conv2 of ResNet-50" in variant.prompt.en
    assert graded(variant, "147456").verdict is Verdict.CORRECT  # 9 · 128 · 128


def test_seeds_draw_other_layers_of_other_networks() -> None:
    drawn = [draw_variant(question("real-conv-layer-parameters"), seed).parameters for seed in range(40)]
    assert len({(each["of"], each["layer"]) for each in drawn}) > 25
    assert len({each["of"] for each in drawn}) > 4


TABLE = {"of": "alexnet", "layer": "conv1"}


@pytest.mark.parametrize(
    ("typed", "verdict", "score"),
    [
        ("55; 23296; 27; 27; 307392; 13", Verdict.CORRECT, 1.0),
        # conv1 wrong at 54; pool1 ⌊(54 − 3)/2⌋ + 1 = 26, conv2 26, pool2 ⌊(26 − 3)/2⌋ + 1 = 12 follow from it: five of six count.
        ("54; 23296; 26; 26; 307392; 12", Verdict.PARTIAL, 5 / 6),
        # The last row follows from no row above: 14 is neither 13 nor 12.
        ("54; 23296; 26; 26; 307392; 14", Verdict.PARTIAL, 4 / 6),
        ("54; 23232; 27; 27; 307200; 13", Verdict.PARTIAL, 3 / 6),
    ],
)  # fmt: skip
def test_each_cell_is_marked_from_the_row_above_as_the_learner_has_it(
    typed: str, verdict: Verdict, score: float
) -> None:
    grade = graded(fix_variant(question("layer-table-of-a-classic"), TABLE), typed)
    assert grade.verdict is verdict
    assert grade.score == pytest.approx(score, abs=1e-6)


def test_a_table_names_its_fields_by_layer() -> None:
    variant = fix_variant(question("layer-table-of-a-classic"), TABLE)
    assert [field.label.en for field in variant.fields] == [
        "conv1: height",
        "conv1: parameters",
        "pool1: height",
        "conv2: height",
        "conv2: parameters",
        "pool2: height",
    ]
    assert "| 2 | pool1 | 3 | 2 | 0 | 64 | – | false |" in variant.prompt.en


def test_a_changed_stride_reaches_what_comes_after_it() -> None:
    choice = {"of": "lenet5", "layer": "pool2", "changed": "conv1", "argument": "stride", "value": 2}
    variant = fix_variant(question("field-after-a-changed-stride"), choice)
    # 5, then pool1 +1·2, conv2 +4·4, pool2 +1·4
    assert graded(variant, "27").is_correct
    assert "from 1 to 2" in variant.prompt.en
    assert variant.facts["before"] == 1


@pytest.mark.parametrize(("typed", "verdict"), [("25557032", Verdict.CORRECT), ("2.5e7", Verdict.CORRECT), ("20M", Verdict.PARTIAL), ("1G", Verdict.WRONG)])  # fmt: skip
def test_an_estimate_is_scored_by_its_decimal_orders(typed: str, verdict: Verdict) -> None:
    variant = fix_variant(question("estimate-parameters-of-a-network"), {"of": "resnet50"})
    assert graded(variant, typed).verdict is verdict


def test_a_ratio_is_of_the_second_by_the_first() -> None:
    variant = fix_variant(question("estimate-parameter-ratio"), {"of": "resnet50", "other": "vgg16"})
    assert graded(variant, str(138_357_544 / 25_557_032)).is_correct
    assert not graded(variant, str(25_557_032 / 138_357_544)).is_correct


def test_two_different_networks_are_compared() -> None:
    for seed in range(60):
        drawn = draw_variant(question("estimate-mac-ratio"), seed).parameters
        assert drawn["of"] != drawn["other"]
