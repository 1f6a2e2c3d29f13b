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
from quizcnn.tui.widgets.choices import ChoiceField, RowsField
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.texts import RecallField, TextField
from quizcnn.tui.widgets.typing import Field


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
        case MatrixAnswer():
            return MatrixField(first)
        case KeypointsAnswer():
            return TextField(enter_checks=enter_checks)
        case RecallAnswer():
            return RecallField()
    return LinesField(variant.fields, lang)
