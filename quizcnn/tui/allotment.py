"""Who gets which rows: the field and the verdict always, then the question and the worked steps as far as they need.

Pure arithmetic, so that the smallest terminal can be reasoned about.
"""

from __future__ import annotations

from dataclasses import dataclass

QUESTION = 9
"""Beyond so many rows the question scrolls where room is short."""
LEAST_QUESTION = 3
LEAST_RESULT = 6
LEAST_FIELD = 3


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the three blocks that can scroll."""

    question: int
    field: int
    result: int


def allot(room: int, *, question: int, field: int, result: int) -> Rows:
    """Share ``room`` rows among blocks that want so many. The field comes first, then the result, then the question.

    Where all fits, everybody gets what is wanted; never less than one row for a block that wants any.
    """
    room = max(3, room)
    field_rows = min(
        field, max(min(LEAST_FIELD, field), room - min(question, LEAST_QUESTION) - min(result, LEAST_RESULT))
    )
    space = max(2, room - field_rows)
    if question + result <= space:
        return Rows(question, field_rows, result)
    if not result:
        return Rows(min(question, space), field_rows, 0)
    kept = max(min(question, LEAST_QUESTION), min(QUESTION, space - min(result, LEAST_RESULT)), space - result)
    question_rows = max(1, min(question, kept, space - 1))
    return Rows(question_rows, field_rows, min(result, space - question_rows))
