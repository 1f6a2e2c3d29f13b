"""Every named mistake injected over the golden draws: how often it is named, and whether right answers are ever accused.

``python -m tests.diagnosis`` prints the table; ``tests/grading/test_diagnosis_injected.py`` holds the bounds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "solvers"))

from golden_vectors import golden_families, vectors

from quizcnn.grading.diagnosis import diagnose
from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Value


@dataclass
class Count:
    """How often one mistake was injected and named, and how often a right answer of the family was accused."""

    injected: int = 0
    named: int = 0


def typed(value: Value) -> str:
    """A value as somebody types it: counts whole, fractions as fractions, reals at six significant digits, zeros included."""
    if isinstance(value, tuple):
        return "[" + ", ".join(typed(item) for item in value) + "]"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, float):
        return f"{value:#.6g}"
    return "none" if value is None else str(value)


def differs(wrong: Value, key: Value) -> bool:
    """Whether the two are told apart as they are typed."""
    if typed(wrong) == typed(key) or (isinstance(wrong, int) and isinstance(key, int)):
        return typed(wrong) != typed(key)
    return not (
        isinstance(wrong, int | float | Fraction)
        and isinstance(key, int | float | Fraction)
        and float(wrong) == float(key)
    )


def inject(family: str, step: int = 1) -> tuple[dict[str, Count], int, int]:
    """By mistake what was injected and named over every ``step``-th draw; right answers typed, and accused."""
    solved = get_family(family)
    counts = {mistake.slug: Count() for mistake in solved.mistakes}
    right = accused = 0
    for vector in vectors(family)[::step]:
        if vector.outputs is None:
            continue
        inputs = solved.read(vector.inputs)
        outputs = solved.solve_checked(inputs)
        for name, key in _askable(family, outputs):
            found = diagnose(family, vector.inputs, name, typed(key))
            right += 1
            accused += found["verdict"] != "correct" or found["mistakes"] != []
        for slug, values in solved.wrong_values(inputs).items():
            for name, value in values.items():
                if (
                    name in outputs
                    and solved.outputs[name].kind != "table"
                    and outputs[name] is not None
                    and differs(value, outputs[name])
                ):
                    counts[slug].injected += 1
                    counts[slug].named += slug in diagnose(family, vector.inputs, name, typed(value))["mistakes"]
    return counts, right, accused


def _askable(family: str, outputs: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    kinds = get_family(family).outputs
    return ((name, value) for name, value in outputs.items() if value is not None and kinds[name].kind != "table")


def main() -> None:
    injected = named = rights = wronged = 0
    for family in golden_families():
        counts, right, accused = inject(family)
        print(f"{family:<32} right {right:>6} accused {accused:>4}")
        for slug, count in counts.items():
            share = count.named / count.injected if count.injected else 1.0
            print(f"    {slug:<44} {count.named:>6} of {count.injected:>6}  {share:6.1%}")
            injected, named = injected + count.injected, named + count.named
        rights, wronged = rights + right, wronged + accused
    print(f"in all {named} of {injected} named, {named / injected:.2%}; right answers {rights}, accused {wronged}")


if __name__ == "__main__":
    main()
