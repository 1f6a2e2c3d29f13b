"""The answer types by name, and the fields of a question.

A question is asked with one or two of the types, so each is imported when it is met: ``TYPES`` says where it lives.
"""

from __future__ import annotations

import importlib
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from quizcnn.grading.base import AnswerType, Exact
from quizcnn.text import Text

TYPES = {
    "number": "number.NumberAnswer",
    "word": "word.WordAnswer",
    "words": "words.WordsAnswer",
    "shape": "shape.ShapeAnswer",
    "list": "sequence.SequenceAnswer",
    "matrix": "matrix.MatrixAnswer",
    "choice": "choice.ChoiceAnswer",
    "gap": "cloze.GapAnswer",
    "ordering": "ordering.OrderingAnswer",
    "matching": "matching.MatchingAnswer",
    "expression": "expression.ExpressionAnswer",
    "property": "property.PropertyAnswer",
    "keypoints": "keypoints.KeypointsAnswer",
    "recall": "recall.RecallAnswer",
}
"""The ``type`` of an answer in JSON, and its module and class."""


def _read(raw: Any) -> AnswerType[Any]:
    if isinstance(raw, AnswerType):
        return raw
    name = raw.get("type") if isinstance(raw, dict) else None
    if name not in TYPES:
        raise ValueError(f"no answer type is called {name!r}")
    module, _, kind = TYPES[name].rpartition(".")
    answer: AnswerType[Any] = getattr(importlib.import_module(f"quizcnn.grading.{module}"), kind).model_validate(raw)
    return answer


def _write(answer: AnswerType[Any]) -> dict[str, Any]:
    return answer.model_dump(mode="json")


Answer = Annotated[AnswerType[Any], PlainValidator(_read), PlainSerializer(_write)]
"""Any answer type; from JSON it is told by its ``type``."""


class Follow(BaseModel):
    """How a field follows from the learner's own earlier ones.

    ``outputs_from`` names earlier fields that are outputs of the same family, ``inputs_from`` those that are its inputs
    (field name to output or input name); ``inputs`` are the given ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    family: str
    output: str
    inputs: dict[str, Exact]
    outputs_from: dict[str, str] = {}
    inputs_from: dict[str, str] = {}


class Field(BaseModel):
    """One thing to type: its name, what it is called, and its answer with the key inside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: Text
    answer: Answer
    weight: float = 1.0
    follow: Follow | None = None
