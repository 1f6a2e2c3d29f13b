"""The golden vectors as the tests read them, and what agreement with them means."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from quizcnn.solvers.values import Value, from_json

GOLDEN = Path(__file__).parents[1] / "golden"
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Vector:
    """Inputs with what the oracle made of them; ``outputs`` is None where it refused."""

    inputs: Mapping[str, Any]
    outputs: Mapping[str, Value] | None


def golden_families() -> list[str]:
    return sorted(path.stem for path in GOLDEN.glob("*.jsonl"))


@cache
def vectors(family: str) -> tuple[Vector, ...]:
    lines = (GOLDEN / f"{family}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for line in map(json.loads, lines):
        outputs = None if line.get("refused") else {name: from_json(value) for name, value in line["outputs"].items()}
        found.append(Vector(line["inputs"], outputs))
    return tuple(found)


@cache
def solved(family: str) -> tuple[Vector, ...]:
    """The vectors that have a result."""
    return tuple(vector for vector in vectors(family) if vector.outputs is not None)


@cache
def make_script() -> ModuleType:
    """``tests/golden/make.py`` as a module."""
    spec = importlib.util.spec_from_file_location("golden_make", GOLDEN / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def agree(found: Value, expected: Value, tolerance: float = TOLERANCE) -> bool:
    """Integers, fractions, words and null exactly; reals within ``tolerance``; lists and tables element by element."""
    if isinstance(expected, tuple):
        return (
            isinstance(found, tuple)
            and len(found) == len(expected)
            and all(agree(one, other, tolerance) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and found.keys() == expected.keys()
            and all(agree(found[name], expected[name], tolerance) for name in expected)
        )
    if isinstance(expected, float) or isinstance(found, float):
        return (
            is_number(found)
            and is_number(expected)
            and math.isclose(float(found), float(expected), rel_tol=tolerance, abs_tol=tolerance / 1000)  # type: ignore[arg-type]
        )
    return isinstance(found, bool) == isinstance(expected, bool) and found == expected


def is_number(value: Value) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)
