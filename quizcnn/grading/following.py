"""Follow-through: a later part marked from the learner's own earlier values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizcnn.errors import QuizError
from quizcnn.grading import wording
from quizcnn.grading.answers import Field, Follow
from quizcnn.grading.base import Grade, Parsed, Verdict
from quizcnn.solvers.base import get_family
from quizcnn.solvers.values import Value
from quizcnn.text import Text


def follow_through(
    fields: Sequence[Field], place: int, reading: Parsed[Any], own: Mapping[str, Value], wrong: set[str]
) -> Grade | None:
    """Full credit for a part that is right from the learner's own wrong earlier values."""
    field = fields[place]
    follow = field.follow
    if follow is None:
        return None
    used = [name for name in (*follow.outputs_from, *follow.inputs_from) if name in wrong]
    value = follow_value(follow, own) if used else None
    if value is None:
        return None
    try:
        followed = field.answer.model_copy(update={"truth": value, "rivals": ()}).grade(reading)
    except (QuizError, ValueError, TypeError):
        return None
    if not followed.is_correct:
        return None
    names = [each.name for each in fields]
    own_letter = letter(place)
    others = wording.listed([letter(names.index(name)) for name in used if name in names])
    others_zh = wording.listed([letter(names.index(name)) for name in used if name in names], zh=True)
    is_ = "is" if len(used) == 1 else "are"
    line = Text(
        f"{own_letter} is off only because {others} {is_}; its method counts.",
        f"{own_letter} 只是被 {others_zh} 带错了，方法给分。",
    )
    return Grade(Verdict.PARTIAL, 1.0, reading.shown, field.answer.shown(), (line,))


def letter(place: int) -> str:
    """How a part is called: (a), (b), ..."""
    return f"({chr(ord('a') + place)})"


def follow_value(follow: Follow, own: Mapping[str, Value]) -> Value:
    """What the part should be, from the learner's own values; None where it does not follow."""
    family = get_family(follow.family)
    taken = {name: _as_input(own[field]) for field, name in follow.inputs_from.items() if field in own}
    if len(taken) < len(follow.inputs_from):
        return None
    try:
        inputs = family.read({**follow.inputs, **taken})
        if not follow.outputs_from:
            return family.solve_checked(inputs).get(follow.output)
        outputs = {name: own[field] for field, name in follow.outputs_from.items() if own.get(field) is not None}
        return family.follow_through(follow.output, inputs, outputs)
    except QuizError:
        return None


def _as_input(value: Value) -> Value:
    return float(value) if isinstance(value, Fraction) else value
