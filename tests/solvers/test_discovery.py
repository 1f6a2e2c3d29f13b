"""Families are found by file name, and one question imports one family."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import quizcnn.solvers
from quizcnn.solvers.base import AREAS, area_of, family_modules, get_family

FOLDER = Path(quizcnn.solvers.__file__).parent
FAMILIES = sorted(family_modules())
FIRST = [
    "conv2d_output_shape",
    "conv2d_same_output",
    "pool2d_output_shape",
    "conv_transpose2d_output_shape",
    "conv2d_parameters",
    "conv2d_macs",
    "linear_parameters",
    "flatten_linear_parameters",
    "batchnorm_parameters",
    "depthwise_separable_cost",
    "stacked_conv_comparison",
    "receptive_field",
    "conv2d_forward",
    "pool2d_forward",
    "softmax",
    "cross_entropy",
    "batch_norm_forward",
    "normalization_statistics",
    "attention_parameters",
    "init_scale",
    "adam_step",
    "binary_metrics",
    "average_precision",
    "roc_auc",
    "box_iou",
    "nms",
]


def test_every_family_file_is_found_in_its_area() -> None:
    files = {path.stem: path.parent.name for area in AREAS for path in (FOLDER / area).glob("[!_]*.py")}
    assert {name: area_of(name) for name in FAMILIES} == files


def test_every_area_folder_is_searched() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_")} == set(AREAS)


def test_the_first_families_are_there() -> None:
    assert set(FIRST) <= set(FAMILIES)


def test_one_family_imports_no_other_and_nothing_heavy() -> None:
    code = "import sys; from quizcnn.solvers.base import get_family; get_family('conv2d_output_shape'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {name.rsplit(".", 1)[-1] for name in loaded} & set(FAMILIES) == {"conv2d_output_shape"}
    assert not {"numpy", "textual", "sqlalchemy", "click", "rich"} & set(loaded)


@pytest.mark.parametrize("name", FAMILIES)
def test_families_do_not_import_each_other(name: str) -> None:
    path = FOLDER / area_of(name) / f"{name}.py"
    imported = [
        node.module or "" for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    assert not {module.rsplit(".", 1)[-1] for module in imported} & set(FAMILIES)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_loads_once(name: str) -> None:
    assert get_family(name) is get_family(name)
    assert len({mistake.slug for mistake in get_family(name).mistakes}) == len(get_family(name).mistakes)
    assert set(get_family(name).follow) <= set(get_family(name).outputs)
    assert set(get_family(name).symbols) <= set(get_family(name).inputs.model_fields)
