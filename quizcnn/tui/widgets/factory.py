"""The field that fits a question: one for every answer type."""

from __future__ import annotations

from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.text import Lang
from quizcnn.tui.widgets.cells import MatrixField
from quizcnn.tui.widgets.choices import ChoiceField
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.rows import RowsField
from quizcnn.tui.widgets.texts import RecallField, TextField
from quizcnn.tui.widgets.typing import Field

MOST_COLUMNS = 9


def field_for(variant: Variant, lang: Lang, *, enter_checks: bool = True, at_once: bool = False) -> Field:
    """The field in which this variant is answered."""
    first = variant.fields[0]
    if len(variant.fields) > 1:
        return LinesField(variant.fields, lang)
    match first.answer:
        case ChoiceAnswer():
            return ChoiceField(first, lang, at_once=at_once)
        case OrderingAnswer() | MatchingAnswer():
            return RowsField(variant.fields, lang)
        case MatrixAnswer(truth=truth) if _fits(truth):
            return MatrixField(first, lang)
        case KeypointsAnswer():
            return TextField(enter_checks=enter_checks)
        case RecallAnswer():
            return RecallField(lang)
    return LinesField(variant.fields, lang)


def _fits(truth: object) -> bool:
    """Whether a matrix has rows of one length and room beside each other."""
    if not isinstance(truth, tuple) or not truth or not all(isinstance(row, tuple) for row in truth):
        return False
    widths = {len(row) for row in truth}
    return len(widths) == 1 and 0 < widths.pop() <= MOST_COLUMNS
