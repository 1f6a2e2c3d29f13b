"""What every writer needs to know of an item: the losses that no format avoids, wrong values with their names, text in the languages asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizcnn.bank.models import Numeric
from quizcnn.grading.answers import Answer, Field
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.interop.item import Item
from quizcnn.solvers.values import Value, format_value
from quizcnn.text import Lang, Text

LARGEST_EXACT = 2**53
"""The last count that a float holds exactly."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A named mistake: the value that it gives here (as one types it), what it is and why it is wrong."""

    value: Value
    typed: str
    label: Text
    why: Text


def wrong_values(answer: Answer) -> Iterator[Wrong]:
    """The mistakes of an answer whose value is not that of the key, the first of each value."""
    if isinstance(answer, ExpressionAnswer):
        yield from (Wrong(each.expression, each.expression, each.label, each.why) for each in answer.wrong)
        return
    decimals = getattr(answer, "decimals", None)
    seen = {format_value(getattr(answer, "truth", None), decimals)}
    for rival in getattr(answer, "rivals", ()):
        typed = format_value(rival.value, decimals)
        if typed not in seen:
            seen.add(typed)
            yield Wrong(rival.value, typed, rival.label, rival.why)


def common_losses(item: Item) -> Iterator[str]:
    """What no other program can hold."""
    question, fields = item.question, item.variant.fields
    if item.variant.is_drawn:
        yield "fresh_numbers"
    if any(field.follow for field in fields):
        yield "follow_through"
    if any(rival.convention for field in fields for rival in getattr(field.answer, "rivals", ())):
        yield "conventions"
    if isinstance(question, Numeric) and question.estimate:
        yield "estimate"
    elif isinstance(question, Numeric) and question.approximate:
        yield "approximate"
    if any(isinstance(field.answer, NumberAnswer) for field in fields):
        yield "near"


def number_losses(answer: NumberAnswer) -> Iterator[str]:
    """What a program loses that compares numbers as floats."""
    if isinstance(answer.truth, Fraction) and answer.decimals is None and answer.truth.denominator != 1:
        yield "fraction"
    if isinstance(answer.truth, int) and abs(answer.truth) > LARGEST_EXACT:
        yield "large"


def labelled(fields: Sequence[Field], values: Callable[[Field], str], lang: Lang) -> str:
    """Several values on one line, each after its label; one alone without."""
    if len(fields) == 1:
        return values(fields[0])
    mark = ": " if lang == "en" else "："
    return ("; " if lang == "en" else "；").join(f"{field.label[lang]}{mark}{values(field)}" for field in fields)
