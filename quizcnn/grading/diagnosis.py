"""Which mistakes give a typed value: a family, its inputs, one output, and what somebody typed for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypedDict

from quizcnn.errors import UsageError
from quizcnn.grading.base import AnswerType, Grade, Invalid, Rival
from quizcnn.grading.wording import unreadable
from quizcnn.solvers.base import AnyFamily, Outputs, get_family
from quizcnn.solvers.values import Json, Value, format_value
from quizcnn.text import Lang

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Diagnosis(TypedDict):
    """``mistakes`` is empty for a right answer; ``guesses`` are what may be behind a number that no single rule gives."""

    verdict: str
    mistakes: list[str]
    guesses: list[str]


def diagnose(family: str, inputs: Mapping[str, Json], output: str, text: str) -> Diagnosis:
    """The verdict and the slugs of all mistakes that give what was typed. Raises as :func:`grade_value`."""
    grade = grade_value(family, inputs, output, text)
    return Diagnosis(verdict=str(grade.verdict), mistakes=list(grade.mistakes), guesses=list(grade.guesses))


def grade_value(family: str, inputs: Mapping[str, Json], output: str, text: str, lang: Lang = "en") -> Grade:
    """The grade of ``text`` typed for ``output``.

    No decimals are asked: a real is right when it agrees at the digits written, at least three. Raises ``UsageError`` for a family
    or an output that does not exist, ``InputError`` for inputs that the family refuses.
    """
    solved = get_family(family)
    if output not in solved.outputs:
        raise UsageError(
            f"{family} has no output {output!r}", where="output", mend=f"it has {', '.join(solved.outputs)}"
        )
    read = solved.read(inputs)
    outputs = solved.solve_checked(read)
    facts = {**outputs, **{name: getattr(read, name) for name in type(read).model_fields}}
    answer = answer_of(solved, output, outputs, solved.wrong_values(read, (output,)), facts)
    parsed = answer.read(text, lang)
    return unreadable(parsed, answer.shown()) if isinstance(parsed, Invalid) else answer.grade(parsed)


@dataclass(frozen=True, slots=True)
class Asked:
    """How exactly an output is asked for; see :class:`NumberAnswer`."""

    decimals: int | None = None
    tolerance: float | None = None
    approximate: bool = False
    estimate: bool = False


def answer_of(
    family: AnyFamily,
    name: str,
    outputs: Outputs,
    wrong: Mapping[str, Mapping[str, Value]],
    facts: Mapping[str, Value],
    asked: Asked = Asked(),
) -> AnswerType[Any]:
    """The answer type of an output with every mistake that changes it; ``facts`` fill the texts."""
    rivals = tuple(
        Rival(
            slug=mistake.slug,
            value=wrong[mistake.slug][name],
            label=mistake.label,
            why=mistake.why.map(lambda text: _filled(text, facts)),
            convention=mistake.convention,
        )
        for mistake in family.mistakes
        if name in wrong.get(mistake.slug, {})
    )
    output, truth = family.outputs[name], outputs[name]
    match output.kind:
        case "word":
            from quizcnn.grading.word import WordAnswer

            return WordAnswer(truth=format_value(truth), rivals=rivals)
        case "shape" if isinstance(truth, tuple):
            from quizcnn.grading.shape import ShapeAnswer

            sizes = tuple(size for size in truth if isinstance(size, int))
            layout = facts.get("layout")
            axes = tuple(layout) if isinstance(layout, str) and len(layout) == len(sizes) else output.axes
            return ShapeAnswer(truth=sizes, axes=axes, rivals=rivals)
        case "list" if output.elements == "word" and isinstance(truth, tuple):
            from quizcnn.grading.words import WordsAnswer

            return WordsAnswer(truth=tuple(map(format_value, truth)), choices=output.words, rivals=rivals)
        case "list" if output.elements != "word":
            from quizcnn.grading.sequence import SequenceAnswer

            return SequenceAnswer(truth=truth, element=output.elements, decimals=asked.decimals, rivals=rivals)
        case "matrix" if output.elements != "word":
            from quizcnn.grading.matrix import MatrixAnswer

            return MatrixAnswer(truth=truth, element=output.elements, decimals=asked.decimals, rivals=rivals)
        case "integer" | "real" | "fraction" as kind:
            from quizcnn.grading.number import NumberAnswer

            return NumberAnswer(
                kind=kind,
                truth=truth,
                decimals=asked.decimals,
                tolerance=asked.tolerance,
                approximate=asked.approximate,
                estimate=asked.estimate,
                units=output.units,
                rivals=rivals,
            )
    raise UsageError(f"{name} cannot be typed", where="output", mend="ask for a number, a list or a matrix")


def _filled(text: str, facts: Mapping[str, Value]) -> str:
    pieces = _cut(text)
    if len(pieces) == 1:
        return text
    return "".join(_fact(piece, facts) if place % 2 else piece for place, piece in enumerate(pieces))


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    """Running text and names in turn."""
    return tuple(_PLACE.split(text))


def _fact(name: str, facts: Mapping[str, Value]) -> str:
    return format_value(facts[name]) if name in facts else f"{{{name}}}"
