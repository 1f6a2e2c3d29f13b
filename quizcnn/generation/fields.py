"""From an output of a family to the field in which it is typed: the answer type, the decimals asked, the rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizcnn.bank.models import Numeric, Part
from quizcnn.grading.answers import Answer, Field, Follow
from quizcnn.grading.diagnosis import Asked, answer_of
from quizcnn.solvers.base import AnyFamily, Output, Outputs
from quizcnn.solvers.values import DECIMALS, Json, Value, format_value, from_json, round_to
from quizcnn.text import Text


def asked_decimals(decimals: int | Mapping[str, int] | None, name: str, output: Output) -> int | None:
    """The decimals that the prompt asks of an output: those of the entry, else 4 for reals, none for exact values."""
    wanted = decimals if decimals is None or isinstance(decimals, int) else decimals.get(name)
    real = output.kind == "real" or (output.kind in ("list", "matrix") and output.elements == "real")
    if wanted is None and real:
        return DECIMALS
    return wanted if real or output.kind == "fraction" else None


def differs(a: Value, b: Value, decimals: int | None) -> bool:
    """Whether two values differ when both are shown at so many decimals."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) != len(b) or any(differs(x, y, decimals) for x, y in zip(a, b, strict=True))
    if isinstance(a, int | float | Fraction) and isinstance(b, int | float | Fraction):
        return a != b if decimals is None else round_to(a, decimals) != round_to(b, decimals)
    return a != b


def answer_for(
    family: AnyFamily,
    name: str,
    outputs: Outputs,
    wrong: Mapping[str, Mapping[str, Value]],
    facts: Mapping[str, Json],
    question: Numeric,
    part: Part | None = None,
) -> Answer:
    """The answer type that fits the output, as exactly as the entry asks for it, with its key and every rival."""
    decimals = asked_decimals(part.decimals if part else question.decimals, name, family.outputs[name])
    asked = Asked(decimals, question.tolerance, question.approximate, question.estimate)
    return answer_of(family, name, outputs, wrong, {fact: from_json(value) for fact, value in facts.items()}, asked)


def follow_for(
    family: AnyFamily,
    name: str,
    earlier: Sequence[str],
    inputs: Mapping[str, Json],
    taken: Mapping[str, str] | None = None,
) -> Follow | None:
    """How the output follows from the learner's own earlier values: from outputs of the family, or taken over as its inputs."""
    if taken:
        return Follow(
            family=family.id,
            output=name,
            inputs={given: from_json(value) for given, value in inputs.items()},
            outputs_from={},
            inputs_from=dict(taken),
        )
    if name in family.follow and earlier:
        return Follow(
            family=family.id,
            output=name,
            inputs={given: from_json(value) for given, value in inputs.items()},
            outputs_from={own: own for own in earlier},
            inputs_from={},
        )
    return None


def option_field(count: int, family: AnyFamily, field: Field, target: str | None) -> Field:
    """The field as a choice whose wrong options are made by named mistakes, numbers in order."""
    from quizcnn.grading.choice import ChoiceAnswer, Option

    answer = field.answer
    rivals = sorted(getattr(answer, "rivals", ()), key=lambda rival: rival.slug != target)
    right = Option(
        text=Text.same(answer.typed()), why=Text("This is what the rule gives.", "按规则算出的就是它。"), key=True
    )
    options = [right]
    for rival in rivals:
        text = Text.same(format_value(rival.value, getattr(answer, "decimals", None)))
        if len(options) < count and all(text != option.text for option in options):
            why = Text(
                f"{rival.label.en[:1].upper()}{rival.label.en[1:]}: {rival.why.en}", f"{rival.label.zh}：{rival.why.zh}"
            )
            options.append(Option(text=text, why=why, key=False, slug=rival.slug))
    options.sort(key=lambda option: (len(option.text.en), option.text.en))
    return Field(
        name=field.name,
        label=field.label,
        answer=ChoiceAnswer(options=tuple(options), multiple=False, credit="all_or_nothing"),
    )
