"""Inverse and design questions: outputs are given, inputs are asked for, and the solver judges whatever is typed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from quizcnn.bank.models import Bound, Inverse
from quizcnn.errors import BankError
from quizcnn.generation.draw import draw_all
from quizcnn.generation.numeric import complete, numbers
from quizcnn.generation.picture import figure_of
from quizcnn.generation.prompt import fill
from quizcnn.generation.seeds import Source
from quizcnn.generation.variant import Variant
from quizcnn.grading.answers import Field
from quizcnn.grading.property import Goal, PropertyAnswer
from quizcnn.grading.reading.arithmetic import evaluate, evaluate_condition
from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Json, exact, from_json, to_json
from quizcnn.text import Text

TRIES = 200
MOST_CANDIDATES = 20_000
DEFAULT_RANGE = (0, 16)


def draw_inverse(question: Inverse, seed: int) -> Variant:
    """The first draw at ``seed`` that has a solution; ``BankError`` where none has."""
    source = Source("variant", question.id, question.revision, seed)
    for tried in range(TRIES):
        parameters = complete(question.fixed, question.tie, draw_all(question.draw, source))
        if not all(evaluate_condition(condition, numbers(parameters)) for condition in question.where):
            continue
        variant = _variant(question, parameters, seed, tried, source.below(len(question.phrasings)))
        if variant is not None:
            return variant
    raise BankError(f"none of {TRIES} draws has a solution", where=question.id, mend="widen range or change goal")


def fix_inverse(question: Inverse, inputs: Mapping[str, Json], phrasing: int = 0) -> Variant:
    """The variant with exactly these given inputs (a stored sample)."""
    variant = _variant(question, complete(question.fixed, question.tie, inputs), 0, 0, phrasing)
    if variant is None:
        raise BankError("these inputs have no solution", where=question.id)
    return variant


def _variant(question: Inverse, parameters: dict[str, Json], seed: int, redraws: int, phrasing: int) -> Variant | None:
    family = get_family(question.family)
    goal = {name: _goal(bound, parameters) for name, bound in question.goal.items()}
    given = {name: from_json(value) for name, value in parameters.items() if name in family.inputs.model_fields}
    ranges = {name: question.range.get(name, DEFAULT_RANGE) for name in question.ask}
    answer = PropertyAnswer(family=family.id, given=given, asks=question.ask, goal=goal, ranges=ranges, example=())
    if prod(high - low + 1 for low, high in ranges.values()) > MOST_CANDIDATES:
        raise BankError(f"range spans more than {MOST_CANDIDATES:,} answers", where=question.id, mend="narrow it")
    example = _first_solution(answer.model_dump_json())
    if example is None:
        return None
    facts = {**parameters, **{name: _shown_goal(bound) for name, bound in goal.items()}}
    return Variant(
        question_id=question.id,
        revision=question.revision,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        seed=seed,
        family=family.id,
        parameters=parameters,
        prompt=fill(question.phrasings[phrasing].text, facts),
        convention=None if _states(question, phrasing) else family.convention,
        fields=(Field(name="answer", label=_label(question), answer=answer.model_copy(update={"example": example})),),
        hint_templates=question.hints,
        explanation_template=question.explanation,
        facts=facts,
        figure=figure_of(question.figure, facts),
        redraws=redraws,
    )


def _states(question: Inverse, phrasing: int) -> bool:
    return "convention" in question.states or "convention" in question.phrasings[phrasing].states


def _label(question: Inverse) -> Text:
    return Text.same("; ".join(question.ask))


def _goal(bound: Bound | str | int | float, parameters: Mapping[str, Json]) -> Goal:
    if not isinstance(bound, Bound):
        return Goal(equals=_exact(bound, parameters))
    return Goal(**{side: _exact(value, parameters) for side, value in bound if value is not None})


def _exact(expression: str | int | float, parameters: Mapping[str, Json]) -> int | Fraction:
    """A bound without rounding: 1/9 stays a ninth, so that a ratio of exactly a ninth meets it."""
    value = evaluate(expression, numbers(parameters)) if isinstance(expression, str) else expression
    bound = exact(value)
    return int(bound) if bound.denominator == 1 else bound


def _shown_goal(goal: Goal) -> Json:
    wanted = next((value for value in (goal.equals, goal.at_least, goal.at_most) if value is not None), None)
    if isinstance(wanted, Fraction):
        decimal = float(wanted)
        return decimal if exact(decimal) == wanted else f"{wanted.numerator}/{wanted.denominator}"
    return to_json(wanted)


@lru_cache(maxsize=1024)
def _first_solution(asked: str) -> tuple[int, ...] | None:
    """The first numbers in range that meet the goal of an answer, given as JSON: versions of a paper often ask for the same."""
    answer = PropertyAnswer.model_validate_json(asked)
    spans = [range(low, high + 1) for low, high in (answer.ranges[name] for name in answer.asks)]
    return next((typed for typed in product(*spans) if answer.reaches(typed)), None)
